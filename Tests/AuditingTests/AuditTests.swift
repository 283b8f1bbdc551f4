import EstateTestSupport
import Facts
import IntegrationGraph
import Inventory
import Testing

@testable import Auditing

@Suite("the audit as a whole")
struct AuditTests {
  @Test("the checks and their identifiers are fixed")
  func identifiers() {
    #expect(
      AuditCheck.all.map(\.id) == [
        "completeness", "owner-gap", "ghost-reference", "human-approvals", "redundancy",
        "conflicting-thresholds", "decision-table-flaws", "differing-bounds", "rule-debt",
        "hotspot-many-automations", "hotspot-data-crossing", "hotspot-human-carrying",
        "hotspot-contradiction", "orphan", "single-point-of-failure", "broad-permissions",
        "mandate-breadth", "superuser", "shared-credential", "escalation-path", "constraint-list",
        "segregation-of-duties", "leakage-path", "audit-trail", "retention", "sensitive-act",
        "policy-review", "guardrail-without-policy", "always-on", "business-built",
        "trigger-loop", "write-collision", "duplicate-task", "call-cascade", "missing-agent-role",
        "hub-concentration", "fragile-selector", "hard-coded-wait", "missing-error-path",
        "bottleneck", "brittleness", "scarce-skills", "rollout-plan",
      ])
  }

  @Test("an estate of which nothing is known has no findings")
  func empty() {
    let result = report(EstateBuilder())
    #expect(result.findings.isEmpty)
    #expect(result.visibility.share == nil)
  }

  @Test(
    "findings are in the order of severity, cost, check and subjects, and each has all it needs")
  func order() {
    let result = report(randomEstate(systems: 60, connections: 150, seed: 1))
    #expect(result.findings.count > 10)
    let keys = result.findings.map {
      ($0.severity, -($0.cost?.money.amount ?? 0), $0.check, $0.subjects[0])
    }
    #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(Set(result.findings.map(\.id)).count == result.findings.count)
    for finding in result.findings {
      #expect(!finding.evidence.isEmpty, "\(finding.id)")
      #expect(!finding.why.isEmpty && !finding.remedy.isEmpty && !finding.title.isEmpty)
      #expect(finding.why.contains { $0.isNumber } || finding.check == "owner-gap")
    }
  }

  @Test("the same estate gives the same report, in whatever order it was said", arguments: 0..<5)
  func determinate(seed: UInt64) {
    var builder = randomEstate(systems: 40, connections: 120, seed: seed)
    let expected = report(builder)
    var generator = SeededGenerator(seed: seed)
    builder.fragment.systems.shuffle(using: &generator)
    builder.fragment.connections.shuffle(using: &generator)
    #expect(report(builder) == expected)
  }

  @Test("less severe findings are left out where asked, and counted")
  func minimumSeverity() {
    let builder = randomEstate(systems: 60, connections: 150, seed: 2)
    let all = report(builder)
    var options = AuditOptions()
    options.minimumSeverity = .high
    let severe = report(builder, options)
    #expect(severe.findings == all.findings.filter { $0.severity <= .high })
    #expect(severe.omitted == all.findings.count - severe.findings.count)
    #expect(severe.omitted > 0)
  }

  @Test("only the checks asked for run")
  func selection() {
    var options = AuditOptions()
    options.checks = ["orphan"]
    let result = report(randomEstate(systems: 60, connections: 30, seed: 3), options)
    #expect(Set(result.findings.map(\.check)) == ["orphan"])
    #expect(result.checks == ["orphan"])
  }

  @Test("badges number the findings about each node of the map")
  func badges() {
    var builder = EstateBuilder()
    builder.system("A", status: .production)
    builder.connect(.invokes, .system("A"), .system("Ghost"))
    let result = report(builder)
    for (index, finding) in result.findings.enumerated() {
      for subject in finding.subjects {
        #expect(result.badges[subject.nodeID]?.contains(index + 1) == true)
      }
    }
    #expect(result.visibility.described == 1)
    #expect(result.visibility.named == 2)
  }

  @Test("numbers are written as people write them")
  func numbers() {
    #expect(numberText(1_234_567) == "1,234,567")
    #expect(numberText(-22_000.0) == "−22,000")
    #expect(numberText(0.125) == "0.125")
    #expect(numberText(1234.5) == "1,234.5")
    #expect(numberText(1e300) == "1e+300")
    #expect(listText(["a", "b", "c"]) == "a, b and c")
    #expect(listText((1...9).map(String.init), limit: 4) == "1, 2, 3 and 6 more")
    #expect(scoreText(0.105) == "0.11" || scoreText(0.105) == "0.10")
    #expect(scoreText(1) == "1.00")
  }
}

/// An estate of random systems, connections and tables.
func randomEstate(systems: Int, connections: Int, seed: UInt64) -> EstateBuilder {
  var generator = SeededGenerator(seed: seed)
  var builder = EstateBuilder()
  let verbs = ["Posts", "Checks", "Reads", "Sends", "Archives", "Screens", "Reminds", "Opens"]
  let things = (0..<60).map { "matter\($0)" } + ["invoices", "customers", "loans", "accounts"]
  func pick<Value>(_ values: [Value], _ generator: inout SeededGenerator) -> Value {
    values[Int.random(in: 0..<values.count, using: &generator)]
  }
  for number in 0..<systems {
    let purpose = (0..<4).map { _ in pick(things, &generator) }.joined(separator: " ")
    builder.system(
      "System \(number)", kind: pick(SystemKind.allCases, &generator),
      purpose: number.isMultiple(of: 11) ? nil : "\(pick(verbs, &generator)) \(purpose)",
      owner: number.isMultiple(of: 3) ? nil : "Person \(number % 40)",
      team: number.isMultiple(of: 4) ? nil : "Team \(number % 25)",
      status: pick(LifecycleStatus.allCases, &generator),
      perMonth: number.isMultiple(of: 5) ? nil : Double(number))
  }
  for _ in 0..<connections {
    let source = EntityReference.system(
      "System \(Int.random(in: 0..<(systems + systems / 50 + 1), using: &generator))")
    let number = Int.random(in: 0..<systems, using: &generator)
    let target: EntityReference =
      switch Int.random(in: 0..<10, using: &generator) {
      case 0..<4: .system("System \(number)")
      case 4..<7: .application("Application \(number % max(1, systems / 15))")
      case 7: .team("Team \(number % 25)")
      default: .data("Data \(number % max(1, systems / 5))")
      }
    builder.connect(
      pick(Connection.Kind.allCases, &generator), source, target,
      channel: pick(Connection.Channel.allCases, &generator),
      data: Bool.random(using: &generator) ? [pick(things, &generator)] : [])
  }
  return builder
}
