internal import DocumentReading
internal import Facts

/// A scenario file as lines and leaves, to be compared and changed without losing what a person wrote.
struct ScenarioLines {
  var lines: [String]
  /// Leaves by their paths, in file order.
  var leaves: [Leaf] = []
  /// Groups by their paths.
  var groups: [String: Place] = [:]
  /// What `init` wrote last, by path; empty where it did not write the file.
  var ledger: [String: LedgerEntry] = [:]

  /// A value, or the comment above a key.
  struct Leaf: Hashable {
    /// Path of keys, quoted where they are no plain words, so that none is ambiguous.
    var path: String
    /// Paths of the groups around it, outermost first.
    var parents: [String]
    var value: String
    /// How it is known, as written; empty where nothing is said.
    var claim: String
    var place: Place

    /// Whether it is the comment above a key.
    var isRemark: Bool { path.hasPrefix("# ") }

    /// What the ledger keeps of it.
    var kept: LedgerEntry {
      LedgerEntry(
        value: isRemark ? String(contentDigest(Array(value.utf8)).prefix(16)) : value, claim: claim)
    }
  }

  /// Where a key stands: its lines, and whether nothing else stands in them.
  struct Place: Hashable {
    var lines: Range<Int>
    var indent: Int
    var standsAlone: Bool
  }

  struct LedgerEntry: Hashable {
    var value: String
    var claim: String
  }

  init(_ bytes: [UInt8], path: String) throws(ScenarioErrors) {
    let text = String(decoding: bytes, as: UTF8.self)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    let document: DataNode
    do {
      document = try parseYAML(
        bytes, path: path, limits: DocumentLimits(bytes: 4 << 20, depth: 32, nodes: 40_000))
    } catch {
      throw ScenarioErrors([ScenarioProblem(error.message, at: error.location)])
    }
    var problems: [ScenarioProblem] = []
    let root = ScenarioNode(document, path: "", problems: &problems)
    guard problems.isEmpty else { throw ScenarioErrors(problems) }
    collect(root.members, path: "", parents: [])
    readLedger()
  }

  private mutating func collect(_ members: [ScenarioNode.Member], path: String, parents: [String]) {
    for member in members {
      let name = ScenarioText.name(member.key)
      let own = path.isEmpty ? name : "\(path).\(name)"
      let place = place(of: member)
      addRemark(above: place, path: own, parents: parents)
      if case .map(let inner) = member.node.content {
        groups[own] = place
        collect(inner, path: own, parents: parents + [own])
      } else {
        leaves.append(
          Leaf(
            path: own, parents: parents, value: Self.words(member.node),
            claim: Self.words(member.node.claim), place: place))
      }
    }
  }

  /// The lines of a key: its own, and all below that are indented more.
  private func place(of member: ScenarioNode.Member) -> Place {
    let first = max(0, (member.keyLocation.line ?? 1) - 1)
    let indent = max(0, (member.keyLocation.column ?? 1) - 1)
    guard lines.indices.contains(first) else {
      return Place(lines: 0..<0, indent: 0, standsAlone: false)
    }
    let standsAlone = lines[first].prefix { $0 == " " }.count == indent
    var end = first + 1
    var last = end
    while end < lines.count {
      let line = lines[end]
      let isBlank = line.allSatisfy(\.isWhitespace)
      let depth = line.prefix { $0 == " " }.count
      let isComment = line.dropFirst(depth).first == "#"
      if !isBlank, !isComment, depth <= indent { break }
      end += 1
      // Comments and blank lines at the end belong to what follows.
      if !isBlank, !isComment { last = end }
    }
    return Place(lines: first..<last, indent: indent, standsAlone: standsAlone)
  }

  /// The comment lines right above a key, as a leaf of their own.
  private mutating func addRemark(above place: Place, path: String, parents: [String]) {
    guard place.standsAlone else { return }
    let lead = String(repeating: " ", count: place.indent) + "#"
    var first = place.lines.lowerBound
    while first > 0, lines[first - 1].hasPrefix(lead), !lines[first - 1].hasPrefix("#:") {
      first -= 1
    }
    guard first < place.lines.lowerBound, !parents.isEmpty || place.lines.lowerBound > 0 else {
      return
    }
    // The head of the file belongs to nobody's key.
    if first == 0 { return }
    let words = lines[first..<place.lines.lowerBound].map { line in
      line.dropFirst(lead.count).trimmed
    }
    leaves.append(
      Leaf(
        path: "# \(path)", parents: parents, value: words.joined(separator: " "), claim: "",
        place: Place(
          lines: first..<place.lines.lowerBound, indent: place.indent, standsAlone: true)))
  }

  // MARK: Words

  private static func words(_ node: ScenarioNode) -> String {
    switch node.content {
    case .empty: ""
    case .text(let text): ScenarioText.onOneLine(text)
    case .list(let items): "[\(items.map(words).joined(separator: ", "))]"
    case .map(let members):
      "{\(members.map { "\($0.key): \(words($0.node))" }.joined(separator: ", "))}"
    }
  }

  private static func words(_ claim: ScenarioNode.Claim) -> String {
    guard let note = claim.note else { return "" }
    let sample = claim.sample.map { ", sample \($0)" } ?? ""
    // The ledger parts value and claim by a stroke.
    let words = ScenarioText.onOneLine(note).replacing(" |", with: " /")
    return "\(claim.provenance.rawValue): \(words)\(sample)"
  }

  // MARK: Ledger

  static let ledgerMark = "#: "
  static let ledgerHead =
    "# What `rehearse scenario init` wrote, by which it tells your changes from those of the inventory. "
    + "Leave it here."

  private mutating func readLedger() {
    for line in lines where line.hasPrefix(Self.ledgerMark) {
      let entry = line.dropFirst(Self.ledgerMark.count)
      guard let equals = entry.firstRange(of: " = ") else { continue }
      let path = String(entry[..<equals.lowerBound])
      var value = entry[equals.upperBound...]
      var claim = ""
      if let stroke = value.ranges(of: " |").last {
        claim = value[stroke.upperBound...].trimmed
        value = value[..<stroke.lowerBound]
      }
      ledger[path] = LedgerEntry(value: String(value), claim: claim)
    }
  }

  /// Lines of the ledger for what this file says.
  func ledgerLines(flow: String?) -> [String] {
    var result = [Self.ledgerHead]
    if let flow { result.append("\(Self.ledgerMark)\(Self.flowPath) = \(flow) |") }
    for leaf in leaves {
      if leaf.isRemark {
        // Comments are long and nobody reads them here: their digest tells whether they changed.
        result.append("\(Self.ledgerMark)\(leaf.path) = \(leaf.kept.value) |")
        continue
      }
      let claim = leaf.claim.isEmpty ? "" : " \(leaf.claim)"
      result.append("\(Self.ledgerMark)\(leaf.path) = \(leaf.value) |\(claim)")
    }
    return result
  }

  /// The name under which the ledger keeps the digest of a flow that was made.
  static let flowPath = "(flow)"
}
