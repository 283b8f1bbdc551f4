import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension Assessment {
  static let designQuestions = Assessment(
    id: "design-questions", title: "Four design questions",
    formula:
      "Per workflow (Building the Agentic Enterprise, Part 5): what stays human (touch points of "
      + "people); visibility without overload (who sees its running cases, and on how many signs of "
      + "visibility); change mid-workflow (events, waits or sub-processes that let a running case be changed); "
      + "captured overrides (a person checks or takes over, and what is decided is written somewhere)."
  ) { context in
    let view = OrchestrationView(context)
    var hidden = 0
    let rows: [AssessmentTable.Row] = view.workflows.compactMap { index in
      let parts = view.parts(index)
      guard parts.isShown else {
        hidden += 1
        return nil
      }
      let signs = OrchestrationSigns(parts, view, context)
      let human = parts.touchPoints
      let overrides = human.filter {
        $0.kind == .review || $0.kind == .exception || $0.kind == .approval
      }
      let writes = parts.outgoing.contains { $0.kind == .writes }
      let changes = parts.processes.flatMap(\.elements).filter(canChange)
      return AssessmentTable.Row(
        [
          .text(parts.system.name),
          human.isEmpty
            ? .text("nothing, by its files")
            : .text("\(human.count): \(listText(human.map { $0.name ?? $0.step }, limit: 3))"),
          .number(Double(signs.score(.visibility))),
          .seen(!changes.isEmpty || signs.has(.order, 2), isShown: true, changes.first?.name ?? ""),
          overrides.isEmpty
            ? .text("no person checks it, by its files")
            : writes
              ? .text("yes, inferred: \(counted(overrides.count, "place")), and it writes data")
              : .text("no: \(counted(overrides.count, "place")), and nothing that it writes"),
        ], evidence: human.prefix(3).map(\.evidence) + parts.evidence)
    }
    return AssessmentTable(
      summary: "\(counted(rows.count, "workflow")) whose files show their inside.",
      columns: [
        .init("Workflow", "What orders the work of others."),
        .init("Stays human", "Places where a person acts."),
        .init("Visibility", unit: "of 3", "Signs of visibility: trace, engine, measured figures."),
        .init("Change mid-workflow", "Whether a running case can be changed from outside."),
        .init("Captures overrides", "Whether what people overrule is kept."),
      ], rows: rows,
      notes: hidden == 0
        ? [] : ["Of \(counted(hidden, "more workflow")) only a register speaks; they are left out."]
    )
  }
}
