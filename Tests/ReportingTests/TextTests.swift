import Auditing
import Experiments
import Facts
import IntegrationGraph
import Inventory
import Reporting
import Testing

@Suite struct TextTests {
  @Test("the headline gives P(exhaustion) by date, cost and time, each with its interval")
  func headline() throws {
    try expectGolden(headlineText(SampleStudy().study()), "headline.txt")
  }

  @Test("dates are quoted where they are known")
  func dates() {
    let days = (1...65).map { "day \($0)" }
    let text = headlineText(SampleStudy().study(), workingDays: days)
    #expect(text.contains("week 4, day 20"))
    #expect(text.contains("week 13, day 65"))
  }

  @Test("the share done right has a column where anything is done wrong, and none where nothing is")
  func doneRight() {
    var study = SampleStudy().study()
    #expect(headlineText(study).contains("done right"))
    for variant in study.variants.indices {
      let figures = study.variants[variant].figures
      let open = figures.first { $0.figure == .unfinished }?.estimate.mean ?? 0
      for index in figures.indices where figures[index].figure == .doneRight {
        study.variants[variant].figures[index].estimate.mean = 1 - open
      }
    }
    #expect(!headlineText(study).contains("done right"))
  }

  @Test("columns are aligned whatever the names")
  func aligned() throws {
    let lines = headlineText(SampleStudy().study()).split(separator: "\n")
    let first = try #require(lines.firstIndex { $0.contains("P(exhaustion) by") })
    let widths = Set(lines[first..<(first + 6)].map(\.count))
    #expect(widths.count == 1)
  }

  @Test("colour is used only where it is asked for, and changes nothing else")
  func colour() {
    let plain = headlineText(SampleStudy().study())
    let coloured = headlineText(SampleStudy().study(), style: TextStyle(isColoured: true))
    #expect(!plain.contains("\u{1B}"))
    #expect(coloured.contains("\u{1B}[36m"))
    #expect(coloured.replacing(/\u{1B}\[[0-9]*m/, with: "") == plain)
  }

  @Test("findings show severity, evidence, reason and remedy")
  func findings() throws {
    try expectGolden(findingsText(SampleEstate.audit()), "findings.txt")
  }

  @Test("only the gravest findings are shown where so many are asked for")
  func limit() {
    let report = SampleEstate.audit()
    let text = findingsText(report, FindingsTextOptions(limit: 1))
    #expect(text.contains("1. "))
    #expect(!text.contains("2. "))
    #expect(text.contains("and \(report.findings.count - 1) more"))
  }

  @Test("an import lists each file, its problems and the totals")
  func imports() throws {
    try expectGolden(
      importText(
        SampleEstate.documents.map(DocumentHead.init), problems: SampleEstate.problems,
        estate: EstateSnapshot(SampleEstate.estate)), "import.txt")
  }

  @Test("files that are partial without a problem say what they cannot tell, each thing once")
  func limits() {
    func document(_ path: String, _ status: SourceDocument.Status, _ unknowns: [[String]])
      -> DocumentHead
    {
      var fragment = EstateFragment()
      for (number, texts) in unknowns.enumerated() {
        let place = SourceLocation(path: path, line: number + 1)
        var system = AutomationSystem(name: "S\(number)", source: Evidence(.imported, place))
        system.unknowns = texts
        fragment.systems.append(system)
      }
      return DocumentHead(
        SourceDocument(
          path: path, format: "crewai", status: status, digest: "", fragment: fragment))
    }
    let text = importText([
      document("a.yaml", .partial, [["Tools are in Python."], ["Tools are in Python."]]),
      document("b.yaml", .partial, [["What starts it is not told.", "Tools are in Python."]]),
      document("c.yaml", .imported, [["Runs are elsewhere."]]),
    ])
    #expect(
      text.contains(
        """

        Not told by partial files
          2 files: Tools are in Python.
          1 file: What starts it is not told.

        """))
    #expect(!text.contains("Runs are elsewhere"))
  }

  @Test("the inventory says what is not known, and never zero for it")
  func inventory() throws {
    try expectGolden(inventoryText(SampleEstate.estate), "inventory.txt")
  }

  @Test("a system is shown with the evidence of each fact and what was overruled")
  func system() throws {
    let system = try #require(SampleEstate.estate.system(named: "KYC Bot"))
    let text = systemText(system, of: SampleEstate.estate)
    try expectGolden(text, "system.txt")
    #expect(text.contains("≠ Carla"))
  }

  @Test("a name cannot command the terminal")
  func terminalCommands() {
    let location = SourceLocation(path: "a\u{1B}[2J.csv", line: 3)
    let document = SourceDocument(
      path: "a\u{1B}]0;x\u{7}.csv", format: nil, status: .failed, digest: "",
      problems: [ImportProblem(.high, "bad \u{1B}[31m name", at: location)])
    #expect(!importText([DocumentHead(document)]).contains("\u{1B}"))
  }
}
