internal import EventEngine
internal import Statistics

// Queues. The queue of a station is cut into lanes: work that needs the same skills and has the same
// urgency stands in one lane, in order of arrival. Who is free takes the first of the heads of the lanes
// they can serve; so urgency, ageing and skills cost nothing where there is only one lane, and no queue
// of any length is ever searched.

/// A lane of a station's queue.
struct LaneState: BitwiseCopyable {
  var head: Int32 = -1
  var tail: Int32 = -1
  var station: Int32
  /// Class of urgency of its work; lower goes first.
  var urgency: Int32
  /// First word of the mask of people who can serve it; −1 for machines.
  var firstMask: Int32
}

/// How the human work of one activity or of one guardrail at one team queues.
struct QueueingRow: BitwiseCopyable {
  /// First lane of its skills at its team, −1 for no team; the lanes of the classes follow one another.
  var firstLane: Int32
  /// Position of its class among the classes; −1 for the class of the case.
  var classIndex: Int32
  /// Position of the class that it is moved to; −1 where it stays.
  var expeditedClass: Int32
  /// First lane of the skills that it asks for then.
  var expeditedLane: Int32
  var expediteAfter: Int64
  var hasPatience: Bool
  var skipsWhenImpatient: Bool
  var patience: CompiledSampler
  var patienceStream: RandomStream
  /// First of the times by person, one for each of the team's people; −1 for none.
  var personTimes: Int32
  /// Row of its batches; −1 for none.
  var batch: Int32

  /// Whether nothing happens to it in the queue but waiting.
  var isPlain: Bool { !hasPatience && expeditedClass < 0 }
}

/// The time one person takes for an activity.
struct PersonTime: BitwiseCopyable {
  /// Whether it differs from the activity's.
  var isOwn: Bool
  var sampler: CompiledSampler
}

/// A class of urgency; work that was moved into a class stands apart from work that came with it, so
/// that each lane stays in order of arrival.
struct UrgencyClass: Hashable, Comparable, BitwiseCopyable {
  var urgency: Int32
  /// Waiting time after which work is moved here; 0 where it comes with this class.
  var after: Int64

  static func < (a: Self, b: Self) -> Bool {
    (a.urgency, a.after) < (b.urgency, b.after)
  }
}

/// The lanes of all stations and the rows that lead to them.
struct LaneTable {
  /// All classes of the model, in order.
  let classes: [UrgencyClass]
  /// Sets of skills asked for at each team, in order of appearance; never empty.
  let skillSets: [[Set<Int>]]
  /// First lane of each team, then of each machine station, and one past the last.
  let firstLane: [Int32]

  init(stacks: [StackModel], stationCount: Int) {
    var found: Set<UrgencyClass> = [UrgencyClass(urgency: 0, after: 0)]
    let teamCount = stacks.first?.teams.count ?? 0
    var sets = [[Set<Int>]](repeating: [], count: teamCount)
    func add(_ queueing: QueueingModel, _ team: Int) {
      found.formUnion(queueing.classes)
      if !sets[team].contains(queueing.skills) { sets[team].append(queueing.skills) }
      if queueing.expedite?.dropsSkills == true, !sets[team].contains([]) { sets[team].append([]) }
    }
    for stack in stacks {
      found.formUnion(stack.priorityRules.map { UrgencyClass(urgency: $0.priority, after: 0) })
      for activity in stack.activities {
        if let team = activity.team { add(activity.queueing, team) }
      }
      for guardrail in stack.guardrails {
        for team in guardrail.teams { add(guardrail.queueing, team) }
      }
      // Work of other teams' activities that comes as an exception asks for no skill of theirs.
      for automation in stack.automations {
        if let team = automation.exceptionTeam { add(QueueingModel(), team) }
      }
      for outages in stack.outagesByUnit {
        if let team = outages?.repairTeam { add(QueueingModel(), team) }
      }
      for errand in stack.errands { add(errand.queueing, errand.team) }
    }
    for team in sets.indices where sets[team].isEmpty { sets[team] = [[]] }
    classes = found.sorted()
    skillSets = sets
    var first: [Int32] = [0]
    for team in 0..<teamCount {
      first.append(first[team] + Int32(sets[team].count * classes.count))
    }
    for _ in teamCount..<stationCount { first.append((first.last ?? 0) + 1) }
    firstLane = first
  }

