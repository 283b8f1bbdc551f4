import Facts
import Foundation
import Inventory
import Testing

@testable import Importing

@Suite("sample estates")
struct SampleEstatesTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(
      path: "inventories/harbour-insurance")

  /// Path and format of each row of the table in its README.
  private static let rows: [(path: String, format: String, isPartial: Bool)] = {
    let text = (try? String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 3, cells[0].hasPrefix("`") else { return nil }
      return (cells[0].filter { $0 != "`" }, cells[1], cells[2].hasSuffix("partial"))
    }
  }()

  @Test(
    "Harbour Insurance: each file of the table is read as the format beside it, without a problem")
  func harbour() throws {
    let documents = importFiles(at: [Self.folder.path]).documents
    #expect(Self.rows.count == 49)
    for row in Self.rows {
      let document = try #require(documents.first { $0.path == row.path }, "\(row.path)")
      #expect(document.format == row.format, "\(row.path)")
      #expect(document.status == (row.isPartial ? .partial : .imported), "\(row.path)")
      #expect(!document.fragment.isEmpty, "\(row.path)")
    }
    let problems = documents.flatMap(\.problems).filter { $0.severity != .info }
    #expect(problems.isEmpty, "\(problems)")
  }

  @Test("Harbour Insurance and Meridian Bank show every format that has files of its own")
  func formats() {
    let meridian = Self.folder.deletingLastPathComponent().appending(path: "meridian-bank")
    let shown = [Self.folder, meridian].flatMap { importFiles(at: [$0.path]).documents }
      .compactMap(\.format)
    let missing = Set(ImportFormat.all.map(\.id)).subtracting(shown)
    #expect(missing.isEmpty, "\(missing.sorted())")
  }
}
