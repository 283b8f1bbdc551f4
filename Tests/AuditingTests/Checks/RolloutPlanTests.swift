import DocumentReading
import EstateTestSupport
import Facts
import Inventory
import Testing

@testable import Auditing

@Suite("lint of a rollout plan")
struct RolloutPlanTests {
  private func policy(_ text: String) throws -> AuditPolicy {
    try readAuditPolicy(Array(text.utf8), path: "audit.yaml")
  }

  private func problems(_ text: String) -> [String] {
    do {
      _ = try policy(text)
      return []
    } catch { return (error as? AuditPolicyErrors)?.problems.map(\.description) ?? ["\(error)"] }
  }

  private let good = """
    plan:
      name: Plan A
      objectives: [cost, quality]
      communication: the head of each team tells it a week before
      upkeep_hours: 20
      layer: Layer
      layer_share: 0.4
      stages:
        - { name: pilot, starts: 2026-01-05, ends: 2026-04-03, share: 0.1, touches: [Invoices], training_hours: 4, gates: [errors below 5 %], owner: Ada Lovelace, security_review: true, rollback: switch off }
        - { name: wide, starts: 2026-05-04, share: 0.6, touches: [Orders, Claims], training_hours: 2, owner: Ada Lovelace }
    """

  private func estate() -> EstateBuilder {
    var builder = EstateBuilder()
    for name in ["Invoices", "Orders", "Claims"] {
      builder.system(name, kind: .workflow, criticality: .medium)
    }
    builder.system("Layer", kind: .orchestrator)
    for name in ["Invoices", "Orders"] {
      builder.connect(.invokes, .system("Layer"), .system(name))
    }
    return builder
  }

  private func topics(_ text: String, _ builder: EstateBuilder? = nil) throws -> [String] {
    findings(.rolloutPlan, builder ?? estate(), policy: try policy(text))
      .map { String($0.id.split(separator: "/").last ?? "") }.sorted()
  }

  @Test("a plan is read with its days counted from the first one")
  func read() throws {
    let plan = try #require(try policy(good).plan)
    #expect(plan.stages.map(\.name) == ["pilot", "wide"])
    #expect(plan.stages.map(\.starts) == [0, 119])
    #expect(plan.stages[0].ends == 88)
    #expect(plan.stages[1].securityReview == nil)
    #expect(plan.layerShare == 0.4)
    #expect(plan.stages[0].location.line == 9)
  }

  @Test("a sound plan has no finding, and without a plan there is nothing to say")
  func sound() throws {
    #expect(try topics(good).isEmpty)
    #expect(findings(.rolloutPlan, estate()).isEmpty)
    #expect(report(estate()).remarks.allSatisfy { $0.check != "rollout-plan" })
  }

