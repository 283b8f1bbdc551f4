import Auditing
import Facts

/// The files that a SARIF document speaks of, each once, members of archives below their archive.
struct SARIFArtifacts {
  /// Name of what the paths of imported files start from.
  static let base = "IMPORTED"

  private(set) var artifacts: [Artifact] = []
  private var places: [String: Int] = [:]
  private let prefix: String

  init(prefix: String) {
    self.prefix = prefix.isEmpty || prefix.hasSuffix("/") ? prefix : prefix + "/"
  }

  /// The place of a piece of evidence.
  mutating func location(_ evidence: Evidence, id: Int? = nil) -> Location {
    let place = evidence.location
    let index = artifact(place.path)
    let said = "\(evidence.provenance.rawValue)\(evidence.note.map { ": \($0)" } ?? "")"
    return Location(
      id: id,
      physicalLocation: Physical(
        artifactLocation: Artifact.Place(artifacts[index].location, index: index),
        region: Region(place)),
      logicalLocations: place.element.map { [Logical(fullyQualifiedName: $0)] },
      message: SARIFMessage("\(place.path): \(said)"))
  }

  /// The place of a waiver: the policy file is no imported file.
  func location(ofWaiver waiver: Waiver) -> Location {
    Location(
      id: nil,
      physicalLocation: Physical(
        artifactLocation: Artifact.Place(uri: uriText(waiver.location.path)),
        region: Region(waiver.location)))
  }

  /// The position of a file, entered where it is new.
  private mutating func artifact(_ path: String) -> Int {
    if let place = places[path] { return place }
    // The last `!/` parts a member from its archive, which may be a member itself.
    var artifact: Artifact
    if let cut = path.ranges(of: "!/").last {
      let parent = self.artifact(String(path[..<cut.lowerBound]))
      artifact = Artifact(
        location: .init(uri: "/" + uriText(String(path[cut.upperBound...]))), parentIndex: parent)
    } else {
      artifact = Artifact(
        location: .init(uri: uriText(prefix + path), uriBaseId: Self.base), parentIndex: nil)
    }
    artifact.description = SARIFMessage(path)
    artifacts.append(artifact)
    places[path] = artifacts.count - 1
    return artifacts.count - 1
  }

  struct Artifact: Encodable {
    var location: Place
    var parentIndex: Int?
    var description: SARIFMessage?

    struct Place: Encodable {
      var uri: String
      var uriBaseId: String?
      var index: Int?

      init(uri: String, uriBaseId: String? = nil) {
        self.uri = uri
        self.uriBaseId = uriBaseId
      }

      init(_ place: Place, index: Int) {
        self = place
        self.index = index
      }
    }
  }

  struct Location: Encodable {
    var id: Int?
    var physicalLocation: Physical
    var logicalLocations: [Logical]?
    var message: SARIFMessage?
  }

  struct Physical: Encodable {
    var artifactLocation: Artifact.Place
    var region: Region?
  }

  struct Region: Encodable {
    var startLine: Int
    var startColumn: Int?

    /// `nil` where the format has no lines.
    init?(_ location: SourceLocation) {
      guard let line = location.line, line > 0 else { return nil }
      startLine = line
      startColumn = location.column.flatMap { $0 > 0 ? $0 : nil }
    }
  }

  struct Logical: Encodable {
    var fullyQualifiedName: String
  }
}

/// A path as a reference of RFC 3986: everything but letters, digits, `-._~` and `/` is percent-encoded.
private func uriText(_ path: String) -> String {
  var text = ""
  for byte in path.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
      text.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      text += "%" + (digits.count == 1 ? "0" : "") + digits
    }
  }
  return text
}
