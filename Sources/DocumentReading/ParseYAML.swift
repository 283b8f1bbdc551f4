import Facts
import Yams

/// Parses a YAML file of one document from an untrusted source.
///
/// Plain scalars are resolved by the core schema of YAML 1.2 (sec. 10.3.2), so that only `true` and
/// `false` are truth values and `on`, `off`, `yes`, `no` stay strings. Merge keys (`<<`) of YAML 1.1
/// are applied, since hand-written files use them. An empty file is `null`.
///
/// - Parameters:
///   - bytes: The file.
///   - path: Path shown in errors and locations.
///   - limits: Bytes, depth and nodes allowed, aliases expanded.
///   - acceptsReserved: Whether plain scalars may begin with `@` or `` ` ``, which YAML reserves but
///     some products write (Copilot Studio does). Columns after such a scalar are then off by two.
/// - Throws: `malformed` (also for a key twice in one mapping and for more than one document),
///   `tooLarge` (also where aliases expand beyond the limit), `tooDeep`, `hostile`, `wrongEncoding`.
public func parseYAML(
  _ bytes: [UInt8], path: String, limits: DocumentLimits = .standard, acceptsReserved: Bool = false
) throws(DocumentError) -> DataNode {
  let documents = try parseYAMLDocuments(
    bytes, path: path, limits: limits, acceptsReserved: acceptsReserved)
  if documents.count > 1 {
    throw DocumentError(
      .malformed, "the file has \(documents.count) YAML documents where one was expected; split it",
      at: documents[1].location)
  }
  return documents.first
    ?? DataNode(.null, line: 1, column: 1, place: .root(path: path))
}

/// Parses a YAML file of any number of documents; see `parseYAML`.
public func parseYAMLDocuments(
  _ bytes: [UInt8], path: String, limits: DocumentLimits = .standard, acceptsReserved: Bool = false
) throws(DocumentError) -> [DataNode] {
  try limits.checkSize(bytes.count, path: path)
  var text = try decodeText(bytes, path: path)
  try refuseAliasedKeys(in: text, path: path, limits: limits)
  var attempts = acceptsReserved ? 500 : 0
  while true {
    do {
      return try composeDocuments(text, path: path, limits: limits)
    } catch let error as DocumentError {
      throw error
    } catch YamlError.scanner(_, let problem, let mark, _)
      where attempts > 0 && problem.contains("cannot start any token")
    {
      guard let quoted = quotingReserved(text, at: mark) else {
        throw documentError(YamlError.scanner(context: nil, problem: problem, mark, yaml: ""), path)
      }
      text = quoted
      attempts -= 1
    } catch {
      throw documentError(error, path)
    }
  }
}

private func composeDocuments(
  _ text: String, path: String, limits: DocumentLimits
) throws -> [DataNode] {
  var nodes = 0
  var documents: [DataNode] = []
  // Without aliases a document has fewer nodes than bytes; what has many more expands like a bomb.
  var limits = limits
  limits.nodes = min(limits.nodes, max(200_000, 10 * text.utf8.count))
  let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
  while let root = try parser.nextRoot() {
    var reader = YAMLReader(path: path, limits: limits, nodes: nodes)
    documents.append(try reader.convert(root, at: .root(path: path), depth: 1))
    nodes = reader.nodes
  }
  return documents
}

/// The text with the scalar at a place put in quotes; `nil` where it does not begin with a reserved
/// character.
private func quotingReserved(_ text: String, at mark: Mark) -> String? {
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  guard lines.indices.contains(mark.line - 1) else { return nil }
  let line = Array(lines[mark.line - 1].unicodeScalars)
  let start = mark.column - 1
  guard line.indices.contains(start), line[start] == "@" || line[start] == "`" else { return nil }
  var end = start
  while end < line.count, line[end] != "\r" {
    let isLast = end + 1 == line.count || line[end + 1] == " " || line[end + 1] == "\r"
    if line[end] == ":", isLast { break }
    if line[end] == " ", end + 1 < line.count, line[end + 1] == "#" { break }
    end += 1
  }
  while line[end - 1] == " " { end -= 1 }
  func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }
  let content = string(line[start..<end]).replacing("'", with: "''")
  lines[mark.line - 1] = string(line[..<start]) + "'\(content)'" + string(line[end...])
  return lines.joined(separator: "\n")
}

