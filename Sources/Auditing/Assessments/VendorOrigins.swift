import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  /// From where an orchestration layer could come: vendors of integration, of robots, of models.
  ///
  /// Source: *AI Agent Orchestration: Making Multi-Agent Systems Work Together*.
  static let vendorOrigins = Assessment(
    id: "vendor-origins", title: "Three origins of a layer, and what of each is in the house",
    formula:
      "Origin of an automation in use: by the vendor of its product where that vendor comes from one of the "
      + "three (inferred from the name), else by what it is: robot = RPA; agent = AI platform; workflow or "
      + "orchestrator = integration; else none of the three. Share = automations of the origin / automations of the "
      + "three. Joined = its automations that call, start or are called by others of another origin: a layer "
      + "of that origin would begin with those connections."
  ) { context in
    var members: [Origin: [Int]] = [:]
    var others = 0
    for (index, system) in context.estate.systems.enumerated() where system.isAlive {
      if let origin = Origin(of: system) {
        members[origin, default: []].append(index)
      } else {
        others += 1
      }
    }
    let all = members.values.reduce(0) { $0 + $1.count }
    var originOf: [Int: Origin] = [:]
    for (origin, indices) in members {
      for index in indices {
        if let node = context.node(ofSystem: index) { originOf[node] = origin }
      }
    }
    let rows = Origin.allCases.map { origin -> AssessmentTable.Row in
      let mine = members[origin] ?? []
      let systems = mine.map { context.estate.systems[$0] }
      var products: Set<String> = []
      for system in systems {
        if let technology = system.technology.value, !isPlaceholder(technology) {
          products.insert(technology)
        }
      }
      var joined = 0
      var layers: [String] = []
      for index in mine {
        if context.estate.systems[index].kind.value == .orchestrator {
          layers.append(context.estate.systems[index].name)
        }
        guard let node = context.node(ofSystem: index) else { continue }
        let ends =
          context.graph.edges(from: node).filter { !$0.isHuman }.map(\.target)
          + context.graph.edges(to: node).filter { !$0.isHuman }.map(\.source)
        if ends.contains(where: { end in originOf[end].map { $0 != origin } ?? false }) {
          joined += 1
        }
      }
      return AssessmentTable.Row(
        [
          .text(origin.title), .number(Double(mine.count)),
          all == 0
            ? .unknown("no automation is of one of the three")
            : .share(Double(mine.count) / Double(all)),
          products.isEmpty
            ? mine.isEmpty ? .text("–") : .unknown("no product is named")
            : .text(listText(products.sorted(), limit: 8)),
          .number(Double(joined)),
          .text(layers.isEmpty ? "none" : listText(layers.sorted(), limit: 6)),
          .text(origin.question),
        ], evidence: systems.prefix(4).compactMap { $0.technology.winner?.evidence })
    }
    let leading = rows.indices.filter { (members[Origin.allCases[$0]] ?? []).count > 0 }.max {
      (members[Origin.allCases[$0]] ?? []).count < (members[Origin.allCases[$1]] ?? []).count
    }
    let first = leading.map { Origin.allCases[$0] }
    return AssessmentTable(
      summary: first.map { origin in
        "First origin: \(origin.title), \(percentText((members[origin] ?? []).count, of: all)) of the "
          + "automations of the three."
      } ?? "No automation in use is known to come from one of the three.",
      columns: [
        .init("Origin", "Where vendors of layers come from."),
        .init("Automations", unit: "automations", "Automations in use of that origin."),
        .init("Share", "Their share of the automations of the three."),
        .init("Products", "Their products, by name."),
        .init(
          "Joined to others", unit: "automations",
          "Those connected with automations of another origin, not through people."),
        .init("Orchestrators", "Orchestrators of that origin that are in use."),
        .init("Ask its vendors", "What a layer of that origin has to show."),
      ], rows: rows,
      notes: others == 0
        ? []
        : [
          "\(counted(others, "automation")) in use \(others == 1 ? "is" : "are") of none of the three, or of unknown kind."
        ])
  }
}

/// Where vendors of orchestration come from.
private enum Origin: CaseIterable {
  case integration, robots, models

  var title: String {
    switch self {
    case .integration: "Integration and workflow"
    case .robots: "Robots (RPA)"
    case .models: "AI platforms"
    }
  }

  var question: String {
    switch self {
    case .integration: "how agents of other vendors are called, watched and stopped"
    case .robots: "how it works without driving user interfaces"
    case .models: "how it keeps state, takes turns with people and reaches systems of record"
    }
  }

  /// `nil` where it is of none of the three, or not known.
  init?(of system: AutomationSystem) {
    if let technology = system.technology.value, let vendor = Self.of[productVendor(technology)] {
      self = vendor
      return
    }
    switch system.kind.value {
    case .rpa: self = .robots
    case .agent: self = .models
    case .workflow, .orchestrator: self = .integration
    case .rules, .script, nil: return nil
    }
  }

  /// Vendors whose products all come from one of the three; of others each product may be another.
  private static let of: [String: Origin] = [
    "Camunda": .integration, "Workato": .integration, "Zapier": .integration, "Make": .integration,
    "n8n": .integration, "SS&C Blue Prism": .robots, "Automation Anywhere": .robots,
    "CrewAI": .models, "LangChain": .models, "OpenAI": .models,
  ]
}
