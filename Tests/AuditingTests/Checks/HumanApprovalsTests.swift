import EstateTestSupport
import Facts
import Inventory
import ProcessModel
import Testing

@testable import Auditing

@Suite("human approvals on one way through a process")
struct HumanApprovalsTests {
  private func path(
    _ elements: [FlowElement], _ flows: [(String, String)], others: [BusinessProcess] = []
  ) -> [String] {
    let process = process("p", elements, flows)
    return ApprovalPath(
      through: process, isApproval: { _, element in element.id.hasPrefix("approve") },
      called: { name in others.first { $0.id == name } }
    ).approvals.map(\.id)
  }

  private func process(
    _ id: String, _ elements: [FlowElement], _ flows: [(String, String)]
  ) -> BusinessProcess {
    var builder = EstateBuilder()
    builder.process(id, of: id, elements, flows)
    return builder.fragment.processes[0].process
  }

  private func task(_ id: String, parent: String? = nil) -> FlowElement {
    FlowElement(id, .task(.user), parent: parent)
  }
  private func gateway(_ id: String, _ kind: FlowElement.GatewayKind) -> FlowElement {
    FlowElement(id, .gateway(kind))
  }
  private let start = FlowElement("start", .startEvent(.none))

  @Test("approvals in a row are all met, in their order")
  func sequence() {
    #expect(
      path(
        [start, task("approve2"), task("approve1"), task("work")],
        [("start", "approve1"), ("approve1", "work"), ("work", "approve2")])
        == ["approve1", "approve2"])
  }

  @Test("of exclusive branches the one with most approvals counts, of parallel ones all")
  func branches() {
    let elements = [
      start, task("approve1"), task("approve2"), task("approve3"), task("approve4"),
    ]
    let flows = [
      ("start", "split"), ("split", "approve1"), ("approve1", "approve2"), ("split", "approve3"),
      ("approve2", "join"), ("approve3", "join"), ("join", "approve4"),
    ]
    #expect(
      path(elements + [gateway("split", .exclusive), gateway("join", .exclusive)], flows)
        == ["approve1", "approve2", "approve4"])
    #expect(
      Set(path(elements + [gateway("split", .parallel), gateway("join", .parallel)], flows))
        == ["approve1", "approve2", "approve3", "approve4"])
  }

  @Test("a loop is walked once")
  func loops() {
    #expect(
      path(
        [start, task("approve1"), gateway("again", .exclusive), task("approve2")],
        [
          ("start", "approve1"), ("approve1", "again"), ("again", "approve1"),
          ("again", "approve2"), ("approve2", "approve1"),
        ]) == ["approve1", "approve2"])
  }

  @Test("a process that is one ring without a start has a way through it")
  func ring() {
    #expect(
      path(
        [task("approve1"), task("approve2")], [("approve1", "approve2"), ("approve2", "approve1")])
        == ["approve1", "approve2"])
  }

  @Test("embedded sub-processes and called processes are walked through, event ones are not")
  func nested() {
    let called = process("other", [start, task("approve9")], [("start", "approve9")])
    #expect(
      path(
        [
          start, FlowElement("sub", .subProcess(.embedded)), task("approve1", parent: "sub"),
          FlowElement("call", .callActivity(calledElement: "other")), task("approve2"),
          FlowElement("alarm", .subProcess(.event)), task("approve3", parent: "alarm"),
        ], [("start", "sub"), ("sub", "call"), ("call", "approve2")], others: [called])
        == ["approve1", "approve9", "approve2"])
  }

  @Test("processes that call each other end somewhere")
  func mutualCalls() {
    let other = process(
      "other", [start, task("approve9"), FlowElement("back", .callActivity(calledElement: "p"))],
      [("start", "approve9"), ("approve9", "back")])
    #expect(
      path(
        [start, FlowElement("call", .callActivity(calledElement: "other")), task("approve1")],
        [("start", "call"), ("call", "approve1")], others: [other]) == ["approve9", "approve1"])
  }

  @Test("an interrupting boundary event is an alternative, another one an addition")
  func boundaries() {
    func paths(interrupting: Bool) -> [String] {
      path(
        [
          start, task("work"), task("approve1"), task("approve2"),
          FlowElement(
            "timer",
            .boundary(.timer(.duration, "P2D"), attachedTo: "work", interrupting: interrupting)),
        ], [("start", "work"), ("work", "approve1"), ("timer", "approve2")])
    }
    #expect(paths(interrupting: true).count == 1)
    #expect(paths(interrupting: false).count == 2)
  }

  @Test(
    "without parallel branches it is the longest path, with them never less, nor more than there is",
    arguments: 0..<150 as Range<UInt64>)
  func bruteForce(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 2...8, using: &generator)
    let hasParallel = seed.isMultiple(of: 2)
    var elements: [FlowElement] = []
    for index in 0..<count {
      let kind: FlowElement.Kind =
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: .task(.user)
        case 1 where hasParallel: .gateway(.parallel)
        default: .gateway(.exclusive)
        }
      let isApproval = kind == .task(.user) || Bool.random(using: &generator)
      elements.append(FlowElement(isApproval ? "approve\(index)" : "x\(index)", kind))
    }
    var flows: [(String, String)] = []
    var next: [[Int]] = Array(repeating: [], count: count)
    for from in 0..<count {
      for to in (from + 1)..<max(from + 1, count)
      where Int.random(in: 0..<3, using: &generator) == 0 {
        // A task has one way out, so that it is no parallel split.
        if elements[from].kind == .task(.user), !next[from].isEmpty { continue }
        flows.append((elements[from].id, elements[to].id))
        next[from].append(to)
      }
    }
    func longest(_ node: Int) -> Int {
      (elements[node].id.hasPrefix("approve") ? 1 : 0) + (next[node].map(longest).max() ?? 0)
    }
    let entries = (0..<count).filter { node in !next.contains { $0.contains(node) } }
    let expected = entries.map(longest).max() ?? 0
    let found = path(elements, flows)
    #expect(Set(found).count == found.count)
    if hasParallel {
      #expect(found.count >= expected)
      #expect(found.count <= elements.count { $0.id.hasPrefix("approve") })
    } else {
      #expect(found.count == expected)
    }
  }

  @Test("a chain of 20,000 tasks is walked without running out of stack")
  func longChain() {
    let ids = (0..<20_000).map { "t\($0)" }
    let found = path(
      [start] + ids.map { task($0) } + [task("approve")],
      Array(zip(["start"] + ids, ids + ["approve"])))
    #expect(found == ["approve"])
  }

  @Test("three approvals on one way are a finding; the importer's word counts more than a name")
  func finding() throws {
    var builder = EstateBuilder()
    builder.system("Loans", kind: .workflow, status: .production)
    builder.process(
      "loans", of: "Loans",
      [
        start, FlowElement("a", .task(.user), name: "Approve creditworthiness", lane: "Credit"),
        FlowElement("b", .task(.user), name: "Sign off contract", lane: "Legal"),
        FlowElement("c", .task(.user), name: "Last look", lane: "Legal"),
        FlowElement("d", .task(.user), name: "Approve nothing", lane: "Legal"),
      ], [("start", "a"), ("a", "b"), ("b", "c"), ("c", "d")])
    #expect(findings(.humanApprovals, builder).map(\.severity) == [.medium])
    builder.touchPoint(.work, in: "Loans", step: "d")
    #expect(findings(.humanApprovals, builder).isEmpty)
    builder.touchPoint(.approval, in: "Loans", step: "c")
    let finding = try #require(findings(.humanApprovals, builder).first)
    #expect(finding.why.contains("Approve creditworthiness → Sign off contract → Last look"))
    #expect(finding.evidence.map(\.location.element) == ["a", "b", "c"])
    #expect(findings(.humanApprovals, builder) { $0.humanApprovals = 4 }.isEmpty)
  }

  @Test("approvals of an automation whose order is unknown are a remark of their own")
  func withoutProcess() {
    var builder = EstateBuilder()
    builder.system("Flow", kind: .workflow)
    for step in ["x", "y", "z"] { builder.touchPoint(.approval, in: "Flow", step: step) }
    #expect(findings(.humanApprovals, builder).map(\.severity) == [.low])
  }
}
