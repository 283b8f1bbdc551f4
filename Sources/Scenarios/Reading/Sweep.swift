internal import Facts
internal import ProcessModel

extension ScenarioAssembly {
  /// The axes of the grid; their values are tried by `Scenario.problemsOfSweep()`.
  func readSweep() -> [SweepAxis] {
    let named = reading.named(top, "sweep")
    let axes: [SweepAxis] = named.compactMap { name, section in
      guard section.isPresent else { return nil }
      let title = reading.caption(section, "title") ?? name
      let paths = reading.names(section, "change", among: nil)
      let key = reading.key("sweep.*.to")
      guard let node = section.node?["to"], !reading.isEmpty(node) else {
        reading.reportMissing(key, section, "to")
        return nil
      }
      guard let values = reading.leaves(of: node, key)?.compactMap(\.text), let paths else {
        return nil
      }
      if values.count > 100 {
        reading.report(
          key: node.path, "'\(node.path)' has \(values.count) values; at most 100 are tried",
          at: node.location)
        return nil
      }
      for (path, location) in paths { checkSweepPath(path, at: location) }
      return SweepAxis(name: name, title: title, paths: paths.map(\.name), values: values)
    }
    if !named.isEmpty, named.count != 2, let node = root["sweep"] {
      reading.report(
        key: "sweep", "'sweep' has \(named.count) axes; expected two", at: node.location)
    }
    return axes
  }

  private func checkSweepPath(_ path: String, at location: SourceLocation) {
    if let reason = root.refusal(ofChanging: path) {
      reading.report(key: path, "a sweep cannot change '\(shown(path))': \(reason)", at: location)
    }
  }
}

extension ScenarioNode {
  /// The keys of a dotted path; names with dots in them are found where they stand in the file.
  func keys(ofPath path: String) -> [String] {
    var keys: [String] = []
    var rest = Substring(path)
    var node: ScenarioNode? = self
    while !rest.isEmpty {
      let known = (node?.members ?? []).map(\.key).sorted { $0.count > $1.count }
      let key =
        known.first { rest == $0 || rest.hasPrefix("\($0).") }
        ?? String(rest.prefix { $0 != "." })
      keys.append(key)
      rest = rest.dropFirst(key.count + 1)
      node = node?[key]
    }
    return keys
  }

  /// Why a key cannot be changed in a scenario that was read; `nil` where it can.
  func refusal(ofChanging path: String) -> String? {
    let keys = keys(ofPath: path)
    guard let first = keys.first else { return "the path is empty" }
    if [
      "rehearse", "title", "question", "inventory", "bpmn", "process", "start_event", "sweep",
      "uncertain",
    ]
    .contains(first) {
      return "'\(first)' stays as it is; name a parameter, such as teams.aml.people"
    }
    // Names that the scenario chooses must be there; keys of the table may be absent.
    var tree = KeyTree.all
    var node: ScenarioNode? = self
    var shared: ScenarioNode? = nil
    for (index, key) in keys.enumerated() {
      guard let below = tree.child(key) else {
        let known = tree.children.keys.filter { $0 != "*" }.sorted()
        let hint =
          nearestName(to: key, among: known).map { "did you mean '\($0)'?" }
          ?? "known are \(known.joined(separator: ", "))"
        return known.isEmpty
          ? "'\(shown(keys[..<index].joined(separator: ".")))' has no keys below it"
          : "'\(shown(key))' is no key there; \(hint)"
      }
      if tree.children[key] == nil, node?[key] == nil, shared?[key] == nil {
        let known = ((node?.members ?? []) + (shared?.members ?? [])).map(\.key)
        let hint =
          nearestName(to: key, among: known).map { "did you mean '\($0)'?" }
          ?? "known are \(known.joined(separator: ", "))"
        return "the scenario has no '\(shown(key))' there; \(hint)"
      }
      // Below a variant, names are those of the scenario's own section.
      shared = index == 2 && keys[0] == "variants" ? self[key] : shared?[key]
      node = node?[key]
      tree = below
    }
    if let key = tree.key, key.kind == .group || key.kind.isNamed {
      return "it is a group of keys; name one of them"
    }
    return nil
  }
}

extension ScenarioKey.Kind {
  var isNamed: Bool {
    if case .named = self { true } else { false }
  }
}

extension Scenario {
  /// The scenario with other values at some keys.
  ///
  /// - Parameter changes: dotted paths as in the file, such as `guardrails.creditworthiness.fires` or
  ///   `variants.agents.teams.aml.people`, and values as they would be written there.
  /// - Throws: `ScenarioErrors` where a path leads nowhere or the changed scenario is wrong.
  public func changing(
    _ changes: [(path: String, value: String)]
  ) throws(ScenarioErrors) -> Scenario {
    var root = source.root
    for change in changes {
      let place = SourceLocation(path: source.path)
      if let reason = root.refusal(ofChanging: change.path) {
        throw ScenarioErrors([
          ScenarioProblem(
            key: change.path, "'\(shown(change.path))' cannot be changed: \(reason)", at: place)
        ])
      }
      let keys = root.keys(ofPath: change.path)
      var node = ScenarioNode(content: .text(change.value), location: place, path: change.path)
      node.claim.note = "changed for this run"
      root = root.replacing(keys[...], with: node)
      // As in a variant, a number of people stands for whoever was named one by one.
      if keys.count > 2, keys[keys.count - 3] == "teams", keys.last == "people" {
        root = root.removing(keys.dropLast() + ["members"])
      }
    }
    let reading = ScenarioReading()
    var assembly = source.assembly(of: root.without(["sweep", "uncertain"]), reading: reading)
    guard var scenario = assembly.assemble(), !reading.hasErrors else {
      throw ScenarioErrors(reading.errors)
    }
    scenario.sweep = sweep
    scenario.uncertain = uncertain
    return scenario
  }

  /// What is wrong with the values of the sweep: each is tried alone, at its keys.
  func problemsOfSweep() -> [ScenarioProblem] {
    var problems: [ScenarioProblem] = []
    for axis in sweep {
      guard let node = source.root["sweep"]?[axis.name]?["to"] else { continue }
      let leaves: [ScenarioNode] = if case .list(let items) = node.content { items } else { [node] }
      for leaf in leaves {
        guard let value = leaf.text else { continue }
        do {
          _ = try changing(axis.paths.map { ($0, value) })
        } catch {
          let reason = error.problems.first?.message ?? ""
          problems.append(
            ScenarioProblem(
              key: leaf.path, "the value `\(shown(value))` of the sweep does not fit: \(reason)",
              at: leaf.location))
        }
      }
    }
    return problems
  }
}
