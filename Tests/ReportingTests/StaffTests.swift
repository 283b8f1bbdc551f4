import EventEngine
import Facts
import Inventory
import ProcessModel
import Reporting
import Scenarios
import Simulation
import Testing

@Suite("The summary of teams")
struct StaffTests {
  private let scenario = """
    rehearse: 1
    title: Desk
    bpmn: one.bpmn
    clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty }
    calendars: { office: mon-fri 08:00-16:00, short: mon-thu 08:00-12:00 }
    demand: { arrivals: { rate: 48 per working day } }
    teams:
      desk:
        cost: 40 EUR/h
        members: { ann: { speed: 150 %, skills: [a, b] }, bea: { calendar: short, skills: b } }
    activities: { task: { team: desk, time: 14 min, skills: b } }
    variants:
      as-is: {}
      same: {}
      faster: { teams: { desk: { members: { bea: { speed: 200 % } } } } }

    """

  private func document() throws -> StaffDocument {
    let place = SourceLocation(path: "one.bpmn", line: 1)
    let process = BusinessProcess(
      id: "one",
      elements: [
        FlowElement(id: "start", kind: .startEvent(.none), location: place),
        FlowElement(id: "task", kind: .task(.user), location: place),
        FlowElement(id: "end", kind: .endEvent(.none), location: place),
      ],
      flows: [
        SequenceFlow(id: "f1", source: "start", target: "task", location: place),
        SequenceFlow(id: "f2", source: "task", target: "end", location: place),
      ], location: place)
    var fragment = EstateFragment()
    fragment.processes = [EstateProcess(system: "one", process: process)]
    let estate = Estate(merging: [
      SourceDocument(
        path: "one.bpmn", format: "bpmn", status: .imported, digest: "0", fragment: fragment)
    ])
    let read = try readScenario(Array(scenario.utf8), path: "desk.yaml") { _ in estate }
    return StaffDocument(try compile(read), path: "desk.yaml")
  }

  /// Ann works 40 h a week, Bea 16: 56 h.
  ///
  /// Ann does 60 h of work in hers, so that there are 76 h; with Bea at
  /// twice the speed 92. 240 cases a week of 14 min are 56 h of work.
  @Test("counts hours, capacity, skills and expected utilisation")
  func figures() throws {
    let document = try document()
    let team = document.variants[0].teams[0]
    #expect(team.name == "desk" && team.people == 2)
    #expect(abs(team.hoursPerWeek - 56) < 1e-9)
    #expect(abs(team.capacityPerWeek - 76) < 1e-9)
    #expect(team.skills.map(\.name) == ["b", "a"] && team.skills.map(\.people) == [2, 1])
    #expect(abs(team.firstWeekUtilisation - 56.0 / 76) < 1e-9)
    #expect(abs(document.variants[2].teams[0].lastWeekUtilisation - 56.0 / 92) < 1e-9)
  }

  @Test("variants with the same figures share a table")
  func text() throws {
    let text = staffText(try document())
    #expect(text.contains("Teams of as-is, same\n"))
    #expect(text.contains("Teams of faster\n"))
    let rows = text.split(separator: "\n").filter { $0.contains("desk") }
      .map { $0.split(separator: " ").map(String.init) }
    #expect(
      rows == [
        ["desk", "2", "56.0", "76.0", "74", "%", "74", "%", "b", "2,", "a", "1"],
        ["desk", "2", "56.0", "92.0", "61", "%", "61", "%", "b", "2,", "a", "1"],
      ])
  }

  @Test("JSON has every field that the reference defines")
  func json() throws {
    let text = try jsonText(try document())
    for key in [
      "scenario", "replications", "variants", "warnings", "name", "title", "teams", "people",
      "hoursPerWeek", "capacityPerWeek", "firstWeekUtilisation", "lastWeekUtilisation", "skills",
    ] {
      #expect(text.contains("\"\(key)\""), "\(key)")
    }
  }
}
