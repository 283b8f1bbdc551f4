import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension Assessment {
  static let fourQuestions = Assessment(
    id: "four-questions", title: "Four questions of design for each workflow",
    formula:
      "For each workflow in use: what stays with people (places where people step in, by kind); who sees it "
      + "(teams named at those places or escalated to); how a running case can be changed (boundary events, event "
      + "sub-processes and event-based gateways of its drawn process); how what people override is kept (policy "
      + "key readiness.feedback_loops, for the whole estate). A question that no file and no answer "
      + "speaks of is not known, and to be asked."
  ) { context in
    let work = WorkFacts(context)
    var rows: [(known: Int, row: AssessmentTable.Row)] = []
    for (index, system) in context.estate.systems.enumerated()
    where system.isAlive
      && (system.kind.value == .workflow || !work.processes(of: system).isEmpty)
    {
      let cells = answers(index, system, context, work)
      let known = cells.count { if case .unknown = $0 { false } else { true } }
      let places = context.touchPoints(ofSystemNamed: system.name).map(\.evidence)
      rows.append(
        (
          known,
          AssessmentTable.Row(
            [.text(system.name), .number(Double(known))] + cells,
            evidence: Array((places.isEmpty ? system.sources : places).sorted().prefix(4)))
        ))
    }
    let all = rows.count { $0.known == 4 }
    return AssessmentTable(
      summary: "Of \(counted(rows.count, "workflow")) all four questions are answered for \(all).",
      columns: [
        .init("Workflow", "The workflow."),
        .init("Answered", unit: "of 4", "How many are answered."),
        .init("What stays with people", "Where people step in, by kind."),
        .init("Who sees it", "Teams that are asked or told."),
        .init("Change while it runs", "Ways in which its drawing lets a running case be changed."),
        .init("Overrides", "Whether what people override comes back to those who build."),
      ],
      rows: rows.indices.sorted { (rows[$0].known, $0) < (rows[$1].known, $1) }.map { rows[$0].row }
    )
  }
}

private func answers(
  _ index: Int, _ system: AutomationSystem, _ context: AuditContext, _ work: WorkFacts
) -> [AssessmentTable.Cell] {
  let points = context.touchPoints(ofSystemNamed: system.name)
  let kinds = HumanTouchPoint.Kind.allCases.compactMap { kind -> String? in
    let count = Set(points.filter { $0.kind == kind }.map(\.step)).count
    return count == 0 ? nil : "\(kind.rawValue) \(count)"
  }
  let people: AssessmentTable.Cell =
    if !kinds.isEmpty {
      .text(kinds.joined(separator: ", "))
    } else if work.peopleStepIn(index) == false {
      .text("nothing: no people, as the register says")
    } else if let words = system.humanInvolvement.value, !isPlaceholder(words) {
      .text(words)
    } else {
      .unknown("ask: what must a person decide, whatever agents can do?")
    }
  let node = context.node(ofSystem: index)
  let told = (node.map(context.graph.edges(from:)) ?? [])
    .filter { context.graph.nodes[$0.target].kind == .team }
    .map { context.graph.nodes[$0.target].name }
  let teams = Set(points.compactMap(\.team) + told).sorted()
  var changes = 0
  for process in work.processes(of: system) {
    for element in process.process.elements {
      switch element.kind {
      case .boundary, .subProcess(.event), .gateway(.eventBased): changes += 1
      default: continue
      }
    }
  }
  let isDrawn = !work.processes(of: system).isEmpty
  let feedback = context.policy.readiness.first { $0.item == .feedbackLoops }
  return [
    people,
    teams.isEmpty
      ? .unknown("ask: who sees what it does, and only what they need?") : .text(listText(teams)),
    isDrawn
      ? .text("\(counted(changes, "way")) drawn")
      : .unknown("ask: how is a case changed while it runs?"),
    feedback.map { .text($0.answer.rawValue) }
      ?? .unknown(
        "ask: is what people override kept and used? (policy key readiness.feedback_loops)"),
  ]
}
