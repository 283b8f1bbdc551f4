import DocumentReading
import Facts
import Foundation
import Testing

/// Reads real files, where a folder of them is given in the environment as `REHEARSE_CORPUS`.
@Suite("Real files", .enabled(if: ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] != nil))
struct CorpusTests {
  /// Formats told by the name, which is what a corpus is sorted by; XML by its content.
  private enum Format: String, CaseIterable {
    case xml, json, yaml, csv, archive, workbook
  }

  private static let files: [ListedFile] =
    ProcessInfo.processInfo.environment["REHEARSE_CORPUS"]
    .flatMap { try? DocumentReader.files(under: $0) } ?? []

  @Test("nearly every real file is read, and the rest is refused with a place")
  func realFiles() throws {
    #expect(!Self.files.isEmpty)
    var counts: [Format: (read: Int, refused: Int)] = [:]
    for file in Self.files {
      do {
        let bytes = try DocumentReader.read(
          file: file.absolutePath, shownAs: file.relativePath)
        try read(bytes, path: file.relativePath, into: &counts)
      } catch let error as DocumentError {
        #expect(error.location.path.hasPrefix(file.relativePath))
        print("refused: \(error)")
      }
    }
    for format in Format.allCases {
      let (read, refused) = counts[format] ?? (0, 0)
      print("\(format.rawValue): \(read) read, \(refused) refused")
      #expect(Double(refused) <= 0.02 * Double(read + refused) + 1, "\(format.rawValue)")
    }
  }

  private func read(
    _ bytes: [UInt8], path: String, into counts: inout [Format: (read: Int, refused: Int)]
  ) throws {
    guard let format = format(of: bytes, path: path) else { return }
    counts[format, default: (0, 0)].refused += 1
    switch format {
    case .xml: _ = try parseXML(bytes, path: path)
    case .json: _ = try parseJSON(bytes, path: path)
    case .yaml: _ = try parseYAMLDocuments(bytes, path: path, acceptsReserved: true)
    case .csv: _ = try parseCSV(bytes, path: path)
    case .workbook: _ = try parseWorkbook(bytes, path: path)
    case .archive:
      for member in try readArchive(bytes, path: path) {
        do {
          try read(member.bytes, path: "\(path)!/\(member.path)", into: &counts)
        } catch let error as DocumentError {
          print("refused: \(error)")
        }
      }
    }
    counts[format, default: (0, 0)].refused -= 1
    counts[format, default: (0, 0)].read += 1
  }

  private func format(of bytes: [UInt8], path: String) -> Format? {
    let name = path.lowercased()
    if isZipArchive(bytes) { return name.hasSuffix(".xlsx") ? .workbook : .archive }
    if name.hasSuffix(".json") || name.hasSuffix(".flow") && bytes.first == 0x7B { return .json }
    if name.hasSuffix(".yaml") || name.hasSuffix(".yml") { return .yaml }
    if name.hasSuffix(".csv") { return .csv }
    return xmlRootName(bytes) == nil ? nil : .xml
  }
}
