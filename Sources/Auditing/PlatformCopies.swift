import Facts
import Inventory

/// Systems that a product or its users made of one another by a click.
///
/// Copies, versions, and the same automation in several environments: they are one thing several times,
/// not the same thing built twice.
struct PlatformCopies {
  /// How the members of a group came about.
  enum Kind: String {
    /// `Copy of X`, `X - Copy`, `X (2)`, one identifier.
    case copies
    /// `X v1`, `X v2`.
    case versions
    /// `X DEV`, `X PROD`.
    case environments
  }

  /// Systems made of one.
  struct Group {
    /// What the names have in common.
    let base: String
    let kind: Kind
    /// Positions in the estate, ascending.
    let members: [Int]
    /// The member without a mark, else in production, else the first.
    let original: Int
  }

  /// Groups of two members or more, by their first.
  let groups: [Group]

  init(_ context: AuditContext, _ likeness: Likeness) {
    let systems = context.estate.systems
    var buckets: [String: [(index: Int, name: MarkedName)]] = [:]
    for (index, system) in systems.enumerated() where system.isAlive {
      let name = MarkedName(system.name)
      let key = nameKey(name.base)
      guard key.count > 1 else { continue }
      buckets[key, default: []].append((index, name))
    }
    var found: [Group] = []
    for (_, members) in buckets.sorted(by: { $0.key < $1.key })
    where members.count > 1 && members.contains(where: { $0.name.kind != nil }) {
      // Of what is built with something else, or works on something else, it is no copy.
      var parts: [[(index: Int, name: MarkedName)]] = []
      for member in members {
        let place = parts.firstIndex { part in
          part.allSatisfy { Self.mayBeOne($0, member, systems, likeness) }
        }
        if let place { parts[place].append(member) } else { parts.append([member]) }
      }
      for part in parts where part.count > 1 && part.contains(where: { $0.name.kind != nil }) {
        let kinds = Set(part.compactMap(\.name.kind))
        let kind: Kind =
          kinds.contains(.copies) ? .copies : kinds.contains(.versions) ? .versions : .environments
        if kind == .environments, Self.areOfOneFile(part.map { systems[$0.index] }) { continue }
        let production = part.first { systems[$0.index].status.value == .production }
        let original = part.first { $0.name.kind == nil } ?? production ?? part[0]
        found.append(
          Group(
            base: original.name.base, kind: kind, members: part.map(\.index),
            original: original.index))
      }
    }
    groups = found.sorted { $0.members[0] < $1.members[0] }
  }

  /// Positions of all members but the originals.
  var surplus: Set<Int> {
    Set(groups.flatMap { group in group.members.filter { $0 != group.original } })
  }

  /// Whether one file describes them all and some are named after it: a part beside the whole, and no list of what
  /// runs where.
  private static func areOfOneFile(_ systems: [AutomationSystem]) -> Bool {
    let paths = Set(systems.flatMap { $0.sources.map(\.location.path) })
    return paths.count == 1
      && systems.contains { system in
        system.sources.contains { $0.note?.hasPrefix("named after its file") ?? false }
      }
  }

  private static func mayBeOne(
    _ a: (index: Int, name: MarkedName), _ b: (index: Int, name: MarkedName),
    _ systems: [AutomationSystem], _ likeness: Likeness
  ) -> Bool {
    let (first, second) = (systems[a.index], systems[b.index])
    if let x = first.kind.value, let y = second.kind.value, x != y { return false }
    if let x = first.technology.value, let y = second.technology.value, nameKey(x) != nameKey(y) {
      return false
    }
    // Environments have hosts of their own.
    let environments = a.name.kind == .environments || b.name.kind == .environments
    return environments || !likeness.workOnDifferentThings(a.index, b.index)
  }
}

/// A name without the mark that says of which kind of copy it is.
struct MarkedName: Equatable {
  /// The name that is left.
  let base: String
  /// What the mark says; `nil` without one.
  let kind: PlatformCopies.Kind?

