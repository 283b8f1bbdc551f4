internal import Facts

/// What differs between two states of a scenario file: the earlier is `before`, the later `now`.
///
/// Comments do not count; the order of keys does not either.
/// - Parameters:
///   - path: of the scenario, for the places.
/// - Throws: `ScenarioErrors` where one of them is no scenario.
public func scenarioChanges(
  from before: [UInt8], to after: [UInt8], path: String
) throws(ScenarioErrors) -> [ScenarioDifference] {
  let old = try ScenarioLines(before, path: path).leaves.filter { !$0.isRemark }
  let new = try ScenarioLines(after, path: path).leaves.filter { !$0.isRemark }
  let olds = Dictionary(old.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
  let paths = Set(new.map(\.path))
  func difference(
    _ kind: ScenarioDifference.Kind, _ leaf: ScenarioLines.Leaf, before: String?, now: String?
  ) -> ScenarioDifference {
    ScenarioDifference(
      kind: kind, path: leaf.path, before: before, yours: nil, now: now,
      evidence: leaf.claim.isEmpty ? nil : leaf.claim,
      location: SourceLocation(path: path, line: leaf.place.lines.lowerBound + 1))
  }
  var changes: [ScenarioDifference] = []
  for leaf in new {
    if let known = olds[leaf.path] {
      if known.value != leaf.value {
        changes.append(difference(.changed, leaf, before: known.value, now: leaf.value))
      } else if known.claim != leaf.claim {
        changes.append(difference(.evidence, leaf, before: known.value, now: leaf.value))
      }
    } else {
      changes.append(difference(.added, leaf, before: nil, now: leaf.value))
    }
  }
  for leaf in old where !paths.contains(leaf.path) {
    changes.append(difference(.removed, leaf, before: leaf.value, now: nil))
  }
  return changes
}
