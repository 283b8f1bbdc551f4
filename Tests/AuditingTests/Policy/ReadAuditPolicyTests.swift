import DocumentReading
import Facts
import Foundation
import Inventory
import Testing

@testable import Auditing

@Suite("the policy file of the audit")
struct ReadAuditPolicyTests {
  private func read(_ text: String) throws -> AuditPolicy {
    try readAuditPolicy(Array(text.utf8), path: "audit.yaml")
  }

  private func problems(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch { return (error as? AuditPolicyErrors)?.problems.map(\.description) ?? ["\(error)"] }
  }

  @Test("says the day, the price of an hour, thresholds and waivers")
  func values() throws {
    let policy = try read(
      """
      as_of: 2026-11-21
      hourly_cost: 38.5 EUR
      thresholds: { missing_fields: 4, redundancy_score: 0.6 }
      waivers:
        - finding: orphan/system:faximportscript
          reason: switched off in December
          owner: Ada Lovelace
          expires: 2026-12-31
      """)
    #expect(policy.asOf == CalendarDay(year: 2026, month: 11, day: 21))
    #expect(policy.hourlyCost == Money(38.5, "EUR"))
    #expect(policy.options.missingFields == 4)
    #expect(policy.options.redundancyScore == 0.6)
    #expect(policy.waivers.map(\.owner) == ["Ada Lovelace"])
    #expect(policy.waivers.first?.location.line == 5)
  }

  @Test("says what no export holds of applications, people's work and upkeep")
  func facts() throws {
    let policy = try read(
      """
      applications:
        SAP: { releases_per_year: 4, has_api: true, documented_api: false, vendor: SAP, criticality: high }
      human_work:
        approval: { handling_minutes: 7 }
        touch_rates: { Check address: 0.2 }
        hand_over_minutes: 3
      upkeep: { robot_hour: 4 EUR, automations: { Bot: { change_lead_days: 10, tested: true } } }
      """)
    let sap = try #require(policy.application(named: ["sap.exe", "sap"]))
    #expect(sap.releasesPerYear == 4 && sap.hasAPI == true && sap.isAPIDocumented == false)
    #expect(sap.requestsPerHour == nil && sap.vendor == "SAP" && sap.criticality == .high)
    #expect(policy.application(named: ["CRM"]) == nil)
    let approval = policy.humanWork.touch(.approval)
    #expect(approval.handling == 7 && approval.wait == 240 && approval.isStated)
    #expect(!policy.humanWork.touch(.review).isStated)
    #expect(policy.humanWork.touchRates == ["checkaddress": 0.2])
    #expect(policy.humanWork.handOverMinutes == 3 && policy.humanWork.isHandOverStated)
    #expect(policy.upkeep.robotHour == Money(4, "EUR") && policy.upkeep.hoursPerMerge == 80)
    #expect(policy.upkeep.changeLeadDays == ["bot": 10] && policy.upkeep.isTested == ["bot": true])
  }

  @Test("says how busy applications are, and from where that is known")
  func load() throws {
    let policy = try read(
      "load: { Core Banking: { peak_calls_per_hour: 1800, from: a study }, CRM: { peak_calls_per_hour: 5 } }"
    )
    #expect(policy.load.map(\.peakCallsPerHour) == [1_800, 5])
    #expect(policy.load.map(\.source) == ["a study", "the policy file"])
    #expect(problems("load: { CRM: { peak_calls_per_hour: -1 } }").count == 1)
    #expect(problems("load: { CRM: { from: x } }").first?.contains("peak_calls_per_hour") == true)
  }

  @Test("an empty file says nothing, and the defaults hold")
  func empty() throws { #expect(try read("") == AuditPolicy()) }

  @Test(
    "what is wrong is refused with its line and what was expected",
    arguments: [
      ("as_of: 2026-02-30", "audit.yaml:1:8", "day"),
      ("hourly_cost: 45", "audit.yaml:1:14", "45 EUR"),
      ("hourly_cost: -1 EUR", "audit.yaml:1:14", "45 EUR"),
      ("treshholds: {}", "audit.yaml:1:1", "did you mean 'thresholds'"),
      ("thresholds: { dependants: 3 }", "audit.yaml:1:15", "did you mean 'dependents'"),
      ("thresholds: { dependents: 0 }", "audit.yaml:1:27", "1 or more"),
      ("thresholds: { redundancy_score: 1.2 }", "audit.yaml:1:33", "0 to 1"),
      ("waivers: [{ finding: x, owner: y }]", "audit.yaml:1:11", "reason"),
      ("[]", "audit.yaml:1:1", "group of keys"),
      ("applications: { SAP: { releases: 4 } }", "audit.yaml:1:24", "releases_per_year"),
      ("applications: { SAP: { has_api: yep } }", "audit.yaml:1:33", "true or false"),
      ("applications: { SAP: {}, sap: {} }", "audit.yaml:1:26", "twice"),
      ("human_work: { touch_rates: { A: 1.5 } }", "audit.yaml:1:33", "0 to 1"),
      ("human_work: { approvals: {} }", "audit.yaml:1:15", "did you mean 'approval'"),
      ("upkeep: { hours_per_merge: -1 }", "audit.yaml:1:28", "0 or more"),
    ])
  func refused(text: String, place: String, words: String) {
    let found = problems(text)
    #expect(found.contains { $0.hasPrefix(place) && $0.contains(words) }, "\(found)")
  }

  @Test("every threshold of the audit has a key")
  func thresholds() throws {
    let options = Mirror(reflecting: AuditOptions()).children.compactMap(\.label)
    let keys = PolicyThreshold.all.map { key in
      key.key.split(separator: "_").enumerated().map { $0 == 0 ? String($1) : $1.capitalized }
        .joined()
    }
    #expect(Set(keys) == Set(options).subtracting(["checks", "minimumSeverity"]))
  }

  @Test("every key of the file is on the reference page")
  func page() throws {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appending(path: "docs/reference/audit-policy.md"), encoding: .utf8)
    for section in PolicySection.all {
      #expect(page.contains("## `\(section.key)`"), "\(section.key)")
    }
    for threshold in PolicyThreshold.all {
      #expect(page.contains("`\(threshold.key)`"), "\(threshold.key)")
    }
  }
}
