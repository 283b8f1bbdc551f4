import EstateTestSupport
import Facts
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("duties, leaks, trails and reviews")
struct DutyAndDataTests {
  private func process(lane second: String, path: Bool = true) -> EstateBuilder {
    var builder = EstateBuilder()
    builder.system("Paying", kind: .workflow)
    builder.process(
      "pay", of: "Paying",
      [
        FlowElement("start", .startEvent(.none)),
        FlowElement("create", .task(.user), name: "Create payment", lane: "Accounts"),
        FlowElement("approve", .task(.user), name: "Approve payment", lane: second),
      ], [("start", "create")] + (path ? [("create", "approve")] : [("start", "approve")]))
    return builder
  }

  @Test("one lane that creates and then approves is a finding, two lanes or no path are none")
  func lanes() {
    let found = findings(.segregationOfDuties, process(lane: "Accounts"))
    #expect(found.map(\.id) == ["segregation-of-duties/system:paying/pay:create+approve"])
    #expect(found.first?.severity == .low)
    #expect(found.first?.evidence.count == 2)
    #expect(findings(.segregationOfDuties, process(lane: "Treasury")).isEmpty)
    #expect(findings(.segregationOfDuties, process(lane: "Accounts", path: false)).isEmpty)
  }

  @Test("one person's two systems are a breach only where one leads to the other")
  func owners() {
    var builder = EstateBuilder()
    builder.system("Asker", purpose: "Request credit limit", owner: "Ada Lovelace")
    builder.system("Decider", purpose: "Approve credit limit", owner: "Ada Lovelace")
    builder.connect(.reads, .system("Asker"), .application("CRM"))
    builder.connect(.reads, .system("Decider"), .application("CRM"))
    #expect(findings(.segregationOfDuties, builder).isEmpty)
    builder.connect(.invokes, .system("Asker"), .system("Decider"))
    #expect(findings(.segregationOfDuties, builder).map(\.severity) == [.low])
  }

  @Test(
    "one automation with an operation for both duties is a finding; people's steps are not its own")
  func automation() {
    var builder = EstateBuilder()
    builder.system("Bot", kind: .agent)
    builder.step("create_vendor", of: "Bot")
    builder.step("pay_invoice", of: "Bot")
    #expect(findings(.segregationOfDuties, builder).map(\.severity) == [.medium])
    builder.touchPoint(.approval, in: "Bot", step: "pay_invoice")
    #expect(findings(.segregationOfDuties, builder).isEmpty)
    var friend = EstateBuilder()
    friend.system("Flow", kind: .workflow)
    friend.step("auto_deny_request", of: "Flow")
    friend.step("auto_approval", of: "Flow")
    #expect(findings(.segregationOfDuties, friend).isEmpty)
  }

  @Test("data that reach an external party are a leak on the shortest path, named step by step")
  func leak() throws {
    var builder = EstateBuilder()
    builder.system("Loader")
    builder.system("Mailer")
    builder.connect(.reads, .system("Loader"), .application("Core"), data: ["IBAN"])
    builder.connect(.invokes, .system("Loader"), .system("Mailer"), data: ["batch"])
    builder.connect(.writes, .system("Mailer"), .application("Press Portal"))
    #expect(findings(.leakagePath, builder).isEmpty)
    let said = try policy("systems: { Press Portal: { external: true } }")
    let finding = try #require(findings(.leakagePath, builder, policy: said).first)
    #expect(finding.id == "leakage-path/application:pressportal/paymentdata")
    #expect(finding.title.contains("Core → Loader → Mailer → Press Portal"))
    #expect(finding.severity == .low)
    #expect(findings(.leakagePath, builder, policy: said).count == 1)
  }

  @Test("a declared class that a place outside its list is given by name is high")
  func notAllowed() throws {
    var builder = EstateBuilder()
    builder.system("Loader")
    builder.connect(.reads, .system("Loader"), .application("Core"), data: ["IBAN"])
    builder.connect(.writes, .system("Loader"), .application("Lake"), data: ["IBAN"])
    let said = try policy(
      "data_classes: [{ name: payment data, words: [iban], allowed: [Core, Loader] }]")
    let found = findings(.leakagePath, builder, policy: said)
    #expect(found.map(\.severity) == [.high])
    #expect(found.first?.subjects.first?.name == "Lake")
  }

  @Test("another reader of the same application does not get what a third one reads")
  func applicationIsNoPipe() throws {
    var builder = EstateBuilder()
    builder.system("Writer")
    builder.system("Reader")
    builder.connect(.writes, .system("Writer"), .application("Core"), data: ["IBAN"])
    builder.connect(.reads, .system("Reader"), .application("Core"), data: ["branch list"])
    let said = try policy("systems: { Reader: { external: true } }")
    #expect(findings(.leakagePath, builder, policy: said).isEmpty)
  }

  @Test("no trail is a finding where declared, a remark where unknown")
  func trail() throws {
    var builder = EstateBuilder()
    builder.system("A", kind: .agent, status: .production)
    builder.system("B", kind: .agent, status: .production)
    builder.system("C", kind: .rpa, status: .production)
    let said = try policy(
      """
      systems:
        A: { audit_trail: false }
        B: { audit_trail: true }
        C: { audit_trail: [tool calls, tamper-evident] }
      """)
    let found = findings(.auditTrail, builder, policy: said)
    #expect(found.map(\.id) == ["audit-trail/system:a"])
    #expect(found.first?.severity == .high)
    #expect(findings(.auditTrail, builder).isEmpty)
  }

