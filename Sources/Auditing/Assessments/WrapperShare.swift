import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let wrapperShare = Assessment(
    id: "wrapper-share", title: "Tools behind shared wrappers",
    formula:
      "Tool calls are connections of agents, workflows and scripts in use to applications, model "
      + "services aside, counted once for each operation. A call goes through a wrapper where its channel is "
      + "MCP or A2A, or where two automations or more use the same operation of the application. Share = "
      + "calls through a wrapper / calls whose operation or channel is known. Reuse = automations per wrapper."
  ) { context in
    let graph = context.graph
    struct Tool: Hashable {
      var application: Int
      var action: String
    }
    var users: [Tool: Set<Int>] = [:]
    var standard: Set<Tool> = []
    var unknown = 0
    for edge in graph.edges {
      let kind = graph.nodes[edge.source].systemKind
      let target = graph.nodes[edge.target]
      guard target.kind == .application, kind == .agent || kind == .workflow || kind == .script,
        context.isAlive(edge.source), !isModelService(target.name),
        [.invokes, .reads, .writes].contains(edge.kind)
      else { continue }
      let isStandard = edge.channel == .mcp || edge.channel == .a2a
      guard isStandard || edge.action != nil else {
        unknown += 1
        continue
      }
      let tool = Tool(
        application: edge.target, action: isStandard ? "" : nameKey(edge.action ?? ""))
      users[tool, default: []].insert(edge.source)
      if isStandard { standard.insert(tool) }
    }
    struct Row {
      var calls = 0
      var wrapped = 0
      var wrappers = 0
      var users: Set<Int> = []
    }
    var byApplication: [Int: Row] = [:]
    for (tool, callers) in users {
      byApplication[tool.application, default: Row()].calls += callers.count
      byApplication[tool.application, default: Row()].users.formUnion(callers)
      if standard.contains(tool) || callers.count > 1 {
        byApplication[tool.application, default: Row()].wrapped += callers.count
        byApplication[tool.application, default: Row()].wrappers += 1
      }
    }
    let calls = byApplication.values.reduce(0) { $0 + $1.calls }
    let wrapped = byApplication.values.reduce(0) { $0 + $1.wrapped }
    let ordered = byApplication.sorted {
      ($1.value.calls - $1.value.wrapped, $0.key) < ($0.value.calls - $0.value.wrapped, $1.key)
    }
    return AssessmentTable(
      summary: calls == 0
        ? "No tool call with a known operation is in the inventory."
        : "\(percentText(wrapped, of: calls)) of \(counted(calls, "tool call")) go through a shared wrapper.",
      columns: [
        .init("Application", "What the tools open."), .init("Automations", "Those that call it."),
        .init("Calls", "Operations used, each once for an automation."),
        .init(
          "Through a wrapper", "Calls by a standard protocol or an operation that others use, too."),
        .init("Reuse", "Automations per wrapper."),
      ],
      rows: ordered.map { node, row in
        AssessmentTable.Row(
          [
            .text(graph.nodes[node].name), .number(Double(row.users.count)),
            .number(Double(row.calls)),
            .share(Double(row.wrapped) / Double(row.calls)),
            row.wrappers == 0
              ? .text("no wrapper") : .number(Double(row.wrapped) / Double(row.wrappers)),
          ], evidence: Array(graph.edges(to: node).flatMap(\.evidence).prefix(3)))
      },
      notes: unknown == 0
        ? []
        : [
          "Of \(counted(unknown, "connection")) no file names operation or channel; they are left out."
        ])
  }
}
