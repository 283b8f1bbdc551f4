import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension Assessment {
  static let weakestLink = Assessment(
    id: "weakest-link", title: "The least reliable step of each process",
    formula:
      "Over the automations that one case may meet, on the way through the process that meets the "
      + "most of them: success of a case = Π (1 − failure rate), without retries, failures independent "
      + "(assumed); the weakest is the one that fails most. Where a failure rate is unknown the product of "
      + "the known ones is an upper bound."
  ) { context in
    let graph = context.graph
    var rows: [(share: Double, row: AssessmentTable.Row)] = []
    for process in context.estate.processes {
      let performers = CarriedCase.performers(of: process, context)
      let way = ApprovalPath(
        through: process.process, isApproval: { _, element in performers[element.id] != nil },
        called: { _ in nil })
      var nodes: [Int] = []
      for element in way.approvals {
        if let node = performers[element.id] { nodes.append(node) }
      }
      guard !nodes.isEmpty else { continue }
      var share = 1.0
      var unknown: Set<Int> = []
      var weakest: (node: Int, rate: Fact<Probability>)?
      for node in nodes {
        guard let rate = context.system(at: node)?.failureRate.winner else {
          unknown.insert(node)
          continue
        }
        share *= 1 - rate.value.value
        if rate.value.value > weakest?.rate.value.value ?? 0 { weakest = (node, rate) }
      }
      let names = context.names(nodes)
      let open = unknown.sorted()
      rows.append(
        (
          share,
          AssessmentTable.Row(
            [
              .text(process.process.name ?? process.process.id),
              .text(listText(names)),
              open.isEmpty
                ? .share(share) : .unknown("no failure rate of \(listText(context.names(open)))"),
              unknown.count == Set(nodes).count
                ? .unknown("no failure rate is known") : .share(share),
              weakest.map { .text(graph.nodes[$0.node].name) }
                ?? .unknown("no failure rate above zero is known"),
              weakest.map { .share(1 - $0.rate.value.value) }
                ?? .unknown("no failure rate above zero is known"),
            ],
            evidence: [Evidence(.imported, process.process.location)]
              + (weakest.map { [$0.rate.evidence] } ?? []))
        ))
    }
    rows.sort { $0.share < $1.share }
    return AssessmentTable(
      summary: rows.isEmpty
        ? "No process is known whose steps automations do."
        : "\(counted(rows.count, "process", "processes")) whose steps automations do.",
      columns: [
        .init("Process", "The process."),
        .init("Automations on the way", "Automations that a case meets, each step once, in order."),
        .init("Success of a case", "Cases in which all of them succeed at once."),
        .init("At most", "The same from the failure rates that are known."),
        .init("Weakest", "The automation on the way that fails most."),
        .init("Its success", "Runs of it that succeed."),
      ], rows: rows.map(\.row))
  }
}