/// Converts Yams nodes to ours; aliases were already put in place, so it counts what they expand to.
private struct YAMLReader {
  let path: String
  let limits: DocumentLimits
  var nodes: Int

  mutating func convert(
    _ node: Node, at place: DataPlace, depth: Int
  ) throws(DocumentError) -> DataNode {
    let (line, column) = (node.mark?.line ?? 0, node.mark?.column ?? 0)
    nodes += 1
    if nodes > limits.nodes {
      throw limits.tooManyNodes(at: place.location(line: Int32(clamping: line), column: 0))
    }
    if depth > limits.depth {
      throw limits.tooDeep(at: SourceLocation(path: path, line: line, column: column))
    }
    switch node {
    case .scalar(let scalar):
      let tag = scalar.tag.rawValue
      let isPlain = scalar.style == .plain && tag.isEmpty
      let value =
        isPlain || coreTags.contains(tag) ? coreSchemaValue(scalar.string) : .string(scalar.string)
      let written: String? =
        switch value {
        case .bool, .number: scalar.string
        default: nil
        }
      return DataNode(
        value, tag: localTag(tag), written: written, line: line, column: column, place: place)
    case .sequence(let sequence):
      let container = place.opened()
      var items: [DataNode] = []
      for (index, item) in sequence.enumerated() {
        items.append(
          try convert(
            item, at: DataPlace(container: container, step: .index(index)), depth: depth + 1))
      }
      return DataNode(
        .array(items), tag: localTag(sequence.tag.rawValue), line: line, column: column,
        place: place)
    case .mapping(let mapping):
      let members = try convert(mapping, at: place, depth: depth)
      return DataNode(
        .object(members), tag: localTag(mapping.tag.rawValue), line: line, column: column,
        place: place)
    case .alias:
      throw DocumentError(
        .malformed, "an alias has no anchor; define it before it is used",
        at: SourceLocation(path: path, line: line, column: column))
    }
  }

  private mutating func convert(
    _ mapping: Node.Mapping, at place: DataPlace, depth: Int
  ) throws(DocumentError) -> [DataMember] {
    let container = place.opened()
    var members: [DataMember] = []
    var merged: [DataMember] = []
    for (keyNode, valueNode) in mapping {
      let (line, column) = (keyNode.mark?.line ?? 0, keyNode.mark?.column ?? 0)
      guard let key = keyNode.scalar else {
        throw DocumentError(
          .malformed, "a key is itself a list or mapping; use a plain key",
          at: SourceLocation(path: path, line: line, column: column))
      }
      let value = try convert(
        valueNode, at: DataPlace(container: container, step: .key(key.string)), depth: depth + 1)
      if key.string == "<<", key.style == .plain {
        merged += value.object ?? (value.array ?? []).flatMap { $0.object ?? [] }
      } else {
        members.append(DataMember(key: key.string, line: line, column: column, value: value))
      }
    }
    guard !merged.isEmpty else { return members }
    var known = Set(members.map(\.key))
    for member in merged where known.insert(member.key).inserted { members.append(member) }
    return members
  }

  private func localTag(_ tag: String) -> String? {
    tag.isEmpty || tag.hasPrefix("tag:yaml.org,2002:") ? nil : tag
  }
}

private let coreTags: Set<String> = [
  "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool",
  "tag:yaml.org,2002:null",
]

/// The value of a plain scalar by the core schema of YAML 1.2.2, section 10.3.2.
func coreSchemaValue(_ text: String) -> DataNode.Value {
  switch text {
  case "", "~", "null", "Null", "NULL": return .null
  case "true", "True", "TRUE": return .bool(true)
  case "false", "False", "FALSE": return .bool(false)
  default: break
  }
  guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else {
    return .string(text)
  }
  if text.hasPrefix("0x"), let number = UInt64(text.dropFirst(2), radix: 16) {
    return .number(Double(number))
  }
  if text.hasPrefix("0o"), let number = UInt64(text.dropFirst(2), radix: 8) {
    return .number(Double(number))
  }
  // Double accepts more than the schema does: infinity, hexadecimal floats.
  guard text.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }),
    let number = Double(text.hasPrefix("+") ? String(text.dropFirst()) : text), number.isFinite
  else { return .string(text) }
  return .number(number)
}

