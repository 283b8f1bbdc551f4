internal import EventEngine
internal import Statistics

// Mechanism *drift*: an automation's behaviour drifts away, unnoticed; samples of its outcomes are held
// against a sequential test, whose alarms, true and false, are looked into and followed by recalibration.
// Brief row 103.

/// How an automation drifts and what notices it, under one stack.
struct DriftRow: BitwiseCopyable {
  var drifts = false
  var onset = SampledTime.zero.sampler
  /// Logarithms of the factors on odds.
  var failure = 0.0
  var error = 0.0
  var period: Int64 = 0
  var sampled = 0.0
  /// Rows in `errandTable`; −1 where nobody looks.
  var sampleErrand: Int32 = -1
  var alarmErrand: Int32 = -1
  var sampleTime = SampledTime.zero.sampler
  var investigation = SampledTime.zero.sampler
  var recalibration = SampledTime.zero.sampler
  var test = DriftDetectorModel.Test.pageHinkley(tolerance: 0, threshold: 1)
  var price = 0.0
  var streams: Streams

  struct Streams: BitwiseCopyable {
    var onset: RandomStream
    var investigation: RandomStream
    var recalibration: RandomStream

    init(_ automation: String) {
      let streams = Self.purposes.map { RandomStream("automation \(automation)", $0) }
      onset = streams[0]
      investigation = streams[1]
      recalibration = streams[2]
    }

    static let purposes = ["onset of drift", "investigation of drift", "recalibration"]
  }

  /// Share of the way of a drift that began so long ago.
  func progress(after time: Int64) -> Double {
    period > 0 ? min(1, Double(time) / Double(period)) : 1
  }
}

/// The drift of an automation in a replication, and the state of its test.
struct DriftState: BitwiseCopyable {
  var isScheduled = false
  var isDrifting = false
  var isDetected = false
  /// When the drift began.
  var since: Int64 = 0
  var drifts: UInt32 = 0
  var alarms: UInt32 = 0
  /// Whether an alarm is looked into, or the automation calibrated anew.
  var isUnderRepair = false
  // The test: its sum, the least value of that, the number and the mean of samples.
  var sum = 0.0
  var least = 0.0
  var count = 0.0
  var mean = 0.0

  /// Takes a sample into the test, and says whether there is an alarm.
  mutating func take(_ isError: Bool, _ test: DriftDetectorModel.Test) -> Bool {
    switch test {
    case .cusum(let expected, let shifted, let threshold):
      let evidence =
        isError
        ? naturalLogarithm(shifted / expected) : naturalLogarithm((1 - shifted) / (1 - expected))
      sum = max(0, sum + evidence)
      return sum >= threshold
    case .pageHinkley(let tolerance, let threshold):
      let value = isError ? 1.0 : 0
      count += 1
      mean += (value - mean) / count
      sum += value - mean - tolerance
      least = min(least, sum)
      return sum - least >= threshold
    }
  }

  /// The test begins anew.
  mutating func beginAnew() { (sum, least, count, mean) = (0, 0, 0, 0) }
}

/// The rows of all stacks and the state; empty where nothing drifts.
struct DriftTable: ~Copyable {
  /// Row = stack · automations + automation.
  let rows: FlatArray<DriftRow>
  /// By automation.
  var states: FlatArray<DriftState>
  /// Whether an outcome is sampled, and how long that takes, by activity.
  let samplingStreams: FlatArray<RandomStream>
  let timeStreams: FlatArray<RandomStream>

  @inline(__always) var isOn: Bool { rows.count > 0 }

  init(stacks: [StackModel], flow: FlowGraph, firstErrands: [Int32]) {
    guard stacks.contains(where: { $0.automations.contains { $0.drift != nil } }) else {
      rows = FlatArray([])
      states = FlatArray([])
      samplingStreams = FlatArray([])
      timeStreams = FlatArray([])
      return
    }
    var rows: [DriftRow] = []
    for (index, stack) in stacks.enumerated() {
      for (number, automation) in stack.automations.enumerated() {
        var row = DriftRow(streams: DriftRow.Streams(automation.name))
        if let model = automation.drift, stack.isAssigned(number) {
          func errand(_ purpose: ErrandPurpose) -> Int32 {
            stack.errandIndex(purpose, number: number).map { firstErrands[index] + Int32($0) } ?? -1
          }
          row.set(model)
          row.sampleErrand = errand(.outcomeSample)
          row.alarmErrand = errand(.driftInvestigation)
        }
        rows.append(row)
      }
    }
    self.rows = FlatArray(rows)
    states = FlatArray(repeating: DriftState(), count: stacks.last?.automations.count ?? 0)
    let ids = flow.activities.indices.map { flow.activityID($0) }
    samplingStreams = FlatArray(ids.map { RandomStream($0, "outcome sampled") })
    timeStreams = FlatArray(ids.map { RandomStream($0, "time of outcome sample") })
  }

  /// All streams, for the check that none collide.
  static func streams(of model: SimulationModel) -> [RandomStream] {
    model.flow.elementIDs.flatMap {
      [RandomStream($0, "outcome sampled"), RandomStream($0, "time of outcome sample")]
    }
      + model.stack.automations.flatMap { automation in
        DriftRow.Streams.purposes.map { RandomStream("automation \(automation.name)", $0) }
      }
  }
}

