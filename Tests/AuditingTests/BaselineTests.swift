import DocumentReading
import EstateTestSupport
import Facts
import Inventory
import Testing

@testable import Auditing

@Suite("the audit beside an earlier one")
struct BaselineTests {
  private func builder(_ names: [String]) -> EstateBuilder {
    var builder = EstateBuilder()
    for name in names { builder.completeSystem(name) }
    return builder
  }

  /// The part of the JSON report that a comparison reads.
  private func json(_ report: AuditReport, omitted: Int = 0) -> String {
    func list(_ findings: [Finding]) -> String {
      findings.map { finding in
        let subjects = finding.subjects.map {
          "{\"kind\": \"\($0.kind.rawValue)\", \"name\": \"\($0.name)\"}"
        }
        return "{\"id\": \"\(finding.id)\", \"check\": \"\(finding.check)\", \"severity\": "
          + "\"\(finding.severity.rawValue)\", \"title\": \"x\", \"subjects\": "
          + "[\(subjects.joined(separator: ","))]}"
      }.joined(separator: ",\n")
    }
    return """
      {"checks": [\(report.checks.map { "\"\($0)\"" }.joined(separator: ","))], "omitted": \(omitted),
       "findings": [\(list(report.findings))], "waived": [\(list(report.waived.map(\.finding)))]}
      """
  }

  private func baseline(_ text: String) throws -> AuditBaseline {
    try readAuditBaseline(Array(text.utf8), path: "before.json")
  }

  @Test("says what is new, what is still there and what is no longer there")
  func states() throws {
    let before = audited(builder(["Alpha", "Beta"]), AuditPolicy(), today: nil)
    var changed = builder(["Alpha", "Gamma"])
    changed.completeSystem("Beta")
    changed.connect(.invokes, .system("Beta"), .application("CRM"))
    let now = audited(changed, AuditPolicy(), today: nil).compared(with: try baseline(json(before)))
    let comparison = try #require(now.comparison)
    #expect(now.findings.filter(comparison.isNew).map(\.id) == ["orphan/system:gamma"])
    #expect(comparison.fixed.map(\.id) == ["orphan/system:beta"])
    #expect(comparison.fixed.first?.isOutOfSight == false)
    #expect(comparison.newChecks.isEmpty && comparison.missingChecks.isEmpty)
  }

  @Test("what is no longer in the inventory is not mended, but out of sight")
  func outOfSight() throws {
    let before = audited(builder(["Alpha", "Beta"]), AuditPolicy(), today: nil)
    let now = audited(builder(["Alpha"]), AuditPolicy(), today: nil)
      .compared(with: try baseline(json(before)))
    #expect(now.comparison?.fixed.filter { $0.check == "orphan" }.map(\.isOutOfSight) == [true])
  }

  @Test("the same estate has nothing new and nothing fixed, waived or not")
  func same() throws {
    var policy = AuditPolicy()
    let before = audited(builder(["Alpha", "Beta"]), policy, today: nil)
    policy.waivers = [
      Waiver(
        finding: "orphan/system:alpha", reason: "r", owner: "o", expires: nil,
        location: SourceLocation(path: "audit.yaml", line: 2))
    ]
    let waived = audited(builder(["Alpha", "Beta"]), policy, today: nil)
    for (first, second) in [(before, before), (before, waived), (waived, before)] {
      let comparison = second.compared(with: try baseline(json(first))).comparison
      #expect(comparison?.new.isEmpty == true)
      #expect(comparison?.fixed.isEmpty == true)
    }
  }

  @Test("of a check that did not run nothing is called fixed")
  func otherChecks() throws {
    let before = audited(builder(["Alpha", "Beta"]), AuditPolicy(), today: nil)
    var policy = AuditPolicy()
    policy.options.checks = ["owner-gap"]
    let now = audited(builder(["Alpha"]), policy, today: nil)
      .compared(with: try baseline(json(before)))
    #expect(now.comparison?.fixed.isEmpty == true)
    #expect(now.comparison?.missingChecks.contains("orphan") == true)
    let back = before.compared(with: try baseline(json(now)))
    #expect(back.comparison?.newChecks.contains("orphan") == true)
    #expect(back.comparison?.new.contains("orphan/system:alpha") == true)
  }

  @Test(
    "another file, a broken one and one that leaves findings out are refused with place and reason",
    arguments: [
      ("{}", "before.json:1:1", "not a report of an audit"),
      ("[1]", "before.json:1:1", "not a report of an audit"),
      ("{\"findings\": [", "before.json:1", ""),
      ("{\"checks\": [], \"findings\": [], \"omitted\": 3}", "before.json:1:43", "--severity"),
      ("{\"checks\": [], \"findings\": [{\"id\": \"x\"}]}", "before.json:1", "no id, check"),
      ("name,owner\nx,y\n", "before.json:1", ""),
    ])
  func refused(text: String, place: String, words: String) throws {
    let error = #expect(throws: DocumentError.self) { try baseline(text) }
    let message = try #require(error).description
    #expect(message.hasPrefix(place) && message.contains(words), "\(message)")
  }
}
