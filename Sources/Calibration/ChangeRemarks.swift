internal import Facts
internal import Scenarios

/// What changed while the log was written, a sentence each: what holds since then is taken to go on.
func changeRemarks(_ activities: [ActivityFit], _ arrivals: ArrivalFit) -> [String] {
  var found: [String] = []
  func add(_ what: String, _ changes: [ChangePoint]) {
    guard let last = changes.last else { return }
    let count = changes.count == 1 ? "" : ", the last of \(changes.count) times"
    found.append(
      "\(what) changed on \(day(last.time))\(count), from \(durationText(roundedTime(last.before))) to "
        + "\(durationText(roundedTime(last.after))) on average; whether it stays so cannot be identified, and "
        + "what came since is taken to go on")
  }
  add("the time between arrivals", arrivals.changes)
  if let last = arrivals.thinsOut {
    found.append(
      "after \(day(last)) so few cases begin that those under way at the end of the log are not in it; arrivals are "
        + "those before")
  }
  for activity in activities {
    add("the working time of \(activity.name)", activity.changes)
    add("the waiting before \(activity.name) that nothing explains", activity.delayChanges)
  }
  return found
}

/// What a log without later cases cannot say.
func completeRemarks(_ complete: Int64?) -> [String] {
  guard let complete else { return [] }
  let day = CalendarDay(number: Int(floorDivide(complete, 86_400_000_000)))
  return [
    "after \(day) the log is without cases that came later, so that people seem free who were not; holidays and "
      + "waiting that nothing explains are measured before"
  ]
}

/// Since when cases go other ways, and activities that became more or less frequent among the cases whose end the log
/// can show.
func flowRemarks(_ data: CalibrationLog, since: FlowSince?) -> [String] {
  let cases = since.map { "the flow is that of the cases since \(day($0.time))" }
  var found: [String] = []
  if let since, let cases {
    found.append(
      "later cases are foretold better by those since \(day(since.time)) than by all (by "
        + "\(plainNumber((since.gain * 100).rounded() / 100)) nats a case): \(cases); whether it stays so cannot be "
        + "identified")
  }
  return found + activityRemarks(data, flow: cases ?? "the flow is that of all cases")
}

private func activityRemarks(_ data: CalibrationLog, flow: String) -> [String] {
  guard let whole = data.wholeUntil else { return [] }
  let cases = (0..<data.caseCount).map { index in
    (start: data.range(ofCase: index).map { data.works[$0].start }.min() ?? 0, index: index)
  }.filter { $0.start <= whole }.sorted { ($0.start, $0.index) < ($1.start, $1.index) }
  var occurs = [[Double]](
    repeating: [Double](repeating: 0, count: cases.count), count: data.activities.count)
  for (position, item) in cases.enumerated() {
    for work in data.range(ofCase: item.index) { occurs[data.works[work].activity][position] = 1 }
  }
  let times = cases.map(\.start)
  return data.activities.indices.compactMap { activity in
    guard let last = changePoints(occurs[activity], times: times).last else { return nil }
    let shares = [last.before, last.after].map { "\(Int(($0 * 100).rounded())) %" }
    return
      "\(data.activities[activity]) is done in \(shares[1]) of the cases since \(day(last.time)) and in "
      + "\(shares[0]) before; \(flow)"
  }
}

private func day(_ local: Int64) -> String {
  let length: Int64 = 86_400_000_000
  return CalendarDay(number: Int((local - (local % length + length) % length) / length)).description
}