extension DriftRow {
  fileprivate mutating func set(_ model: BehaviourDriftModel) {
    drifts = true
    onset = model.onset.sampler
    failure = naturalLogarithm(model.failureOdds)
    error = naturalLogarithm(model.errorOdds)
    period = model.period
    guard let detector = model.detector else { return }
    sampled = detector.sampled
    sampleTime = detector.time.sampler
    investigation = detector.investigation.sampler
    recalibration = detector.recalibration.sampler
    test = detector.test
    price = detector.price
  }
}

extension Replication {
  @inline(__always)
  private func driftRow(_ automation: Int32) -> DriftRow {
    drifts.rows[automationIndex(stack, automation)]
  }

  // MARK: The drift

  /// Start of the run and day 0: schedules the drifts that nobody has scheduled yet.
  mutating func scheduleDrifts() {
    guard drifts.isOn else { return }
    for automation in 0..<Int32(automationCount) { scheduleDrift(automation) }
  }

  private mutating func scheduleDrift(_ automation: Int32) {
    let row = driftRow(automation)
    let state = drifts.states[Int(automation)]
    guard row.drifts, !state.isScheduled, !state.isDrifting else { return }
    drifts.states[Int(automation)].isScheduled = true
    drifts.states[Int(automation)].drifts &+= 1
    let uniform = random.uniform(
      row.streams.onset, ordinal: drifts.states[Int(automation)].drifts)
    schedule(
      .driftOnset, number: automation, at: now &+ max(1, microseconds(row.onset, uniform)))
  }

  /// A drift begins, and nobody notices.
  mutating func beginDrift(_ automation: Int32) {
    drifts.states[Int(automation)].isScheduled = false
    guard driftRow(automation).drifts else { return }
    drifts.states[Int(automation)].isDrifting = true
    drifts.states[Int(automation)].isDetected = false
    drifts.states[Int(automation)].since = now
    note(.driftBegan, caseSlot: -1)
  }

  /// Logarithms of the factors that a drift puts on odds now.
  func driftShift(_ automation: Int) -> (failure: Double, error: Double) {
    guard drifts.isOn else { return (0, 0) }
    let state = drifts.states[automation % automationCount]
    guard state.isDrifting else { return (0, 0) }
    let row = drifts.rows[automation]
    let progress = row.progress(after: now - state.since)
    return (row.failure * progress, row.error * progress)
  }

  // MARK: The detector

  /// The outcome of a run is sampled, or not.
  mutating func sampleOutcome(
    _ token: Int32, activity: Int32, automation: Int, hasErred: Bool
  ) {
    let row = drifts.rows[automation]
    guard row.sampled > 0,
      draw(drifts.samplingStreams[Int(activity)], for: token) < row.sampled
    else { return }
    let caseSlot = tokens[token].caseSlot
    note(.outcomeSampled, caseSlot: caseSlot)
    guard row.sampleErrand >= 0 else {
      take(hasErred, Int32(automation % automationCount))
      return
    }
    let uniform = draw(drifts.timeStreams[Int(activity)], for: token)
    let item = giveErrand(
      row.sampleErrand, caseSlot: caseSlot, content: microseconds(row.sampleTime, uniform))
    items[item].fails = hasErred
  }

  /// Somebody has looked at an outcome.
  mutating func take(_ isError: Bool, _ automation: Int32) {
    let row = driftRow(automation)
    let index = Int(automation)
    guard row.drifts, !drifts.states[index].isUnderRepair,
      drifts.states[index].take(isError, row.test)
    else { return }
    drifts.states[index].isUnderRepair = true
    drifts.states[index].alarms &+= 1
    note(.driftAlarm, caseSlot: -1)
    let state = drifts.states[index]
    if !state.isDrifting {
      note(.falseDriftAlarm, caseSlot: -1)
    } else if !state.isDetected {
      drifts.states[index].isDetected = true
      note(.driftDetected, caseSlot: -1)
      note(
        .dayUndetected, caseSlot: -1,
        count: roundedToInteger(Double(now - state.since) / 86_400_000_000))
    }
    let work = microseconds(
      row.investigation, random.uniform(row.streams.investigation, ordinal: state.alarms))
    if row.alarmErrand >= 0 {
      giveErrand(row.alarmErrand, caseSlot: -1, content: work)
    } else {
      schedule(.driftInvestigated, number: automation, at: now &+ work)
    }
  }

  /// An alarm has been looked into: a drift is ended by recalibration, a false alarm by nothing.
  mutating func endInvestigation(_ automation: Int32) {
    let row = driftRow(automation)
    let state = drifts.states[Int(automation)]
    guard state.isDrifting else {
      drifts.states[Int(automation)].isUnderRepair = false
      drifts.states[Int(automation)].beginAnew()
      return
    }
    let lead = microseconds(
      row.recalibration, random.uniform(row.streams.recalibration, ordinal: state.alarms))
    schedule(.recalibrated, number: automation, at: now &+ lead)
  }

  /// An automation is calibrated anew.
  mutating func recalibrate(_ automation: Int32) {
    let row = driftRow(automation)
    note(.recalibrated, caseSlot: -1, cost: row.price)
    if isCounted(-1) { chargeBesideCases(.upkeep, cost: row.price) }
    drifts.states[Int(automation)].isDrifting = false
    drifts.states[Int(automation)].isUnderRepair = false
    drifts.states[Int(automation)].beginAnew()
    scheduleDrift(automation)
  }
}
