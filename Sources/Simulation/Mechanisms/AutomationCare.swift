internal import EventEngine
internal import Statistics

// Mechanism *rpa* and *rules*, what keeps automations working: releases of applications break those that
// touch them, what they are asked to do changes, and they want upkeep. Each is work of a finite team, and
// until it is done people do the automation's work. Brief rows 12, 13, 153, 194.

/// What breaks and changes an automation, as a plain row.
struct CareRow: BitwiseCopyable {
  /// Whether any activity is assigned to it.
  var isUsed: Bool
  /// Whether any is in the old way, of which a rollout leaves some for a time.
  var isUsedBefore = false
  var breaks: Bool
  var breakProbability: Double
  var repair: CompiledSampler
  var repairLead: CompiledSampler
  /// Row of the errand; −1 where it passes by itself.
  var repairErrand: Int32
  var changes: Bool
  var changeEvery: CompiledSampler
  var affects: Double
  var changeWork: CompiledSampler
  var changeLead: CompiledSampler
  var changeErrand: Int32
  /// 0 for no upkeep.
  var upkeepEvery: Int64
  var upkeepWork: CompiledSampler
  var upkeepErrand: Int32
  /// Exponent times logarithm of the growth, per microsecond.
  var upkeepGrowth: Double
  var streams: Streams

  struct Streams: BitwiseCopyable {
    var repair: RandomStream
    var repairLead: RandomStream
    var changeEvery: RandomStream
    var changeWork: RandomStream
    var changeLead: RandomStream
    var upkeep: RandomStream

    init(_ automation: String) {
      let streams = Self.purposes.map { RandomStream("automation \(automation)", $0) }
      repair = streams[0]
      repairLead = streams[1]
      changeEvery = streams[2]
      changeWork = streams[3]
      changeLead = streams[4]
      upkeep = streams[5]
    }

    static let purposes = [
      "work of mending", "release of mending", "time to change", "work of change",
      "release of change", "upkeep",
    ]
  }

  init(_ model: AutomationModel, number: Int, in stack: StackModel, firstErrand: Int32) {
    func errand(_ purpose: ErrandPurpose) -> Int32 {
      stack.errandIndex(purpose, number: number).map { firstErrand + Int32($0) } ?? -1
    }
    isUsed = stack.isAssigned(number)
    breaks = model.breakage != nil
    breakProbability = model.breakage?.probability ?? 0
    repair = (model.breakage?.repair ?? .zero).sampler
    repairLead = (model.breakage?.leadTime ?? .zero).sampler
    repairErrand = errand(.automationMending)
    changes = model.changes != nil
    changeEvery = (model.changes?.every ?? .zero).sampler
    affects = model.changes?.affects ?? 0
    changeWork = (model.changes?.work ?? .zero).sampler
    changeLead = (model.changes?.leadTime ?? .zero).sampler
    changeErrand = errand(.automationChange)
    upkeepEvery = model.upkeep?.every ?? 0
    upkeepWork = (model.upkeep?.work ?? .zero).sampler
    upkeepErrand = errand(.automationUpkeep)
    upkeepGrowth =
      model.upkeep.map {
        $0.exponent * naturalLogarithm(1 + $0.growth) / Double($0.growthPeriod)
      } ?? 0
    streams = Streams(model.name)
  }
}

/// The rows of all stacks; empty where nothing of it is on.
struct CareTable: ~Copyable {
  /// Row = stack · automations + automation.
  let rows: FlatArray<CareRow>
  let releases: FlatArray<ReleaseRow>
  /// Whether an automation touches an application, row = (stack · applications + application) ·
  /// automations + automation, and the stream of whether a release breaks it.
  let touches: FlatArray<ReleaseTouch>

  struct ReleaseRow: BitwiseCopyable {
    var isOn: Bool
    var every: CompiledSampler
    var stream: RandomStream
  }

  struct ReleaseTouch: BitwiseCopyable {
    var isTouched: Bool
    /// Whether it is in the old way, of which a rollout leaves some for a time.
    var isTouchedBefore: Bool
    var stream: RandomStream
  }

