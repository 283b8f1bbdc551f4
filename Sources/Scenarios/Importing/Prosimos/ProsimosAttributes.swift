internal import DocumentReading
internal import ProcessModel

/// An attribute of cases, or of all cases where it never changes.
struct ImportedAttribute {
  /// Its name in the file.
  var source: String
  /// Its name in the scenario.
  var name: String
  /// The section that it is from.
  var section: String
  var kind: Kind
  /// Whether an activity gives it its first value; until then no condition on it holds.
  var isSetLater = false
  /// Whether each case has its own, from its arrival on: what urgency may ask for.
  var isOfCases: Bool { section == "case_attributes" }
  /// The values that activities give it, by their ids.
  var updates: [(task: String, draw: Draw)] = []

  enum Kind {
    /// How it is drawn, and between which values it then lies; each update adds its own.
    case number(initial: String, values: [ImportedDraw])
    case categories([Category])

    var isNumber: Bool { if case .number = self { true } else { false } }
  }

  struct Category {
    /// In the file.
    var key: String
    /// In the scenario.
    var name: String
    /// Share of the cases that have it from the start.
    var share: Double
  }

  /// A new value.
  enum Draw {
    case number(String)
    /// Categories by their keys.
    case shares([(key: String, share: Double)])
  }

  /// The attribute that is true once a number which is set later has a value.
  var knownName: String? { isSetLater && kind.isNumber ? "\(name)_known" : nil }

  /// Index of a category of the file.
  func category(_ key: String) -> Int? {
    guard case .categories(let list) = kind else { return nil }
    return list.firstIndex { $0.key == key }
  }
}

extension ProsimosReading {
  /// A value as a section of the file describes it.
  private enum Described {
    case number(ImportedDraw)
    case shares([(key: String, share: Double)])

    /// Whether it always is the same.
    var isFixed: Bool {
      switch self {
      case .number(let draw): draw.constant != nil
      case .shares(let shares): shares.count { $0.share > 0 } == 1
      }
    }
  }

  /// Attributes of cases, of all cases, and those that activities set.
  ///
  /// What no rule asks for and cannot be said is left out with a note.
  mutating func readAttributes(_ document: DataNode) -> [ImportedAttribute] {
    let used = attributesOfRules(document)
    var found: [ImportedAttribute] = []
    var taken: Set<String> = []
    let ofCases = declared(document, "case_attributes")
    let ofAll = declared(document, "global_attributes")
    let setLater = updates(document)
    for (name, node) in ofAll + ofCases {
      if found.contains(where: { $0.source == name }) { continue }
      let errorsBefore = errors.count
      let isShared = ofAll.contains { $0.name == name }
      if let update = setLater.first(where: { $0.name == name }) {
        fail(
          update.node,
          isShared
            ? "changes '\(shown(name))' for all cases at once, which no attribute of a scenario does"
            : "changes the case attribute '\(shown(name))', which Prosimos refuses")
      }
      // A case attribute of the same name draws the shared value anew with each case.
      let source = ofCases.first { $0.name == name }?.node ?? node
      let described = describe(source)
      if isShared, let described, !described.isFixed {
        fail(
          node,
          "is drawn once and shared by all cases, which no attribute of a scenario is; give it one "
            + "value, or make it a case attribute")
      }
      if errors.count > errorsBefore {
        if !used.contains(name) {
          excuse(errorsFrom: errorsBefore, "left out, as no rule asks for it")
        }
      } else if let described {
        found.append(
          attribute(
            name, isShared ? "global_attributes" : "case_attributes", described, &taken))
      }
    }
    let declaredNames = Set((ofAll + ofCases).map(\.name))
    for name in setLater.map(\.name) where !declaredNames.contains(name) {
      guard !found.contains(where: { $0.source == name }) else { continue }
      let errorsBefore = errors.count
      let made = attributeSetLater(name, setLater.filter { $0.name == name }, &taken)
      if errors.count > errorsBefore {
        if !used.contains(name) {
          excuse(errorsFrom: errorsBefore, "left out, as no rule asks for it")
        }
      } else if let made {
        found.append(made)
      }
    }
    return found
  }

  // MARK: Declarations

  private mutating func declared(
    _ document: DataNode, _ section: String
  ) -> [(name: String, node: DataNode)] {
    var result: [(name: String, node: DataNode)] = []
    for node in optionalList(document, section) {
      guard let name = text(node, "name") else { continue }
      // As in Prosimos, the last of several counts.
      result.removeAll { $0.name == name }
      result.append((name, node))
    }
    return result
  }

  /// A list that need not be there.
  mutating func optionalList(_ document: DataNode, _ section: String) -> [DataNode] {
    guard let node = document[section], !node.isNothing else { return [] }
    return list(document, section, of: "entries")
  }

  /// What activities set, each with the activity.
  private mutating func updates(
    _ document: DataNode
  ) -> [(name: String, task: String, node: DataNode)] {
    var result: [(name: String, task: String, node: DataNode)] = []
    let batched = Set(
      (document["batch_processing"]?.array ?? []).compactMap { $0["task_id"]?.text })
    for event in optionalList(document, "event_attributes") {
      guard let task = text(event, "event_id") else { continue }
      let isActivity = process.element(task)?.isActivity == true
      guard isActivity, !batched.contains(task) else {
        note(
          event,
          isActivity
            ? "is left out: Prosimos sets no attributes where it does '\(shown(task))' in batches"
            : "is left out: the process has no task '\(shown(task))', and Prosimos sets attributes at "
              + "tasks alone")
        continue
      }
      result.removeAll { $0.task == task }
      for node in list(event, "attributes", of: "attributes") {
        guard let name = text(node, "name") else { continue }
        result.append((name, task, node))
      }
    }
    return result
  }

