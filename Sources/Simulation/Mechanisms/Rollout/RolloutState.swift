internal import EventEngine
internal import Statistics

// Mechanism *rollout*, its tables and state. Brief rows 131–137, 145–148, 158, 159, 180, 181.

/// A stage, as a plain row.
struct RolloutStageRow: BitwiseCopyable {
  var hasLength: Bool
  var length: CompiledSampler
  var beside: Double
  var besideFinds: Double
  var gate: RolloutGateRow
  var lengthStream: RandomStream
  var trainingStream: RandomStream
}

/// A gate, as a plain row; bounds of nothing are infinite.
struct RolloutGateRow: BitwiseCopyable {
  var isOn: Bool
  var errors: Double
  var costPerCase: Double
  /// Highest cost of a case of the new way against one of the old.
  var costAgainstOld: Double
  /// −1 for none.
  var backlogTeam: Int32
  var backlog: Int64
  var minimum: Int64
  var otherwise: RolloutGate.Otherwise
  var again: Int64

  init(_ model: RolloutGate?) {
    isOn = model != nil
    errors = model?.errors ?? .infinity
    costPerCase = model?.costPerCase ?? .infinity
    costAgainstOld = model?.saving.map { 1 - $0 } ?? .infinity
    backlogTeam = model?.backlog.map { Int32($0.team) } ?? -1
    backlog = model?.backlog?.most ?? 0
    minimum = Int64(model?.minimum ?? 0)
    otherwise = model?.otherwise ?? .extend
    again = model?.again ?? 1
  }
}

/// A training, as a plain row.
struct RolloutTrainingRow: BitwiseCopyable {
  var stage: Int32
  var team: Int32
  var time: CompiledSampler
  var errand: Int32
}

/// What is known of a case for a rollout.
struct RolloutCase: BitwiseCopyable {
  var cost = 0.0
  /// Says which way it goes; −1 before it is drawn.
  var luck = -1.0
  /// Whether an activity of it that is to move was done in the new way.
  var isNew = false
}

/// What was measured since a stage began; of old cases, since the start of the run.
struct RolloutMeasure: BitwiseCopyable {
  var checks: Int64 = 0
  var errors: Int64 = 0
  var newCases: Int64 = 0
  var newCost = 0.0
}

/// Where the move of an activity to the new way stands.
enum RolloutMove: UInt8, BitwiseCopyable {
  case none
  case waiting
  case underWay
  case done
}

/// Tables and state of a rollout; empty where no stack has one.
struct RolloutState: ~Copyable {
  let isOn: Bool
  /// Whether a gate asks for what cases cost.
  let tracksCost: Bool
  let stages: FlatArray<RolloutStageRow>
  let training: FlatArray<RolloutTrainingRow>
  /// Share of each activity in each stage: row = stage · activities + activity.
  let stageShares: FlatArray<Double>
  /// Whether the two stacks do an activity differently.
  let differs: FlatArray<Bool>
  let moveStreams: FlatArray<RandomStream>
  let besideStreams: FlatArray<RandomStream>
  let scales: Double
  /// 0 for never.
  let givesUpAfter: Int32
  /// Row of the errand that moves an activity; −1 for none.
  let moveErrand: Int32
  let moveWork: CompiledSampler
  let moveLimit: Int
  let moveStrain: Double
  /// Power of the number of a move by which its work changes with experience, while a layer works.
  let moveExponent: Double
  /// The same while none does.
  let moveExponentWithoutLayer: Double
  /// Row of the first errand for work in the old way beside the new, one for each team; −1 for none.
  let besideErrand: Int32

  /// The layer that comes with a stage.
  var layer: ComingLayer

  /// Share of the moment, by activity.
  var shares: FlatArray<Double>
  var targets: FlatArray<Double>
  var moves: FlatArray<RolloutMove>
  var movesUnderWay = 0
  var movesBegun = 0
  /// −1 before it begins and after it was cancelled.
  var stage: Int32 = -1
  /// How often a stage began.
  var beginnings: UInt32 = 0
  var failedGates: Int32 = 0
  var measure = RolloutMeasure()
  var oldCases: Int64 = 0
  var oldCost = 0.0
  var cases = FlatRows(blank: RolloutCase(), columns: 1)
  /// Whether each way has a share of anything that the two do differently.
  var hasNew = false
  var hasOld = false
  /// Since when the shares are what they are, for the time that licences count.
  var since: Int64 = 0
  var log: RolloutRecord

