public import DocumentReading
import Facts
public import Inventory
import ProcessModel

/// What a DMN file of any vintage says about the estate.
///
/// The file becomes one system of rules, which carries a table for every decision table in it,
/// whatever boxed expression stands around the table. Other boxed expressions are steps without
/// content; they are named in the problems as remarks.
/// - Returns: The fragment; the problems in the order found; whether something was left out or is not
///   analysed.
public func importDMN(
  _ root: XMLElement, path: String
) -> (fragment: EstateFragment, problems: [ImportProblem], isPartial: Bool) {
  var importer = DMNImporter(root: root, path: path)
  importer.importAll()
  let isPartial = !importer.opaque.isEmpty || importer.problems.contains { $0.severity <= .medium }
  return (importer.fragment, importer.problems, isPartial)
}

private struct DMNImporter {
  let root: XMLElement
  /// Name of the system.
  let name: String
  var fragment = EstateFragment()
  var problems: [ImportProblem] = []
  /// Names of decisions that are no tables.
  var opaque: [String] = []
  /// Elements of the requirements graph, by id.
  private var graph: [String: XMLElement] = [:]
  private let evidence: Evidence

  init(root: XMLElement, path: String) {
    self.root = root
    evidence = Evidence(.imported, root.location)
    let file = path.split(separator: "/").last.map(String.init) ?? path
    name =
      singleLine(root["name"]) ?? root.first("decision").flatMap { singleLine($0["name"]) } ?? file
    for element in root.children {
      if let id = element["id"] { graph[id] = element }
    }
  }

  mutating func importAll() {
    var system = AutomationSystem(name: name, source: evidence)
    system.kind = Field(.rules, evidence)
    if let technology { system.technology = Field(technology, evidence) }
    if let purpose = root.first("description").flatMap({ singleLine($0.text) }) {
      system.purpose = Field(purpose, evidence)
    }
    var known: Set<String> = []
    var hasDecision = false
    for element in root.children {
      switch element.name {
      case "decision":
        hasDecision = true
        guard let id = identifier(of: element, known: &known) else { continue }
        // Processes call a decision by its id or name, not by the file's.
        for alias in [id, singleLine(element["name"])].compactMap(\.self)
        where alias != name && !system.aliases.contains(alias) {
          system.aliases.append(alias)
        }
        importDecision(element, id: id)
      case "businessKnowledgeModel":
        guard let id = identifier(of: element, known: &known) else { continue }
        importKnowledgeModel(element, id: id)
      case "import": importModel(element)
      default: break
      }
    }
    if !hasDecision {
      // A library of functions and types is whole without a decision.
      let isLibrary = root.children.contains {
        ["businessKnowledgeModel", "itemDefinition"].contains($0.name)
      }
      problems.append(
        ImportProblem(
          isLibrary ? .info : .medium, "the file has no decision; there is nothing to check in it",
          at: root.location))
    }
    if !opaque.isEmpty {
      system.unknowns.append(
        "Not decision tables, and so not analysed: \(opaque.joined(separator: ", ")).")
    }
    fragment.systems.append(system)
  }

  private mutating func identifier(of element: XMLElement, known: inout Set<String>) -> String? {
    guard let id = element["id"] ?? singleLine(element["name"]) else {
      problems.append(
        ImportProblem(
          .high, "a \(element.name) has neither id nor name; give it one", at: element.location))
      return nil
    }
    guard known.insert(id).inserted else {
      problems.append(
        ImportProblem(
          .high, "the id '\(id)' is used twice; only the first is read", at: element.location))
      return nil
    }
    return id
  }

  // MARK: Decisions

  private mutating func importDecision(_ decision: XMLElement, id: String) {
    let shown = singleLine(decision["name"]) ?? id
    fragment.steps.append(
      Step(
        system: name, id: id, name: shown, kind: .decision,
        evidence: Evidence(.imported, decision.location)))
    importRequirements(of: decision, id: id)
    let tables = tables(in: decision)
    if tables.isEmpty { noteOpaque(decision, shown) }
    for (index, table) in tables.enumerated() {
      importTable(
        table, id: index == 0 ? id : "\(id) (\(index + 1))",
        shown: index == 0 ? shown : "\(shown) (\(index + 1))", variable: decision.first("variable"))
    }
  }

  private mutating func importKnowledgeModel(_ model: XMLElement, id: String) {
    let shown = singleLine(model["name"]) ?? id
    for (index, table) in tables(in: model).enumerated() {
      importTable(
        table, id: index == 0 ? id : "\(id) (\(index + 1))",
        shown: index == 0 ? shown : "\(shown) (\(index + 1))", variable: model.first("variable"))
    }
  }

