import Facts
import ProcessModel

/// What has to be looked up about the elements of one process, gathered in one pass, so that large
/// processes take linear time.
struct BPMNProcessIndex {
  /// Elements by id.
  private(set) var elements: [String: FlowElement] = [:]
  /// Number of outgoing sequence flows, by element id.
  private(set) var outgoing: [String: Int] = [:]
  /// Length of the shortest interrupting timer on the border of an activity, by the activity's id.
  private(set) var timeouts: [String: TimeSpan] = [:]
  /// Ids of the elements that come right after an error or escalation event on a border.
  private(set) var afterErrors: Set<String> = []

  init(_ process: BusinessProcess) {
    for element in process.elements {
      elements[element.id] = element
      if case .boundary(.timer(.duration, let text?), let host, interrupting: true) = element.kind,
        let span = TimeSpan(iso8601: text)
      {
        timeouts[host] = min(timeouts[host] ?? span, span)
      }
    }
    for flow in process.flows {
      outgoing[flow.source, default: 0] += 1
      switch elements[flow.source]?.kind {
      case .boundary(.error, _, _), .boundary(.escalation, _, _): afterErrors.insert(flow.target)
      default: break
      }
    }
  }
}