  @Test(
    "each mistake is found under its own topic, with the place in the plan",
    arguments: [
      ("starts: 2026-05-04", "starts: 2026-02-02", "too-much-at-once"),
      (
        "  communication: the head of each team tells it a week before\n", "",
        "no-change-management"
      ),
      ("upkeep_hours: 20", "upkeep_hours: 0", "set-and-forget"),
      ("layer_share: 0.4", "layer_share: 0.9", "one-hub"),
      ("gates: [errors below 5 %], ", "", "thin-governance"),
      ("training_hours: 2, owner: Ada Lovelace", "training_hours: 2", "scaling-without-owner"),
      ("objectives: [cost, quality]", "objectives: [cost]", "single-objective"),
      ("security_review: true, ", "", "security-late"),
    ])
  func mistakes(old: String, new: String, topic: String) throws {
    let text = good.replacing(old, with: new)
    #expect(try topics(text) == [topic])
    let finding = try #require(
      findings(.rolloutPlan, estate(), policy: try policy(text)).first)
    #expect(finding.id == "rollout-plan/data:plana/\(topic)")
    #expect(finding.evidence.allSatisfy { $0.location.line != nil })
    #expect(finding.evidence.contains { $0.location.path == "audit.yaml" })
  }

  @Test("it must not begin with what is mission-critical or said to be regulated")
  func criticalFirst() throws {
    var vital = EstateBuilder()
    vital.system("Invoices", kind: .workflow, criticality: .missionCritical)
    #expect(try topics(good, vital) == ["critical-first"])
    let ruled = "candidates: { regulated: { invoices: true } }\n" + good
    #expect(try topics(ruled) == ["critical-first"])
    let free = "candidates: { regulated: { invoices: false } }\n" + good
    #expect(try topics(free).isEmpty)
  }

  @Test("agents in production of which the rules are not known make governance thin")
  func agents() throws {
    var builder = estate()
    builder.system("Helper", kind: .agent, owner: "Ada Lovelace", status: .production)
    let found = findings(.rolloutPlan, builder, policy: try policy(good))
    #expect(found.map(\.severity) == [.medium])
    #expect(found[0].why.contains("Helper (a guardrail, somebody it escalates to)"))
    builder.fragment.guardrails.append(
      Guardrail(system: "Helper", name: "up to 500 EUR", evidence: builder.evidence(.imported)))
    builder.touchPoint(.exception, in: "Helper", step: "ask")
    #expect(findings(.rolloutPlan, builder, policy: try policy(good)).isEmpty)
  }

  @Test("security that comes last counts as late, and the reach of the layer is given")
  func lateSecurity() throws {
    let text = good.replacing("security_review: true, ", with: "")
      .replacing("training_hours: 2,", with: "training_hours: 2, security_review: true,")
    let finding = try #require(
      findings(.rolloutPlan, estate(), policy: try policy(text)).first)
    #expect(finding.title.contains("only in wide"))
    #expect(finding.why.contains("reaches 2 systems"))
  }

  @Test("what a plan made from elsewhere cannot say is a remark, not a mistake")
  func cannotSay() {
    var plan = RolloutPlan(name: "Scenario", location: SourceLocation(path: "s.yaml", line: 4))
    var stage = RolloutPlan.Stage(name: "launch", location: plan.location)
    stage.trainingHours = 2
    stage.gates = ["errors at most 5 %"]
    plan.stages = [stage]
    plan.cannotSay = RolloutPlan.Part.allCases
    var policy = AuditPolicy()
    policy.plan = plan
    let result = report(estate(), policy: policy)
    #expect(result.findings.allSatisfy { $0.check != "rollout-plan" })
    #expect(result.remarks.count { $0.check == "rollout-plan" } >= 5)
  }

  @Test(
    "what is wrong with the sections is refused with its line",
    arguments: [
      ("plan: { name: x }", "stages"),
      ("plan: { stages: [] }", "at least one"),
      ("plan: { stages: [{ share: 2 }] }", "0 to 1"),
      ("plan: { stages: [{ ownr: x }] }", "did you mean 'owner'"),
      ("plan: { stages: [{ starts: 2026-02-01, ends: 2026-01-01 }] }", "ends before it starts"),
      ("readiness: { literacy: { answer: maybe } }", "yes, partly, no"),
      ("readiness: { literacy: { by: Ada } }", "has no 'answer'"),
      ("readiness: { litracy: { answer: yes } }", "did you mean 'literacy'"),
      ("candidates: { regulated: { Loans: perhaps } }", "true or false"),
      ("candidates: { minutes_per_case: { Loans: -1 } }", "0 to 100"),
    ])
  func refused(text: String, words: String) {
    let found = problems(text)
    #expect(found.contains { $0.contains(words) && $0.hasPrefix("audit.yaml:1") }, "\(found)")
  }

  @Test("answers of readiness are read, bare yes and no too")
  func readiness() throws {
    let found = try policy(
      """
      readiness:
        governance: { answer: no, by: Ada Lovelace, on: 2026-11-01 }
        literacy: { answer: partly }
        builders: { answer: yes }
      """
    ).readiness
    #expect(found.map(\.item) == [.literacy, .governance, .builders])
    #expect(found.map(\.answer) == [.partly, .no, .yes])
    #expect(found[1].on == CalendarDay(year: 2026, month: 11, day: 1))
  }
}