  private mutating func importTable(
    _ element: XMLElement, id: String, shown: String, variable: XMLElement?
  ) {
    let reader = DecisionTableReader(element, id: id, name: shown, variable: variable)
    problems += reader.problems
    if let table = reader.table {
      fragment.decisions.append(EstateDecision(system: name, table: table))
    }
  }

  /// Decision tables anywhere in a decision: directly, in a context, in a function.
  private func tables(in element: XMLElement) -> [XMLElement] {
    element.children.flatMap { child in
      child.name == "decisionTable" ? [child] : tables(in: child)
    }
  }

  private mutating func noteOpaque(_ decision: XMLElement, _ shown: String) {
    opaque.append(shown)
    let expressions: [String: String] = [
      "literalExpression": "a literal expression", "invocation": "an invocation",
      "context": "a context", "relation": "a relation", "list": "a list",
      "functionDefinition": "a function", "conditional": "a conditional", "filter": "a filter",
      "for": "an iteration", "every": "a quantified expression", "some": "a quantified expression",
    ]
    let found = decision.children.lazy.compactMap { expressions[$0.name] }.first
    problems.append(
      ImportProblem(
        .info,
        found.map { "the decision '\(shown)' is \($0), not a table, and is not analysed" }
          ?? "the decision '\(shown)' has no logic", at: decision.location))
  }

  // MARK: Requirements

  /// Inputs are data that the rules read; requirements of other files lead to their systems.
  private mutating func importRequirements(of decision: XMLElement, id: String) {
    let requirements = decision.children.filter {
      ["informationRequirement", "knowledgeRequirement", "authorityRequirement"].contains($0.name)
    }
    for target in requirements.flatMap(\.children) {
      guard let reference = singleLine(target["href"]) else { continue }
      var location = target.location
      location.element = id
      // `#id` is in this file, `namespace#id` may be in another.
      let parts = reference.split(separator: "#", omittingEmptySubsequences: false)
      let required = parts.last.map(String.init) ?? reference
      let space = parts.count > 1 ? String(parts[0]) : ""
      if let element = graph[required], space.isEmpty || space == root["namespace"] {
        if element.name == "inputData", let data = singleLine(element["name"]) {
          connect(.reads, to: EntityReference(.data, data), at: location)
        }
      } else if let model = root.all("import").first(where: { $0["namespace"] == space }),
        !space.isEmpty
      {
        connect(
          .invokes, to: EntityReference(.system, importedName(model)), at: location,
          action: required)
      } else {
        let hint = suggestion(for: required, among: graph.keys)
        problems.append(
          ImportProblem(
            .high,
            "the decision '\(id)' requires '\(required)', which is not in the file"
              + (hint.isEmpty ? "; import the model it is in" : hint),
            at: location))
      }
    }
  }

  /// An imported decision model is needed, even where no single decision of it is named.
  private mutating func importModel(_ element: XMLElement) {
    guard element["importType"]?.contains("DMN") == true else { return }
    connect(
      .invokes, to: EntityReference(.system, importedName(element)), at: element.location)
  }

  private func importedName(_ element: XMLElement) -> String {
    singleLine(element["name"]) ?? element["namespace"] ?? ""
  }

  private mutating func connect(
    _ kind: Connection.Kind, to target: EntityReference, at location: SourceLocation,
    action: String? = nil
  ) {
    fragment.connections.append(
      Connection(
        kind, from: EntityReference(.system, name), to: target, channel: .internalCall,
        action: action, data: target.kind == .data ? [target.name] : [],
        evidence: Evidence(.imported, location)))
  }

  // MARK: Product

  /// The product that wrote the file or whose extensions it has.
  private var technology: String? {
    let exporter = root["exporter"]?.split { $0 == "," || $0 == "(" }.first.map(String.init)
    if let exporter = singleLine(exporter) { return exporter }
    let namespaces =
      root.attributes.compactMap(\.namespace) + [root["namespace"] ?? ""]
      + root.children.flatMap { $0.attributes.compactMap(\.namespace) + [$0.namespace ?? ""] }
    let products = [
      ("camunda.org", "Camunda"), ("flowable.org", "Flowable"), ("drools.org", "Drools"),
      ("trisotech.com", "Trisotech"),
    ]
    return products.first { product in namespaces.contains { $0.contains(product.0) } }?.1
  }
}
