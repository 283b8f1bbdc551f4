import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let memoryMatrix = Assessment(
    id: "memory-matrix", title: "Who reads and who writes shared data",
    formula:
      "A row for each data object, and for each named data of an application, that two systems in "
      + "use or more read or write. Classes by the words of 'data_classes' (inferred). Overwrite = two "
      + "writers or more; crosses = readers and writers of two declared domains or teams or more."
  ) { context in
    struct Store {
      var name: String
      var readers: Set<Int> = []
      var writers: Set<Int> = []
      var classes: Set<Int> = []
      var evidence: [Evidence] = []
    }
    let governance = context.governance
    let classification = DataClassification(context.policy)
    let graph = context.graph
    var stores: [String: Store] = [:]
    for edge in graph.edges where edge.kind == .reads || edge.kind == .writes {
      guard graph.nodes[edge.source].kind == .system, context.isAlive(edge.source) else { continue }
      let target = graph.nodes[edge.target]
      let names: [String]
      switch target.kind {
      case .data: names = [target.name]
      case .application, .system: names = edge.data.map { "\($0) in \(target.name)" }
      case .team: names = []
      }
      for name in names {
        let key = "\(edge.target) \(nameKey(name))"
        var store = stores[key] ?? Store(name: name)
        if edge.kind == .reads {
          store.readers.insert(edge.source)
        } else {
          store.writers.insert(edge.source)
        }
        store.classes.formUnion(
          target.kind == .data
            ? classification.classes(of: target.name) : classification.classes(of: name))
        store.evidence += edge.evidence.prefix(1)
        stores[key] = store
      }
    }
    let shared = stores.values.filter { $0.readers.union($0.writers).count > 1 }.sorted {
      ($1.classes.count, $1.writers.count, $1.readers.count, $0.name)
        < ($0.classes.count, $0.writers.count, $0.readers.count, $1.name)
    }
    let rows = shared.map { store -> AssessmentTable.Row in
      let users = store.readers.union(store.writers).sorted()
      let domains = Set(
        users.compactMap { node in
          governance.declaration(of: graph.nodes[node].name)?.domain?.value
            ?? context.system(at: node)?.team.value
        }.map(nameKey))
      let agents = users.count { context.system(at: $0)?.kind.value == .agent }
      let classes = store.classes.sorted().map { classification.classes[$0].name }
      return .init(
        [
          .text(store.name),
          classes.isEmpty ? .unknown("no word of 'data_classes' fits") : .text(listText(classes)),
          .text(listText(context.names(store.readers.sorted()), limit: 5)),
          .text(listText(context.names(store.writers.sorted()), limit: 5)),
          .number(Double(agents)), .text(store.writers.count > 1 ? "yes" : "no"),
          domains.isEmpty
            ? .unknown("no domain or team of its users is known")
            : .text(domains.count > 1 ? "yes" : "no"),
        ], evidence: store.evidence.sorted())
    }
    let sensitive = shared.count { store in
      store.classes.contains { classification.classes[$0].sensitive }
    }
    return AssessmentTable(
      summary:
        "\(counted(shared.count, "store")) of data \(shared.count == 1 ? "is" : "are") shared; "
        + "\(sensitive) hold sensitive data by name, \(shared.count { $0.writers.count > 1 }) have several writers.",
      columns: [
        .init("data", "Data object, or named data of an application."),
        .init("classes", "Classes of data, inferred from the name."),
        .init("read by", "Systems in use that read it."),
        .init("written by", "Systems in use that change it."),
        .init("agents", unit: "agents", "Agents among them."),
        .init("overwrite", "Whether two or more change it."),
        .init("crosses", "Whether they belong to several domains or teams."),
      ], rows: rows,
      notes: stores.isEmpty ? ["No file names data that systems read or write."] : [])
  }
}
