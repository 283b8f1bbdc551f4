import EventEngine
import Simulation

extension SimulationModel {
  /// Gives guardrails random ladders of oversight, in both stacks.
  mutating func addOversight(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let condition: CaseCondition? =
      attributes.isEmpty ? nil : .compares(attribute: 1, .more, generator.real(0...150))
    stack.addOversight(&generator, condition)
    runInStack?.addOversight(&generator, condition)
  }
}

extension StackModel {
  fileprivate mutating func addOversight(
    _ generator: inout SeededGenerator, _ condition: CaseCondition?
  ) {
    for index in guardrails.indices where generator.chance(0.6) {
      let rungs = (0..<generator.int(1...3)).map { _ in
        OversightRung(
          share: generator.chance(0.3) ? 1 : generator.real(0...1), blocks: generator.chance(0.5),
          usesTiers: generator.chance(0.3))
      }
      var model = OversightModel(rungs: rungs, start: generator.int(0...(rungs.count - 1)))
      if generator.chance(0.7) {
        let minimum = generator.int(1...10)
        let promote = generator.real(0...0.5)
        model.controller = OversightController(
          promoteBelow: promote, demoteAbove: promote + generator.real(0...0.3), minimum: minimum,
          window: 2 * minimum + generator.int(0...20), confidence: generator.real(0.5...0.99))
      }
      if generator.chance(0.5) {
        model.tiers = [OversightTier(condition: condition, share: generator.real(0...1))]
      }
      if generator.chance(0.4) {
        model.design = OversightDesign(
          team: generator.int(0...(teams.count - 1)), work: .exponential(mean: 3_600),
          every: Int64(generator.int(1...60)) * hour)
      }
      guardrails[index].oversight = model
    }
  }
}
