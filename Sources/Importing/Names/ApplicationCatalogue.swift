public import DocumentReading
import Facts
import Inventory

/// Names under which products speak of one and the same application.
///
/// Read from YAML of the form that `known-applications.yaml` has: a list `applications` of maps with
/// `name` and any of `hosts`, `executables`, `connectors`, `packages` and `also`, each a text or a list
/// of texts. Compared without regard to case.
public struct ApplicationCatalogue: Hashable, Sendable {
  /// Names by domain, lower case.
  private(set) var hosts: [String: String] = [:]
  /// Names by file name of a program, lower case.
  private(set) var executables: [String: String] = [:]
  /// Names by identifier of a connector, lower case, without the prefix common to a product.
  private(set) var connectors: [String: String] = [:]
  /// Names by beginning of a package's name, lower case.
  private(set) var packages: [String: String] = [:]
  /// Names by themselves and by what else they are called, lower case.
  private(set) var spellings: [String: String] = [:]

  /// An empty catalogue.
  init() {}

  /// The catalogue that comes with the program.
  ///
  /// A test holds that its file can be read.
  public static let builtIn: ApplicationCatalogue =
    (try? ApplicationCatalogue(
      yaml: PackageResources.known_applications_yaml, path: "known-applications.yaml"))
    ?? ApplicationCatalogue()

  /// Reads a catalogue.
  ///
  /// - Throws: `DocumentError` where the file is no YAML, has keys that are not known, an entry without
  ///   a name, or an identifier that two entries claim.
  public init(yaml bytes: [UInt8], path: String) throws(DocumentError) {
    let root = try parseYAML(bytes, path: path)
    guard let entries = root["applications"]?.array, root.object?.count == 1 else {
      throw DocumentError(
        .malformed,
        "expected one key 'applications' with a list of maps, each with a name and any of"
          + " \(Self.lists.joined(separator: ", "))", at: root.location)
    }
    for entry in entries { try add(entry) }
  }

  /// This catalogue with the entries of another one, which win.
  public func adding(_ other: ApplicationCatalogue) -> ApplicationCatalogue {
    var sum = self
    sum.hosts.merge(other.hosts) { $1 }
    sum.executables.merge(other.executables) { $1 }
    sum.connectors.merge(other.connectors) { $1 }
    sum.packages.merge(other.packages) { $1 }
    sum.spellings.merge(other.spellings) { $1 }
    return sum
  }

  /// A digest of everything in it.
  public var digest: String {
    let tables = [hosts, executables, connectors, packages, spellings]
    let lines = tables.map { table in
      table.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
    }
    return contentDigest(Array(lines.joined(separator: "\n\n").utf8))
  }

  private static let lists = ["hosts", "executables", "connectors", "packages", "also"]

  private mutating func add(_ entry: DataNode) throws(DocumentError) {
    guard let name = entry["name"]?.string?.trimmedOrNil else {
      throw DocumentError(
        .malformed, "an application lacks its 'name'; give it the one it is to be shown under",
        at: entry.location)
    }
    for member in entry.object ?? [] where member.key != "name" {
      guard Self.lists.contains(member.key) else {
        throw DocumentError(
          .malformed,
          "'\(member.key)' is not known; expected one of \(Self.lists.joined(separator: ", "))"
            + suggestion(for: member.key, among: Self.lists), at: member.keyLocation)
      }
      for node in member.value.array ?? [member.value] {
        guard let key = node.text?.trimmedOrNil?.lowercased() else {
          throw DocumentError(.malformed, "expected a text or a list of texts", at: node.location)
        }
        try claim(key, of: member.key, for: name, at: node)
      }
    }
    try claim(name.lowercased(), of: "also", for: name, at: entry)
  }

  private mutating func claim(
    _ key: String, of list: String, for name: String, at node: DataNode
  ) throws(DocumentError) {
    let earlier =
      switch list {
      case "hosts": hosts.updateValue(name, forKey: key)
      case "executables": executables.updateValue(name, forKey: key)
      case "connectors": connectors.updateValue(name, forKey: key)
      case "packages": packages.updateValue(name, forKey: key)
      default: spellings.updateValue(name, forKey: key)
      }
    guard let earlier, earlier != name else { return }
    throw DocumentError(
      .malformed,
      "'\(key)' stands under \(list) of both '\(earlier)' and '\(name)'; leave it with one of them",
      at: node.location)
  }
}