  var laneCount: Int { Int(firstLane.last ?? 0) }

  /// All lanes, empty.
  func lanes(wordsOfTeam: (Int) -> Int) -> [LaneState] {
    var lanes: [LaneState] = []
    var words: Int32 = 0
    for (team, sets) in skillSets.enumerated() {
      for _ in sets {
        for entry in classes {
          lanes.append(
            LaneState(station: Int32(team), urgency: entry.urgency, firstMask: words))
          words += Int32(wordsOfTeam(team))
        }
      }
    }
    for station in skillSets.count..<(firstLane.count - 1) {
      lanes.append(LaneState(station: Int32(station), urgency: 0, firstMask: -1))
    }
    return lanes
  }

  /// All stations, empty.
  var stations: [StationState] {
    firstLane.indices.dropLast().map {
      StationState(firstLane: firstLane[$0], laneCount: firstLane[$0 + 1] - firstLane[$0])
    }
  }

  /// Skills that a lane of a team asks for.
  func skills(ofLane lane: Int, team: Int) -> Set<Int> {
    skillSets[team][(lane - Int(firstLane[team])) / classes.count]
  }

  /// The lane of a team for work that belongs to no activity: it asks for no skill.
  func plainLane(ofTeam team: Int) -> Int32 {
    firstLane(of: QueueingModel(), team: team) + index(urgency: 0)
  }

  fileprivate func firstLane(of queueing: QueueingModel, team: Int) -> Int32 {
    guard let set = skillSets[team].firstIndex(of: queueing.skills) else { return firstLane[team] }
    return firstLane[team] + Int32(set * classes.count)
  }

  fileprivate func index(urgency: Int32, after: Int64 = 0) -> Int32 {
    Int32(classes.firstIndex(of: UrgencyClass(urgency: urgency, after: after)) ?? 0)
  }
}

extension QueueingModel {
  fileprivate var classes: [UrgencyClass] {
    var classes: [UrgencyClass] = []
    if let priority { classes.append(UrgencyClass(urgency: priority, after: 0)) }
    if let expedite {
      classes.append(UrgencyClass(urgency: expedite.priority, after: expedite.after))
    }
    return classes
  }
}

/// The rows of queueing: for each stack its activities, its activities' exceptions, its guardrails'
/// teams, then its errands.
struct QueueingTable {
  private(set) var rows: [QueueingRow] = []
  private(set) var personTimes: [PersonTime] = []
  private(set) var batches: [BatchRow] = []
  /// First row of each stack's exceptions.
  private(set) var firstException: [Int32] = []
  /// First row of each stack's guardrails' teams.
  private(set) var firstGuardrail: [Int32] = []
  /// First row of each stack's activities.
  private(set) var firstActivity: [Int32] = []
  /// First row of each stack's errands.
  private(set) var firstErrand: [Int32] = []
  /// People that each team can have, under any stack.
  private var sizes: [Int] = []

  init(stacks: [StackModel], flow: FlowGraph, lanes: LaneTable) {
    sizes = (stacks.first?.teams ?? []).indices.map { TeamStaff.size(of: $0, in: stacks) }
    for stack in stacks {
      firstActivity.append(Int32(rows.count))
      for (index, activity) in stack.activities.enumerated() {
        let id = flow.activityID(index)
        append(activity.queueing, name: id, team: activity.team, of: stack, lanes: lanes)
        guard let batch = activity.batch else { continue }
        rows[rows.count - 1].batch = Int32(batches.count)
        batches.append(BatchRow(batch, setupStream: RandomStream(id, "batch set-up")))
      }
      firstException.append(Int32(rows.count))
      for (index, activity) in stack.activities.enumerated() {
        let team = activity.automation.flatMap { stack.automations[$0].exceptionTeam }
        let isElsewhere = team != nil && team != activity.team
        append(
          isElsewhere ? QueueingModel() : activity.queueing, name: flow.activityID(index),
          team: team ?? activity.team, of: stack, lanes: lanes)
        // How long an exception takes is the automation's to say.
        rows[rows.count - 1].personTimes = -1
      }
      firstGuardrail.append(Int32(rows.count))
      for guardrail in stack.guardrails {
        for team in guardrail.teams {
          append(
            guardrail.queueing, name: "guardrail \(guardrail.name)", team: team, of: stack,
            lanes: lanes)
          if let stale = guardrail.handling?.withdrawal {
            rows[rows.count - 1].hasPatience = true
            rows[rows.count - 1].patience = stale.sampler
          }
          guard let batch = guardrail.bulkReview else { continue }
          rows[rows.count - 1].batch = Int32(batches.count)
          batches.append(
            BatchRow(
              batch, setupStream: RandomStream("guardrail \(guardrail.name)", "batch set-up")))
        }
      }
      firstErrand.append(Int32(rows.count))
      for errand in stack.errands {
        append(
          errand.queueing, name: "errand \(errand.name)", team: errand.team, of: stack, lanes: lanes
        )
      }
    }
  }

