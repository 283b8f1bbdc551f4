public import EventLogs
internal import Scenarios
internal import Statistics

/// What a log was calibrated to: everything that a scenario needs, with its sample and fit.
public struct LogCalibration: Sendable {
  /// The time zone.
  public var zone: String
  /// Cases and events that it rests on.
  public var caseCount: Int
  /// Events that it rests on.
  public var eventCount: Int
  /// Local instants of the first and the last event, in microseconds since 1970.
  public var span: ClosedRange<Int64>
  /// How cases arrive.
  public var arrivals: ArrivalFit
  /// What activities take.
  public var activities: [ActivityFit]
  /// Who works, and when.
  public var teams: [TeamFit]
  /// What is known of the flow.
  public var flow: FlowFit
  /// The time from the first start to the last end of a case that 99 % of cases stay below, in seconds.
  public var longestCase: Double
  /// What the data cannot say.
  public var remarks: [String]

  /// The ways that cases take, with how often they took them.
  public var branches: [BranchShare] { process.shares }

  let process: FlowProcess
  let arrivalTimes: [Int64]
}

/// What an activity takes.
public struct ActivityFit: Sendable {
  /// Its name.
  public var name: String
  /// Its working time.
  public var time: TimeFit
  /// Working times of single people where they differ: resource and fit.
  public var byPerson: [(resource: String, time: TimeFit)]
  /// p-value of the hypothesis that all people take the same time (Kruskal and Wallis); `nil` where there
  /// is one person.
  public var samePeople: Double?
  /// Waiting before it that neither hours nor other work explain, in working time; `nil` where there is none
  /// to speak of.
  public var delay: TimeFit?
  /// Whether that waiting goes by the calendar; else by the hours of the team.
  public var delayIsCalendar = false
  /// Index of its team.
  public var team: Int
  /// When its working time, in seconds, changed; the fits rest on what came since the last change.
  public var changes: [ChangePoint] = []
  /// When the waiting that nothing explains changed.
  public var delayChanges: [ChangePoint] = []
}

/// People who do the same kinds of work.
public struct TeamFit: Sendable {
  /// Name.
  public var name: String
  /// Hours.
  public var hours: WeeklyHours
  /// Its people, with their hours, and the activities that they do where these are not all of the team's.
  public var members: [(name: String, hours: WeeklyHours, does: [Int]?)]
  /// Most things that a person does at a time.
  public var limit: Int
  /// Whether the log does not say who they are.
  public var isUnnamed: Bool
  /// Pieces of work they did.
  public var workCount: Int
  /// Activities that not everybody of the team does.
  public var special: [Int]
}

/// What is known of the flow.
public struct FlowFit: Sendable {
  /// Distinct blocks of work.
  public var blocks: Int
  /// States of the flow.
  public var states: Int
  /// Longest past that decides what comes next, in blocks.
  public var memory: Int
  /// Pairs of activities that go on side by side, by their names.
  public var concurrent: [(String, String)]
  /// Blocks too rare to be side by side, which were put in a row.
  public var straightened: Int
}

