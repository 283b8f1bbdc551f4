import Auditing
import Facts
import ProcessModel
import Scenarios
import Simulation
import Statistics

/// The plan that a scenario file's rollout is.
///
/// - Parameters:
///   - path: The scenario file.
///   - variant: The variant with the rollout; `nil` where only one has any.
/// - Throws: `WorkbenchError.badInput` where the file cannot be read, no variant has a rollout, or several
///   have one and none is named.
func rolloutPlan(
  ofScenario path: String, variant name: String?
) throws(WorkbenchError) -> RolloutPlan? {
  let scenario = try readScenarioFile(path).scenario
  let rolledOut = scenario.variants.filter { $0.stack.rollout != nil }
  let names = rolledOut.map(\.name)
  let chosen = name ?? (names.count == 1 ? names[0] : nil)
  guard let variant = rolledOut.first(where: { $0.name == chosen }) else {
    let list = names.joined(separator: ", ")
    let message =
      if names.isEmpty {
        "no variant has a 'rollout', so that there is no plan to look at"
      } else if let name {
        "'\(name)' is no variant with a rollout; there are \(list)"
      } else {
        "several variants have a rollout: \(list); name one by --plan-variant"
      }
    throw .badInput(["\(path): \(message)"])
  }
  return rolloutPlan(
    of: variant, process: scenario.process.name ?? scenario.process.id)
}

/// The rollout of a scenario's variant as a plan that the audit can hold against the seven mistakes;
/// `nil` where the variant takes over all at once.
///
/// A scenario has no place for objectives, owners and reviews of security; the plan says so, and the
/// audit concludes nothing from their absence. Training, gates and shares are the scenario's, times
/// are the means of its distributions.
/// - Parameters:
///   - variant: The variant.
///   - process: Name of the process that is played, as the inventory has it.
func rolloutPlan(of variant: Variant, process: String) -> RolloutPlan? {
  guard let rollout = variant.stack.rollout else { return nil }
  let stack = variant.stack
  var plan = RolloutPlan(name: "Rollout of \(variant.title)", location: variant.location)
  plan.cannotSay = [.objectives, .owner, .securityReview]
  if stack.adoption?.communication != nil {
    plan.communication = "work that tells people what agents do (adoption.communication)"
  } else if stack.adoption == nil {
    plan.cannotSay.append(.communication)
  }
  plan.layer = stack.layer?.name
  plan.upkeepHours = monthlyUpkeep(of: stack)
  let systems = Dictionary(
    stack.automations.map { ($0.name, $0.system ?? $0.name) },
    uniquingKeysWith: { first, _ in first })
  var start: Double? = 0
  for settings in rollout.stages {
    var stage = RolloutPlan.Stage(name: settings.name, location: variant.location)
    stage.starts = start
    stage.ends = start.flatMap { start in settings.lasts.map { start + $0.mean / 86_400 } }
    start = stage.ends
    stage.share = settings.share
    // A stage that nobody's case goes through changes nothing yet.
    if settings.share > 0 {
      let moved = stack.activities.filter { settings.activities?.contains($0.id) ?? true }
      if !moved.isEmpty { stage.touches.append(process) }
      for name in moved.compactMap(\.automation) {
        let system = systems[name] ?? name
        if !stage.touches.contains(system) { stage.touches.append(system) }
      }
    }
    if !settings.trained.isEmpty, let training = settings.training {
      stage.trainingHours = training.mean / 3600
    }
    stage.gates = settings.gate.map(gateTexts) ?? []
    if settings.gate?.otherwise == .rollBack || settings.gate?.otherwise == .cancel {
      stage.rollback = "what follows where the gate does not hold"
    }
    plan.stages.append(stage)
  }
  return plan
}

/// What must hold at the end of a stage, in words.
private func gateTexts(_ gate: RolloutSettings.Gate) -> [String] {
  var texts: [String] = []
  if let errors = gate.errors { texts.append("errors at most \(errors * 100) %") }
  if let cost = gate.costPerCase { texts.append("cost of a case at most \(cost)") }
  if let saving = gate.saving { texts.append("saving at least \(saving * 100) %") }
  if let team = gate.backlogTeam {
    texts.append("waiting work of \(team) at most \(gate.backlog / 3600) h")
  }
  return texts
}

/// Work on automations that comes again and again, in hours a month of 365.25 / 12 days.
private func monthlyUpkeep(of stack: StackSettings) -> Double {
  stack.automations.reduce(0) { sum, automation in
    guard let upkeep = automation.conduct.upkeep, upkeep.every > 0 else { return sum }
    return sum + upkeep.work.mean / 3600 * (365.25 / 12 * 86_400) / upkeep.every
  }
}
