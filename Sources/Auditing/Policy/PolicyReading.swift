import DocumentReading
import Facts

/// Reads values of the policy file and collects everything that is wrong with them.
struct PolicyReading {
  private(set) var problems: [DocumentError] = []

  /// Notes a problem at a node.
  mutating func refuse(_ node: DataNode, _ message: String) {
    refuse(at: node.location, message)
  }

  /// Notes a problem at a place.
  mutating func refuse(at location: SourceLocation, _ message: String) {
    problems.append(DocumentError(.malformed, message, at: location))
  }

  /// Members of a group of known keys; unknown keys are refused with the nearest known one.
  mutating func group(_ node: DataNode, keys: [String]) -> [String: DataNode] {
    var found: [String: DataNode] = [:]
    for member in members(node) {
      if keys.contains(member.key) {
        found[member.key] = member.value
      } else {
        let nearest =
          closestName(to: member.key, among: keys).map { "; did you mean '\($0)'?" } ?? ""
        refuse(
          at: member.keyLocation,
          "'\(member.key)' is not a key here; there are \(keys.joined(separator: ", "))\(nearest)")
      }
    }
    return found
  }

  /// Members of a group whose keys are names of the reader's own, in file order.
  mutating func members(_ node: DataNode) -> [DataMember] {
    if let members = node.object { return members }
    if !node.isNull { refuse(node, "this is \(kind(node)) where a group of keys was expected") }
    return []
  }

  /// Items of a list; a single value counts as a list of one.
  mutating func items(_ node: DataNode) -> [DataNode] {
    if node.isNull { return [] }
    if node.object != nil {
      refuse(node, "this is a group of keys where a list was expected; begin each item with '- '")
      return []
    }
    return node.array ?? [node]
  }

  /// Texts of a list, empty ones refused.
  mutating func texts(_ node: DataNode) -> [String] {
    var texts: [String] = []
    for item in items(node) { if let text = text(item) { texts.append(text) } }
    return texts
  }

  /// A text that is not empty.
  mutating func text(_ node: DataNode) -> String? {
    guard let text = node.text, !text.allSatisfy(\.isWhitespace) else {
      refuse(node, "this is \(kind(node)) where a text was expected")
      return nil
    }
    return text
  }

  /// A truth value.
  mutating func truth(_ node: DataNode) -> Bool? {
    if let truth = node.bool { return truth }
    refuse(node, "this is \(kind(node)) where true or false was expected")
    return nil
  }

  /// A number within bounds.
  mutating func number(_ node: DataNode, in range: ClosedRange<Double>) -> Double? {
    guard let number = node.double, range.contains(number) else {
      let upper =
        range.upperBound < .greatestFiniteMagnitude ? " to \(plain(range.upperBound))" : " or more"
      refuse(
        node,
        "this is \(kind(node)) where a number of \(plain(range.lowerBound))\(upper) was expected")
      return nil
    }
    return number
  }

  /// A whole number of at least a bound.
  mutating func count(_ node: DataNode, atLeast least: Int = 0) -> Int? {
    guard let count = node.int, count >= least else {
      refuse(node, "this is \(kind(node)) where a whole number of \(least) or more was expected")
      return nil
    }
    return count
  }

  /// A day as `2026-11-21`.
  mutating func day(_ node: DataNode) -> CalendarDay? {
    if let day = node.text.flatMap(CalendarDay.init) { return day }
    refuse(node, "this is \(kind(node)) where a day was expected, such as 2026-11-21")
    return nil
  }

  /// An amount of money as `45 EUR`.
  mutating func money(_ node: DataNode) -> Money? {
    let parts = (node.text ?? "").split(separator: " ")
    if parts.count == 2, let amount = Double(parts[0]), amount.isFinite, amount >= 0,
      parts[1].count == 3, parts[1].utf8.allSatisfy({ (0x41...0x5A).contains($0) })
    {
      return Money(amount, String(parts[1]))
    }
    refuse(
      node, "this is \(kind(node)) where an amount and a currency were expected, such as 45 EUR")
    return nil
  }

  /// One of several words.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: DataNode, _: Choice.Type = Choice.self
  ) -> Choice? where Choice.RawValue == String {
    if let choice = node.text.flatMap(Choice.init) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    let nearest = closestName(to: node.text ?? "", among: words).map { "; did you mean '\($0)'?" }
    refuse(
      node,
      "this is \(kind(node)) where one of \(words.joined(separator: ", ")) was expected\(nearest ?? "")"
    )
    return nil
  }

  private func plain(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }

  private func kind(_ node: DataNode) -> String {
    switch node.value {
    case .null: "nothing"
    case .bool(let truth): "\(truth)"
    case .number: node.text ?? "a number"
    case .string(let text): "'\(text.prefix(40))'"
    case .array: "a list"
    case .object: "a group of keys"
    }
  }
}
