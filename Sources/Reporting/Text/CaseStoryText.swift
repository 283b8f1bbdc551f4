public import Experiments
internal import Simulation

/// A case's story for a terminal: what happened, why it waited, where its time and its money went.
///
/// - Parameter instant: an instant of the story as people read it.
public func caseStoryText(
  _ story: CaseStory, style: TextStyle = .plain, instant: (Int64) -> String
) -> String {
  let ending =
    switch story.outcome {
    case .completed: "completed"
    case .abandoned: "given up"
    case .open: "still inside at the end of the run,"
    }
  var text = style.strong("Case \(story.number)") + "\n"
  text += wrapped(
    "Of replication \(story.replication) of “\(story.variant)”: \(ending) after "
      + "\(length(story.cycleTime)), at a cost of \(money(story.cost, story.currency)).")
  var table = TextTable(heads: [])
  for entry in story.entries where told(entry) {
    table.add([instant(entry.from), sentence(entry)])
  }
  text += "\n" + style.strong("What happened") + "\n" + table.text(style)
  text += "\n" + style.strong("Where the time went") + "\n" + timeTable(story).text(style)
  text += "\n" + style.strong("Where the money went") + "\n" + costTable(story).text(style)
  return text
}

/// Work that took no time and was not waited for is told with what it costs alone.
private func told(_ entry: CaseStory.Entry) -> Bool {
  entry.kind != .worked || entry.to > entry.from || entry.work != .hop
}

private func length(_ time: Int64) -> String { durationText(hours: Double(time) / 3600e6) }

private func money(_ amount: Int64, _ currency: String) -> String {
  moneyText(Double(amount) / 1e6, currency)
}

private func sentence(_ entry: CaseStory.Entry) -> String {
  let time = length(entry.to - entry.from)
  switch entry.kind {
  case .arrived: return "arrives"
  case .completed: return "is completed"
  case .abandoned: return "is given up"
  case .open: return "the run ends; it is still inside"
  case .waited: return "\(label(entry)): waits \(time): \(reasons(entry))"
  case .worked:
    let who = entry.person.isEmpty ? entry.performer : entry.person
    let attempt = entry.work == .run && entry.attempt > 1 ? ", attempt \(entry.attempt)" : ""
    return "\(label(entry)): \(who) works on it for \(time)\(attempt)"
  case .awaited: return "\(entry.subject): waits \(time) for an event or for its time to come"
  case .paused: return "\(entry.subject): rests \(time) before it goes on"
  case .guardrailFired: return "guardrail \(entry.subject) fires and asks people"
  case .guardrailPassed: return "guardrail \(entry.subject) lets it pass"
  case .ticketApproved: return "\(entry.subject): approved as it was"
  case .ticketChanged: return "\(entry.subject): approved after changes"
  case .ticketRejected: return "\(entry.subject): rejected"
  case .mechanism:
    let title =
      MechanismEvent.allCases.first { $0.name == entry.subject }?.title ?? entry.subject
    return title + (entry.count > 1 ? " (\(entry.count) times)" : "")
  }
}

private func label(_ entry: CaseStory.Entry) -> String {
  switch entry.work {
  case .ticket: "\(entry.subject), ticket"
  case .exception: "\(entry.subject), given to people by its automation"
  case .run: "\(entry.subject), run"
  default: entry.subject
  }
}

/// Why a piece of work waits, in words.
private func reasons(_ entry: CaseStory.Entry) -> String {
  let several = entry.causes.count > 1
  var parts = entry.causes.map { share in
    words(share.cause, share.subject) + (several ? " (\(length(share.time)))" : "")
  }
  if entry.ahead > 0 {
    parts.append(entry.ahead == 1 ? "1 other waits there" : "\(entry.ahead) others wait there")
  }
  if entry.overtakenBy > 0 {
    parts.append(
      "\(entry.overtakenBy) that came later \(entry.overtakenBy == 1 ? "goes" : "go") first")
  }
  return parts.joined(separator: "; ")
}

private func words(_ cause: CaseStory.WaitCause, _ subject: String) -> String {
  switch cause {
  case .teamBusy: "all of \(subject) are busy"
  case .shiftClosed: "nobody of \(subject) is on shift"
  case .personOffShift: "whoever of \(subject) has it is off shift"
  case .automationBusy: "all runners of \(subject) are busy"
  case .automationDown: "\(subject) is down"
  case .applicationLimit: "\(subject) is at its limit"
  case .applicationDown: "\(subject) is down"
  case .batchFilling: "the batch for \(subject) is filling"
  }
}

private func timeTable(_ story: CaseStory) -> TextTable {
  var table = TextTable(heads: [], numbers: [0, 1])
  for share in story.time {
    let part = Double(share.time) / Double(max(1, story.cycleTime))
    let use =
      switch share.use {
      case .people: "worked on by \(share.subject)"
      case .automations: "worked on by \(share.subject)"
      case .waiting(let cause): words(cause, share.subject)
      case .event: "waiting for an event or time at \(share.subject)"
      case .pause: "resting at \(share.subject)"
      case .other: "nothing of the above"
      }
    table.add([length(share.time), shareText(part), use])
  }
  table.add([length(story.cycleTime), "", "in all"])
  return table
}

private func costTable(_ story: CaseStory) -> TextTable {
  var table = TextTable(heads: [], numbers: [0])
  for item in story.costs where item.amount != 0 {
    let title =
      MechanismEvent.allCases.first { $0.name == item.subject }?.title ?? item.subject
    let count = item.count > 1 ? " (\(item.count) times)" : ""
    table.add([
      money(item.amount, story.currency),
      "\(item.component)" + (title.isEmpty ? "" : ": \(title)") + count,
    ])
  }
  table.add([money(story.cost, story.currency), "in all"])
  return table
}