  init(_ name: String) {
    var rest = name.trimmed
    var kind: PlatformCopies.Kind?
    // `Copy of X v2 (DEV)` has several marks; the gravest counts.
    for _ in 0..<4 {
      if let copy = Self.withoutCopyMark(rest) {
        rest = copy
        kind = .copies
      } else if let version = Self.withoutVersion(rest) {
        rest = version
        if kind != .copies { kind = .versions }
      } else if let environment = Self.withoutEnvironment(rest) {
        rest = environment
        kind = kind ?? .environments
      } else {
        break
      }
    }
    base = rest
    self.kind = kind
  }

  private static let copyWords = ["copy", "kopie", "copie", "copia", "kopia"]

  private static func withoutCopyMark(_ name: String) -> String? {
    let lowered = name.lowercased()
    for (word, of) in [
      ("copy", "of"), ("kopie", "von"), ("copie", "de"), ("copia", "de"), ("copia", "di"),
    ] where lowered.hasPrefix("\(word) \(of) ") {
      return String(name.dropFirst(word.count + of.count + 2)).trimmed
    }
    var rest = Substring(name)
    var isNumbered = false
    // ` (2)` behind a name or behind the word.
    if rest.last == ")", let open = rest.lastIndex(of: "("),
      rest[rest.index(after: open)...].dropLast().allSatisfy(\.isNumber),
      rest[open...].count > 2, rest[open...].count < 6
    {
      rest = rest[..<open]
      isNumbered = true
    }
    var plain = String(rest).trimmed
    let tail = words(of: plain).last ?? ""
    let digits = tail.reversed().prefix { $0.isNumber }.count
    if copyWords.contains(tail) || copyWords.contains(String(tail.dropLast(digits))) {
      let cut = plain.lowercased().ranges(of: tail).last?.lowerBound
      if let cut {
        let kept = plain.prefix(
          plain.lowercased().distance(from: plain.lowercased().startIndex, to: cut))
        let base = trimmedOfMarks(kept)
        if base.count > 1 { return base }
      }
    }
    plain = trimmedOfMarks(Substring(plain))
    return isNumbered && plain.count > 1 ? plain : nil
  }

  /// `X v2`, `X_v1.3`, `X 1.2.0`, `X version 3`; a bare number is no version.
  private static func withoutVersion(_ name: String) -> String? {
    guard let cut = name.lastIndex(where: { " _-".contains($0) }) else { return nil }
    var tail = name[name.index(after: cut)...].lowercased()
    let head = name[..<cut]
    if tail.first == "(", tail.last == ")" { tail = String(tail.dropFirst().dropLast()) }
    let isMarked = tail.first == "v"
    let number = isMarked ? tail.dropFirst() : tail[...]
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard !number.isEmpty, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }) else {
      return nil
    }
    let saysVersion = head.lowercased().hasSuffix("version")
    guard isMarked || parts.count > 1 || saysVersion else { return nil }
    let base = trimmedOfMarks(saysVersion ? head.dropLast(7) : head)
    return base.count > 1 ? base : nil
  }

  private static let environments: Set<String> = [
    "dev", "development", "tst", "test", "qa", "uat", "sit", "stage", "staging", "stg", "preprod",
    "prod", "prd", "production", "sandbox", "nonprod",
  ]

  private static func withoutEnvironment(_ name: String) -> String? {
    let separators = " _-.[]()/"
    let parts = name.split(whereSeparator: { separators.contains($0) })
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return nil }
    if environments.contains(last.lowercased()) {
      return nonEmpty(trimmedOfMarks(name[..<last.startIndex]))
    }
    if environments.contains(first.lowercased()) {
      return nonEmpty(trimmedOfMarks(name[first.endIndex...]))
    }
    return nil
  }

  private static func nonEmpty(_ text: String) -> String? { text.count > 1 ? text : nil }

  /// Without blanks and strokes at its ends.
  private static func trimmedOfMarks(_ text: Substring) -> String {
    let marks = " _-.[]()/"
    var rest = text.drop { marks.contains($0) }
    while let last = rest.last, marks.contains(last) { rest = rest.dropLast() }
    return String(rest)
  }
}
