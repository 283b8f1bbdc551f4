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

  @Test("specialists that one agent calls divide the work; without it they are alike")
  func specialists() {
    func found(called: Bool) -> Int {
      var builder = EstateBuilder()
      builder.system("Lookup", kind: .agent, purpose: "Answers")
      for name in ["Account", "Contact"] {
        builder.system(
          name, kind: .agent,
          purpose: "Agent that performs and provides lookup of customer information for sellers")
        if called { builder.connect(.invokes, .system("Lookup"), .system(name)) }
      }
      return findings(.redundancy, builder).count
    }
    #expect(found(called: false) == 1)
    #expect(found(called: true) == 0)
  }

  @Test(
    "opposite acts on one thing are not redundant; parts of one library are low"
  )
  func siblings() {
    func found(_ first: String, _ second: String, _ other: String = "ServiceNow") -> [Severity] {
      var builder = EstateBuilder()
      for (name, product) in [(first, "ServiceNow"), (second, other)] {
        builder.system(
          name, technology: product,
          purpose: "Dynamically handles desired properties of any record",
          provenance: .imported)
      }
      return findings(.redundancy, builder).map(\.severity)
    }
    #expect(found("Get System Property", "Set System Property").isEmpty)
    #expect(found("Is Duplicate CI?", "Is Stale CI?") == [.low])
    #expect(found("Is Duplicate CI?", "Is Stale CI?", "Kestra") == [.medium])
    #expect(found("Property Reader", "Record Keeper") == [.medium])
    #expect(found("data-processing", "data-processing-tf") == [.low])
  }

  @Test("many groups that only exports speak of are one low finding")
  func manyGroups() {
    func found(_ groups: Int) -> [Finding] {
      var builder = EstateBuilder()
      for group in 0..<groups {
        let letter = String(repeating: "q", count: group + 2)
        for part in ["Reader", "Writer"] {
          builder.system(
            "\(letter) \(part)", technology: "n8n",
            purpose: "Moves \(letter)a \(letter)b \(letter)c \(letter)d \(letter)f records",
            provenance: .imported)
        }
      }
      return findings(.redundancy, builder)
    }
    #expect(found(5).map(\.subjects.count) == [2, 2, 2, 2, 2])
    #expect(found(6).map(\.subjects.count) == [12])
    #expect(found(6).map(\.severity) == [.low])
  }

  @Test("agents that one export declares are one application")
  func oneFile() {
    func found(_ file: String) -> Int {
      var builder = EstateBuilder()
      for (name, path) in [("outliner", "agents.yaml"), ("researcher", file)] {
        var system = AutomationSystem(
          name: name, source: Evidence(.imported, SourceLocation(path: path, line: 1)))
        system.kind.state(.agent, system.sources[0])
        system.purpose.state(
          "Write a comprehensive outline of the book the author desires", system.sources[0])
        builder.fragment.systems.append(system)
      }
      return findings(.redundancy, builder).count
    }
    #expect(found("agents.yaml") == 0)
    #expect(found("other/agents.yaml") == 1)
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

  /// One automation under marked names, beside another of the same purpose elsewhere.
  private func copies(_ names: [String], _ change: (inout EstateBuilder) -> Void = { _ in })
    -> [Finding]
  {
    var builder = EstateBuilder()
    for name in names {
      builder.system(
        name, technology: "n8n", purpose: "Screens new customers against sanctions lists",
        status: .production)
    }
    change(&builder)
    return findings(.redundancy, builder)
  }

  @Test("what a click copied is told apart from what was built twice")
  func platformCopies() throws {
    let found = copies(["Screening", "Copy of Screening", "Screening (2)", "Screening - Copy"])
    let finding = try #require(found.first)
    #expect(found.count == 1)
    #expect(finding.id == "redundancy/system:screening/copies")
    #expect(finding.severity == .medium && finding.subjects.count == 4)
    #expect(finding.remedy.hasPrefix("Keep Screening, and delete"))
    let sprawl = copies(["Screening", "Copy of Screening", "Onboarding Check"])
    #expect(
      Set(sprawl.map(\.id)) == [
        "redundancy/system:screening/copies",
        "redundancy/system:onboardingcheck+system:screening",
      ])
  }

  @Test("versions are copies, environments are meant to be there")
  func versions() {
    #expect(copies(["Screening v1", "Screening v2"]).map(\.severity) == [.medium])
    let environments = copies(["Screening DEV", "Screening [TEST]", "Screening-prod"])
    #expect(environments.map(\.severity) == [.info])
    #expect(
      environments.map(\.id) == ["redundancy/system:screeningprod/environments"]
        || environments.map(\.id) == ["redundancy/system:screeningdev/environments"])
  }

  private static let marked: [(String, String, PlatformCopies.Kind?)] = [
    ("Copy of Invoices", "Invoices", .copies),
    ("Invoices - Copy (3)", "Invoices", .copies), ("Invoices_copy2", "Invoices", .copies),
    ("Kopie von Rechnungen", "Rechnungen", .copies), ("Invoices (2)", "Invoices", .copies),
    ("Invoices v2.1", "Invoices", .versions), ("Invoices_1.0.3", "Invoices", .versions),
    ("Invoices version 3", "Invoices", .versions), ("Invoices (UAT)", "Invoices", .environments),
    ("DEV - Invoices", "Invoices", .environments),
    ("Invoices 2", "Invoices 2", nil), ("Form 1099", "Form 1099", nil), ("Copy", "Copy", nil),
    ("Copywriter", "Copywriter", nil), ("Test", "Test", nil), ("v2", "v2", nil),
    ("Latest Orders", "Latest Orders", nil), ("Product Import", "Product Import", nil),
    ("Invoices (EU)", "Invoices (EU)", nil),
  ]

  @Test("the mark of a name", arguments: marked)
  func marks(name: String, base: String, kind: PlatformCopies.Kind?) {
    #expect(MarkedName(name).base == base)
    #expect(MarkedName(name).kind == kind)
  }

  @Test("a copy that was put to other work, or has another technology, is no copy")
  func formerCopies() {
    let moved = copies(["Screening", "Copy of Screening"]) { builder in
      builder.connect(.reads, .system("Screening"), .application("World Check"))
      builder.connect(.writes, .system("Copy of Screening"), .application("Payroll"))
    }
    #expect(moved.isEmpty)
    var other = EstateBuilder()
    other.system("Screening", technology: "UiPath")
    other.system("Screening v2", technology: "n8n")
    #expect(findings(.redundancy, other).isEmpty)
  }

  @Test("similar names and purposes with different targets are not redundant")
  func falseFriends() {
    var builder = EstateBuilder()
    for (name, target) in [("Invoice Import North", "SAP"), ("Invoice Import South", "Oracle")] {
      builder.system(name, purpose: "Imports supplier invoices every night", team: name)
      builder.connect(.writes, .system(name), .application(target))
    }
    #expect(findings(.redundancy, builder).isEmpty)
    builder.connect(.reads, .system("Invoice Import North"), .data("Invoices"))
    builder.connect(.reads, .system("Invoice Import South"), .data("Invoices"))
    #expect(findings(.redundancy, builder).count == 1)
  }

  @Test("the text of a template is no common purpose")
  func templateText() {
    var builder = EstateBuilder()
    for name in ["Orders", "Payroll", "Archive"] {
      builder.system(name, purpose: "A description of my state machine")
    }
    #expect(findings(.redundancy, builder).isEmpty)
  }

  @Test("without a purpose the same targets, data and trigger together are a likeness of means")
  func byWork() throws {
    func pair(purpose: String?, data second: String) -> EstateBuilder {
      var builder = EstateBuilder()
      for (name, data) in [("N-17", "Claims"), ("Q-4", second)] {
        builder.system(name, purpose: purpose)
        builder.connect(.writes, .system(name), .application("SAP"), data: [data])
        builder.trigger(.schedule, of: name, "0 6 * * *")
      }
      return builder
    }
    let finding = try #require(findings(.redundancy, pair(purpose: nil, data: "Claims")).first)
    #expect(finding.severity == .low && finding.why.contains("likeness of means"))
    #expect(findings(.redundancy, pair(purpose: nil, data: "Payroll")).isEmpty)
    // Of known purposes the purposes decide.
    var different = pair(purpose: nil, data: "Claims")
    for (index, purpose) in ["Posts claims", "Deletes old accounts"].enumerated() {
      let evidence = different.fragment.systems[index].sources[0]
      different.fragment.systems[index].purpose = Field(purpose, evidence)
    }
    #expect(findings(.redundancy, different).isEmpty)
  }

  @Test("the consolidation table says what is kept, saved and unknown")
  func consolidation() throws {
    func pair(rates: [Double?]) -> EstateBuilder {
      var builder = EstateBuilder()
      for (number, rate) in rates.enumerated() {
        builder.system(
          "Screen \(number)", purpose: "Screens new customers against sanctions lists",
          owner: "Person \(number)", status: .production, failureRate: rate, perMonth: 1000)
      }
      return builder
    }
    let shown = try #require(table(.consolidation, pair(rates: [0.06, 0.01])))
    let cells = try #require(shown.rows.first).cells
    #expect(shown.rows.count == 1 && cells[1] == .text("Screen 1") && cells[3] == .text("Screen 0"))
    // 12,000 runs × 5 % = 600 failures; (40 + 600 × 0.5) h × 45 = 15,300; 80 h × 45 / 15,300 × 12.
    guard case .number(let failures) = cells[4], case .number(let saved) = cells[7],
      case .number(let payback) = cells[11], case .unknown = cells[5]
    else {
      Issue.record("\(cells)")
      return
    }
    #expect(abs(failures - 600) < 1e-6 && abs(saved - 15_300) < 1e-6)
    #expect(abs(payback - 3600 / 15_300 * 12) < 1e-9)
    let partly = try #require(
      table(.consolidation, pair(rates: [nil, 0.01])).flatMap(\.rows.first))
    guard case .unknown = partly.cells[4] else {
      Issue.record("an unknown failure rate is not zero")
      return
    }
    #expect(partly.cells[7] == .number(1800))
    #expect(partly.cells[8] == .text("at least; failures unknown"))
  }
}
