import EventEngine
import Simulation

extension SimulationModel {
  /// Lets people choose what they hand to automations, in both stacks.
  mutating func addAdoption(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bounds = [generator.real(0...1), generator.real(0...1), generator.real(0...1)].sorted()
    var adoption = AdoptionModel(
      automations: stack.automations.indices.filter { _ in generator.chance(0.8) },
      start: bounds[1], least: bounds[0], most: bounds[2])
    adoption.gain = generator.real(0...0.3)
    adoption.losses = AdoptionLosses(
      released: generator.real(0...0.5), found: generator.chance(0.5) ? generator.real(0...0.5) : 0,
      needless: generator.chance(0.5) ? generator.real(0...0.3) : 0,
      failure: generator.chance(0.5) ? generator.real(0...0.5) : 0)
    adoption.transparency = generator.chance(0.3) ? 1 : generator.real(0...1)
    adoption.explainedLoss = generator.real(0...1)
    adoption.opaqueLoss = generator.chance(0.5) ? 0 : generator.real(0...0.3)
    adoption.noticed = generator.real(0...1)
    adoption.noticedAfter = generator.chance(0.3) ? .zero : generator.time(90_000)
    adoption.trained = generator.real(0...0.2)
    if generator.chance(0.5) {
      adoption.communication = AdoptionCommunication(
        team: generator.int(0...(stack.teams.count - 1)), work: generator.time(1_800),
        every: Int64(generator.int(6...100)) * hour, gain: generator.real(0...0.3))
    }
    stack.adoption = adoption
    if generator.chance(0.4), runInStack != nil { runInStack?.adoption = adoption }
  }
}
