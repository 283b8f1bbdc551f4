import EstateTestSupport
import Facts
import IntegrationGraph
import Inventory
import Testing

@testable import Auditing

@Suite("Estates of examples")
struct ExampleEstateTests {
  @Test(
    "a description says that something is an example where it says it of the thing itself",
    arguments: [
      ("Stub flow for Create Case", true),
      ("An example of the States Language for batch jobs", true),
      ("This is a sample process for executing an action", true), ("this is an example dag", true),
      ("Sample declarative agent that acts as a rubber duck", true), ("Test process 1", true),
      ("This flow is a stub.", true), ("Demonstrates error branching", true),
      ("A hosted agent that demonstrates how spans are written", true),
      ("Basic example of a chain", true), ("A mock implementation of the score", true),
      // Words that say something else of what is not an example.
      ("Tracks the blood sample in the laboratory", false), ("Sample order processing", false),
      ("Books the demo with a customer", false), ("Fills the letter template", false),
      ("This template is used to generate a description", false),
      ("Test results to patients", false),
      ("Collects what is needed, for example invoices", false),
      ("Stubborn cases go to a person", false),
      ("Books tutorials of the university", false), ("Schedules mock exams", false),
      ("Shows how our solutions support them, and demonstrate how they pay", false), ("", false),
    ] as [(String, Bool)])
  func descriptions(text: String, expected: Bool) {
    #expect(describesExample(text) == expected)
  }

  /// Six switched-on flows with one application, in a folder.
  private func estate(
    in folder: String, _ provenance: Provenance = .imported, purpose: String? = nil
  ) -> EstateBuilder {
    var builder = EstateBuilder()
    for number in 1...6 {
      let place = Evidence(
        provenance, SourceLocation(path: "\(folder)/\(number).json", line: 1))
      var system = AutomationSystem(name: "Flow \(number)", source: place)
      system.kind.state(.workflow, place)
      system.technology.state("n8n", place)
      system.status.state(.production, place)
      if let purpose { system.purpose.state(purpose, place) }
      builder.fragment.systems.append(system)
      builder.fragment.connections.append(
        Connection(
          .writes, from: .system("Flow \(number)"), to: .application("Ledger"),
          evidence: Evidence(.imported, place.location)))
      builder.fragment.triggers.append(
        Trigger(system: "Flow \(number)", kind: .schedule, evidence: place))
    }
    return builder
  }