  init(stacks: [StackModel], firstErrand: [Int32]) {
    guard stacks.contains(where: \.hasCare) else {
      rows = FlatArray([])
      releases = FlatArray([])
      touches = FlatArray([])
      return
    }
    rows = FlatArray(
      zip(stacks, firstErrand).flatMap { stack, first in
        stack.automations.enumerated().map {
          var row = CareRow($0.element, number: $0.offset, in: stack, firstErrand: first)
          row.isUsedBefore = stack.rollout != nil && stacks[0].isAssigned($0.offset)
          return row
        }
      })
    releases = FlatArray(
      stacks.flatMap { stack in
        stack.applications.map { application in
          ReleaseRow(
            isOn: application.releases != nil, every: (application.releases ?? .zero).sampler,
            stream: Self.stream(ofReleases: application.name))
        }
      })
    touches = FlatArray(
      stacks.flatMap { stack in
        stack.applications.indices.flatMap { application in
          stack.automations.indices.map { automation in
            ReleaseTouch(
              isTouched: stack.touches(application, byAutomation: automation),
              isTouchedBefore: stack.rollout != nil
                && stacks[0].touches(application, byAutomation: automation),
              stream: Self.stream(
                ofBreaking: stack.automations[automation].name,
                by: stack.applications[application].name))
          }
        }
      })
  }

  private static func stream(ofReleases application: String) -> RandomStream {
    RandomStream("application \(application)", "time to release")
  }

  private static func stream(ofBreaking automation: String, by application: String) -> RandomStream
  {
    RandomStream("automation \(automation)", "broken by a release of \(application)")
  }

  /// All streams, for the check that none collide.
  static func streams(of model: SimulationModel) -> [RandomStream] {
    let applications = model.stack.applications.map(\.name)
    return applications.map { stream(ofReleases: $0) }
      + model.stack.automations.flatMap { automation in
        CareRow.Streams.purposes.map { RandomStream("automation \(automation.name)", $0) }
          + applications.map { stream(ofBreaking: automation.name, by: $0) }
      }
  }
}

/// An automation in a replication.
struct CareState: BitwiseCopyable {
  /// Breakages that are not mended.
  var broken: Int32 = 0
  /// Changes that are not made.
  var openChanges: Int32 = 0
  var breakages: UInt32 = 0
  var mendings: UInt32 = 0
  var changes: UInt32 = 0
  var changesDone: UInt32 = 0
  var upkeeps: UInt32 = 0
  var awaitsChange = false
  var awaitsUpkeep = false
}

/// The releases of an application in a replication.
struct ReleaseState: BitwiseCopyable {
  var count: UInt32 = 0
  var isScheduled = false
}

extension StackModel {
  /// Whether anything breaks, changes or wants upkeep.
  var hasCare: Bool {
    automations.contains { $0.breakage != nil || $0.changes != nil || $0.upkeep != nil }
  }

  /// Whether work that an automation does touches an application.
  func touches(_ application: Int, byAutomation automation: Int) -> Bool {
    activities.indices.contains { index in
      activities[index].automation == automation && activities[index].automationShare > 0
        && touches(ofActivity: index, byAutomation: true).contains { $0.application == application }
    }
  }
}

extension Replication {
  /// Start of the run and day 0: schedules what the stack at work has and nobody has scheduled yet.
  mutating func scheduleCare() {
    guard careTable.rows.count > 0 else { return }
    for application in 0..<Int32(applicationCount) { scheduleRelease(application) }
    for automation in 0..<Int32(automationCount) {
      scheduleChange(automation)
      scheduleUpkeep(automation)
    }
  }

  @inline(__always)
  private func careRow(_ automation: Int32) -> CareRow {
    careTable.rows[Int(stack) * automationCount + Int(automation)]
  }

  private func isInUse(_ row: CareRow) -> Bool { isAtWork(row.isUsed, before: row.isUsedBefore) }

  // MARK: Releases and breakage

  private mutating func scheduleRelease(_ application: Int32) {
    let row = careTable.releases[Int(stack) * applicationCount + Int(application)]
    guard row.isOn, !releaseStates[Int(application)].isScheduled else { return }
    releaseStates[Int(application)].isScheduled = true
    releaseStates[Int(application)].count &+= 1
    let uniform = random.uniform(row.stream, ordinal: releaseStates[Int(application)].count)
    schedule(
      .release, number: application, at: now &+ max(1, microseconds(row.every, uniform)))
  }

  /// A release of an application comes, and may break what touches it.
  mutating func release(ofApplication application: Int32) {
    releaseStates[Int(application)].isScheduled = false
    let release = releaseStates[Int(application)].count
    guard careTable.releases[Int(stack) * applicationCount + Int(application)].isOn else { return }
    note(.release, caseSlot: -1)
    let first = (Int(stack) * applicationCount + Int(application)) * automationCount
    for automation in 0..<Int32(automationCount) {
      let row = careRow(automation)
      let touch = careTable.touches[first + Int(automation)]
      guard row.breaks, isAtWork(touch.isTouched, before: touch.isTouchedBefore),
        random.uniform(touch.stream, ordinal: release) < row.breakProbability
      else { continue }
      breakAutomation(automation, row)
    }
    scheduleRelease(application)
  }

