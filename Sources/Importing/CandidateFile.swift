import DocumentReading
import Facts

/// A file whose format is being found out: its bytes, and what they parse to, each parsed once.
final class CandidateFile {
  /// Path as shown to people.
  let path: String
  /// Content.
  let bytes: [UInt8]
  /// Limits under which it is parsed.
  let limits: DocumentLimits

  /// Creates a candidate.
  init(path: String, bytes: [UInt8], limits: DocumentLimits = .standard) {
    self.path = path
    self.bytes = bytes
    self.limits = limits
  }

  /// SHA-256 of the content.
  private(set) lazy var digest = contentDigest(bytes)

  /// Namespace and name of the root element; `nil` where this is not XML.
  private(set) lazy var xmlRootName = DocumentReading.xmlRootName(bytes)

  private lazy var jsonOutcome = Result { () throws(DocumentError) in
    try parseJSON(bytes, path: path, limits: limits)
  }
  private lazy var commentedOutcome = Result { () throws(DocumentError) in
    try parseJSON(withoutJSONComments(bytes), path: path, limits: limits)
  }
  private lazy var yamlOutcome = Result { () throws(DocumentError) in
    try parseYAML(bytes, path: path, limits: limits)
  }
  private lazy var documentsOutcome = Result { () throws(DocumentError) in
    try parseYAMLDocuments(bytes, path: path, limits: limits)
  }
  private lazy var xmlOutcome = Result { () throws(DocumentError) in
    try parseXML(bytes, path: path, limits: limits)
  }
  private lazy var workbookOutcome = Result { () throws(DocumentError) in
    try parseWorkbook(bytes, path: path, limits: limits)
  }

  /// The file as JSON.
  func json() throws(DocumentError) -> DataNode { try jsonOutcome.get() }

  /// The file as JSON in which comments and trailing commas may stand, as editors write it.
  func jsonWithComments() throws(DocumentError) -> DataNode {
    if case .success(let node) = jsonOutcome { return node }
    return try commentedOutcome.get()
  }

  /// The file as YAML.
  func yaml() throws(DocumentError) -> DataNode { try yamlOutcome.get() }

  /// The file as YAML of any number of documents.
  func documents() throws(DocumentError) -> [DataNode] { try documentsOutcome.get() }

  /// The file as XML.
  func xml() throws(DocumentError) -> XMLElement { try xmlOutcome.get() }

  /// The file as an Excel workbook.
  func workbook() throws(DocumentError) -> Workbook { try workbookOutcome.get() }

  /// The file as a JSON object, for finding out the format; `nil` where it is none.
  var jsonObject: DataNode? {
    guard firstByte == UInt8(ascii: "{"), let node = try? json(), node.object != nil else {
      return nil
    }
    return node
  }

  /// Which file of UiPath's agentic projects this is; several formats ask.
  private(set) lazy var uiPathFileKind = UiPathFileKind(self)

  /// The first byte that is neither white space nor part of a byte order mark.
  private(set) lazy var firstByte: UInt8? = bytes.first {
    ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0x00].contains($0)
  }

  /// The bytes, in UTF-8 where they are marked as UTF-16.
  private lazy var searched: [UInt8] = {
    let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    guard isUTF16, let text = try? decodeText(bytes, path: path) else { return bytes }
    return Array(text.utf8)
  }()

  /// Whether the file contains an ASCII text; a cheap test before parsing.
  func contains(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard let first = wanted.first, searched.count >= wanted.count else { return false }
    return searched.withUnsafeBufferPointer { bytes in
      var index = 0
      let last = bytes.count - wanted.count
      while index <= last {
        if bytes[index] == first, (1..<wanted.count).allSatisfy({ bytes[index + $0] == wanted[$0] })
        {
          return true
        }
        index += 1
      }
      return false
    }
  }

  /// Last component of the path.
  var name: String { lastComponent(of: path) }

  /// The file as a whole, for problems and evidence without a line.
  var location: SourceLocation { SourceLocation(path: path) }
}

/// Last component of a path, whichever way its strokes lean.
func lastComponent(of path: String) -> String {
  path.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? path
}

/// The folder of a path with a stroke at its end; empty at the root.
func folder(of path: String) -> String {
  guard let stroke = path.lastIndex(of: "/") else { return "" }
  return String(path[...stroke])
}

/// The folder that lies so many levels above the folder of a path, or the root.
func folder(of path: String, levelsUp: Int) -> String {
  var place = folder(of: path)
  for _ in 0..<levelsUp where !place.isEmpty { place = folder(of: String(place.dropLast())) }
  return place
}

/// A name of a file without its last extension.
func stem(of name: String) -> String {
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
  return String(name[..<dot])
}

/// The extension of a name in lower case, without dot; empty where there is none.
func pathExtension(of name: String) -> String {
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
  return name[name.index(after: dot)...].lowercased()
}

extension String {
  /// Without white space at both ends; `nil` where nothing remains.
  var trimmedOrNil: String? {
    let text = trimmed
    return text.isEmpty ? nil : text
  }
}