/// Calibrates a log.
public func calibrate(_ log: EventLog, clock: LogClock) -> LogCalibration {
  var data = CalibrationLog(log, clock: clock)
  let concurrency = Concurrency(data)
  let (chain, straightened) = discoverFlow(&data, concurrency)
  let teams = data.discoverTeams()
  var remarks: [String] = []
  let waiting = data.unexplainedWaiting(teams)
  var fits: [ActivityFit] = []
  var samples = [[WorkSample]](repeating: [], count: data.activities.count)
  var teamOf = [Int](repeating: 0, count: data.activities.count)
  for (index, team) in teams.enumerated() {
    for activity in team.activities { teamOf[activity] = index }
  }
  let hours = memberHours(teams, resources: data.resources.count)
  for work in data.works {
    let own = hours[work.resource] ?? teams[teamOf[work.activity]].hours
    let worked = own.work(from: work.start, to: work.end)
    let length = worked > 0 ? worked : work.end - work.start
    samples[work.activity].append(
      WorkSample(member: work.resource, seconds: Double(length) / 1e6, start: work.start))
  }
  for activity in data.activities.indices {
    var sample = samples[activity].enumerated().sorted {
      ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
    }.map(\.element)
    let changes = changePoints(sample.map(\.seconds), times: sample.map(\.start))
    sample.removeFirst(changes.last?.position ?? 0)
    let fit = fitTimes(sample.map(\.seconds)) { durationText(roundedTime($0)) }
    var row = ActivityFit(
      name: data.activities[activity], time: fit, byPerson: [], team: teamOf[activity])
    row.changes = changes
    fitPeople(&row, sample, teams[teamOf[activity]], data)
    fitDelay(&row, waiting[activity], hours: teams[teamOf[activity]].hours)
    fits.append(row)
  }
  if teams.contains(where: \.isUnnamed) {
    remarks.append(
      "how many people do the work whose doers the log does not name cannot be identified; they are "
        + "without limit")
  }
  if !log.source.hasStartTimes {
    remarks.append(
      "working time and waiting cannot be told apart without start times; working times are upper bounds"
    )
  }
  remarks += changeRemarks(fits, fitArrivals(data.arrivals)) + flowRemarks(data)
  remarks.append(
    "costs, error rates and what becomes of cases outside of the log cannot be identified from it")
  let delayed = Set(fits.indices.filter { fits[$0].delay != nil })
  let process = FlowProcess(
    chain, name: log.source.path.split(separator: "/").last.map(String.init) ?? "log",
    activities: data.activities, delayed: delayed, path: log.source.path)
  let lengths = (0..<data.caseCount).map { index -> Double in
    let range = data.range(ofCase: index)
    let start = range.map { data.works[$0].start }.min() ?? 0
    let end = range.map { data.works[$0].end }.max() ?? 0
    return Double(end - start) / 1e6
  }.sorted()
  let first = data.works.map(\.start).min() ?? 0
  let last = data.works.map(\.end).max() ?? 0
  return LogCalibration(
    zone: clock.zone, caseCount: data.caseCount, eventCount: data.works.count, span: first...last,
    arrivals: fitArrivals(data.arrivals), activities: fits,
    teams: teams.map { team in fit(of: team, data) },
    flow: FlowFit(
      blocks: chain.shapes.count, states: chain.states.count,
      memory: chain.states.map { $0.filter { $0 != FlowChain.start }.count }.max() ?? 0,
      concurrent: concurrentPairs(data, concurrency), straightened: straightened),
    longestCase: lengths.isEmpty ? 0 : lengths[min(lengths.count - 1, lengths.count * 99 / 100)],
    remarks: remarks, process: process, arrivalTimes: data.arrivals)
}

private func concurrentPairs(
  _ data: CalibrationLog, _ concurrency: Concurrency
) -> [(String, String)] {
  var pairs: [(String, String)] = []
  for a in data.activities.indices {
    for b in data.activities.indices.dropFirst(a + 1) where concurrency.holds(a, b) {
      pairs.append((data.activities[a], data.activities[b]))
    }
  }
  return pairs
}

/// The flow, and for each piece of work when it could begin.
private func discoverFlow(
  _ data: inout CalibrationLog, _ concurrency: Concurrency
) -> (chain: FlowChain, straightened: Int) {
  var orders = (0..<data.caseCount).map { data.blocks(ofCase: $0, concurrency) }
  var counts: [BlockShape: Int] = [:]
  for order in orders.joined() { counts[data.shape(of: order), default: 0] += 1 }
  // A block side by side that hardly ever comes is put in a row.
  let fewest = max(2, data.caseCount / 500)
  var straightened = 0
  for index in orders.indices {
    orders[index] = orders[index].flatMap { order -> [WorkOrder] in
      if case .work = order { return [order] }
      guard counts[data.shape(of: order), default: 0] < fewest else { return [order] }
      straightened += 1
      return data.flattened(order).map { .work($0) }
    }
  }
  var shapes: [BlockShape] = []
  var symbols: [BlockShape: Int] = [:]
  var sequences: [[Int]] = []
  for index in orders.indices {
    let range = data.range(ofCase: index)
    var at = range.map { data.works[$0].start }.min() ?? 0
    var sequence: [Int] = []
    for order in orders[index] {
      at = max(at, data.enable(order, at: at))
      let shape = data.shape(of: order)
      let symbol = symbols[shape] ?? shapes.count
      if symbol == shapes.count {
        symbols[shape] = symbol
        shapes.append(shape)
      }
      sequence.append(symbol)
    }
    sequences.append(sequence)
  }
  return (FlowChain(sequences, shapes: shapes), straightened)
}

