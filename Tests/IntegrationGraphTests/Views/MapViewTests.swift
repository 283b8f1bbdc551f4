import EstateTestSupport
import IntegrationGraph
import Inventory
import ProcessModel
import Testing

@Suite("parts of the map")
struct MapViewTests {
  private let estate: Estate
  private let graph: IntegrationGraph

  init() {
    var builder = EstateBuilder()
    builder.system(
      "Intake", kind: .workflow, technology: "Camunda 8", team: "Lending", criticality: .high)
    builder.system("Robot", kind: .rpa, technology: "UiPath 2024.10", team: "Lending")
    builder.system("Scorer", kind: .agent, technology: "CrewAI", team: "Risk", criticality: .low)
    builder.system("Archive Job", kind: .script, owner: "Ada Lovelace")
    builder.connect(.invokes, .system("Intake"), .system("Robot"))
    builder.connect(.invokes, .system("Robot"), .system("Scorer"))
    builder.connect(.reads, .system("Scorer"), .data("scores"))
    builder.connect(.writes, .system("Robot"), .application("Core Banking"))
    builder.connect(.writes, .system("Archive Job"), .application("Core Banking"))
    builder.connect(.triggers, .application("Mail"), .system("Intake"))
    builder.connect(.handsOver, .system("Scorer"), .team("Underwriting"))
    builder.process(
      "loan-intake", of: "Intake",
      [FlowElement("start", .startEvent(.none)), FlowElement("end", .endEvent(.none))],
      [("start", "end")])
    estate = builder.estate
    graph = IntegrationGraph(estate)
  }

  private func names(_ view: MapView) throws -> [String] {
    try graph.view(view, of: estate).nodes.map(\.name)
  }

  private func problem(_ view: MapView) -> String? {
    #expect(throws: MapViewProblem.self) { try graph.view(view, of: estate) }?.description
  }

  @Test("without a choice everything is shown")
  func everything() throws {
    #expect(try graph.view(MapView(), of: estate) == graph)
  }

  @Test("a process is its system, what it sets going, what those touch, and what starts it")
  func process() throws {
    let expected = [
      "Intake", "Robot", "Scorer", "Core Banking", "Mail", "Underwriting", "scores",
    ]
    #expect(try names(MapView(.process("loan-intake"))) == expected)
    #expect(try names(MapView(.process("INTAKE"))) == expected)
  }

  @Test("a team is what it owns and everything joined to that, without edges among the others")
  func team() throws {
    let view = try graph.view(MapView(.team("Lending")), of: estate)
    #expect(
      view.nodes.map(\.name)
        == ["Intake", "Robot", "Scorer", "Core Banking", "Mail", "Lending"])
    #expect(view.edges.count == 4)
    #expect(view.edges.allSatisfy { $0.kind != .reads && $0.kind != .handsOver })
  }

  @Test("neighbours are shown up to a distance")
  func distance() throws {
    #expect(
      try names(MapView(.application("core banking"))) == [
        "Archive Job", "Robot", "Core Banking",
      ])
    #expect(try names(MapView(.system("Scorer"))) == ["Robot", "Scorer", "Underwriting", "scores"])
    #expect(try names(MapView(.system("Scorer"), distance: 2)).contains("Core Banking"))
    #expect(try names(MapView(.system("scores"))) == ["Scorer", "scores"])
  }

  @Test("of people only what they carry is shown")
  func people() throws {
    let view = try graph.view(MapView(.people), of: estate)
    #expect(view.nodes.map(\.name) == ["Scorer", "Underwriting"])
    #expect(view.edges.map(\.kind) == [.handsOver])
    #expect(view.edges.first?.source == 0 && view.edges.first?.target == 1)
  }

  @Test("filters keep the systems that meet all of them, with what those touch")
  func filters() throws {
    #expect(
      try names(MapView(owners: ["lending"])) == [
        "Intake", "Robot", "Core Banking", "Mail",
      ])
    #expect(try names(MapView(owners: ["Ada Lovelace"])) == ["Archive Job", "Core Banking"])
    #expect(try names(MapView(technologies: ["UiPath"])) == ["Robot", "Core Banking"])
    #expect(try names(MapView(technologies: ["agent"])) == ["Scorer", "Underwriting", "scores"])
    #expect(
      try names(MapView(owners: ["Lending"], criticalities: ["high", "low"])) == [
        "Intake", "Mail",
      ])
    #expect(try names(MapView(.team("Risk"), technologies: ["CrewAI"])).contains("Scorer"))
  }

  @Test("what no file says is asked for as unknown")
  func unknown() throws {
    #expect(
      try names(MapView(criticalities: ["unknown"])) == [
        "Archive Job", "Robot", "Core Banking",
      ])
  }

  @Test("a name that is not there is refused with the nearest one, else with those there are")
  func problems() {
    #expect(
      problem(MapView(.team("Lendin"))) == "there is no team 'Lendin'; did you mean 'Lending'?")
    #expect(
      problem(MapView(.system("robott"))) == "there is no system 'robott'; did you mean 'Robot'?")
    #expect(
      problem(MapView(.application("Banking")))?.contains("did you mean 'Core Banking'") == true)
    #expect(
      problem(MapView(.process("xyzzy")))
        == "there is no process 'xyzzy'; there are 'Intake', 'loan-intake'")
    #expect(problem(MapView(owners: ["Nobody"]))?.contains("'Ada Lovelace'") == true)
    #expect(problem(MapView(technologies: ["UiPth"]))?.hasPrefix("there is no technology") == true)
  }

  @Test("a view without anything in it is refused")
  func nothing() {
    #expect(
      problem(MapView(.people, owners: ["Lending"]))
        == "no file says that people hand cases over here")
    #expect(
      problem(MapView(.team("Risk"), owners: ["Ada Lovelace"]))?.hasPrefix("nothing is left")
        == true)
  }

  @Test("a part keeps the identifiers of the whole")
  func identifiers() throws {
    let view = try graph.view(MapView(.system("Robot")), of: estate)
    #expect(Set(view.nodes.map(\.id)).isSubset(of: graph.nodes.map(\.id)))
    #expect(Set(view.edges.map(\.id)).isSubset(of: graph.edges.map(\.id)))
  }
}
