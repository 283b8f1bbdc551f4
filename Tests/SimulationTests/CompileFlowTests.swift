import Facts
import ProcessModel
import Simulation
import SimulationTestSupport
import Testing

@Suite("Compiling a flow") struct CompileFlowTests {
  func refusal(
    of kind: FlowElement.Kind
  ) -> FlowCompilationError? {
    var model = process(
      [("start", .startEvent(.none)), ("x", kind), ("end", .endEvent(.none))],
      [("start", "x"), ("x", "end")])
    model.elements[1].location = SourceLocation(path: "loan.bpmn", line: 17)
    do {
      _ = try FlowGraph(model)
      return nil
    } catch {
      return error
    }
  }

  @Test("what is not simulated is refused by name, with file, line and element id")
  func refusals() throws {
    let refused: [(FlowCompilationError?, String)] = [
      (
        refusal(of: .boundary(.timer(.duration, "PT1H"), attachedTo: "y", interrupting: true)),
        "which is no activity"
      ),
      (refusal(of: .subProcess(.event)), "event sub-process has no flows"),
      (refusal(of: .subProcess(.adHoc)), "ad-hoc"),
      (refusal(of: .gateway(.complex)), "complex gateways"),
      (refusal(of: .intermediateCatch(.link("a"))), "no throwing link event is named 'a'"),
      (refusal(of: .intermediateThrow(.link("a"))), "no catching link event is named 'a'"),
      (refusal(of: .endEvent(.cancel)), "stands in a transaction"),
    ]
    for (error, words) in refused {
      let error = try #require(error, "\(words) was accepted")
      #expect(error.message.contains(words), "\(error.message)")
      #expect(error.location == SourceLocation(path: "loan.bpmn", line: 17, element: "x"))
    }
    #expect(refusal(of: .task(.service)) == nil)
    #expect(refusal(of: .callActivity(calledElement: "other")) == nil)
  }

  @Test("a flow that leads nowhere names itself, the missing element and the closest id")
  func danglingFlow() {
    let model = process(
      [("start", .startEvent(.none)), ("approve", .task(.user)), ("end", .endEvent(.none))],
      [("start", "aprove"), ("approve", "end")])
    let error = #expect(throws: FlowCompilationError.self) { try FlowGraph(model) }
    #expect(error?.message.contains("'start-aprove'") == true)
    #expect(error?.message.contains("Did you mean 'approve'?") == true)
  }

  @Test("a process with several start events wants to know which one")
  func severalStarts() throws {
    let model = process(
      [
        ("mail", .startEvent(.message(nil))), ("web", .startEvent(.none)), ("work", .task(.user)),
        ("end", .endEvent(.none)),
      ], [("mail", "work"), ("web", "work"), ("work", "end")])
    let error = #expect(throws: FlowCompilationError.self) { try FlowGraph(model) }
    #expect(error?.message.contains("mail, web") == true)
    let flow = try FlowGraph(model, start: "web")
    #expect(flow.elementIDs[Int(flow.scopeStarts[0])] == "web")
    #expect(throws: FlowCompilationError.self) { try FlowGraph(model, start: "letter") }
  }

  @Test("a process in which a flow leads to everything is refused")
  func noStart() {
    let model = process([("work", .task(.user))], [("work", "work")])
    #expect(throws: FlowCompilationError.self) { try FlowGraph(model) }
  }
}
