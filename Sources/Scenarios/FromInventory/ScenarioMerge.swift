public import Facts

/// A difference between a scenario that was made of the inventory and what would be made of it now.
public struct ScenarioDifference: Sendable, Hashable {
  /// What differs.
  public var kind: Kind
  /// Dotted path of the key; `# ` before it for the comment above the key.
  public var path: String
  /// What was written when the scenario was made or last brought up to date; `nil` for nothing.
  public var before: String?
  /// What the file says; `nil` for nothing.
  public var yours: String?
  /// What the inventory says now; `nil` for nothing.
  public var now: String?
  /// How that is known; `nil` where nothing is said.
  public var evidence: String?
  /// Where the key stands in the file; `nil` where it does not.
  public var location: SourceLocation?

  /// Kinds of difference.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The inventory says something else than it did.
    case changed
    /// The inventory says something new.
    case added
    /// The inventory no longer says it.
    case removed
    /// The inventory says something else, and so does the file: yours stays.
    case contested
    /// The same value, on other evidence.
    case evidence
    /// Only the file says something else: yours stays.
    case yours
  }
}

/// A scenario file beside what would be made of the inventory now.
public struct ScenarioMerge: Sendable {
  /// What the inventory changed, in file order; the file's own changes are not among them.
  public var differences: [ScenarioDifference]
  /// What the file says otherwise than it was made, which stays.
  public var kept: [ScenarioDifference]
  /// The file with the changes of the inventory, the file's own kept.
  public var text: String
}

/// Start and time zone that a scenario was made with, so that it is made anew with the same; `nil` where
/// `rehearse scenario init` did not make it.
public func madeWith(_ bytes: [UInt8]) -> (start: String, timeZone: String)? {
  guard let file = try? ScenarioLines(bytes, path: ""),
    let start = file.ledger["clock.start"], let zone = file.ledger["clock.time_zone"]
  else { return nil }
  return (start.value, zone.value)
}

/// The digest of the flow that was made beside a scenario; `nil` where none was.
public func madeFlowDigest(_ bytes: [UInt8]) -> String? {
  (try? ScenarioLines(bytes, path: ""))?.ledger[ScenarioLines.flowPath]?.value
}

/// A scenario that was just made, with the ledger of what was written.
///
/// - Parameter flow: digest of the BPMN file that was made beside it; `nil` where none was.
public func withLedger(
  _ text: String, flow: String? = nil, path: String
) throws(ScenarioErrors) -> String {
  let made = try ScenarioLines(Array(text.utf8), path: path)
  return text + "\n" + made.ledgerLines(flow: flow).joined(separator: "\n") + "\n"
}

/// Compares a scenario file with what would be made of the inventory now, by what was made before.
///
/// Key by key: what only the inventory changed is a difference, what only the file changed is kept,
/// and where both did, the file's stays and the difference is shown once. Nothing is written.
/// - Parameters:
///   - bytes: the file.
///   - path: as shown to people.
///   - made: what would be made now, without ledger.
///   - flow: digest of the BPMN file that would be made beside it.
/// - Throws: `ScenarioErrors` where the file is no scenario that `rehearse scenario init` made, or was
///   laid out so that a change cannot be put in.
public func mergeScenario(
  _ bytes: [UInt8], path: String, with made: String, flow: String? = nil
) throws(ScenarioErrors) -> ScenarioMerge {
  let mine = try ScenarioLines(bytes, path: path)
  guard !mine.ledger.isEmpty else {
    throw ScenarioErrors([
      ScenarioProblem(
        "the file was not made by `rehearse scenario init`, or the lines beginning with `#:` at its end "
          + "are gone, so that your changes cannot be told from the inventory's; name another file",
        at: SourceLocation(path: path))
    ])
  }
  let theirs = try ScenarioLines(Array(made.utf8), path: path)
  return try Merging(mine: mine, theirs: theirs, path: path).merged(flow: flow)
}

private struct Merging {
  typealias Leaf = ScenarioLines.Leaf

  let mine: ScenarioLines
  let theirs: ScenarioLines
  let path: String
  let mineByPath: [String: Leaf]
  let theirsByPath: [String: Leaf]

  init(mine: ScenarioLines, theirs: ScenarioLines, path: String) {
    self.mine = mine
    self.theirs = theirs
    self.path = path
    mineByPath = Dictionary(mine.leaves.map { ($0.path, $0) }, uniquingKeysWith: { a, _ in a })
    theirsByPath = Dictionary(theirs.leaves.map { ($0.path, $0) }, uniquingKeysWith: { a, _ in a })
  }

  func merged(flow: String?) throws(ScenarioErrors) -> ScenarioMerge {
    var differences: [ScenarioDifference] = []
    var kept: [ScenarioDifference] = []
    var edit = ScenarioEdit(mine: mine, theirs: theirs)
    for leaf in theirs.leaves {
      let own = mineByPath[leaf.path]
      let base = mine.ledger[leaf.path]
      switch kind(own, leaf, base) {
      case nil: break
      case .yours: kept.append(difference(.yours, own, leaf, base))
      case .contested: differences.append(difference(.contested, own, leaf, base))
      case .added:
        differences.append(difference(.added, own, leaf, base))
        edit.add(leaf)
      case let kind?:
        differences.append(difference(kind, own, leaf, base))
        if let own { edit.replace(own, by: leaf) }
      }
    }
    for own in mine.leaves where theirsByPath[own.path] == nil {
      guard let base = mine.ledger[own.path], base == own.kept else {
        if !own.isRemark {
          kept.append(difference(.yours, own, nil, mine.ledger[own.path]))
        }
        continue
      }
      differences.append(difference(.removed, own, nil, base))
      edit.remove(own)
    }
    if let flow, let before = mine.ledger[ScenarioLines.flowPath]?.value, before != flow {
      differences.append(
        ScenarioDifference(
          kind: .changed, path: ScenarioLines.flowPath, before: before, yours: before, now: flow,
          evidence: "the flow made of the inventory's steps", location: nil))
    }
    let text = try edit.text(flow: flow, path: path)
    return ScenarioMerge(differences: differences, kept: kept, text: text)
  }

  private func kind(
    _ own: Leaf?, _ leaf: Leaf, _ base: ScenarioLines.LedgerEntry?
  ) -> ScenarioDifference.Kind? {
    guard let own else {
      guard let base else { return .added }
      return base.value == leaf.kept.value ? .yours : .contested
    }
    if own.value == leaf.value, own.claim == leaf.claim { return nil }
    if base == own.kept { return own.value == leaf.value ? .evidence : .changed }
    let hasChanged = base.map { $0.value != leaf.kept.value } ?? true
    return hasChanged && own.value != leaf.value ? .contested : .yours
  }

  private func difference(
    _ kind: ScenarioDifference.Kind, _ own: Leaf?, _ leaf: Leaf?,
    _ base: ScenarioLines.LedgerEntry?
  ) -> ScenarioDifference {
    ScenarioDifference(
      kind: kind, path: leaf?.path ?? own?.path ?? "",
      before: (leaf ?? own)?.isRemark == true ? nil : base?.value, yours: own?.value,
      now: leaf?.value,
      evidence: (leaf?.claim).flatMap { $0.isEmpty ? nil : $0 },
      location: own.map {
        SourceLocation(path: path, line: $0.place.lines.lowerBound + 1)
      })
  }
}
