public import EventLogs
internal import Scenarios
public import Statistics

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
  /// Days on which nobody works, counted from 1970-01-01.
  public var holidays: [Int] = []
  /// Attributes of cases that decide something.
  public var attributes: [AttributeFit] = []
  /// The attribute by which some cases are served before others; `nil` where none is seen.
  public var priority: PriorityFit?
  /// How the most frequent hand-overs go.
  public var handOvers: [HandOver] = []

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
  /// The same by what was done before, where that tells; empty where it does not.
  public var delaysAfter: [DelayAfter] = []
  /// Whether that waiting goes by the calendar; else by the hours of the team.
  public var delayIsCalendar = false
  /// Index of its team.
  public var team: Int
  /// When its working time, in seconds, changed; the fits rest on what came since the last change.
  public var changes: [ChangePoint] = []
  /// When the waiting that nothing explains changed.
  public var delayChanges: [ChangePoint] = []
  /// How it is done in batches; `nil` where it is done one by one.
  public var batch: BatchFit?
  /// Cases that have it, as a share of all.
  public var cases: ConfidenceInterval
  /// Attributes that it gives a new value: index in `LogCalibration.attributes`, how the value is drawn, and times
  /// that it was done.
  public var sets: [(attribute: Int, draw: String, count: Int)] = []
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
  /// How its hours fit when its work began and ended.
  public var fit: HoursFit
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
  /// Cases that the ways rest on.
  public var cases: Int
  /// Arrival of the first of them, a local instant in microseconds since 1970, where cases went other ways before;
  /// `nil` where they are all cases.
  public var since: Int64?
}

/// Calibrates a log.
public func calibrate(_ log: EventLog, clock: LogClock) -> LogCalibration {
  var data = CalibrationLog(log, clock: clock)
  let concurrency = Concurrency(data)
  let flow = discoverFlow(&data, concurrency)
  let values = CaseValues(log, data)
  let batches = data.discoverBatches()
  data.markFollowers(batches)
  let complete = data.completeUntil
  let holidays = closedDays(data.instants.filter { $0 <= complete ?? .max })
  let teams = data.discoverTeams(closed: holidays)
  let priority = data.discoverPriority(teams, values, leavingOut: Set(batches.keys))
  let ways = branchingOfStates(
    flow.chain, flow.learned, lastWorks: flow.lastWorks, data, values)
  let context = FlowContext(
    flow.chain, sequences: flow.sequences, lastWorks: flow.lastWorks, works: data.works.count)
  let fits = fitActivities(
    &data, teams, batches, values, context, flow.chain, complete: complete)
  let delayed = Set(fits.indices.filter { fits[$0].delay != nil })
  let collected = Set(fits.indices.filter { fits[$0].batch?.isSequential ?? false })
  let process = FlowProcess(
    flow.chain, name: log.source.path.split(separator: "/").last.map(String.init) ?? "log",
    activities: data.activities, delayed: delayed, delaysAfter: fits.map(\.delaysAfter),
    collected: collected, path: log.source.path, ways: ways)
  let first = data.works.map(\.start).min() ?? 0
  let last = data.works.map(\.end).max() ?? 0
  var result = LogCalibration(
    zone: clock.zone, caseCount: data.caseCount, eventCount: data.works.count, span: first...last,
    arrivals: fitArrivals(data.arrivals, whole: data.wholeUntil), activities: fits,
    teams: teams.map { team in fit(of: team, data) },
    flow: FlowFit(
      blocks: flow.chain.shapes.count, states: flow.chain.states.count,
      memory: flow.chain.states.map { $0.filter { $0 != FlowChain.start }.count }.max() ?? 0,
      concurrent: concurrentPairs(data, concurrency), straightened: flow.straightened,
      cases: flow.chain.caseCount, since: flow.since?.time),
    longestCase: Double(data.longestCase) / 1e6,
    remarks: [], holidays: holidays, priority: priority?.fit, handOvers: data.handOvers(),
    process: process, arrivalTimes: data.arrivals)
  var used = Set(process.rules.flatMap { $0.rule.columns })
  if let priority { used.insert(priority.column) }
  let together = Set(fits.compactMap { $0.batch?.same })
  for (index, column) in values.columns.enumerated() where together.contains(column.name) {
    used.insert(index)
  }
  result.addAttributes(used.sorted(), values, data)
  result.remarks = remarks(
    of: result,
    changes: changeRemarks(fits, result.arrivals) + flowRemarks(data, since: flow.since)
      + hourRemarks(data)
      + completeRemarks(complete),
    hasStartTimes: log.source.hasStartTimes, hasEndTimes: log.source.hasEndTimes)
  return result
}

