import DocumentReading
import Facts
import Testing

@testable import Auditing

/// A policy file as text.
func policy(_ text: String) throws -> AuditPolicy {
  try readAuditPolicy(Array(text.utf8), path: "audit.yaml")
}

@Suite("what the policy file says on governance")
struct GovernancePolicyTests {
  @Test("classes of data, duties, acts, systems and policies are read")
  func values() throws {
    let said = try policy(
      """
      data_classes:
        - { name: payment data, words: [iban*], retention: 2 years, residency: EU, allowed: [SAP] }
        - { name: recipes, words: [recipe*], sensitive: false }
      duties: [{ first: [mix paint], second: [inspect paint] }]
      sensitive_acts: [{ name: alarm, words: [silence alarm*] }]
      systems:
        Loan Agent:
          audit_trail: [prompts, tool calls]
          identity: shared
          retention: 18 months
          since: 2025-03-01
        SAP: { external: false, audit_trail: false }
      policies:
        - { name: Agents, owner: Ada Lovelace, reviewed_on: 2025-01-31, review_every: 6, covers: [refund] }
      """)
    let payment = try #require(said.dataClasses.first { $0.name == "payment data" })
    #expect(payment.words == ["iban*"])
    #expect(payment.retention == 730)
    #expect(payment.allowed == ["SAP"])
    #expect(payment.location?.line == 2)
    #expect(said.dataClasses.count == DataClass.assumed.count + 1)
    #expect(said.dataClasses.last?.sensitive == false)
    #expect(said.duties.map(\.name) == ["mix paint and inspect paint"])
    #expect(said.sensitiveActs.map(\.name) == ["alarm"])
    #expect(said.systems.map(\.name) == ["Loan Agent", "SAP"])
    #expect(said.systems[0].auditTrail?.value == ["prompts", "tool calls"])
    #expect(said.systems[0].auditTrail?.evidence.location.line == 8)
    #expect(said.systems[0].identity?.value == .shared)
    #expect(said.systems[0].retention?.value == 540)
    #expect(said.systems[1].auditTrail?.value == [])
    #expect(said.systems[1].identity == nil)
    #expect(said.policies.first?.reviewEvery == 6)
  }

  @Test(
    "what is wrong is refused with its line",
    arguments: [
      ("data_classes: [{ words: [a] }]", "name"),
      ("data_classes: [{ name: a }]", "words"),
      ("data_classes: [{ name: a, words: [b], retention: long }]", "18 months"),
      ("duties: [{ first: [a] }]", "second"),
      ("sensitive_acts: [{ name: a }]", "words"),
      ("systems: { A: { audit_trail: [smoke] } }", "tamper-evident"),
      ("systems: { A: { identity: borrowed } }", "maker"),
      ("systems: { A: { identiti: own } }", "did you mean 'identity'"),
      ("policies: [{ owner: a }]", "name"),
      ("policies: [{ name: a, review_every: 0 }]", "1 to 120"),
    ])
  func refused(text: String, words: String) {
    do {
      _ = try policy(text)
      Issue.record("accepted: \(text)")
    } catch let error as AuditPolicyErrors {
      #expect(error.problems.contains { $0.description.contains(words) }, "\(error.problems)")
      #expect(error.problems.allSatisfy { $0.description.hasPrefix("audit.yaml:1:") })
    } catch { Issue.record("\(error)") }
  }

  @Test(
    "phrases are found as words, with stars open",
    arguments: [
      ("card number", "CardNumber", true), ("card number", "card_number_hash", true),
      ("card number", "number of cards", false), ("kreditkarte*", "Kreditkartennummer", true),
      ("iban", "Libanon", false), ("*zahlung*", "Ratenzahlungsplan", true),
      ("patient*", "impatient", false),
    ])
  func phrases(phrase: String, name: String, expected: Bool) {
    #expect(WordPattern(phrase).matches(words(of: name)) == expected)
  }

  @Test(
    "a permission is read for how far it reaches",
    arguments: [
      ("*", PermissionBreadth.unlimited), ("s3:*", .unlimited),
      ("Sites.FullControl.All", .unlimited),
      ("run code (local)", .unlimited), ("run code (docker)", .boxed),
      ("run code (hosted sandbox)", .boxed), ("CoreBanking Admin", .unlimited),
      ("Files.ReadWrite.All", .broad), ("run in SystemModeWithoutSharing", .broad),
      ("https://www.googleapis.com/auth/drive", .broad),
      ("run in SystemModeWithSharing", .passesOverRights), ("User.Read.All", .readsAll),
    ])
  func breadth(name: String, expected: PermissionBreadth) {
    #expect(PermissionBreadth(name) == expected)
  }

  @Test(
    "a permission that only sounds broad is none",
    arguments: [
      "Mail.Send", "AdministrativeUnit.Read", "admin.read",
      "https://www.googleapis.com/auth/drive.readonly",
      "loans.write", "run as the caller", "url:GET|/api/v1/courses/*",
    ])
  func narrow(name: String) { #expect(PermissionBreadth(name) == nil) }
}