/// Refuses documents whose keys could expand exponentially while Yams compares them.
///
/// Aliases among values are counted when they are converted, but keys are hashed by Yams before. The
/// product of the alias counts bounds every expansion, so ordinary documents pass at once.
private func refuseAliasedKeys(
  in text: String, path: String, limits: DocumentLimits
) throws(DocumentError) {
  let bytes = Array(text.utf8)
  guard bytes.contains(UInt8(ascii: "*")), bytes.contains(UInt8(ascii: "&")) else { return }
  let anchors = tokens(UInt8(ascii: "&"), in: bytes)
  let aliases = tokens(UInt8(ascii: "*"), in: bytes).filter { anchors[$0.key] != nil }
  var expansion = Double(bytes.count)
  for name in aliases.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
    for _ in anchors[name] ?? [] { expansion *= Double(1 + (aliases[name] ?? []).count) }
  }
  guard expansion > 1e9 else { return }
  var suspicious: Int?
  for end in aliases.values.joined() {
    var next = end
    while next < bytes.count, bytes[next] == 0x20 { next += 1 }
    if next < bytes.count, bytes[next] == UInt8(ascii: ":") { suspicious = end }
  }
  // An explicit key, or a flow collection used as a key.
  for index in bytes.indices.dropLast() {
    let (a, b) = (bytes[index], bytes[index + 1])
    let isExplicit = a == UInt8(ascii: "?") && [0x20, 0x09, 0x0A, 0x0D].contains(b)
    let isCollection =
      [UInt8(ascii: "]"), UInt8(ascii: "}")].contains(a)
      && [UInt8(ascii: ":"), 0x20, 0x09].contains(b)
      && bytes[(index + 1)...].first { ![0x20, 0x09].contains($0) } == UInt8(ascii: ":")
    if isExplicit || isCollection { suspicious = index }
  }
  if let suspicious {
    throw DocumentError(
      .hostile,
      "keys are built from aliases that could expand without bound; write the keys out",
      at: SourceLocation(
        path: path, line: 1 + bytes[..<suspicious].count { $0 == UInt8(ascii: "\n") }))
  }
}

/// Offsets after each `&name` or `*name`, by name.
private func tokens(_ sign: UInt8, in bytes: [UInt8]) -> [ArraySlice<UInt8>: [Int]] {
  var found: [ArraySlice<UInt8>: [Int]] = [:]
  var index = 0
  while index < bytes.count {
    guard bytes[index] == sign else {
      index += 1
      continue
    }
    var end = index + 1
    while end < bytes.count, isAnchorCharacter(bytes[end]) { end += 1 }
    if end > index + 1 { found[bytes[(index + 1)..<end], default: []].append(end) }
    index = end
  }
  return found
}

private func isAnchorCharacter(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
    true
  default: false
  }
}

/// An error of Yams in our words; its own text quotes the document.
private func documentError(_ error: any Error, _ path: String) -> DocumentError {
  func malformed(_ reason: String, _ mark: Mark?) -> DocumentError {
    DocumentError(
      .malformed, "this is not well-formed YAML (\(reason)); correct it or export it again",
      at: SourceLocation(path: path, line: mark?.line, column: mark?.column))
  }
  switch error as? YamlError {
  case .scanner(let context, let problem, let mark, _),
    .parser(let context, let problem, let mark, _),
    .composer(let context, let problem, let mark, _):
    if problem.contains("exceeded max") || problem.contains("nesting") {
      return DocumentError(
        .tooDeep, "the document is nested too deeply (\(problem)); no product does that",
        at: SourceLocation(path: path, line: mark.line, column: mark.column))
    }
    return malformed([context?.text, problem].compactMap(\.self).joined(separator: ", "), mark)
  case .reader(let problem, _, _, _): return malformed(problem, nil)
  case .duplicatedKeysInMapping(let keys, let context):
    let named = keys.map { "'\($0)'" }.joined(separator: ", ")
    return DocumentError(
      .malformed, "the key \(named) stands here and again in the same mapping; keep one of them",
      at: SourceLocation(path: path, line: context.mark.line, column: context.mark.column))
  default: return malformed("no reason given", nil)
  }
}
