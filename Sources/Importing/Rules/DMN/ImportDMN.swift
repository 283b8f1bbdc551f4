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
  /// Values that the types of the model allow, by name.
  private var types: [String: UnaryTest] = [:]
  private let evidence: Evidence

  init(root: XMLElement, path: String) {
    self.root = root
    evidence = Evidence(.imported, root.location)
    let file = path.split(separator: "/").last.map(String.init) ?? path
    name =
      singleLine(root["name"]) ?? root.first("decision").flatMap { singleLine($0["name"]) } ?? file
    for element in root.children {
      if let id = element["id"] { graph[id] = element }
      // The parts of a structure, and the items of a list, are not what a column tests.
      if element.name == "itemDefinition", let name = singleLine(element["name"]),
        element["isCollection"] != "true",
        let values = element.first("typeConstraint") ?? element.first("allowedValues")
      {
        types[name] = allowedValues(values.first("text")?.text ?? values.text)
      }
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
    // Processes call a decision or a service of decisions by its id or name, not by the file's. Whoever
    // copies a model keeps the GUIDs of its decisions, so that they do not tell models apart.
    func addAliases(of element: XMLElement, id: String) {
      let shown = singleLine(element["name"])
      for alias in [shown == nil || !isGUID(id) ? id : nil, shown].compactMap(\.self)
      where alias != name && !system.aliases.contains(alias) {
        system.aliases.append(alias)
      }
    }
    for element in root.children {
      switch element.name {
      case "decision":
        hasDecision = true
        guard let id = identifier(of: element, known: &known) else { continue }
        addAliases(of: element, id: id)
        importDecision(element, id: id)
        describe(&system, by: element)
      case "businessKnowledgeModel":
        guard let id = identifier(of: element, known: &known) else { continue }
        addStep(element, id: id, .decision, note: "a function")
        importRequirements(of: element, id: id)
        importKnowledgeModel(element, id: id)
      case "decisionService":
        guard let id = identifier(of: element, known: &known) else { continue }
        addAliases(of: element, id: id)
        addStep(element, id: id, .group, note: "a service of decisions")
        importRequirements(of: element, id: id)
      case "knowledgeSource": importKnowledgeSource(element)
      case "import": importModel(element)
      default: break
      }
    }
    fragment.decisions.boundInputsByDecisions()
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
    let tables = tables(in: decision)
    addStep(decision, id: id, .decision, note: tables.isEmpty ? logic(of: decision) : nil)
    importRequirements(of: decision, id: id)
    if tables.isEmpty { noteOpaque(decision, shown) }
    for (index, table) in tables.enumerated() {
      importTable(
        table, id: index == 0 ? id : "\(id) (\(index + 1))",
        shown: index == 0 ? shown : "\(shown) (\(index + 1))", variable: decision.first("variable"))
    }
  }

  private mutating func addStep(
    _ element: XMLElement, id: String, _ kind: Step.Kind, note: String?
  ) {
    fragment.steps.append(
      Step(
        system: name, id: id, name: singleLine(element["name"]) ?? id, kind: kind,
        evidence: Evidence(.imported, element.location, note: note)))
  }

  /// What a decision says of the whole model: its question, where the model has no description, its
  /// version, and the unit that owns it.
  private mutating func describe(_ system: inout AutomationSystem, by decision: XMLElement) {
    let evidence = Evidence(.imported, decision.location)
    if !system.purpose.isKnown,
      let text = (decision.first("question") ?? decision.first("description")).flatMap({
        singleLine($0.text)
      })
    {
      system.purpose.state(text, evidence)
    }
    if let version = decision["versionTag"].flatMap(singleLine) {
      system.version.state(version, evidence)
    }
    for owner in decision.all("decisionOwner") {
      guard let unit = element(at: owner["href"]).flatMap({ singleLine($0["name"]) }) else {
        continue
      }
      fragment.teams.append(Team(name: unit, source: evidence))
      system.team.state(unit, Evidence(.imported, owner.location, note: "owner of a decision"))
    }
  }

  /// The element of this file that a reference leads to.
  private func element(at reference: String?) -> XMLElement? {
    guard let reference = singleLine(reference) else { return nil }
    return graph[reference.split(separator: "#").last.map(String.init) ?? reference]
  }

  /// Who answers for a source of knowledge governs the decisions made by it.
  private mutating func importKnowledgeSource(_ source: XMLElement) {
    importRequirements(of: source, id: source["id"] ?? "")
    guard let owner = source.first("owner").flatMap({ element(at: $0["href"]) }),
      let unit = singleLine(owner["name"])
    else { return }
    let evidence = Evidence(
      .imported, source.location,
      note: "owns the knowledge source '\(singleLine(source["name"]) ?? "")'")
    fragment.teams.append(Team(name: unit, source: evidence))
    fragment.connections.append(
      Connection(
        .governs, from: EntityReference(.team, unit), to: EntityReference(.system, name),
        channel: .people, evidence: evidence))
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
    let reader = DecisionTableReader(
      element, id: id, name: shown, variable: variable, types: types)
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
    problems.append(
      ImportProblem(
        .info,
        logic(of: decision).map {
          "the decision '\(shown)' is \($0), not a table, and is not analysed"
        } ?? "the decision '\(shown)' has no logic", at: decision.location))
  }

  /// What kind of boxed expression a decision is; `nil` where it has none.
  private func logic(of decision: XMLElement) -> String? {
    let expressions: [String: String] = [
      "literalExpression": "a literal expression", "invocation": "an invocation",
      "context": "a context", "relation": "a relation", "list": "a list",
      "functionDefinition": "a function", "conditional": "a conditional", "filter": "a filter",
      "for": "an iteration", "every": "a quantified expression", "some": "a quantified expression",
    ]
    return decision.children.lazy.compactMap { expressions[$0.name] }.first
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
        connect(to: element, id: required, at: location)
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

  /// What is required within a model: inputs and results are data that the rules read, functions and
  /// sources of knowledge are too, and the latter govern.
  private mutating func connect(to element: XMLElement, id: String, at location: SourceLocation) {
    let shown = singleLine(element["name"]) ?? id
    let (kind, note): (Connection.Kind, String?) =
      switch element.name {
      case "inputData": (.reads, nil)
      case "decision": (.reads, "the result of another decision of this model")
      case "businessKnowledgeModel", "decisionService": (.reads, "a function of this model")
      case "knowledgeSource": (.governs, "a source of knowledge")
      default: (.reads, nil)
      }
    guard kind != .governs else {
      fragment.connections.append(
        Connection(
          .governs, from: EntityReference(.data, shown), to: EntityReference(.system, name),
          channel: .internalCall, evidence: Evidence(.imported, location, note: note)))
      return
    }
    connect(.reads, to: EntityReference(.data, shown), at: location, note: note)
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
    action: String? = nil, note: String? = nil
  ) {
    fragment.connections.append(
      Connection(
        kind, from: EntityReference(.system, name), to: target, channel: .internalCall,
        action: action, data: target.kind == .data ? [target.name] : [],
        evidence: Evidence(.imported, location, note: note)))
  }

  // MARK: Product

  /// The product that runs the model, by its extensions, or else the one that wrote it.
  private var technology: String? {
    if let platform = executionPlatform(root) { return platform }
    let used = namespaces(in: root)
    let engines = [
      ("camunda.org/schema/zeebe", "Camunda 8"), ("camunda.org/schema/1.0/dmn", "Camunda"),
      ("flowable.org", "Flowable"), ("activiti.org", "Activiti"), ("drools.org", "Drools"),
      ("kiegroup.org", "Drools"), ("trisotech.com", "Trisotech"), ("signavio.com", "Signavio"),
    ]
    if let engine = engines.first(where: { engine in used.contains { $0.contains(engine.0) } }) {
      return engine.1
    }
    if let exporter = exportingProduct(root) { return exporter }
    // Editors begin the name of a model's own space with their address.
    let own = root["namespace"] ?? ""
    return engines.first { own.contains($0.0) }?.1
  }
}
