import EventEngine
import Simulation

extension SimulationModel {
  /// Lets the tried stack of a generated model take over stage by stage, where a stack works before it.
  mutating func addRollout(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    guard runInStack != nil else { return }
    let teams = stack.teams.count
    let activities = flow.activities.count
    let count = generator.int(1...4)
    let stages = (0..<count).map { number -> RolloutStage in
      let isLast = number == count - 1
      var stage = RolloutStage(name: "stage \(number)", share: generator.real(0...1))
      if generator.chance(0.2) { stage.share = 1 }
      if generator.chance(0.4), activities > 0 {
        stage.activities = (0..<activities).filter { _ in generator.chance(0.5) }
      }
      if !isLast || generator.chance(0.5) {
        stage.length = .exponential(mean: generator.real(0.5...4) * 86_400)
      }
      if generator.chance(0.4) { stage.beside = generator.real(0...1) }
      stage.besideFinds = generator.real(0...1)
      if generator.chance(0.4) {
        stage.training = [
          RolloutTraining(
            team: generator.int(0...(teams - 1)), time: .exponential(mean: 3_600))
        ]
      }
      if stage.length != nil, generator.chance(0.7) {
        stage.gate = generator.gate(isFirst: number == 0, teams: teams)
      }
      return stage
    }
    var rollout = RolloutModel(stages: stages, scales: generator.chance(0.3) ? 0.5 : 1)
    if generator.chance(0.5) {
      rollout.change = RolloutChange(
        team: generator.int(0...(teams - 1)), work: .exponential(mean: 7_200),
        limit: generator.chance(0.5) ? generator.int(1...2) : .max, strain: generator.real(0...1))
    }
    if generator.chance(0.4) { rollout.givesUpAfter = generator.int(1...3) }
    rollout.change?.learning = generator.chance(0.5) ? 0 : generator.real(-0.5...0.5)
    rollout.change?.learningWithoutLayer = generator.chance(0.5) ? 0 : generator.real(-0.5...0.5)
    stack.rollout = rollout
  }
}

extension SeededGenerator {
  fileprivate mutating func gate(isFirst: Bool, teams: Int) -> RolloutGate {
    var gate = RolloutGate(
      errors: chance(0.5) ? real(0...0.5) : nil, costPerCase: chance(0.4) ? real(0...2e7) : nil,
      saving: chance(0.4) ? real(-1...0.5) : nil, minimum: int(1...20), otherwise: .extend,
      again: Int64(int(1...48)) * hour)
    if chance(0.4) {
      gate.backlog = RolloutGate.Backlog(
        team: int(0...(teams - 1)), most: Int64(int(0...100)) * hour)
    }
    let answers = RolloutGate.Otherwise.allCases
    gate.otherwise = answers[int(0...(answers.count - 1))]
    if isFirst, gate.otherwise == .rollBack { gate.otherwise = .cancel }
    return gate
  }
}
