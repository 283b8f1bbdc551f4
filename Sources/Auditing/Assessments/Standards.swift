import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let standards = Assessment(
    id: "standards", title: "Standards across vendors",
    formula:
      "Connections between things of different vendors (of an automation's product, an application's "
      + "name or `vendor` in the policy file; inferred from names). Standard: MCP or A2A. Own interface: an API "
      + "of the vendor, of which no file says whether OpenAPI describes it. Bespoke: screens, files, database, "
      + "queue, mail. Not told: no file names the channel."
  ) { context in
    let graph = context.graph
    let said = Dictionary(
      context.policy.applications.map { (nameKey($0.name), $0.vendor) },
      uniquingKeysWith: { a, _ in a })
    let vendors: [String?] = graph.nodes.indices.map { node in
      let place = graph.nodes[node]
      switch place.kind {
      case .system: return place.technology.map(productVendor)
      case .application:
        if let vendor = said[nameKey(place.name)] ?? nil { return vendor }
        let vendor = productVendor(place.name)
        return vendor == place.name ? modelVendor(ofService: place.name) : vendor
      case .data, .team: return nil
      }
    }
    struct Pair: Hashable {
      var first: String
      var second: String
    }
    struct Count {
      var standard = 0
      var own = 0
      var bespoke = 0
      var untold = 0
      var evidence: [Evidence] = []
      var whole: Int { standard + own + bespoke + untold }
    }
    var counts: [Pair: Count] = [:]
    var unknown = 0
    for edge in graph.edges where !edge.isHuman && edge.source != edge.target {
      guard [.system, .application].contains(graph.nodes[edge.source].kind),
        [.system, .application].contains(graph.nodes[edge.target].kind)
      else { continue }
      guard let source = vendors[edge.source], let target = vendors[edge.target] else {
        unknown += 1
        continue
      }
      guard source != target else { continue }
      var count = counts[Pair(first: source, second: target)] ?? Count()
      switch edge.channel {
      case .mcp, .a2a: count.standard += 1
      case .api, .internalCall: count.own += 1
      case .userInterface, .file, .database, .queue, .mail: count.bespoke += 1
      case .people, .unknown: count.untold += 1
      }
      if count.evidence.count < 3 { count.evidence += edge.evidence.prefix(1) }
      counts[Pair(first: source, second: target)] = count
    }
    let whole = counts.values.reduce(0) { $0 + $1.whole }
    let standard = counts.values.reduce(0) { $0 + $1.standard }
    let ordered = counts.sorted {
      ($1.value.whole - $1.value.standard, $0.key.first, $0.key.second)
        < ($0.value.whole - $0.value.standard, $1.key.first, $1.key.second)
    }
    return AssessmentTable(
      summary: whole == 0
        ? "No connection across vendors is known."
        : "\(standard) of \(counted(whole, "connection")) across vendors use a standard (\(percentText(standard, of: whole))).",
      columns: [
        .init("From", "Vendor of what acts."), .init("To", "Vendor of what it acts on."),
        .init("Standard", "Connections by MCP or A2A."),
        .init("Own interface", "Connections by an interface of the vendor."),
        .init("Bespoke", "Connections by screens, files, databases, queues or mail."),
        .init("Not told", "Connections whose channel no file names."),
      ],
      rows: ordered.map { pair, count in
        AssessmentTable.Row(
          [
            .text(pair.first), .text(pair.second), .number(Double(count.standard)),
            .number(Double(count.own)), .number(Double(count.bespoke)),
            .number(Double(count.untold)),
          ], evidence: count.evidence)
      },
      notes: unknown == 0
        ? []
        : [
          "Of \(counted(unknown, "connection")) the vendor at one end is unknown; they are left out."
        ])
  }
}
