import Facts
import Foundation
import Importing
import IntegrationGraph
import Inventory
import Testing

@testable import Auditing

/// The sample estate lists the problems planted in it; the audit must find each, from the files.
@Suite("the sample estate")
struct PlantedProblemsTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "inventories/meridian-bank")

  private static let report: AuditReport = {
    let estate = Estate(merging: importFiles(at: [folder.path]).documents)
    return audit(estate: estate, graph: IntegrationGraph(estate))
  }()

  struct Planted: Sendable, CustomTestStringConvertible {
    var id: String
    var check: String
    var subjects: [String]
    var places: [String]
    var testDescription: String { "\(id) \(check): \(subjects.joined(separator: ", "))" }
  }

  /// Rows of the table `| id | check | subjects | where |` of the estate's README.
  static let planted: [Planted] = {
    let text = try? String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
    return (text ?? "").split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 4, cells[0].first == "p", Int(cells[0].dropFirst()) != nil else {
        return nil
      }
      func list(_ cell: String) -> [String] {
        cell.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      }
      return Planted(
        id: cells[0], check: cells[1], subjects: list(cells[2]), places: list(cells[3]))
    }
  }()

  /// Checks of which the sample estate has no problem, and where they are seen at work.
  static let seenElsewhere: [String: String] = [
    "broad-permissions": "no file of the bank states permissions of its own automations",
    "superuser": "no file of the bank states permissions of its own automations",
    "shared-credential": "the bank's credentials are named once each",
    "segregation-of-duties": "its processes divide these duties",
    "sensitive-act": "its processes approve these acts",
    "business-built": "nobody's names stand in its flows",
    "leakage-path": "needs what only a policy file says",
    "audit-trail": "needs what only a policy file says",
    "retention": "needs what only a policy file says",
    "policy-review": "needs what only a policy file says",
    "guardrail-without-policy": "needs what only a policy file says",
    "always-on": "needs what only a policy file says",
    "trigger-loop": "the bank's files call in no circle; TriggerLoopTests",
    "write-collision": "no two of its automations name one table; WriteCollisionTests",
    "call-cascade": "the bank's crew has four agents, far from twenty calls; CallCascadeTests",
    "missing-agent-role": "its agents read one another's results; AgentAssessmentsTests",
    "hub-concentration": "no hub touches half of the links; HubConcentrationTests",
    "fragile-selector": "the robots' selectors are sound; RobotCraftTests",
    "hard-coded-wait": "the robots wait for nothing fixed; RobotCraftTests",
    "missing-error-path": "the robots catch errors; RobotCraftTests",
    "brittleness": "no file holds how often applications are released; ChangeTests",
    "rollout-plan": "looks at a plan, and the estate has none; RolloutPlanTests",
    "differing-bounds": "no arrow of its processes compares a number; DifferingBoundsTests",
    "rule-debt": "it has few rules; RuleDebtTests",
  ]

  @Test("has a list of planted problems with a row for every check that is not seen elsewhere")
  func list() {
    let planted = Set(Self.planted.map(\.check))
    #expect(planted.union(Self.seenElsewhere.keys) == Set(AuditCheck.all.map(\.id)))
    #expect(planted.isDisjoint(with: Self.seenElsewhere.keys))
  }

  @Test("each planted problem is found, about its subjects, and at its place", arguments: planted)
  func found(problem: Planted) throws {
    let wanted = Set(problem.subjects.map(nameKey))
    let finding = try #require(
      Self.report.findings.first { finding in
        finding.check == problem.check && wanted.isSubset(of: finding.subjects.map(\.key))
      })
    // An element begins a few lines above the attribute that is wrong with it.
    let isShown = problem.places.flatMap(lines).contains { place in
      finding.evidence.contains { evidence in
        evidence.location.path == place.path
          && (place.line - 3...place.line).contains(evidence.location.line ?? 0)
      }
    }
    #expect(isShown, "shown: \(finding.evidence.map(\.location.description))")
  }

  /// The places that `path:1,2` stands for.
  private func lines(_ place: String) -> [(path: String, line: Int)] {
    guard let colon = place.lastIndex(of: ":") else { return [] }
    return place[place.index(after: colon)...].split(separator: ",").compactMap { line in
      Int(line).map { (String(place[..<colon]), $0) }
    }
  }

  @Test("has no other gap of completeness, owners or references, as its README promises")
  func nothingElse() {
    for check in [AuditCheck.completeness, .ownerGap, .ghostReference] {
      let found = Self.report.findings.filter { $0.check == check.id }
      let wanted = Self.planted.filter { $0.check == check.id }
      #expect(
        Set(found.map { $0.subjects[0].key }) == Set(wanted.map { nameKey($0.subjects[0]) }))
    }
  }

  @Test("nothing but what is planted is reported at high or critical severity")
  func nothingElseGrave() {
    for finding in Self.report.findings where finding.severity <= .high {
      let subjects = Set(finding.subjects.map(\.key))
      let isPlanted = Self.planted.contains { problem in
        problem.check == finding.check && subjects.isSuperset(of: problem.subjects.map(nameKey))
      }
      #expect(isPlanted, "\(finding.id)")
    }
  }

  @Test("the contradicting tables come with a case on which they contradict each other")
  func example() throws {
    let finding = try #require(
      Self.report.findings.first { $0.check == AuditCheck.conflictingThresholds.id })
    #expect(
      finding.example
        == "amount = 22,000 EUR, credit score = 800: Credit Limits says automatic, "
        + "Pricing Eligibility says manual")
  }
}
