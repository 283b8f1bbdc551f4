internal import Facts

extension ScenarioReading {
  /// Reports every key of the file that stands nowhere in the table.
  func checkKeys(of root: ScenarioNode) { checkKeys(of: root, in: .all, pattern: []) }

  private func checkKeys(of node: ScenarioNode, in tree: KeyTree, pattern: [String]) {
    switch node.content {
    case .empty, .text: return
    case .list(let items):
      for item in items { checkKeys(of: item, in: tree, pattern: pattern) }
    case .map(let members):
      for member in members {
        if let below = tree.child(member.key) {
          checkKeys(of: member.node, in: below, pattern: pattern + [member.key])
        } else if tree.children.isEmpty, let key = tree.key {
          report(
            key: node.path,
            "'\(node.path)' is a group of keys; expected \(key.expectation)\(example(of: key))",
            at: node.location)
          return
        } else {
          reportUnknown(member, in: tree, isVariant: pattern.first == "variants")
        }
      }
    }
  }

  private func reportUnknown(_ member: ScenarioNode.Member, in tree: KeyTree, isVariant: Bool) {
    let known = tree.children.keys.filter { $0 != "*" }.sorted()
    let path = member.node.path
    var message = "the key '\(path)' is not known"
    if isVariant,
      ["demand", "attributes", "clock", "calendars", "exhaustion", "experiment"]
        .contains(member.key)
    {
      message =
        "'\(path)' cannot differ between variants; set '\(member.key)' once, for all of them"
    } else if let hint = nearestName(to: member.key, among: known) {
      message += "; did you mean '\(hint)'?"
    } else if provenanceKeys[member.key] != nil || member.key == "sample" {
      message =
        "'\(path)' says where a value comes from and takes a text; write it beside the value"
    } else {
      message += "; known here are \(known.joined(separator: ", "))"
    }
    report(key: path, message, at: member.keyLocation)
  }
}
