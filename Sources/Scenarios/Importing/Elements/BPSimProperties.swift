internal import DocumentReading
internal import Facts
internal import ProcessModel

extension ElementReading {
  /// Properties that conditions ask for, as attributes of cases.
  ///
  /// Their first values stand at the process, a start event or the scenario. What no condition asks for is left
  /// out with a note.
  mutating func readProperties(_ bpsim: inout BPSimReading) {
    let parameters = bpsim.parameters
    var asked: Set<String> = []
    for element in parameters.elements.values.joined() {
      guard let control = element.first("ControlParameters"),
        let condition = control.first("Condition"),
        let value = BPSimParameters.values(of: condition).first, let text = value["value"]
      else { continue }
      asked.formUnion(propertyNames(in: text))
    }
    var given: [(property: XMLElement, activity: String?)] = []
    for scenario in parameters.scenarios {
      guard let block = scenario.first("ScenarioParameters"),
        let properties = block.first("PropertyParameters")
      else { continue }
      given += properties.all("Property").map { ($0, nil) }
    }
    for id in parameters.order {
      for element in parameters.elements[id] ?? [] {
        var activity: String?
        if let known = process.element(id), known.isActivity { activity = id }
        guard let properties = element.first("PropertyParameters") else { continue }
        given += properties.all("Property").map { ($0, activity) }
      }
    }
    var unused: [String] = []
    // First values before later ones, wherever they stand in the file.
    let inOrder = given.filter { $0.activity == nil } + given.filter { $0.activity != nil }
    for (property, activity) in inOrder {
      guard let name = property["name"], let value = BPSimParameters.values(of: property).last
      else {
        continue
      }
      guard asked.contains(name) else {
        if !unused.contains(name) {
          unused.append(name)
          note(property, "is left out: no condition asks for it")
        }
        continue
      }
      readProperty(property, name: name, value: value, activity: activity, &bpsim)
    }
  }

  private mutating func readProperty(
    _ property: XMLElement, name: String, value: XMLElement, activity: String?,
    _ bpsim: inout BPSimReading
  ) {
    let section = "PropertyParameters of \(name)"
    let own = attributeName(name)
    if let activity {
      guard let index = attributes.firstIndex(where: { $0.source == name }) else {
        fail(property, "gets its first value at '\(activity)'; give it one where cases start")
        return
      }
      guard let (shape, low, high) = self.shape(value, unit: 1),
        let draw = self.draw(shape, at: value, minimum: low, maximum: high, of: .number)
      else { return }
      attributes[index].updates.append((activity, .number(draw.text)))
      return
    }
    guard attributes.allSatisfy({ $0.source != name }) else {
      fail(property, "has a first value twice; expected one")
      return
    }
    let kind: ImportedAttribute.Kind
    if let categories = categories(value) {
      kind = .categories(categories)
    } else {
      guard let (shape, low, high) = self.shape(value, unit: 1),
        let draw = self.draw(shape, at: value, minimum: low, maximum: high, of: .number)
      else { return }
      kind = .number(initial: draw.text, values: [draw])
    }
    attributes.append(
      ImportedAttribute(source: name, name: own, section: section, kind: kind))
    bpsim.properties[name] = own
  }

  /// Texts and truth values as categories; `nil` for numbers.
  private func categories(_ value: XMLElement) -> [ImportedAttribute.Category]? {
    func category(_ text: String, _ share: Double) -> ImportedAttribute.Category {
      ImportedAttribute.Category(key: text, name: attributeName(text), share: share)
    }
    switch value.name {
    case "StringParameter", "BooleanParameter": return [category(value["value"] ?? "", 1)]
    case "UserDistribution":
      let points = value.all("UserDistributionDataPoint")
      let texts = points.compactMap { point -> ImportedAttribute.Category? in
        guard let inner = point.children.first,
          ["StringParameter", "BooleanParameter"].contains(inner.name),
          let share = Double(point["probability"] ?? "")
        else { return nil }
        return category(inner["value"] ?? "", share)
      }
      return texts.count == points.count && !texts.isEmpty ? texts : nil
    default: return nil
    }
  }

  /// A name as the scenario language takes it.
  private func attributeName(_ name: String) -> String {
    var result = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    if result.first?.isLetter != true { result = "p_" + result }
    if isProvenance(result) || result == "true" || result == "false" { result += "_" }
    return result
  }

  private func propertyNames(in text: String) -> [String] {
    var names: [String] = []
    var rest = text.split(separator: "(", omittingEmptySubsequences: false)[...]
    while let part = rest.popFirst() {
      guard part.hasSuffix("getProperty"), let next = rest.first else { continue }
      names.append(next.prefix { $0 != ")" }.filter { !"'\"".contains($0) }.trimmed)
    }
    return names
  }
}