  @Test("data kept too long or elsewhere are a breach, unknown retention one gap for all")
  func retention() throws {
    var builder = EstateBuilder()
    builder.system("Loader")
    builder.connect(.writes, .system("Loader"), .application("Core"), data: ["IBAN"])
    builder.connect(.writes, .system("Loader"), .application("Lake"), data: ["IBAN"])
    #expect(findings(.retention, builder).map(\.severity) == [.info])
    let said = try policy(
      """
      data_classes: [{ name: payment data, words: [iban], retention: 1 years, residency: EU }]
      systems: { Lake: { retention: 3 years, residency: US }, Core: { retention: 30 days, residency: eu } }
      """)
    let found = findings(.retention, builder, policy: said)
    #expect(found.map(\.severity) == [.medium, .medium])
    #expect(found.allSatisfy { $0.subjects.map(\.name) == ["Lake"] })
  }

  @Test("a sensitive act after an approval is fine, before or without one it is not")
  func acts() {
    func estate(_ flows: [(String, String)]) -> EstateBuilder {
      var builder = EstateBuilder()
      builder.system("Paying", kind: .workflow, status: .production)
      builder.process(
        "pay", of: "Paying",
        [
          FlowElement("start", .startEvent(.none)),
          FlowElement("send", .task(.service), name: "Send payment"),
          FlowElement("check", .task(.user), name: "Approve transfer"),
        ], flows)
      return builder
    }
    let after = estate([("start", "check"), ("check", "send")])
    #expect(findings(.sensitiveAct, after).isEmpty)
    let before = estate([("start", "send"), ("send", "check")])
    #expect(findings(.sensitiveAct, before).map(\.severity) == [.medium])
  }

  @Test("a task of no type that is named like a review counts as one, a service's check does not")
  func untypedReview() {
    func estate(_ kind: FlowElement.TaskKind, _ name: String) -> EstateBuilder {
      var builder = EstateBuilder()
      builder.system("Claims", kind: .workflow)
      builder.process(
        "claims", of: "Claims",
        [
          FlowElement("look", .task(kind), name: name),
          FlowElement("pay", .task(.abstract), name: "Initiate payment"),
        ], [("look", "pay")])
      return builder
    }
    #expect(findings(.sensitiveAct, estate(.abstract, "Assess Claim")).isEmpty)
    #expect(findings(.sensitiveAct, estate(.user, "Review claim")).isEmpty)
    #expect(findings(.sensitiveAct, estate(.service, "Check claim")).count == 1)
    #expect(findings(.sensitiveAct, estate(.abstract, "Register claim")).count == 1)
  }

  @Test("a policy is stale by the day of the audit only, and by its own interval")
  func stale() throws {
    let text =
      "policies: [{ name: P, owner: Ada Lovelace, reviewed_on: 2025-01-31, review_every: 12 }]"
    let builder = EstateBuilder()
    #expect(findings(.policyReview, builder, policy: try policy(text)).isEmpty)
    let late = try policy("as_of: 2026-03-01\n" + text)
    #expect(findings(.policyReview, builder, policy: late).map(\.id) == ["policy-review/p"])
    let early = try policy("as_of: 2025-12-31\n" + text)
    #expect(findings(.policyReview, builder, policy: early).isEmpty)
  }

  @Test("a guardrail needs a policy that covers it; without any policy nothing is concluded")
  func guardrails() throws {
    var builder = EstateBuilder()
    builder.system("A", kind: .agent)
    builder.guardrail("no refund above 500", of: "A")
    builder.system("B", kind: .agent)
    builder.guardrail("no weapons", of: "B")
    #expect(findings(.guardrailWithoutPolicy, builder).isEmpty)
    let said = try policy("policies: [{ name: Refunds, covers: [refund] }]")
    #expect(
      findings(.guardrailWithoutPolicy, builder, policy: said).map(\.id)
        == ["guardrail-without-policy/system:b"])
  }

  @Test("what watches people needs their consent")
  func watching() throws {
    var builder = EstateBuilder()
    for name in ["A", "B", "C"] { builder.system(name, kind: .agent) }
    let said = try policy(
      """
      systems:
        A: { monitors_people: true, consent: false }
        B: { monitors_people: true, consent: true }
      """)
    let found = findings(.alwaysOn, builder, policy: said)
    #expect(found.map(\.id) == ["always-on/system:a"])
    #expect(found.first?.severity == .high)
  }

  @Test("what one person made on a platform for everybody needs somebody else's eyes")
  func made() throws {
    var builder = EstateBuilder()
    builder.system("A", technology: "Power Automate")
    builder.made("A", by: "Ada Lovelace")
    builder.system("B", technology: "Power Automate", owner: "Grace Hopper")
    builder.made("B", by: "Ada Lovelace")
    builder.system("C", technology: "Camunda 8")
    builder.made("C", by: "Ada Lovelace")
    // A publisher stands for a whole package and made nothing of it.
    var published = AutomationSystem(name: "D", source: builder.evidence(.imported))
    published.technology.state("Power Automate", published.sources[0])
    published.creator.state(
      "CAT",
      Evidence(
        .imported, published.sources[0].location, note: "publisher of the solution"))
    builder.fragment.systems.append(published)
    let found = findings(.businessBuilt, builder)
    #expect(found.map(\.id) == ["business-built/adalovelace"])
    #expect(found.first?.subjects.map(\.name) == ["A"])
    let said = try policy("systems: { A: { reviewed_by: Grace Hopper } }")
    #expect(findings(.businessBuilt, builder, policy: said).isEmpty)
  }
}
