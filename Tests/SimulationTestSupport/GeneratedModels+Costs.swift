import Simulation

extension SimulationModel {
  /// Gives the stack that is tried random prices of lateness, delay and error.
  mutating func addCosts(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var costs = CostModel(wrongCase: generator.chance(0.5) ? 7e6 : 0)
    if generator.chance(0.7) {
      costs.late = CostModel.Late(
        due: DueModel(
          time: Int64(generator.int(1...100)) * 600 * second,
          calendar: generator.chance(0.5) ? generator.int(0...2) : nil), price: 3e6)
    }
    if generator.chance(0.7) {
      costs.delay = CostModel.Delay(
        after: Int64(generator.int(0...10)) * hour, perDay: generator.real(0...5e6))
    }
    stack.costs = costs
  }
}