/// Hours of each resource that is a member of a team.
private func memberHours(_ teams: [DiscoveredTeam], resources: Int) -> [WeeklyHours?] {
  var hours = [WeeklyHours?](repeating: nil, count: resources)
  for team in teams {
    for (member, own) in zip(team.members, team.memberHours) { hours[member] = own }
  }
  return hours
}

private func fit(of team: DiscoveredTeam, _ data: CalibrationLog) -> TeamFit {
  let special = team.activities.filter { (team.doers[$0] ?? []).count < team.members.count }
  return TeamFit(
    name: team.name, hours: team.hours,
    members: zip(team.members, team.memberHours).map { member, hours in
      (
        data.resources[member], hours,
        special.isEmpty
          ? nil : special.filter { (team.doers[$0] ?? []).contains(member) }
      )
    }, limit: team.limit, isUnnamed: team.isUnnamed, workCount: team.workCount, special: special)
}

/// Times of single people, where they differ by more than chance.
private func fitPeople(
  _ row: inout ActivityFit, _ sample: [WorkSample], _ team: DiscoveredTeam,
  _ data: CalibrationLog
) {
  var byMember: [Int: [Double]] = [:]
  for item in sample { byMember[item.member, default: []].append(item.seconds) }
  let members = (team.members).filter { (byMember[$0]?.count ?? 0) >= 20 }
  guard members.count > 1, row.time.family != "constant" else { return }
  let p = kruskalWallis(members.map { byMember[$0] ?? [] })
  row.samePeople = p
  guard p < 0.001 else { return }
  row.byPerson = members.map { member in
    (
      data.resources[member],
      fitTimes(byMember[member] ?? []) { durationText(roundedTime($0)) }
    )
  }
}

/// Probability that samples of one distribution differ in rank as much as these.
///
/// Kruskal and Wallis 1952, doi:10.1080/01621459.1952.10483441, with the correction for ties; χ² holds for
/// samples of more than five.
func kruskalWallis(_ samples: [[Double]]) -> Double {
  let all = samples.enumerated().flatMap { group, values in values.map { ($0, group) } }
    .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
  let n = Double(all.count)
  var ranks = [Double](repeating: 0, count: samples.count)
  var ties = 0.0
  var at = 0
  while at < all.count {
    var end = at
    while end < all.count, all[end].0 == all[at].0 { end += 1 }
    let rank = Double(at + end + 1) / 2
    for index in at..<end { ranks[all[index].1] += rank }
    let count = Double(end - at)
    ties += count * count * count - count
    at = end
  }
  let correction = 1 - ties / (n * n * n - n)
  guard correction > 0 else { return 1 }
  let sum = zip(ranks, samples).reduce(0) { $0 + $1.0 * $1.0 / Double($1.1.count) }
  let statistic = (12 / (n * (n + 1)) * sum - 3 * (n + 1)) / correction
  return regularizedGamma(shape: Double(samples.count - 1) / 2, max(0, statistic) / 2).upper
}

/// Waiting that is not explained, where it is more than a minute for one piece of work in twenty and half a
/// minute on average.
///
/// What counts is what came since the last change, in the order in which the waiting ended, so that the end of
/// the log cuts nothing off.
private func fitDelay(_ row: inout ActivityFit, _ waits: [UnexplainedWait], hours: WeeklyHours) {
  var sample = waits.enumerated().sorted {
    ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
  }.map(\.element)
  let changes = changePoints(sample.map { Double($0.worked) / 1e6 }, times: sample.map(\.start))
  sample.removeFirst(changes.last?.position ?? 0)
  guard !sample.isEmpty else { return }
  let long = sample.count { $0.worked > 60_000_000 }
  let mean = sample.reduce(0) { $0 + Double($1.worked) } / 1e6 / Double(sample.count)
  guard Double(long) >= 0.05 * Double(sample.count), mean >= 30 else { return }
  row.delayChanges = changes
  row.delayIsCalendar = goesByCalendar(sample, hours: hours)
  let isCalendar = row.delayIsCalendar
  let values = sample.map { Double(isCalendar ? $0.calendar : $0.worked) / 1e6 }.sorted()
  var fit = fitTimes(values) { durationText(roundedTime($0)) }
  if fit.family != "empirical" {
    fit.text =
      "empirical " + groups(values).map { durationText(roundedTime($0)) }.joined(separator: " ")
    fit.family = "empirical"
  }
  row.delay = fit
}

/// How long a piece of work took, by whom and when.
private struct WorkSample {
  var member: Int
  var seconds: Double
  var start: Int64
}