  init(stacks: [StackModel], flow: FlowGraph, firstErrands: [Int32]) {
    let count = flow.activities.count
    let old = stacks.count == 2 ? stacks[0] : nil
    let tried = stacks[stacks.count - 1]
    let model = old == nil ? nil : tried.rollout
    let first = firstErrands[firstErrands.count - 1]
    func errand(_ purpose: ErrandPurpose, _ number: Int = 0) -> Int32 {
      tried.errandIndex(purpose, number: number).map { first + Int32($0) } ?? -1
    }
    isOn = model != nil
    tracksCost =
      model?.stages.contains { $0.gate?.costPerCase != nil || $0.gate?.saving != nil } ?? false
    let modelled = model?.stages ?? []
    stages = FlatArray(
      modelled.map { stage in
        RolloutStageRow(
          hasLength: stage.length != nil, length: (stage.length ?? .zero).sampler,
          beside: stage.beside, besideFinds: stage.besideFinds, gate: RolloutGateRow(stage.gate),
          lengthStream: Self.stream("length of", stage),
          trainingStream: Self.stream("training of", stage))
      })
    training = FlatArray(
      modelled.enumerated().flatMap { number, stage in
        stage.training.enumerated().map { position, training in
          RolloutTrainingRow(
            stage: Int32(number), team: Int32(training.team), time: training.time.sampler,
            errand: errand(.rolloutTraining, number * 1_000 + position))
        }
      })
    stageShares = FlatArray(model?.shares(activities: count) ?? [])
    differs = FlatArray(
      isOn ? (0..<count).map { old?.doesAlike($0, as: tried) == false } : [])
    let ids = (isOn ? Array(0..<count) : []).map { flow.activityID($0) }
    moveStreams = FlatArray(ids.map { RandomStream($0, "move") })
    besideStreams = FlatArray(ids.map(Self.besideStream))
    scales = model?.scales ?? 1
    givesUpAfter = Int32(clamping: model?.givesUpAfter ?? 0)
    moveErrand = errand(.rolloutMove)
    moveWork = (model?.change?.work ?? .zero).sampler
    moveLimit = model?.change?.limit ?? .max
    moveStrain = model?.change?.strain ?? 0
    func exponent(_ learning: Double?) -> Double {
      guard let learning, learning != 0 else { return 0 }
      return naturalLogarithm(1 - learning) / naturalLogarithm(2)
    }
    moveExponent = exponent(model?.change?.learning)
    moveExponentWithoutLayer = exponent(model?.change?.learningWithoutLayer)
    layer = ComingLayer(model, tried, firstErrand: first, flow: flow)
    besideErrand = errand(.besideOld)
    shares = FlatArray(repeating: 0, count: isOn ? count : 0)
    targets = FlatArray(repeating: 0, count: isOn ? count : 0)
    moves = FlatArray(repeating: .none, count: isOn ? count : 0)
    log = RolloutRecord(began: modelled.map { _ in -1 })
  }

  /// Factor on the work of the next move, by those before it: the n-th takes n^(log₂(1 − learning)) of the first.
  var experience: Double {
    let exponent = layer.works ? moveExponent : moveExponentWithoutLayer
    return exponent == 0 ? 1 : power(Double(movesBegun + 1), exponent)
  }

  /// Which way a case goes: one luck for all its activities and stages.
  static let caseStream = RandomStream("rollout", "way of a case")
  static let scaleStream = RandomStream("rollout", "goes on after the first stage")
  /// Whether the old way beside the new finds an error, by the visit that its work keeps.
  static let findsStream = RandomStream("rollout", "old way finds")

  private static func stream(_ what: String, _ stage: RolloutStage) -> RandomStream {
    RandomStream("rollout stage \(stage.name)", what)
  }

  private static func besideStream(_ id: String) -> RandomStream {
    RandomStream(id, "old way beside")
  }

  /// All streams, for the check that none collide.
  static func streams(of model: SimulationModel) -> [RandomStream] {
    guard let rollout = model.stack.rollout else { return [] }
    let ids = model.flow.activities.indices.map { model.flow.activityID($0) }
    return [caseStream, scaleStream, findsStream]
      + rollout.stages.flatMap { [stream("length of", $0), stream("training of", $0)] }
      + ids.map { RandomStream($0, "move") } + ids.map(besideStream)
      + (rollout.layerStage == nil ? [] : ids.map(ComingLayer.stream))
  }
}

extension StackModel {
  /// Whether another stack gives an activity to the same performers, with a layer or without.
  fileprivate func doesAlike(_ activity: Int, as other: StackModel) -> Bool {
    // A layer that comes later is connected to when it comes.
    let comesLater = other.rollout?.layerStage != nil
    if !comesLater, (layer == nil) != (other.layer == nil) { return false }
    let (one, two) = (activities[activity], other.activities[activity])
    return one.automation == two.automation && one.team == two.team
      && (one.automation == nil || one.automationShare == two.automationShare)
  }

  /// Errands of a rollout: moves of activities, training, work in the old way beside the new.
  var rolloutErrands: [ErrandModel] {
    guard let rollout else { return [] }
    var errands: [ErrandModel] = []
    if let change = rollout.change {
      errands.append(
        ErrandModel(
          .rolloutMove, name: "move to the new way", team: change.team, isTicket: false,
          component: .upkeep, event: .activityMoved))
    }
    for (number, stage) in rollout.stages.enumerated() {
      for (position, training) in stage.training.enumerated() {
        errands.append(
          ErrandModel(
            .rolloutTraining, number: number * 1_000 + position,
            name: "training for \(stage.name), \(teams[training.team].name)", team: training.team,
            isTicket: false, component: .upkeep, event: .trainedForStage))
      }
    }
    if rollout.runsBeside {
      errands += teams.enumerated().map { team, model in
        ErrandModel(
          .besideOld, number: team, name: "old way beside the new, \(model.name)", team: team,
          isTicket: false, component: .coordination, event: .besideOld)
      }
    }
    return errands
  }
}

extension RolloutModel {
  /// Whether the old way works beside the new in any stage.
  var runsBeside: Bool { stages.contains { $0.beside > 0 } }
}
