import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let useCaseKinds = Assessment(
    id: "use-case-kinds", title: "Horizontal and vertical uses of agents",
    formula:
      "Inferred from the words of an agent's purpose and name: vertical where they speak of the work "
      + "of a domain (finance, HR, supply chain, customer service, sales, IT, legal and compliance), horizontal "
      + "where they only speak of help for anybody (chat, mail, search, summaries, meetings, documents). Runs "
      + "a month as stated; which use earns what no file tells."
  ) { context in
    let view = OrchestrationView(context)
    var counts = ["vertical": 0, "horizontal": 0, "unknown": 0]
    var stuck = 0
    var rows: [(rank: Int, name: String, row: AssessmentTable.Row)] = []
    for index in view.agents {
      let system = context.estate.systems[index]
      let text = (system.purpose.value ?? "") + " " + system.name
      let domains = BusinessDomain.all(in: text)
      let kind: String? =
        !domains.isEmpty ? "vertical" : says(text, generalWords) ? "horizontal" : nil
      counts[kind ?? "unknown", default: 0] += 1
      if kind == "vertical", system.status.value == .pilot || system.status.value == .development {
        stuck += 1
      }
      rows.append(
        (
          kind == "vertical" ? 0 : kind == nil ? 2 : 1, system.name,
          AssessmentTable.Row(
            [
              .text(system.name),
              kind.map { .text($0) } ?? .unknown("its purpose says too little"),
              domains.isEmpty ? .text("–") : .text(listText(domains.map(\.rawValue))),
              system.status.value.map { .text($0.rawValue) } ?? .unknown("not stated"),
              system.volume.value.map { .number($0.perMonth) } ?? .unknown("not stated"),
            ],
            evidence: system.purpose.winner.map { [$0.evidence] } ?? Array(system.sources.prefix(1))
          )
        ))
    }
    rows.sort { ($0.rank, $0.name) < ($1.rank, $1.name) }
    return AssessmentTable(
      summary: "\(counts["vertical"] ?? 0) vertical agents, \(stuck) of them not in production; "
        + "\(counts["horizontal"] ?? 0) horizontal; \(counts["unknown"] ?? 0) unknown.",
      columns: [
        .init("Agent", "The agent."), .init("Kind", "Vertical or horizontal, inferred from words."),
        .init("Domains", "Domains of which its purpose or name speaks."),
        .init("Status", "Where it is in its life."),
        .init("Runs", unit: "a month", "How often it runs."),
      ], rows: rows.map(\.row))
  }
}

private let generalWords = [
  "assistant", "copilot", "chat", "chatbot", "mail", "email", "search", "summary", "summarise",
  "summarize", "summarizes", "summarises", "meeting", "meetings", "write", "writes", "writing",
  "translate", "translates", "document", "documents", "question", "questions", "answer", "answers",
  "research", "help", "helps", "knowledge",
]
