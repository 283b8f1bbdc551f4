import EventEngine
import Simulation
import SimulationTestSupport
import Testing

/// A mechanism that a stack can have, and how it is taken away.
struct MechanismSwitch: Sendable {
  var name: String
  var isOn: @Sendable (StackModel) -> Bool
  var turnOff: @Sendable (inout StackModel) -> Void
}

/// All mechanisms that a stack can be without.
let mechanismSwitches: [MechanismSwitch] = [
  MechanismSwitch(
    name: "fatigue", isOn: { $0.teams.contains { $0.fatigue != nil } },
    turnOff: { for index in $0.teams.indices { $0.teams[index].fatigue = nil } }),
  MechanismSwitch(
    name: "due dates", isOn: { $0.teams.contains { $0.due != nil } },
    turnOff: {
      for index in $0.teams.indices { $0.teams[index].due = nil }
      for index in $0.guardrails.indices { $0.guardrails[index].due = nil }
    }),
  MechanismSwitch(
    name: "tickets", isOn: { $0.guardrails.contains { $0.handling != nil } },
    turnOff: { for index in $0.guardrails.indices { $0.guardrails[index].handling = nil } }),
  MechanismSwitch(
    name: "thresholds", isOn: { $0.guardrails.contains { !$0.thresholds.isEmpty } },
    turnOff: { for index in $0.guardrails.indices { $0.guardrails[index].thresholds = [] } }),
  MechanismSwitch(
    name: "escalation drift", isOn: { $0.guardrails.contains { $0.drift != nil } },
    turnOff: { for index in $0.guardrails.indices { $0.guardrails[index].drift = nil } }),
  MechanismSwitch(
    name: "bulk review", isOn: { $0.guardrails.contains { $0.bulkReview != nil } },
    turnOff: { for index in $0.guardrails.indices { $0.guardrails[index].bulkReview = nil } }),
  MechanismSwitch(
    name: "re-evaluation", isOn: { $0.guardrails.contains { $0.reevaluation != nil } },
    turnOff: { for index in $0.guardrails.indices { $0.guardrails[index].reevaluation = nil } }),
  MechanismSwitch(
    name: "outages",
    isOn: { stack in
      stack.applications.contains { $0.outages != nil }
        || stack.automations.contains { $0.outages != nil }
    },
    turnOff: {
      for index in $0.applications.indices { $0.applications[index].outages = nil }
      for index in $0.automations.indices { $0.automations[index].outages = nil }
      $0.layer?.outages = nil
    }),
  MechanismSwitch(
    name: "load of others", isOn: { $0.applications.contains { $0.others != nil } },
    turnOff: { for index in $0.applications.indices { $0.applications[index].others = nil } }),
  MechanismSwitch(
    name: "reliability", isOn: { $0.automations.contains { !$0.reliability.isEmpty } },
    turnOff: { for index in $0.automations.indices { $0.automations[index].reliability = [] } }),
  MechanismSwitch(
    name: "calls", isOn: { $0.automations.contains { $0.calls != nil } },
    turnOff: { for index in $0.automations.indices { $0.automations[index].calls = nil } }),
  MechanismSwitch(
    name: "novelty and capability",
    isOn: { $0.automations.contains { $0.novelty != nil || $0.capability != nil } },
    turnOff: {
      for index in $0.automations.indices {
        $0.automations[index].novelty = nil
        $0.automations[index].capability = nil
      }
    }),
  MechanismSwitch(
    name: "asks", isOn: { $0.automations.contains { !$0.asks.isEmpty } },
    turnOff: {
      for index in $0.automations.indices {
        $0.automations[index].asks = []
        $0.automations[index].calibration = nil
      }
    }),
  MechanismSwitch(
    name: "hours and coverage",
    isOn: { $0.automations.contains { $0.hours != nil || $0.coverage < 1 } },
    turnOff: {
      for index in $0.automations.indices {
        $0.automations[index].hours = nil
        $0.automations[index].coverage = 1
      }
    }),
  MechanismSwitch(
    name: "breakage, changes and upkeep",
    isOn: { $0.automations.contains { $0.breakage != nil || $0.changes != nil } },
    turnOff: {
      for index in $0.automations.indices {
        $0.automations[index].breakage = nil
        $0.automations[index].changes = nil
        $0.automations[index].upkeep = nil
      }
    }),
  MechanismSwitch(
    name: "weaknesses", isOn: { $0.automations.contains { !$0.weaknesses.isEmpty } },
    turnOff: { for index in $0.automations.indices { $0.automations[index].weaknesses = [] } }),
  MechanismSwitch(
    name: "orchestration layer", isOn: { $0.layer != nil }, turnOff: { $0.layer = nil }),
  MechanismSwitch(
    name: "coordination", isOn: { $0.coordination != nil }, turnOff: { $0.coordination = nil }),
  MechanismSwitch(name: "monitoring", isOn: { $0.monitor != nil }, turnOff: { $0.monitor = nil }),
  MechanismSwitch(
    name: "supervisor", isOn: { $0.supervisor != nil }, turnOff: { $0.supervisor = nil }),
  MechanismSwitch(name: "storm control", isOn: { $0.storm != nil }, turnOff: { $0.storm = nil }),
  MechanismSwitch(name: "rollout", isOn: { $0.rollout != nil }, turnOff: { $0.rollout = nil }),
  MechanismSwitch(
    name: "oversight", isOn: { $0.guardrails.contains { $0.oversight != nil } },
    turnOff: { for index in $0.guardrails.indices { $0.guardrails[index].oversight = nil } }),
  MechanismSwitch(
    name: "absence", isOn: { $0.teams.contains { $0.absence != nil } },
    turnOff: { for index in $0.teams.indices { $0.teams[index].absence = nil } }),
  MechanismSwitch(
    name: "wrappers", isOn: { $0.automations.contains { $0.calls?.wrapped != nil } },
    turnOff: {
      for index in $0.automations.indices { $0.automations[index].calls?.wrapped = nil }
    }),
  MechanismSwitch(name: "adoption", isOn: { $0.adoption != nil }, turnOff: { $0.adoption = nil }),
  MechanismSwitch(name: "response", isOn: { $0.response != nil }, turnOff: { $0.response = nil }),
  MechanismSwitch(
    name: "expertise and routing", isOn: { $0.guardrails.contains { $0.expertise != nil } },
    turnOff: {
      for index in $0.guardrails.indices {
        $0.guardrails[index].expertise = nil
        $0.guardrails[index].contextualRouting = nil
      }
    }),
  MechanismSwitch(
    name: "redesign", isOn: { $0.guardrails.contains { $0.redesign != nil } },
    turnOff: { for index in $0.guardrails.indices { $0.guardrails[index].redesign = nil } }),
  MechanismSwitch(
    name: "learning and decay",
    isOn: { $0.automations.contains { $0.learning != nil || $0.decay != nil } },
    turnOff: {
      for index in $0.automations.indices {
        $0.automations[index].learning = nil
        $0.automations[index].decay = nil
      }
    }),
  MechanismSwitch(
    name: "drift of behaviour", isOn: { $0.automations.contains { $0.drift != nil } },
    turnOff: { for index in $0.automations.indices { $0.automations[index].drift = nil } }),
  MechanismSwitch(name: "risk", isOn: { $0.risk != nil }, turnOff: { $0.risk = nil }),
  MechanismSwitch(name: "costs of cases", isOn: { $0.costs != nil }, turnOff: { $0.costs = nil }),
]