  private mutating func breakAutomation(_ automation: Int32, _ row: CareRow) {
    careStates[Int(automation)].broken &+= 1
    careStates[Int(automation)].breakages &+= 1
    note(.breakage, caseSlot: -1)
    let work = microseconds(
      row.repair,
      random.uniform(row.streams.repair, ordinal: careStates[Int(automation)].breakages))
    if row.repairErrand >= 0 {
      giveErrand(row.repairErrand, caseSlot: -1, content: work)
    } else {
      finishMending(automation, after: work)
    }
  }

  /// The work of mending an automation is done, or will be after a time; then it is released.
  mutating func finishMending(_ automation: Int32, after time: Int64 = 0) {
    let row = careRow(automation)
    careStates[Int(automation)].mendings &+= 1
    let uniform = random.uniform(
      row.streams.repairLead, ordinal: careStates[Int(automation)].mendings)
    schedule(
      .mended, number: automation, at: now &+ time &+ microseconds(row.repairLead, uniform))
  }

  /// An automation works again.
  mutating func mend(_ automation: Int32) { careStates[Int(automation)].broken &-= 1 }

  // MARK: Changes

  private mutating func scheduleChange(_ automation: Int32) {
    let row = careRow(automation)
    guard row.changes, isInUse(row), !careStates[Int(automation)].awaitsChange else { return }
    careStates[Int(automation)].awaitsChange = true
    careStates[Int(automation)].changes &+= 1
    let uniform = random.uniform(
      row.streams.changeEvery, ordinal: careStates[Int(automation)].changes)
    schedule(
      .changeAsked, number: automation, at: now &+ max(1, microseconds(row.changeEvery, uniform)))
  }

  /// Something else is asked of an automation.
  mutating func askForChange(_ automation: Int32) {
    careStates[Int(automation)].awaitsChange = false
    let row = careRow(automation)
    guard row.changes, isInUse(row) else { return }
    careStates[Int(automation)].openChanges &+= 1
    note(.changeAsked, caseSlot: -1)
    let work = microseconds(
      row.changeWork,
      random.uniform(row.streams.changeWork, ordinal: careStates[Int(automation)].changes))
    if row.changeErrand >= 0 {
      giveErrand(row.changeErrand, caseSlot: -1, content: work)
    } else {
      finishChange(automation, after: work)
    }
    scheduleChange(automation)
  }

  /// The work of a change is done, or will be after a time; then it is released.
  mutating func finishChange(_ automation: Int32, after time: Int64 = 0) {
    let row = careRow(automation)
    careStates[Int(automation)].changesDone &+= 1
    let uniform = random.uniform(
      row.streams.changeLead, ordinal: careStates[Int(automation)].changesDone)
    schedule(
      .changeMade, number: automation, at: now &+ time &+ microseconds(row.changeLead, uniform))
  }

  /// A change has taken effect.
  mutating func makeChange(_ automation: Int32) {
    careStates[Int(automation)].openChanges &-= 1
    note(.changeMade, caseSlot: -1)
  }

  // MARK: Upkeep

  private mutating func scheduleUpkeep(_ automation: Int32) {
    let row = careRow(automation)
    guard row.upkeepEvery > 0, isInUse(row), !careStates[Int(automation)].awaitsUpkeep else {
      return
    }
    careStates[Int(automation)].awaitsUpkeep = true
    schedule(.upkeepDue, number: automation, at: now &+ row.upkeepEvery)
  }

  /// Upkeep of an automation comes up.
  mutating func giveUpkeep(_ automation: Int32) {
    careStates[Int(automation)].awaitsUpkeep = false
    let row = careRow(automation)
    guard row.upkeepErrand >= 0, isInUse(row) else { return }
    careStates[Int(automation)].upkeeps &+= 1
    note(.upkeep, caseSlot: -1)
    let base = row.upkeepWork.value(
      forUniform: random.uniform(
        row.streams.upkeep, ordinal: careStates[Int(automation)].upkeeps), in: samplerTable)
    let grown = base * exponential(row.upkeepGrowth * Double(max(0, now))) * 1e6
    giveErrand(
      row.upkeepErrand, caseSlot: -1,
      content: roundedToInteger(min(max(0, grown), Double(longestTime))))
    scheduleUpkeep(automation)
  }
}
