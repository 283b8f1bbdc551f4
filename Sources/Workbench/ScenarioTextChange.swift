import DocumentReading
import Facts

/// The text of a scenario with one value changed; comments and everything else stay as they are.
///
/// A value that is not there yet is written as the first key of the group that it belongs to.
/// - Parameters:
///   - text: The scenario in YAML.
///   - path: Dotted path of the key, such as `teams.aml.people`.
///   - value: The value as it would be written.
///   - file: The file that messages name.
/// - Throws: `WorkbenchError.badInput` where the text is no YAML, or the value does not stand on one
///   line of its own, so that it is to be changed in the text.
public func scenarioText(
  _ text: String, setting path: String, to value: String, file: String
) throws(WorkbenchError) -> String {
  do {
    let document = try parsed(text, file)
    let keys = keys(ofPath: path, in: document)
    guard !keys.isEmpty, keys.allSatisfy({ !$0.isEmpty }) else {
      throw WorkbenchError.badInput(["'\(path)' is no key; write it as teams.aml.people"])
    }
    let wanted = value.trimmed
    guard !wanted.isEmpty, !wanted.contains(where: \.isNewline) else {
      throw WorkbenchError.badInput(["\(path): the value is empty or has several lines"])
    }
    for written in [wanted, yamlQuoted(wanted)] {
      for candidate in texts(text, document, keys, written) {
        guard let changed = try? parsed(candidate, file),
          scenarioLeaves(changed) == leaves(document, with: wanted, at: keys)
        else { continue }
        return candidate
      }
    }
    throw WorkbenchError.badInput([
      "\(file): '\(path)' cannot be changed in a form, since it is not one value on a line; change it in "
        + "the text"
    ])
  } catch {
    throw WorkbenchError(error)
  }
}

private func parsed(_ text: String, _ file: String) throws(DocumentError) -> DataNode {
  try parseYAML(Array(text.utf8), path: file)
}

/// Keys of a dotted path; a name that is there may hold dots itself.
private func keys(ofPath path: String, in document: DataNode) -> [String] {
  var keys: [String] = []
  var rest = Substring(path)
  var node: DataNode? = document
  while !rest.isEmpty {
    let known = (node?.object ?? []).map(\.key).sorted { $0.count > $1.count }
    let named = known.first { rest == $0 || rest.hasPrefix("\($0).") }
    let key = named ?? String(rest.prefix { $0 != "." })
    keys.append(key)
    rest = rest.dropFirst(key.count + 1)
    node = node?[key]
  }
  return keys
}

/// Texts that may have the value at the keys; the caller checks which of them has.
private func texts(
  _ text: String, _ document: DataNode, _ keys: [String], _ written: String
) -> [String] {
  var node = document
  for (depth, key) in keys.enumerated() {
    guard let next = node[key] else {
      return inserted(text, into: node, Array(keys[depth...]), written)
    }
    node = next
  }
  // A value with its evidence is a group of its own: { value: 20 %, assumed: … }.
  if node.object != nil, let value = node["value"] { node = value }
  guard let old = node.text else { return [] }
  return replaced(text, at: node.location, old: old, with: written)
}

/// Texts in which a scalar at a place is replaced.
private func replaced(
  _ text: String, at place: SourceLocation, old: String, with written: String
) -> [String] {
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  guard let line = place.line, let column = place.column, lines.indices.contains(line - 1) else {
    return []
  }
  let scalars = Array(lines[line - 1].unicodeScalars)
  guard column >= 1, column <= scalars.count else { return [] }
  let rest = scalars[(column - 1)...]
  var ends: [Int] = []
  if let mark = rest.first, mark == "\"" || mark == "'" {
    // The end is the next quotation mark that leaves the document otherwise as it was.
    ends = rest.indices.dropFirst().filter { rest[$0] == mark }.map { $0 + 1 }
  } else {
    ends = [rest.startIndex + old.unicodeScalars.count]
  }
  return ends.filter { $0 <= scalars.count }.map { end in
    var changed = String.UnicodeScalarView()
    changed.append(contentsOf: scalars[..<(column - 1)])
    changed.append(contentsOf: written.unicodeScalars)
    changed.append(contentsOf: scalars[end...])
    lines[line - 1] = String(changed)
    return lines.joined(separator: "\n")
  }
}

/// Texts in which keys that are not there yet stand before the first key of a group.
private func inserted(
  _ text: String, into group: DataNode, _ keys: [String], _ written: String
) -> [String] {
  guard let first = group.object?.first?.keyLocation, let line = first.line,
    let column = first.column, let last = keys.last
  else { return [] }
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  guard lines.indices.contains(line - 1) else { return [] }
  var entry = "\(last): \(written)"
  for key in keys.dropLast().reversed() { entry = "\(key): { \(entry) }" }
  let head = String(lines[line - 1].unicodeScalars.prefix(column - 1))
  let tail = String(lines[line - 1].unicodeScalars.dropFirst(column - 1))
  var inFlow = lines
  inFlow[line - 1] = "\(head)\(entry), \(tail)"
  if head.allSatisfy({ $0 == " " }) {
    lines.insert("\(head)\(entry)", at: line - 1)
    return [lines.joined(separator: "\n"), inFlow.joined(separator: "\n")]
  }
  return [inFlow.joined(separator: "\n")]
}

/// Every value of a document by its path, whose keys are parted by a null character.
func scenarioLeaves(_ document: DataNode) -> [String: String] {
  var found: [String: String] = [:]
  collect(document, [], &found)
  return found
}

/// What the leaves of a document would be with one value changed.
private func leaves(
  _ document: DataNode, with value: String, at keys: [String]
) -> [String: String] {
  var found = scenarioLeaves(document)
  let path = keys.joined(separator: "\u{0}")
  let own = "\(path)\u{0}value"
  found[found[own] == nil ? path : own] = value
  return found
}

private func collect(_ node: DataNode, _ keys: [String], _ found: inout [String: String]) {
  if let members = node.object {
    if members.isEmpty { found[keys.joined(separator: "\u{0}")] = "{}" }
    for member in members { collect(member.value, keys + [member.key], &found) }
  } else if let items = node.array {
    if items.isEmpty { found[keys.joined(separator: "\u{0}")] = "[]" }
    for (index, item) in items.enumerated() { collect(item, keys + ["[\(index)]"], &found) }
  } else {
    found[keys.joined(separator: "\u{0}")] = node.text ?? "null"
  }
}
