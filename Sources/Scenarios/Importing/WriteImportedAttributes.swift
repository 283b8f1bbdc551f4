extension ImportedModel {
  /// Attributes, and the rules of urgency that read them.
  func writeAttributes(_ text: inout ScenarioText, source: (String) -> String) {
    if !attributes.isEmpty { text.line(0, "attributes") }
    for attribute in attributes {
      let comment =
        attribute.source == attribute.name || attribute.source.isEmpty ? nil : attribute.source
      text.line(1, attribute.name, comment: comment)
      text.line(2, "imported", source(attribute.section))
      switch attribute.kind {
      case .number(let initial, _): text.line(2, "number", initial)
      case .categories(let categories):
        text.line(2, "categories")
        for (category, share) in zip(categories, sharesOfWhole(categories.map(\.share))) {
          text.line(3, category.name, share)
        }
      }
      if let known = attribute.knownName {
        text.line(1, known, comment: "whether it has a value yet")
        text.line(2, "imported", source(attribute.section))
        text.line(2, "share_true", "0 %")
      }
    }
    if !attributes.isEmpty { text.blank() }
    guard !priorities.isEmpty else { return }
    text.line(0, "priorities")
    for rule in priorities {
      if let condition = rule.condition {
        text.item(1, "when", ScenarioText.value(condition))
        text.line(2, "class", "\(rule.level)")
      } else {
        text.item(1, "class", "\(rule.level)")
      }
      text.line(2, "imported", source(sections.priorities))
    }
    text.blank()
  }

  /// What a task sets when it is done.
  func writeUpdates(_ text: inout ScenarioText, of task: String, source: String) {
    let updates = attributes.flatMap { attribute in
      attribute.updates.filter { $0.task == task }.map { (attribute, $0.draw) }
    }
    guard !updates.isEmpty else { return }
    text.line(2, "sets")
    text.line(3, "imported", source)
    for (attribute, draw) in updates {
      switch draw {
      case .number(let written): text.line(3, attribute.name, written)
      case .shares(let shares):
        let names = shares.map { share in
          if case .categories(let list) = attribute.kind,
            let index = attribute.category(share.key)
          {
            list[index].name
          } else {
            share.key
          }
        }
        if shares.count == 1 {
          text.line(3, attribute.name, ScenarioText.name(names[0]))
        } else {
          text.line(3, attribute.name)
          for (name, share) in zip(names, sharesOfWhole(shares.map(\.share))) {
            text.line(4, name, share)
          }
        }
      }
      if let known = attribute.knownName { text.line(3, known, "true") }
    }
  }
}
