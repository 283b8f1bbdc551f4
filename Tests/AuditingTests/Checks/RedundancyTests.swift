import EstateTestSupport
import Facts
import Inventory
import Testing

@testable import Auditing

@Suite("redundancy")
struct RedundancyTests {
  private func twins(_ change: (inout EstateBuilder) -> Void = { _ in }) -> EstateBuilder {
    var builder = EstateBuilder()
    builder.system(
      "KYC Bot", purpose: "Screens new customers against sanctions lists", owner: "Ada Lovelace",
      team: "AML", status: .production)
    builder.system(
      "Onboarding Check", purpose: "Checks customers against the sanctions list at onboarding",
      owner: "Grace Hopper", team: "Sales", status: .production)
    for name in ["Posting Bot", "Archive Flow"] {
      builder.system(name, purpose: "Does \(name) things", owner: "Alan Turing", team: "Ops")
    }
    for name in ["KYC Bot", "Onboarding Check"] {
      builder.connect(.reads, .system(name), .application("World Check"))
    }
    change(&builder)
    return builder
  }

  @Test("systems of one purpose and target are redundant, the more where the owners differ")
  func found() throws {
    let found = findings(.redundancy, twins())
    let finding = try #require(found.first)
    #expect(found.count == 1)
    #expect(finding.id == "redundancy/system:kycbot+system:onboardingcheck")
    #expect(finding.why.contains("1.15 for different owners"))
    #expect(finding.why.contains("sanctions"))
    #expect(finding.why.contains("World Check"))
  }

  @Test("the score in the text is the sum of its parts")
  func arithmetic() throws {
    let why = try #require(findings(.redundancy, twins()).first?.why)
    let numbers = why.split { !$0.isNumber && $0 != "." }.compactMap { text in
      text.dropLast().contains(".") ? Double(text.hasSuffix(".") ? text.dropLast() : text) : nil
    }
    // purpose, weight, targets, weight, sum of weights, factor, score, threshold
    #expect(numbers.count == 8)
    let score = min(
      1, (numbers[0] * numbers[1] + numbers[2] * numbers[3]) / numbers[4] * numbers[5])
    #expect(abs(score - numbers[6]) < 0.02)
  }

  @Test("one owner is no boost, retired systems do not count, and caller and called share the work")
  func exceptions() {
    let same = findings(
      .redundancy,
      twins { builder in
        for index in builder.fragment.systems.indices {
          let evidence = builder.fragment.systems[index].sources[0]
          builder.fragment.systems[index].team = Field("AML", evidence)
        }
      })
    #expect(same.allSatisfy { !$0.why.contains("different owners") })
    let retired = twins { builder in
      let evidence = builder.fragment.systems[0].sources[0]
      builder.fragment.systems[0].status = Field(.retired, evidence)
    }
    #expect(findings(.redundancy, retired).isEmpty)
    let caller = twins { $0.connect(.invokes, .system("KYC Bot"), .system("Onboarding Check")) }
    #expect(findings(.redundancy, caller).isEmpty)
  }

  @Test("two bots that drive one application are not redundant for that")
  func sharedApplication() {
    var builder = EstateBuilder()
    builder.system("A", purpose: "Posts supplier invoices", team: "X")
    builder.system("B", purpose: "Opens savings accounts", team: "Y")
    for name in ["A", "B"] { builder.connect(.writes, .system(name), .application("SAP")) }
    #expect(findings(.redundancy, builder).isEmpty)
  }

  @Test("of unknown purpose nothing is concluded, and that is said")
  func unknownPurpose() {
    var builder = EstateBuilder()
    builder.system("A")
    builder.system("B")
    let result = report(builder)
    #expect(result.findings.allSatisfy { $0.check != "redundancy" })
    #expect(result.remarks.contains { $0.check == "redundancy" && $0.text.contains("2 systems") })
  }

  @Test("three alike are one cluster")
  func cluster() {
    let three = twins { builder in
      builder.system(
        "Sanction Script", purpose: "Screens customers against sanctions lists", team: "Ops")
    }
    #expect(findings(.redundancy, three).map(\.subjects.count) == [3])
  }

  @Test("forms of one word are one word")
  func stems() {
    for group in [
      ["screen", "screens", "screening", "screened"], ["validate", "validates", "validation"],
      ["invoice", "invoices", "invoicing"], ["copy", "copies"], ["process", "processes"],
    ] {
      #expect(Set(group.map(stem)).count == 1, "\(group.map(stem))")
    }
    #expect(stem("status") == "status")
  }
}
