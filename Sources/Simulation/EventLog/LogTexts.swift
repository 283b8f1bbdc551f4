/// The parts of rows or events that do not change, as bytes one after the other.
final class LogTexts {
  /// A part: where it begins and its length.
  typealias Part = (start: Int, length: Int)

  private let bytes: UnsafeMutablePointer<UInt8>
  private let parts: UnsafeMutablePointer<Part>
  private let firstGuardrail: Int
  private let firstErrand: Int
  private let firstKind: Int
  private let firstAutomation: Int
  private let teamCount: Int
  /// First part of each team's people.
  private let firstPerson: UnsafeMutablePointer<Int>
  /// What stands before a case's number.
  let lead: Part
  /// No row or event is longer.
  let longestRow: Int

  /// Prepares the parts, each made by a function of the format.
  ///
  /// - Parameters:
  ///   - activity: of name and id; of guardrails and errands both are the name.
  ///   - person: of the person's name, or the team's with a number, and the team's.
  init(
    model: SimulationModel, lead: String, activity: (String, String) -> String,
    kind: (ObservedWork) -> String, person: (String, String) -> String,
    automation: (String) -> String
  ) {
    var text: [UInt8] = []
    var found: [Part] = []
    func add(_ part: String) {
      found.append((text.count, part.utf8.count))
      text += Array(part.utf8)
    }
    let flow = model.flow
    for node in flow.activities {
      let id = flow.elementIDs[Int(node)]
      add(activity(flow.elementNames[Int(node)] ?? id, id))
    }
    firstGuardrail = found.count
    for guardrail in model.stack.guardrails { add(activity(guardrail.name, guardrail.name)) }
    // In the order of the tables of a replication.
    firstErrand = found.count
    for errand in [model.runInStack, model.stack].compactMap(\.self).flatMap(\.errands) {
      add(activity(errand.name, errand.name))
    }
    firstKind = found.count
    for work in ObservedWork.allCases { add(kind(work)) }
    let stacks = [model.stack, model.runInStack].compactMap(\.self)
    teamCount = model.stack.teams.count
    firstPerson = .allocate(capacity: max(1, teamCount))
    for team in 0..<teamCount {
      firstPerson[team] = found.count
      let size =
        (stacks.map { $0.teams[team].people.count }.max() ?? 0)
        + model.stack.reservedPeople(ofTeam: team)
      for position in 0..<size {
        let members = model.stack.teams[team].people
        let own = position < members.count ? members[position].name : ""
        let name = model.stack.teams[team].name
        add(person(own.isEmpty ? "\(name)-\(position + 1)" : own, name))
      }
    }
    firstAutomation = found.count
    for machine in model.stack.automations { add(automation(machine.name)) }
    self.lead = (text.count, lead.utf8.count)
    text += Array(lead.utf8)
    bytes = .allocate(capacity: max(1, text.count))
    bytes.initialize(from: text, count: text.count)
    parts = .allocate(capacity: max(1, found.count))
    parts.initialize(from: found, count: found.count)
    // One part each of activity, kind and resource; the rest, numbers and times, has room in 1 KiB.
    longestRow = 3 * (found.map(\.length).max() ?? 0) + lead.utf8.count + 1024
  }

  deinit {
    bytes.deallocate()
    parts.deallocate()
    firstPerson.deallocate()
  }

  @inline(__always)
  func add(_ part: Part, to buffer: inout LogBuffer) {
    if part.length > 0 { buffer.add(bytes + part.start, part.length) }
  }

  /// What was done: of tickets the guardrail, of errands what they are for, else the activity.
  @inline(__always)
  func source(_ work: WorkDone) -> Part {
    let first =
      switch work.kind {
      case .ticket: firstGuardrail
      case .errand: firstErrand
      default: 0
      }
    return parts[first &+ Int(work.source)]
  }

  @inline(__always)
  func kind(_ kind: ObservedWork) -> Part { parts[firstKind &+ Int(kind.rawValue)] }

  /// Who did it.
  @inline(__always)
  func resource(_ work: WorkDone) -> Part {
    work.person >= 0
      ? parts[firstPerson[Int(work.station)] &+ Int(work.person)]
      : parts[firstAutomation &+ Int(work.station) &- teamCount]
  }
}
