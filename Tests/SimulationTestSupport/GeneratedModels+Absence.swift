import EventEngine
import Simulation

extension SimulationModel {
  /// Lets people of some teams be away now and then, in both stacks, alike in some.
  mutating func addAbsence(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    stack.addAbsence(&generator)
    guard var before = runInStack else { return }
    if generator.chance(0.5), before.teams.count == stack.teams.count {
      for team in before.teams.indices { before.teams[team].absence = stack.teams[team].absence }
    } else {
      before.addAbsence(&generator)
    }
    runInStack = before
  }
}

extension StackModel {
  fileprivate mutating func addAbsence(_ generator: inout SeededGenerator) {
    for team in teams.indices where generator.chance(0.6) {
      teams[team].absence = AbsenceModel(
        share: generator.real(0.01...0.5), lasts: generator.time(generator.real(3_600...100_000)),
        paid: generator.chance(0.3) ? 0 : generator.real(0...1.2))
    }
  }
}