/// What activities take, how they are done in batches, and what waiting before them nothing explains.
private func fitActivities(
  _ data: inout CalibrationLog, _ teams: [DiscoveredTeam], _ batches: [Int: BatchGroups],
  _ values: CaseValues, _ context: FlowContext, _ chain: FlowChain,
  complete: Int64?
) -> [ActivityFit] {
  var teamOf = [Int](repeating: 0, count: data.activities.count)
  for (index, team) in teams.enumerated() {
    for activity in team.activities { teamOf[activity] = index }
  }
  var samples = [[WorkSample]](repeating: [], count: data.activities.count)
  var casesWith = [Int](repeating: 0, count: data.activities.count)
  var lastCase = [Int](repeating: -1, count: data.activities.count)
  let hours = memberHours(teams, resources: data.resources.count)
  var ends = [Bool](repeating: false, count: data.activities.count)
  for work in data.works where !work.isUnfinished { ends[work.activity] = true }
  for work in data.works {
    if lastCase[work.activity] != work.caseIndex {
      lastCase[work.activity] = work.caseIndex
      casesWith[work.activity] += 1
    }
    if batches[work.activity] != nil { continue }
    // What it took is not known, where others tell.
    if work.isUnfinished, ends[work.activity] { continue }
    let own = hours[work.resource] ?? teams[teamOf[work.activity]].hours
    let worked = own.workWithOvertime(from: work.start, to: work.end)
    let length = worked > 0 ? worked : work.end - work.start
    samples[work.activity].append(
      WorkSample(member: work.resource, seconds: Double(length) / 1e6, start: work.start))
  }
  var batchFits: [Int: BatchFit] = [:]
  for activity in batches.keys.sorted() {
    guard let found = batches[activity] else { continue }
    let (fit, parts) = data.fitBatches(found, hours: teams[teamOf[activity]].hours, values: values)
    batchFits[activity] = fit
    samples[activity] = parts.map { part in
      let work = data.works[part.place]
      return WorkSample(member: work.resource, seconds: part.seconds, start: work.start)
    }
  }
  var waiting = data.unexplainedWaiting(teams)
  let collections = data.discoverCollections(waiting, leavingOut: Set(batches.keys))
  if !collections.isEmpty {
    for activity in collections.keys.sorted() {
      guard let found = collections[activity] else { continue }
      batchFits[activity] = data.fitCollection(
        found, hours: teams[teamOf[activity]].hours, values: values, waiting: waiting[activity])
    }
    waiting = data.unexplainedWaiting(teams)
  }
  let whole = data.wholeUntil
  return data.activities.indices.map { activity in
    var sample = samples[activity].enumerated().sorted {
      ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
    }.map(\.element)
    let changes = changePoints(sample.map(\.seconds), times: sample.map(\.start))
    sample.removeFirst(changes.last?.position ?? 0)
    let fit = fitTimes(sample.map(\.seconds)) { durationText(roundedTime($0)) }
    var row = ActivityFit(
      name: data.activities[activity], time: fit, byPerson: [], team: teamOf[activity],
      cases: .share(casesWith[activity], of: data.caseCount))
    row.changes = changes
    row.batch = batchFits[activity]
    if row.batch?.isSequential ?? true { fitPeople(&row, sample, teams[teamOf[activity]], data) }
    fitDelay(
      &row, waiting[activity], hours: teams[teamOf[activity]].hours, whole: whole,
      complete: complete, context, chain, data)
    return row
  }
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

/// A flow, and how the cases of the log take it.
private struct DiscoveredFlow {
  var chain: FlowChain
  /// For each case its blocks.
  var sequences: [[Int]]
  /// For each case the last work of each block.
  var lastWorks: [[Int]]
  /// Blocks too rare to be side by side.
  var straightened: Int
  /// From when on the chain is learned; `nil` for all cases.
  var since: FlowSince?
  /// The sequences that the chain is learned from; those of earlier cases are empty.
  var learned: [[Int]]
}

/// The flow, and for each piece of work when it could begin.
private func discoverFlow(
  _ data: inout CalibrationLog, _ concurrency: Concurrency
) -> DiscoveredFlow {
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
  var lastWorks: [[Int]] = []
  for index in orders.indices {
    let range = data.range(ofCase: index)
    var at = range.map { data.works[$0].start }.min() ?? 0
    var sequence: [Int] = []
    var ends: [Int] = []
    for order in orders[index] {
      at = max(at, data.enable(order, at: at))
      let shape = data.shape(of: order)
      let symbol = symbols[shape] ?? shapes.count
      if symbol == shapes.count {
        symbols[shape] = symbol
        shapes.append(shape)
      }
      sequence.append(symbol)
      ends.append(data.flattened(order).max() ?? range.lowerBound)
    }
    sequences.append(sequence)
    lastWorks.append(ends)
  }
  let starts = (0..<data.caseCount).map { index in
    data.range(ofCase: index).map { data.works[$0].start }.min() ?? 0
  }
  let since = flowSince(sequences, starts: starts, whole: data.wholeUntil)
  var learned = sequences
  if let since {
    for index in learned.indices where starts[index] < since.time { learned[index] = [] }
  }
  return DiscoveredFlow(
    chain: FlowChain(learned.filter { !$0.isEmpty }, shapes: shapes), sequences: sequences,
    lastWorks: lastWorks, straightened: straightened, since: since, learned: learned)
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
  let members = Set(team.members)
  let own = data.works.filter { members.contains($0.resource) && !$0.isFollower }
  return TeamFit(
    name: team.name, hours: team.hours,
    members: zip(team.members, team.memberHours).map { member, hours in
      (
        data.resources[member], hours,
        special.isEmpty
          ? nil : special.filter { (team.doers[$0] ?? []).contains(member) }
      )
    }, limit: team.limit, isUnnamed: team.isUnnamed, workCount: team.workCount, special: special,
    fit: fitHours(team.hours, to: own.map(\.start) + own.map(\.end)))
}