  @Test("what lies among examples is graded one step less, and the finding says so")
  func owners() throws {
    let live = try #require(findings(.ownerGap, estate(in: "flows")).first)
    #expect(live.severity == .high)
    let shown = try #require(findings(.ownerGap, estate(in: "flow-samples")).first)
    #expect(shown.severity == .medium)
    #expect(shown.title.hasSuffix(", perhaps examples"))
    #expect(
      shown.why.contains("One step less severe, since every place that shows it lies in folders"))
    #expect(shown.remedy.hasPrefix("Find out which of them are in use at all."))
    // What it says of itself counts as its folder does.
    let stubs = try #require(
      findings(.ownerGap, estate(in: "flows", purpose: "Stub flow of a case")).first)
    #expect(stubs.severity == .medium)
    // What somebody has registered is none, wherever the register lies.
    let declared = findings(.ownerGap, estate(in: "samples", .declared))
    #expect(declared.count == 6 && declared.allSatisfy { $0.severity == .critical })
  }

  @Test("in a mixed estate examples are told apart from what is relied on")
  func mixed() {
    var builder = estate(in: "flows")
    let others = estate(in: "demo")
    for var system in others.fragment.systems {
      system.name = "Shown \(system.name)"
      builder.fragment.systems.append(system)
    }
    let found = findings(.completeness, builder)
    #expect(found.map(\.severity) == [.medium, .low])
    #expect(found.map(\.subjects.count) == [6, 6])
    #expect(found[1].title.contains("switched on where exported, perhaps examples"))
  }

  /// Six switched-on flows that only an export speaks of, three of them changed.
  private func flows(_ change: (inout EstateBuilder, String) -> Void) -> EstateBuilder {
    var builder = EstateBuilder()
    for name in ["A", "B", "C", "D", "E", "F"] {
      builder.system(
        name, kind: .workflow, technology: "Salesforce Flow", status: .production,
        provenance: .imported)
    }
    for name in ["A", "B", "C"] { change(&builder, name) }
    return builder
  }

  @Test("what only stands in for something is told among examples, unless it acts all the same")
  func standIns() throws {
    func titles(_ change: (inout EstateBuilder, String) -> Void) -> [String] {
      findings(.ownerGap, flows(change)).map { "\($0.severity) \($0.subjects.count)" }
    }
    #expect(titles { _, _ in } == ["medium 6"])
    let steps = flows { builder, name in builder.step("s", of: name, name: "Mock Risk") }
    let found = findings(.ownerGap, steps)
    #expect(found.map(\.subjects.count) == [3, 3])
    let shown = try #require(found.last)
    #expect(shown.severity == .low && shown.title.hasSuffix(", perhaps examples"))
    #expect(shown.why.contains("3 name so what it works with (A: “Mock Risk”"))
    #expect(shown.remedy.hasPrefix("Find out which of them are in use at all."))
    // What changes records is relied on, whatever its steps are called; it is counted.
    let acting = findings(
      .ownerGap,
      flows { builder, name in
        builder.step("s", of: name, name: "Mock Risk")
        builder.connect(.writes, .system(name), .application("CRM"))
      })
    #expect(acting.map(\.subjects.count) == [6])
    #expect(acting.first?.why.contains("of which 3 nevertheless act on other things") == true)
    #expect(titles { $0.step("s", of: $1, name: "Schedule mock exam") } == ["medium 6"])
  }

  @Test("what does nothing but set values to constants is told among examples")
  func constants() throws {
    func found(_ isRead: Bool) -> [Finding] {
      findings(
        .completeness,
        flows { builder, name in
          let index = builder.fragment.systems.firstIndex { $0.name == name } ?? 0
          let place = builder.fragment.systems[index].sources[0]
          builder.fragment.systems[index].exampleSigns = [
            ExampleSign(.constants, "2 values", place)
          ]
          if isRead { builder.connect(.reads, .system(name), .application("CRM")) }
        })
    }
    let two = found(false)
    #expect(two.map(\.severity) == [.medium, .low])
    #expect(two.last?.why.contains("3 do nothing but set values to constants (A, B and C)") == true)
    // Another file shows more of it.
    #expect(found(true).map(\.severity) == [.medium])
  }

  @Test(
    "a template of a flow names itself as one; that of a letter is in use",
    arguments: [
      ("FlowTemplate", true), ("Kit: FlowTemplate (Queues)", true), ("api-workflow-template", true),
      ("Letter Template", false), ("Template Flow Sender", false), ("Template", false),
    ])
  func templates(name: String, expected: Bool) {
    let system = AutomationSystem(
      name: name, source: Evidence(.imported, SourceLocation(path: "a.json")))
    #expect(system.isNamedTemplate == expected)
  }

  @Test(
    "a collection of recipes holds examples, but not where automations are called recipes",
    arguments: [
      ("agent-recipes/flows/a.xml", ["recipes"]), ("cookbook/a.json", ["cookbook"]),
      ("recipes/lead.recipe.json", []), ("recipe/a.json", []), ("flows/a.json", []),
    ] as [(String, [String])])
  func collections(path: String, expected: [String]) {
    #expect(exampleWords(above: SourceLocation(path: path)) == expected)
  }

  @Test("of a low finding it is said that all that shows it lies among tests")
  func low() throws {
    func why(_ folder: String) throws -> String {
      var builder = EstateBuilder()
      let place = Evidence(.imported, SourceLocation(path: "\(folder)/Main.xaml", line: 1))
      var system = AutomationSystem(name: "Bot", source: place)
      system.kind.state(.rpa, place)
      builder.fragment.systems = [system]
      builder.fragment.steps = [
        Step(
          system: "Bot", id: "c", kind: .action, selector: "<webctrl idx='7' />", evidence: place)
      ]
      return try #require(findings(.fragileSelector, builder).first).why
    }
    #expect(try why("tests/robots").hasSuffix(" that they hold examples or tests (tests)."))
    #expect(!(try why("robots").contains("folders")))
  }

  @Test("a point of failure of examples, or of exports that nothing shows to run, is low")
  func points() throws {
    #expect(findings(.singlePointOfFailure, estate(in: "flows")).map(\.severity) == [.high])
    let shown = try #require(findings(.singlePointOfFailure, estate(in: "tests")).first)
    #expect(shown.severity == .low)
    #expect(shown.why.contains("All of them may be examples or tests"))
    var unknown = estate(in: "flows")
    for index in unknown.fragment.systems.indices {
      unknown.fragment.systems[index].status = Field()
    }
    #expect(findings(.singlePointOfFailure, unknown).map(\.severity) == [.low])
  }

  @Test("a system whose known steps lead nowhere is connected with none; else that is unknown")
  func usesNothing() {
    func missing(
      kind: SystemKind = .workflow, unknowns: [String] = [], step: Step.Kind? = .action
    ) -> Bool {
      var builder = EstateBuilder()
      builder.system("Sorter", kind: kind, technology: "Kestra", provenance: .imported)
      builder.fragment.systems[0].unknowns = unknowns
      if let step { builder.step("sort", of: "Sorter", kind: step) }
      return report(builder).completeness.systems[0].missing.contains(.connectedSystems)
    }
    #expect(!missing())
    #expect(!missing(unknowns: ["What starts it is not in its file."]))
    #expect(missing(unknowns: ["What its code nodes call is written in code, which is not read."]))
    #expect(missing(step: nil))
    #expect(missing(step: .call))
    // An agent's skills do not say what it reaches.
    #expect(missing(kind: .agent))
  }

  @Test("a file of which something could not be read shows not all that its systems use")
  func partlyRead() {
    var builder = EstateBuilder()
    builder.system("Sorter", kind: .workflow, technology: "Kestra", provenance: .imported)
    builder.step("sort", of: "Sorter")
    let estate = builder.estate
    var context = AuditContext(
      estate: estate, graph: IntegrationGraph(estate), policy: AuditPolicy())
    #expect(context.usesNothing(ofSystem: 0))
    context.partlyReadFiles = ["estate.csv"]
    #expect(!context.usesNothing(ofSystem: 0))
  }

  @Test("gaps around a system do not keep it from being said that it uses nothing else")
  func unrelatedGaps() throws {
    func why(_ unknown: String) throws -> String {
      var builder = EstateBuilder()
      for number in 1...6 {
        builder.system("Flow \(number)", kind: .workflow, technology: "Make", provenance: .imported)
        builder.fragment.systems[number - 1].unknowns = [unknown]
        builder.step("write", of: "Flow \(number)")
        builder.connect(.writes, .system("Flow \(number)"), .application("Ledger"))
      }
      return try #require(findings(.singlePointOfFailure, builder).first).why
    }
    #expect(
      try why("When the scenario runs is not in a blueprint.").contains(
        "of 6 of them the files show nothing else that they use"))
    #expect(!(try why("Its functions are code, which is not read.").contains("nothing else")))
  }

  @Test("what only calls others, or joins exports that nothing shows to run, stops nobody with it")
  func callersAlone() {
    func found(_ provenance: Provenance, isFed: Bool = false) -> [String] {
      var builder = EstateBuilder()
      for name in ["Caller", "A", "B", "C", "D", "E"] {
        builder.system(name, provenance: provenance)
      }
      for name in ["A", "B", "C", "D"] {
        builder.connect(.invokes, .system("Caller"), .system(name))
      }
      builder.connect(.invokes, .system("A"), .system("E"))
      if isFed {
        builder.connect(.triggers, .application("Orders"), .system("Caller"))
        for name in ["X", "Y", "Z"] {
          builder.system(name, provenance: provenance)
          builder.connect(.writes, .system(name), .application("Orders"))
        }
      }
      return findings(.singlePointOfFailure, builder).map(\.subjects[0].name)
    }
    #expect(found(.declared).isEmpty)
    #expect(found(.declared, isFed: true).contains("Caller"))
    #expect(found(.imported, isFed: true).isEmpty)
  }
}
