import Facts
import Inventory

extension Assessment {
  static let lockIn = Assessment(
    id: "lock-in", title: "Dependence on vendors and models",
    formula:
      "Share of a vendor = automations in use on its products / automations in use whose product is "
      + "known; share of a model vendor = uses of its models / uses of models whose maker the name tells. "
      + "Concentration = Herfindahl index, Σ share², from 1/n (n alike) to 1 (one alone); competition "
      + "authorities call more than 0.25 highly concentrated (US Horizontal Merger Guidelines 2010, 5.3), "
      + "which is no limit for an estate."
  ) { context in
    let systems = context.estate.systems.filter(\.isAlive)
    var products: [String: [AutomationSystem]] = [:]
    var models: [String: [(system: AutomationSystem, model: String)]] = [:]
    var unnamed = 0
    var silent = 0
    for system in systems {
      if let technology = system.technology.value, !isPlaceholder(technology) {
        products[productVendor(technology), default: []].append(system)
      } else {
        silent += 1
      }
      for model in system.models {
        if let vendor = modelVendor(ofModel: model) {
          models[vendor, default: []].append((system, model))
        } else {
          unnamed += 1
        }
      }
    }
    let productCount = products.values.reduce(0) { $0 + $1.count }
    let modelCount = models.values.reduce(0) { $0 + $1.count }
    func index(_ counts: [Int]) -> Double {
      let whole = Double(counts.reduce(0, +))
      return counts.reduce(0) { $0 + (Double($1) / whole) * (Double($1) / whole) }
    }
    var rows: [AssessmentTable.Row] = []
    for (vendor, users) in products.sorted(by: {
      ($1.value.count, $0.key) < ($0.value.count, $1.key)
    }) {
      rows.append(
        AssessmentTable.Row(
          [
            .text("products"), .text(vendor), .number(Double(users.count)),
            .share(Double(users.count) / Double(productCount)),
            .text(listText(users.map(\.name), limit: 4)),
          ], evidence: users.prefix(3).compactMap { $0.technology.winner?.evidence }))
    }
    for (vendor, uses) in models.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) })
    {
      rows.append(
        AssessmentTable.Row(
          [
            .text("models"), .text(vendor), .number(Double(uses.count)),
            .share(Double(uses.count) / Double(modelCount)),
            .text(listText(Set(uses.map(\.model)).sorted(), limit: 4)),
          ], evidence: uses.prefix(3).flatMap { $0.system.sources.sorted().prefix(1) }))
    }
    var figures: [String] = []
    for (what, counts) in [
      ("products", products.values.map(\.count).sorted()),
      ("models", models.values.map(\.count).sorted()),
    ] {
      rows.append(
        AssessmentTable.Row([
          .text(what), .text("concentration (Herfindahl index)"),
          .number(Double(counts.reduce(0, +))),
          counts.isEmpty ? .unknown("no \(what) are named") : .share(index(counts)),
          .text(counts.count == 1 ? "one vendor" : "\(counts.count) vendors"),
        ]))
      if !counts.isEmpty { figures.append("\(what) \(scoreText(index(counts)))") }
    }
    var notes = ["The vendor of a product or model is inferred from its name."]
    if silent > 0 { notes.append("Of \(counted(silent, "automation")) the product is unknown.") }
    if unnamed > 0 {
      notes.append("Of \(counted(unnamed, "use")) of models the name does not tell who makes them.")
    }
    return AssessmentTable(
      summary: figures.isEmpty
        ? "No product and no model is known." : "Concentration: \(listText(figures)).",
      columns: [
        .init("Of", "Products that automations run on, or models that they ask."),
        .init("Vendor", "Who makes it."), .init("Uses", "Automations, or uses of models."),
        .init("Share", "Share of the uses; in the rows of concentration the index."),
        .init("Which", "What is meant."),
      ], rows: rows, notes: notes)
  }
}
