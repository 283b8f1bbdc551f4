import Facts
import Inventory

extension Assessment {
  static let orchestrationCapability = Assessment(
    id: "orchestration-capability", title: "What each workflow's orchestration can do",
    formula:
      "Eight functions, each 0–3: one point for each of its three signs that files show. The "
      + "functions join two lists: visibility, common language, order, error handling and policy (AI Agent "
      + "Orchestration: Making Multi-Agent Systems Work Together) and routing, sequencing, resource "
      + "allocation, exceptions and state (Building the Agentic Enterprise, Part 5). Total = sum / 24. "
      + "Where only a register speaks of a workflow, what it lacks is unknown."
  ) { context in
    let view = OrchestrationView(context)
    let functions = OrchestrationFunction.allCases
    var scored: [(total: Int, row: AssessmentTable.Row)] = []
    var hidden = 0
    for index in view.workflows {
      let parts = view.parts(index)
      let signs = OrchestrationSigns(parts, view, context)
      guard signs.isShown else {
        hidden += 1
        continue
      }
      let total = functions.reduce(0) { $0 + signs.score($1) }
      scored.append(
        (
          total,
          AssessmentTable.Row(
            [.text(parts.system.name)] + functions.map { .number(Double(signs.score($0))) }
              + [.share(Double(total) / 24)],
            evidence: Array(signs.evidence.prefix(8)))
        ))
    }
    let rows = scored.sorted { ($0.total, name($0.row)) < ($1.total, name($1.row)) }.map(\.row)
    return AssessmentTable(
      summary: rows.isEmpty
        ? "Of no workflow a file shows the inside."
        : "\(counted(scored.count { $0.total < 8 }, "workflow")) of \(scored.count) show fewer than 8 of 24 signs.",
      columns: [.init("Workflow", "What orders the work of others.")]
        + functions.map {
          .init(
            $0.rawValue.prefix(1).uppercased() + $0.rawValue.dropFirst(), unit: "of 3",
            $0.signs.joined(separator: "; ") + ".")
        } + [.init("Total", "Signs seen, as a share of 24.")],
      rows: rows,
      notes: hidden == 0
        ? []
        : [
          "Of \(counted(hidden, "more workflow")) only a register speaks; what they can do is unknown."
        ])
  }
}

private func name(_ row: AssessmentTable.Row) -> String {
  if case .text(let name)? = row.cells.first { return name }
  return ""
}
