import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let apiReadiness = Assessment(
    id: "api-readiness", title: "Whether applications are ready for agents",
    formula:
      "Has an interface: the policy file says so, or an automation reaches it by API, MCP, A2A, "
      + "queue or database. Documented and requests an hour: the policy file. Peak: calls in the busiest hour "
      + "of a simulation. Load = peak / requests an hour; above 100 % calls wait or fail. Rows are ordered by "
      + "load, then by automations."
  ) { context in
    let graph = context.graph
    var rows: [(load: Double, users: Int, row: AssessmentTable.Row)] = []
    var throttled = 0
    let loads = Dictionary(grouping: context.policy.load) { nameKey($0.application) }
    for application in context.estate.applications {
      guard let node = graph.position(of: EntityReference(.application, application.name)) else {
        continue
      }
      let edges = context.edges(at: node).map(\.edge)
      let users = Set(
        context.edges(at: node).map(\.other).filter {
          graph.nodes[$0].kind == .system && context.isAlive($0)
        }
      ).count
      let names = [application.name] + application.aliases
      let said = context.policy.application(named: names)
      guard users > 0 || said != nil else { continue }
      let seen = edges.first { [.api, .mcp, .a2a, .queue, .database].contains($0.channel) }
      let isDriven = edges.contains { $0.channel == .userInterface }
      let api: AssessmentTable.Cell =
        if let says = said?.hasAPI {
          .text(says ? "yes" : "no")
        } else if let seen {
          .text("yes, reached by \(seen.channel.rawValue)")
        } else {
          .unknown(
            isDriven
              ? "only its screens are driven; ask who runs it, or say `has_api` in the policy file"
              : "say `has_api` in the policy file")
        }
      let peaks = names.flatMap { loads[nameKey($0)] ?? [] }
      let peak = peaks.max { $0.peakCallsPerHour < $1.peakCallsPerHour }
      var load = 0.0
      var share = AssessmentTable.Cell.unknown("limit or peak is unknown")
      if let peak, let limit = said?.requestsPerHour, limit > 0 {
        load = peak.peakCallsPerHour / limit
        share = .share(load)
        if load > 1 { throttled += 1 }
      }
      let row = AssessmentTable.Row(
        [
          .text(application.name), .number(Double(users)), api,
          said?.isAPIDocumented.map { .text($0 ? "yes" : "no") }
            ?? .unknown("say `documented_api` in the policy file"),
          said?.requestsPerHour.map { .number($0) }
            ?? .unknown("say `requests_per_hour` in the policy file"),
          peak.map { .number($0.peakCallsPerHour) } ?? .unknown("no simulation was given"),
          share,
        ],
        evidence: (seen?.evidence.prefix(1) ?? [])
          + (said.map { [Evidence(.declared, $0.location)] } ?? []))
      rows.append((load, users, row))
    }
    rows.sort { ($1.load, $1.users) < ($0.load, $0.users) }
    return AssessmentTable(
      summary: throttled > 0
        ? "\(counted(throttled, "application")) cannot take the calls of the busiest hour."
        : "\(counted(rows.count, "application")) that automations use.",
      columns: [
        .init("Application", "The application."),
        .init("Automations", "Automations in use that are connected with it."),
        .init("Has an interface", "Whether programs can reach it."),
        .init("Documented", "Whether that interface is documented."),
        .init("Limit", unit: "requests/h", "What the interface takes."),
        .init("Peak", unit: "calls/h", "Calls in the busiest hour, simulated."),
        .init("Load", "Peak as a share of the limit."),
      ], rows: rows.map(\.row),
      notes: Set(context.policy.load.map(\.source)).sorted().map { "Peaks are from \($0)." })
  }
}
