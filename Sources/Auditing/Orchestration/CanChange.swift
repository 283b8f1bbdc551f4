import ProcessModel

/// Whether an element lets a running case be changed from outside: a message, signal or condition that
/// it waits for, an event sub-process, or work without a prescribed order.
func canChange(_ element: FlowElement) -> Bool {
  func isNews(_ trigger: FlowElement.EventTrigger) -> Bool {
    switch trigger {
    case .message, .signal, .conditional, .escalation: true
    default: false
    }
  }
  switch element.kind {
  case .intermediateCatch(let trigger), .boundary(let trigger, _, _): return isNews(trigger)
  case .subProcess(.event), .subProcess(.adHoc), .gateway(.eventBased): return true
  default: return false
  }
}