@Suite("Mechanisms, two at a time") struct MechanismPairTests {
  /// Models in which mechanisms were on by chance, with what is on in each.
  private static let models: [(seed: UInt64, model: SimulationModel, isOn: [Bool])] =
    (0..<240 as Range<UInt64>).compactMap { seed in
      guard let model = try? generatedModel(seed: seed) else { return nil }
      return (seed, model, mechanismSwitches.map { $0.isOn(model.stack) })
    }

  /// Everything but two mechanisms is taken away from both stacks; they run under the eyes of the
  /// invariants, twice, and give the same.
  @Test(
    "run together, keep the invariants and repeat themselves", arguments: mechanismSwitches.indices)
  func pairs(first: Int) throws {
    for second in mechanismSwitches.indices where second > first {
      let names = "\(mechanismSwitches[first].name) and \(mechanismSwitches[second].name)"
      let found = Self.models.first { $0.isOn[first] && $0.isOn[second] }
      let (seed, whole, _) = try #require(found, "no generated model has \(names)")
      var model = whole
      for index in mechanismSwitches.indices where index != first && index != second {
        mechanismSwitches[index].turnOff(&model.stack)
        if var stack = model.runInStack {
          mechanismSwitches[index].turnOff(&stack)
          model.runInStack = stack
        }
      }
      var observer = InvariantObserver()
      let record = try runReplication(of: model, seed: seed, replication: 0, observer: &observer)
      #expect(observer.violations == [], "\(names), seed \(seed)")
      #expect(record.totalCost == record.cohorts.reduce(0) { $0 + $1.cost.reduce(0, +) })
      #expect(
        try runReplication(of: model, seed: seed, replication: 0) == record,
        "\(names), seed \(seed)")
    }
  }
}