  private mutating func append(
    _ queueing: QueueingModel, name: String, team: Int?, of stack: StackModel, lanes: LaneTable
  ) {
    var times: Int32 = -1
    if let team, !queueing.timesByPerson.isEmpty {
      times = Int32(personTimes.count)
      // Work of a stack may be done by people whom only another one has.
      for person in 0..<sizes[team] {
        let own = queueing.timesByPerson[person]
        personTimes.append(
          PersonTime(isOwn: own != nil, sampler: (own ?? .zero).sampler))
      }
    }
    rows.append(
      QueueingRow(
        firstLane: team.map { lanes.firstLane(of: queueing, team: $0) } ?? -1,
        classIndex: queueing.priority.map { lanes.index(urgency: $0) } ?? -1,
        expeditedClass: queueing.expedite
          .map { lanes.index(urgency: $0.priority, after: $0.after) } ?? -1,
        expeditedLane: team.map {
          lanes.firstLane(
            of: queueing.expedite?.dropsSkills == true ? QueueingModel() : queueing, team: $0)
        } ?? -1,
        expediteAfter: queueing.expedite?.after ?? 0, hasPatience: queueing.patience != nil,
        skipsWhenImpatient: queueing.patience?.then == .skip,
        patience: (queueing.patience?.time ?? .zero).sampler,
        patienceStream: RandomStream(name, "patience"), personTimes: times, batch: -1))
  }
}

extension Replication {
  /// Puts work at the end of its lane.
  @inline(__always)
  mutating func append(_ item: Int32) {
    let lane = Int(items[item].lane)
    let tail = lanes[lane].tail
    items[item].previous = tail
    items[item].next = -1
    if tail >= 0 { items[tail].next = item } else { lanes[lane].head = item }
    lanes[lane].tail = item
  }

  @inline(__always)
  mutating func unlink(_ item: Int32) {
    let lane = Int(items[item].lane)
    let (previous, next) = (items[item].previous, items[item].next)
    if previous >= 0 { items[previous].next = next } else { lanes[lane].head = next }
    if next >= 0 { items[next].previous = previous } else { lanes[lane].tail = previous }
  }

  /// Puts work that was begun before back into its lane, where its first arrival puts it.
  ///
  /// All that waits came later, but for other work that was put back.
  mutating func reinsert(_ item: Int32) {
    let lane = Int(items[item].lane)
    let sequence = items[item].sequence
    var next = lanes[lane].head
    while next >= 0, items[next].sequence < sequence { next = items[next].next }
    guard next >= 0 else {
      append(item)
      return
    }
    let previous = items[next].previous
    items[item].previous = previous
    items[item].next = next
    items[next].previous = item
    if previous >= 0 { items[previous].next = item } else { lanes[lane].head = item }
  }

  /// The lane that a piece of human work joins.
  @inline(__always)
  func laneOf(_ queueing: Int32, caseSlot: Int32) -> Int32 {
    let row = Int(queueing)
    let index = queueingTable[row].classIndex
    return queueingTable[row].firstLane
      &+ (index >= 0 ? index : caseClassIndex(of: caseSlot))
  }

  /// Position of a case's own class of urgency among the classes.
  @inline(__always)
  func caseClassIndex(of caseSlot: Int32) -> Int32 {
    hasPriorityRules ? searchedClassIndex(of: caseSlot) : standardClass
  }

  private func searchedClassIndex(of caseSlot: Int32) -> Int32 {
    let urgency = caseClass(of: caseSlot)
    var index = 0
    while classTable[index].urgency != urgency || classTable[index].after != 0 { index += 1 }
    return Int32(index)
  }
}
