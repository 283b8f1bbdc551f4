import Facts
import Inventory

/// A place in a file of that name.
func place(_ path: String, _ line: Int = 1) -> SourceLocation {
  SourceLocation(path: path, line: line)
}

/// Evidence from a file of that name.
func evidence(_ path: String, _ provenance: Provenance = .imported, line: Int = 1) -> Evidence {
  Evidence(provenance, place(path, line))
}

/// A statement about a system.
func system(
  _ name: String, _ path: String, _ provenance: Provenance = .imported, aliases: [String] = [],
  kind: SystemKind? = nil, owner: String? = nil
) -> AutomationSystem {
  let source = evidence(path, provenance)
  var system = AutomationSystem(name: name, source: source)
  system.aliases = aliases
  if let kind { system.kind.state(kind, source) }
  if let owner { system.owner.state(owner, source) }
  return system
}

/// A document that says what a closure writes into its fragment.
func document(_ path: String, _ write: (inout EstateFragment) -> Void) -> SourceDocument {
  var fragment = EstateFragment()
  write(&fragment)
  return SourceDocument(
    path: path, format: "test", status: .imported, digest: path, fragment: fragment)
}
