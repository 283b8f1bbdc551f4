internal import Facts
public import Importing
internal import Inventory
internal import Scenarios

/// Calibrates automations from what products recorded of them.
///
/// Probabilities are Beta posteriors with Jeffreys' prior. Where Pettitt's test finds that the share of failures,
/// of approvals, or a time changed, what came since the last change is what counts, as in `calibrate`.
public func calibrateAutomations(_ records: OperationalRecords) -> AutomationCalibration {
  var result = AutomationCalibration()
  result.sources = records.sources
  result.automations = automationFits(records.runs)
  result.uses = useFits(records.uses)
  let escalations = Escalations(records)
  result.reviews = reviewFits(records.tickets, escalations)
  result.remarks = automationRemarks(records, result) + escalations.remarks
  return result
}

// MARK: Runs

/// Positions of records by a key, in the order in which the keys appear first.
private func grouped<Record, Key: Hashable>(
  _ records: [Record], by key: (Record) -> Key?
) -> [(key: Key, positions: [Int])] {
  var numbers: [Key: Int] = [:]
  var groups: [(key: Key, positions: [Int])] = []
  for (position, record) in records.enumerated() {
    guard let key = key(record) else { continue }
    if let number = numbers[key] {
      groups[number].positions.append(position)
    } else {
      numbers[key] = groups.count
      groups.append((key, [position]))
    }
  }
  return groups
}

private func automationFits(_ runs: [AutomationRun]) -> [AutomationFit] {
  grouped(runs) { nameKey($0.automation) }.flatMap { group -> [AutomationFit] in
    let own = group.positions.map { runs[$0] }
    let types = grouped(own) { $0.caseType.map(nameKey) }
    var fits = [automationFit(own, caseType: types.count == 1 ? own[0].caseType : nil)]
    guard types.count > 1 else { return fits }
    for type in types {
      let part = type.positions.map { own[$0] }
      fits.append(automationFit(part, caseType: part[0].caseType))
    }
    return fits
  }
}

private func automationFit(_ runs: [AutomationRun], caseType: String?) -> AutomationFit {
  let ordered = inTime(runs) { $0.start }
  var fit = AutomationFit(
    name: runs[0].automation, caseType: caseType, attempts: runs.reduce(0) { $0 + $1.attempts })
  fit.changes = changes(ordered) { Double($0.record.failures) / Double($0.record.attempts) }
  if ordered.allSatisfy(\.hasTime) {
    fit.course = courseOfShares(
      ordered.map { ($0.time, $0.record.failures, $0.record.attempts) })
  }
  let recent = ordered.dropFirst(fit.changes.last?.position ?? 0).map(\.record)
  fit.failure = BetaPosterior(
    recent.reduce(0) { $0 + $1.failures }, of: recent.reduce(0) { $0 + $1.attempts })
  let firsts = recent.filter { $0.isFirst == true && $0.isRetried != nil }
  fit.retry = BetaPosterior(firsts.count { $0.isRetried == true }, of: firsts.count)
  let ended = recent.filter { $0.isGivenUp != nil }
  fit.givenUp = BetaPosterior(ended.count { $0.isGivenUp == true }, of: ended.count)
  fit.mostRetries = runs.compactMap(\.number).max().map { $0 - 1 }
  let timed = ordered.filter { $0.record.seconds != nil }
  fit.timeChanges = changes(timed) { $0.record.seconds ?? 0 }
  if timed.allSatisfy(\.hasTime) {
    fit.timeCourse = courseOfMeans(timed.map { ($0.time, $0.record.seconds ?? 0) })
  }
  let times = timed.dropFirst(fit.timeChanges.last?.position ?? 0).compactMap(\.record.seconds)
  fit.time = times.isEmpty ? nil : fitTimes(times) { durationText(roundedTime($0)) }
  return fit
}

/// A record with its place in time.
private struct Timed<Record> {
  var record: Record
  /// Microseconds since 1970; 0 where nothing says when it was.
  var time: Int64
  var hasTime: Bool
}

/// Records by time, those without one first, else in the order of the file.
private func inTime<Record>(_ records: [Record], _ time: (Record) -> Double?) -> [Timed<Record>] {
  let timed = records.map { record -> Timed<Record> in
    let seconds = time(record).flatMap { $0.magnitude < 1e12 ? $0 : nil }
    return Timed(
      record: record, time: Int64((seconds ?? 0) * 1e6), hasTime: seconds != nil)
  }
  let order = timed.indices.sorted {
    (timed[$0].hasTime ? 1 : 0, timed[$0].time, $0) < (
      timed[$1].hasTime ? 1 : 0, timed[$1].time, $1
    )
  }
  return order.map { timed[$0] }
}

/// When a quantity changed; none where some records do not say when they were.
private func changes<Record>(
  _ records: [Timed<Record>], _ value: (Timed<Record>) -> Double
) -> [ChangePoint] {
  guard records.allSatisfy(\.hasTime) else { return [] }
  return changePoints(records.map(value), times: records.map(\.time))
}

// MARK: Uses

private func useFits(_ uses: [AutomationUse]) -> [UseFit] {
  grouped(uses) { [nameKey($0.automation), nameKey($0.partner), $0.kind.rawValue] }.compactMap {
    group in
    let own = group.positions.map { uses[$0] }
    let count = own.reduce(0) { $0 + $1.uses }
    let failures = own.reduce(0) { $0 + $1.failures }
    return BetaPosterior(count - failures, of: count).map {
      UseFit(
        automation: own[0].automation, partner: own[0].partner, kind: own[0].kind, works: $0)
    }
  }
}

// MARK: Reviews

