import ProcessModel
import SimulationTestSupport
import Testing

@testable import Simulation

@Suite("The flow as tokens take it") struct FlowRowsTests {
  /// Element ids that the flows lead to, by id of the flow.
  func targets(of flow: FlowGraph) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: zip(flow.flowIDs, flow.flowsTaken).map {
        ($0, flow.elementIDs[Int($1.target)])
      })
  }

  @Test("tokens go past nodes that only pass them on, from the beginning too")
  func past() throws {
    let flow = try FlowGraph(
      process(
        [
          ("start", .startEvent(.none)), ("ask", .gateway(.exclusive)), ("work", .task(.user)),
          ("merge", .gateway(.exclusive)), ("told", .intermediateThrow(.none)),
          ("end", .endEvent(.none)),
        ],
        [
          ("start", "ask"), ("ask", "work"), ("ask", "merge"), ("work", "merge"),
          ("merge", "told"), ("told", "end"),
        ]))
    let targets = targets(of: flow)
    #expect(targets["ask-work"] == "work")
    #expect(targets["ask-merge"] == "end")
    #expect(targets["work-merge"] == "end")
    #expect(flow.startsTaken.map { flow.elementIDs[Int($0)] } == ["ask"])
  }

  @Test("branches that begin together keep their steps, and a join knows who comes")
  func branches() throws {
    let flow = try FlowGraph(
      process(
        [
          ("start", .startEvent(.none)), ("fork", .gateway(.parallel)),
          ("told", .intermediateThrow(.none)), ("a", .task(.user)), ("b", .task(.user)),
          ("done", .intermediateThrow(.none)), ("join", .gateway(.parallel)),
          ("end", .endEvent(.none)),
        ],
        [
          ("start", "fork"), ("fork", "told"), ("fork", "b"), ("told", "a"), ("a", "done"),
          ("done", "join"), ("b", "join"), ("join", "end"),
        ]))
    let targets = targets(of: flow)
    #expect(targets["fork-told"] == "told")
    #expect(targets["told-a"] == "a")
    #expect(targets["a-done"] == "join")
    let index = try #require(flow.flowIDs.firstIndex(of: "a-done"))
    let last = try #require(flow.flowIDs.firstIndex(of: "done-join"))
    #expect(flow.flowsTaken[index].joinSlot == flow.flows[last].joinSlot)
    #expect(flow.flows[last].joinSlot >= 0)
  }

  @Test("nodes that pass tokens on in a circle end in an error, not in a hang")
  func circle() throws {
    let flow = try FlowGraph(
      process(
        [
          ("start", .startEvent(.none)), ("again", .gateway(.exclusive)),
          ("told", .intermediateThrow(.none)), ("end", .endEvent(.none)),
        ], [("start", "again"), ("again", "told"), ("told", "again")]))
    let element = try #require(try elementOfEndlessLoop(in: flow) { _ in 1 })
    #expect(["again", "told"].contains(element))
  }
}
