public import Auditing
import Experiments
import Foundation
import Scenarios
public import Simulation

/// How the layers of a scenario are used: cases and hops a year, of the first variant of each layer at work.
///
/// Hops are counted by their price: each variant is run twice with the same luck, once with a price of one
/// unit a hop and once without; the difference is their number. Prices change nothing else, unless a rollout
/// looks at what a case costs.
/// - Parameter variant: the only variant that is looked at; `nil` for all.
/// - Throws: `WorkbenchError.badInput` where no variant that is looked at has a layer at work.
public func platformUses(
  of loaded: LoadedScenario, variant: String? = nil, options: StudyOptions = StudyOptions(),
  stopping: (RunControl) -> Void = { _ in }
) async throws(WorkbenchError) -> [PlatformUse] {
  do {
    var options = options
    options.variants = variant.map { [$0] } ?? []
    let (_, design) = try study(of: loaded.scenario, options: options)
    let control = options.limits.control { _ in }
    stopping(control)
    var uses: [PlatformUse] = []
    for candidate in design.variants where variant == nil || candidate.name == variant {
      guard let layer = candidate.model.stack.layer,
        uses.allSatisfy({ $0.layer != layer.name })
      else { continue }
      var single = design
      single.variants = [candidate]
      single.baseline = 0
      single.precision = nil
      var priced: [[ReplicationRecord]] = []
      for price in [0.0, 1e6] {
        single.variants[0].model.stack.layer?.costPerHop = price
        single.variants[0].model.stack.layer?.costPerCase = 0
        let run = single
        priced.append(
          try await options.limits.watching(control) {
            try await runSimulation(run, runner: options.runner, control: control)
          }.records)
      }
      let source =
        "\(loaded.scenario.path), variant \(candidate.name), \(priced[0].count) replications"
      uses.append(use(of: layer, without: priced[0], with: priced[1], source: source))
    }
    guard !uses.isEmpty else {
      throw WorkbenchError.badInput([
        "\(loaded.scenario.path): no variant"
          + (variant.map { " '\($0)'" } ?? "")
          + " has a layer at work; give one orchestration level 2 under 'orchestration'"
      ])
    }
    return uses
  } catch {
    throw WorkbenchError(error)
  }
}

private func use(
  of layer: LayerModel, without: [ReplicationRecord], with: [ReplicationRecord], source: String
) -> PlatformUse {
  let component = CostComponent.orchestration.rawValue
  func spent(_ record: ReplicationRecord) -> Double {
    Double(record.cohorts.reduce(Int64(0)) { $0 + $1.cost[component] })
  }
  func yearly(_ values: [(count: Double, record: ReplicationRecord)]) -> PlatformUse.Volume {
    let estimate = Estimate(
      of: values.compactMap { value in
        let weeks = Double(value.record.countedUntil) / 604_800e6
        return weeks > 0 ? value.count / weeks * 365.25 / 7 : nil
      })
    return PlatformUse.Volume(
      estimate.mean, min(estimate.lower, estimate.mean)...max(estimate.upper, estimate.mean))
  }
  let pairs = zip(without, with)
  let ran = without.reduce(into: Set<Int>()) { ran, record in
    for (index, runs) in record.automationRuns.enumerated() where runs > 0 { ran.insert(index) }
  }
  return PlatformUse(
    source: source, layer: layer.name, latency: Double(layer.latency) / 1e6,
    concurrent: layer.concurrent, automations: ran.count,
    cases: yearly(
      without.map { record in
        (Double(record.cohorts.reduce(0) { $0 + $1.arrived }), record)
      }),
    hops: yearly(pairs.map { ((spent($1) - spent($0)) / 1e6, $0) }))
}