private func reviewFits(_ tickets: [ReviewTicket], _ escalations: Escalations) -> [ReviewFit] {
  grouped(tickets) { nameKey($0.automation ?? "") }.flatMap { group -> [ReviewFit] in
    let own = group.positions.map { tickets[$0] }
    let types = grouped(own) { $0.caseType.map(nameKey) }
    let only = types.count == 1 ? own.first { $0.caseType != nil }?.caseType : nil
    var fits = [reviewFit(own, caseType: only, escalations)]
    guard types.count > 1 else { return fits }
    for type in types {
      let part = type.positions.map { own[$0] }
      fits.append(reviewFit(part, caseType: part[0].caseType, escalations))
    }
    return fits
  }
}

private func reviewFit(
  _ tickets: [ReviewTicket], caseType: String?, _ escalations: Escalations
) -> ReviewFit {
  var fit = ReviewFit(
    automation: tickets[0].automation, caseType: caseType, tickets: tickets.count)
  let answered = inTime(tickets.filter { $0.outcome != nil }) { $0.opened }
  fit.changes = changes(answered) { $0.record.outcome == .approved ? 1 : 0 }
  if answered.allSatisfy(\.hasTime) {
    fit.course = courseOfShares(
      answered.map { ($0.time, $0.record.outcome == .approved ? 1 : 0, 1) })
  }
  let recent = answered.dropFirst(fit.changes.last?.position ?? 0).map(\.record)
  func share(_ outcome: ReviewTicket.Outcome) -> BetaPosterior? {
    BetaPosterior(recent.count { $0.outcome == outcome }, of: recent.count)
  }
  fit.approved = share(.approved)
  fit.modified = share(.modified)
  fit.rejected = share(.rejected)
  let times = tickets.compactMap(\.workSeconds)
  fit.time = times.isEmpty ? nil : fitTimes(times) { durationText(roundedTime($0)) }
  fit.escalation = escalations.posterior(of: tickets)
  return fit
}

/// Pieces of work and tickets in the time that both records cover.
private struct Escalations {
  /// Starts of pieces of work by automation.
  private var work: [String: [Double]] = [:]
  /// When the tickets of an automation came first and last.
  private var spans: [String: ClosedRange<Double>] = [:]
  private(set) var remarks: [String] = []

  init(_ records: OperationalRecords) {
    for run in records.runs where run.isFirst != false {
      if let start = run.start { work[nameKey(run.automation), default: []].append(start) }
    }
    for ticket in records.tickets {
      guard let name = ticket.automation.map(nameKey), let opened = ticket.opened else { continue }
      let known = spans[name] ?? opened...opened
      spans[name] = min(known.lowerBound, opened)...max(known.upperBound, opened)
    }
    for name in spans.keys.sorted() where work[name] != nil {
      let tickets = records.tickets.filter { $0.automation.map(nameKey) == name }
      if posterior(of: tickets) == nil, let shown = tickets.first?.automation {
        remarks.append(
          "how often \(shown) leads to a ticket cannot be told: runs and tickets do not cover a time together, "
            + "or there are more tickets than pieces of work in it")
      }
    }
  }

  /// The probability that a piece of work leads to one of some tickets of one automation.
  func posterior(of tickets: [ReviewTicket]) -> BetaPosterior? {
    guard let name = tickets.first?.automation.map(nameKey), let starts = work[name],
      let span = spans[name], let first = starts.min(), let last = starts.max(),
      first <= span.upperBound, span.lowerBound <= last
    else { return nil }
    let common = max(first, span.lowerBound)...min(last, span.upperBound)
    let trials = starts.count { common.contains($0) }
    let count = tickets.count { ticket in ticket.opened.map(common.contains) ?? false }
    guard trials > 0, count <= trials else { return nil }
    return BetaPosterior(count, of: trials)
  }
}

// MARK: Remarks

private func automationRemarks(
  _ records: OperationalRecords, _ result: AutomationCalibration
) -> [String] {
  var found: [String] = []
  for fit in result.automations where fit.caseType == nil || isOnly(fit, result.automations) {
    if let last = fit.changes.last {
      found.append(
        "the failures of \(fit.name) changed on \(changeDay(last.time)), from \(percent(last.before)) to "
          + "\(percent(last.after)); what came since is taken to go on")
    }
    if let last = fit.timeChanges.last {
      found.append(
        "the time of \(fit.name) changed on \(changeDay(last.time)), from "
          + "\(durationText(roundedTime(last.before))) to \(durationText(roundedTime(last.after))) on average; "
          + "what came since is taken to go on")
    }
    if fit.retry == nil {
      found.append("how often work of \(fit.name) is tried again is not recorded")
    }
  }
  for fit in result.reviews where fit.caseType == nil {
    if let last = fit.changes.last {
      found.append(
        "approvals\(fit.automation.map { " of what \($0) did" } ?? "") changed on \(changeDay(last.time)), from "
          + "\(percent(last.before)) to \(percent(last.after)); what came since is taken to go on")
    }
  }
  if !records.tickets.isEmpty, records.tickets.allSatisfy({ $0.workSeconds == nil }) {
    found.append(
      "the working time of reviews cannot be told from when tickets came and were answered, which has the "
        + "waiting in it")
  }
  if !records.runs.isEmpty {
    found.append(
      "errors that nobody noticed are not in these records, so that `errors` of an automation cannot be told"
    )
  }
  return found
}

private func isOnly(_ fit: AutomationFit, _ all: [AutomationFit]) -> Bool {
  all.count { $0.name == fit.name } == 1
}

/// The day of an instant in microseconds since 1970, in UTC.
private func changeDay(_ time: Int64) -> String {
  CalendarDay(number: Int((Double(time) / 86_400e6).rounded(.down))).description
}

private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