  /// How a value is drawn; `nil` for one that cannot be said, which is reported.
  private mutating func describe(_ node: DataNode) -> Described? {
    guard let type = text(node, "type") else { return nil }
    guard let values = node["values"] else {
      missing("values", node)
      return nil
    }
    switch type {
    case "continuous": return draw(values, of: .number).map { .number($0) }
    case "discrete":
      guard values.object == nil else {
        fail(
          values,
          "draws the next value by the one before, which a scenario cannot say; give shares that are "
            + "the same for all cases")
        return nil
      }
      return shares(node).map { .shares($0) }
    case "expression":
      if let value = values.text.flatMap({ try? parseNumber($0) }) {
        return .number(
          ImportedDraw(text: plainNumber(value), constant: value, low: value, high: value))
      }
      fail(
        values,
        "is an expression; a scenario sets attributes to values that it says or draws, so write a "
          + "number or a distribution")
      return nil
    case "dtree":
      fail(
        values,
        "is a tree of decisions; put it into a decision table (DMN) of an inventory, and name that "
          + "under 'decides' of the activity")
      return nil
    default:
      if let node = node["type"] {
        fail(node, "is '\(shown(type))'; expected discrete or continuous")
      }
      return nil
    }
  }

  private mutating func shares(_ node: DataNode) -> [(key: String, share: Double)]? {
    var result: [(key: String, share: Double)] = []
    for item in list(node, "values", of: "values with their shares") {
      guard let key = item["key"], let name = key.string, let share = number(item, "value") else {
        if item["key"]?.string == nil { fail(item, "has no 'key' that is a text") }
        return nil
      }
      guard 0...1 ~= share else {
        fail(item, "has the share \(plainNumber(share)), which is not between 0 and 1")
        return nil
      }
      if let position = result.firstIndex(where: { $0.key == name }) {
        result[position].share += share
      } else {
        result.append((name, share))
      }
    }
    let sum = result.reduce(0) { $0 + $1.share }
    guard abs(sum - 1) <= 1e-6 else {
      fail(node, "has shares that sum to \(plainNumber(sum)); expected 1")
      return nil
    }
    return result
  }

  // MARK: Attributes

  private func attribute(
    _ source: String, _ section: String, _ described: Described, _ taken: inout Set<String>
  ) -> ImportedAttribute {
    let name = conditionName(source, &taken)
    switch described {
    case .number(let draw):
      return ImportedAttribute(
        source: source, name: name, section: section,
        kind: .number(initial: draw.text, values: [draw]))
    case .shares(let shares):
      var names: Set<String> = []
      let categories = shares.map {
        ImportedAttribute.Category(
          key: $0.key, name: categoryName($0.key, &names), share: $0.share)
      }
      return ImportedAttribute(
        source: source, name: name, section: section, kind: .categories(categories))
    }
  }

  private mutating func attributeSetLater(
    _ source: String, _ updates: [(name: String, task: String, node: DataNode)],
    _ taken: inout Set<String>
  ) -> ImportedAttribute? {
    var draws: [(task: String, draw: ImportedAttribute.Draw)] = []
    var values: [ImportedDraw] = []
    var keys: [String] = []
    for update in updates {
      switch describe(update.node) {
      case .number(let draw):
        values.append(draw)
        draws.append((update.task, .number(draw.text)))
      case .shares(let shares):
        keys += shares.map(\.key).filter { !keys.contains($0) }
        draws.append((update.task, .shares(shares)))
      case nil: return nil
      }
      if !values.isEmpty, !keys.isEmpty {
        fail(
          update.node,
          "makes '\(shown(source))' a \(values.count == 1 ? "number" : "text"), another task "
            + "something else; an attribute of a scenario is either")
        return nil
      }
    }
    var name = conditionName(source, &taken)
    if !values.isEmpty {
      while taken.contains("\(name)_known") { name = conditionName(name + "_", &taken) }
      taken.insert("\(name)_known")
      return ImportedAttribute(
        source: source, name: name, section: "event_attributes",
        kind: .number(initial: "0", values: values), isSetLater: true, updates: draws)
    }
    var names: Set<String> = []
    var unset = "unset"
    while keys.contains(unset) { unset += "_" }
    let categories =
      [ImportedAttribute.Category(key: "", name: categoryName(unset, &names), share: 1)]
      + keys.map {
        ImportedAttribute.Category(key: $0, name: categoryName($0, &names), share: 0)
      }
    return ImportedAttribute(
      source: source, name: name, section: "event_attributes", kind: .categories(categories),
      isSetLater: true, updates: draws)
  }

  /// A name that conditions can speak of, near the one in the file.
  func conditionName(_ source: String, _ taken: inout Set<String>) -> String {
    var name = String(
      source.map { $0.isLetter || $0.isNumber || "_.-".contains($0) ? $0 : "_" })
    if !isConditionName(name) || isProvenance(name) { name = "a_" + name }
    while !taken.insert(name).inserted { name += "_" }
    return name
  }

  /// A category's name, as which the language takes no word of its own.
  private func categoryName(_ source: String, _ taken: inout Set<String>) -> String {
    var name = String(source.map { $0 == "'" || $0.isNewline ? "_" : $0 })
    if name.isEmpty || isProvenance(name) || name == "given" { name += "_" }
    while !taken.insert(name).inserted { name += "_" }
    return name
  }
}
