public import Inventory
import Facts
import ProcessModel

/// An estate of many systems of every kind with all that can be known of them: connections, steps,
/// people, triggers, permissions, credentials, guardrails, processes and decision tables.
///
/// Each system mostly touches its neighbours and a few things that all touch, as estates do.
/// - Parameters:
///   - systems: Number of systems.
///   - connections: Number of connections; 1 in 50 names a system that is nowhere described.
///   - seed: The same seed gives the same estate.
public func largeEstate(systems: Int, connections: Int, seed: UInt64) -> Estate {
  var generator = LargeEstateGenerator(systems: systems, seed: seed)
  for number in 0..<systems { generator.addSystem(number) }
  for _ in 0..<connections { generator.addConnection() }
  return generator.builder.estate
}

private struct LargeEstateGenerator {
  var builder = EstateBuilder()
  private var random: SeededGenerator
  private let systems: Int
  private let kinds: [SystemKind] = [
    .rpa, .rpa, .workflow, .workflow, .workflow, .rules, .agent, .script, .orchestrator,
  ]
  private let verbs = ["Posts", "Checks", "Reads", "Sends", "Archives", "Screens", "Reminds"]
  private let things = (0..<400).map { "matter\($0)" } + ["invoices", "customers", "loans"]

  init(systems: Int, seed: UInt64) {
    self.systems = systems
    random = SeededGenerator(seed: seed)
  }

  private mutating func chance(_ share: Double) -> Bool {
    Double.random(in: 0..<1, using: &random) < share
  }

  private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private func name(_ number: Int) -> String { "System \(number)" }

  mutating func addSystem(_ number: Int) {
    let kind = kinds[number % kinds.count]
    let name = name(number)
    let purpose = (0..<4).map { _ in pick(things) }.joined(separator: " ")
    let known = !chance(0.1)
    builder.system(
      name, kind: kind, technology: "Product \(number % 30)",
      purpose: known ? "\(pick(verbs)) \(purpose)" : nil,
      owner: chance(0.1) ? nil : "Person \(self.number(0..<max(1, systems / 6)))",
      team: "Team \(number % 60)",
      status: chance(0.85) ? .production : pick(LifecycleStatus.allCases),
      criticality: chance(0.7) ? pick(Criticality.allCases) : nil,
      failureRate: chance(0.6) ? Double(self.number(0..<80)) / 1000 : nil,
      perMonth: chance(0.7) ? Double(self.number(0..<5_000)) : nil,
      humanInvolvement: chance(0.3) ? "none" : nil)
    addParts(of: name, number)
    switch kind {
    case .workflow where number % 3 == 2: addProcess(name, number)
    case .rules where number % 2 == 1: addDecision(name, number)
    default: break
    }
  }

  private mutating func addParts(of name: String, _ number: Int) {
    for step in 0..<self.number(2..<9) {
      let evidence = builder.evidence(.imported)
      builder.fragment.steps.append(
        Step(
          system: name, id: "s\(step)", name: "Step \(step)", kind: pick(Step.Kind.allCases),
          retries: chance(0.3) ? self.number(0..<4) : nil,
          timeout: chance(0.3) ? .minute : nil, evidence: evidence))
    }
    if chance(0.4) {
      builder.touchPoint(
        pick(HumanTouchPoint.Kind.allCases), in: name, step: "s1", name: "Check \(number)",
        team: "Team \(self.number(0..<60))")
    }
    if chance(0.7) {
      builder.trigger(
        pick(Trigger.Kind.allCases), of: name, "0 \(self.number(0..<24)) * * *")
    }
    for _ in 0..<self.number(0..<4) {
      let evidence = builder.evidence(.imported)
      builder.fragment.permissions.append(
        Permission(
          system: name, name: pick(["Mail.Send", "Files.ReadWrite.All", "admin", "read", "write"]),
          application: "Application \(self.number(0..<max(1, systems / 20)))", evidence: evidence))
    }
    if chance(0.5) {
      let evidence = builder.evidence(.imported)
      builder.fragment.credentials.append(
        CredentialUse(
          system: name, name: "SECRET_\(self.number(0..<max(1, systems / 3)))", evidence: evidence))
    }
    if chance(0.3) {
      let evidence = builder.evidence(.imported)
      builder.fragment.guardrails.append(
        Guardrail(system: name, name: "up to \(self.number(1..<50) * 100) EUR", evidence: evidence))
    }
  }

  private mutating func addProcess(_ name: String, _ number: Int) {
    var elements = [FlowElement("start", .startEvent(.none))]
    var flows: [(String, String)] = []
    for step in 0..<self.number(6..<25) {
      let id = "e\(step)"
      let kind: FlowElement.Kind = pick([
        .task(.service), .task(.service), .task(.user), .task(.manual), .task(.businessRule),
        .gateway(.exclusive), .gateway(.parallel),
      ])
      let location = builder.evidence(.imported).location
      elements.append(
        FlowElement(
          id: id, name: chance(0.1) ? "Approve \(step)" : "Step \(step)", kind: kind,
          location: location))
      flows.append((elements[elements.count - 2].id, id))
      if step > 3, chance(0.2) { flows.append(("e\(self.number(0..<step - 1))", id)) }
      if case .task(.service) = kind {
        builder.fragment.connections.append(
          Connection(
            .invokes, from: .system(name), to: .system(self.name(near(number))), channel: .api,
            evidence: Evidence(.imported, location)))
      }
    }
    builder.process("process-\(number)", of: name, elements, flows)
  }

  private mutating func addDecision(_ name: String, _ number: Int) {
    let inputs = [
      DecisionTable.Column(name: "amount\(number % 97)"),
      DecisionTable.Column(name: "score\(number % 89)"),
    ]
    var bound = 0.0
    let rules = (0..<self.number(3..<15)).map { rule in
      let next = bound + Double(self.number(1..<50))
      defer { bound = next }
      return DecisionTable.Rule(
        id: "r\(rule)",
        tests: [.interval(.init(lower: bound, includesLower: false, upper: next)), .any],
        outputs: [pick(["automatic", "manual", "refuse"])],
        location: SourceLocation(path: "\(name).dmn", line: rule + 10))
    }
    builder.decision(
      DecisionTable(
        id: "table\(number)", name: "Table \(number)", hitPolicy: .unique, inputs: inputs,
        outputs: [DecisionTable.Column(name: "decision")], rules: rules,
        location: SourceLocation(path: "\(name).dmn", line: 1)), of: name)
  }

  /// A system not far from another one; estates hang together by departments.
  private mutating func near(_ number: Int) -> Int {
    let other = number + self.number(-40..<41)
    return other < 0 ? other + systems : other >= systems ? other - systems : other
  }

  mutating func addConnection() {
    let source = number(0..<systems)
    let target: EntityReference =
      switch number(0..<20) {
      case 0..<9: .system(name(chance(0.02) ? systems + number(0..<50) : near(source)))
      case 9..<16: .application("Application \(application())")
      case 16: .team("Team \(number(0..<60))")
      default: .data("Data \(near(source) / 3)")
      }
    builder.connect(
      pick(Connection.Kind.allCases), .system(name(source)), target,
      channel: pick(Connection.Channel.allCases), action: chance(0.5) ? "act\(number(0..<9))" : nil,
      data: chance(0.5) ? [pick(things)] : [])
  }

  /// Few applications are used by many, many by few.
  private mutating func application() -> Int {
    let share = Double.random(in: 0..<1, using: &random)
    return Int(share * share * share * Double(max(1, systems / 20)))
  }
}
