import DocumentReading
import Facts
import Testing

@Suite("Workbooks")
struct ParseWorkbookTests {
  private let relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// A workbook of one sheet with the given rows, shared strings and styles.
  private func workbook(
    rows: String, strings: String = "", styles: String = "", properties: String = ""
  ) -> [UInt8] {
    StoredArchive([
      (
        "_rels/.rels",
        "<Relationships><Relationship Id='r1' Type='\(relationship)/officeDocument'"
          + " Target='xl/workbook.xml'/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns:r='\(relationship)'>\(properties)<sheets>"
          + "<sheet name='Settings' sheetId='1' r:id='rId1'/>"
          + "<sheet name='Hidden' state='hidden' sheetId='2' r:id='rId2'/></sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships>"
          + "<Relationship Id='rId1' Type='\(relationship)/worksheet' Target='worksheets/s1.xml'/>"
          + "<Relationship Id='rId2' Type='\(relationship)/worksheet' Target='/xl/worksheets/s2.xml'/>"
          + "<Relationship Id='rId3' Type='\(relationship)/sharedStrings' Target='sharedStrings.xml'/>"
          + "<Relationship Id='rId4' Type='\(relationship)/styles' Target='styles.xml'/>"
          + "</Relationships>"
      ),
      ("xl/worksheets/s1.xml", "<worksheet><sheetData>\(rows)</sheetData></worksheet>"),
      ("xl/worksheets/s2.xml", "<worksheet><sheetData/></worksheet>"),
      ("xl/sharedStrings.xml", "<sst>\(strings)</sst>"),
      ("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>"),
    ]).bytes()
  }

  private func failure(
    _ rows: String, limits: DocumentLimits = .standard
  ) -> DocumentError? {
    documentError { _ = try parseWorkbook(workbook(rows: rows), path: "b.xlsx", limits: limits) }
  }

  @Test("cells keep their row and column")
  func sparse() throws {
    let bytes = workbook(
      rows: """
        <row r="2"><c r="B2" t="s"><v>1</v></c><c r="D2"><v>1.50</v></c></row>
        <row r="4"><c t="inlineStr"><is><t>in</t></is></c><c t="b"><v>1</v></c><c t="str"><v>f</v></c>
        <c r="AA4" t="e"><v>#REF!</v></c></row>
        """,
      strings:
        "<si><t>no</t></si><si><r><t>two </t></r><r><t>runs</t></r><rPh><t>x</t></rPh></si>")
    let book = try parseWorkbook(bytes, path: "b.xlsx")
    #expect(book.sheets.map(\.name) == ["Settings", "Hidden"])
    #expect(book.sheets.map(\.isHidden) == [false, true])
    let sheet = try #require(book["Settings"])
    #expect(sheet.rows.count == 4)
    #expect(sheet.rows[0] == [])
    #expect(sheet.rows[1] == ["", "two runs", "", "1.50"])
    #expect(Array(sheet.rows[3].prefix(3)) == ["in", "TRUE", "f"])
    #expect(sheet.cell(3, 26) == "#REF!")
    #expect(sheet.cell(9, 9) == "")
    #expect(book["Hidden"]?.rows == [])
  }

  @Test("dates are told from numbers by their format")
  func dates() throws {
    // 45351.75 is 29 February 2024, 18:00; 60 and 61 lie around the day that never was.
    let bytes = workbook(
      rows: """
        <row r="1"><c s="0"><v>45351</v></c><c s="1"><v>45351</v></c><c s="2"><v>45351.75</v></c>
        <c s="3"><v>0.5</v></c><c s="4"><v>45351</v></c><c s="1"><v>61</v></c><c s="1"><v>1</v></c></row>
        """,
      styles: """
        <numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/>
        <numFmt numFmtId="165" formatCode="[Red]0.0 &quot;days&quot;;-0"/></numFmts>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/>
        <xf numFmtId="165"/></cellXfs>
        """)
    #expect(
      try parseWorkbook(bytes, path: "b.xlsx").sheets[0].rows == [
        [
          "45351", "2024-02-29", "2024-02-29T18:00:00", "12:00:00", "45351", "1900-03-01",
          "1900-01-01",
        ]
      ])
  }

  @Test("workbooks that count from 1904 show the same dates")
  func macintoshDates() throws {
    let bytes = workbook(
      rows: "<row r='1'><c s='0'><v>43889</v></c></row>",
      styles: "<cellXfs><xf numFmtId='14'/></cellXfs>", properties: "<workbookPr date1904='1'/>")
    #expect(try parseWorkbook(bytes, path: "b.xlsx").sheets[0].rows == [["2024-02-29"]])
  }

  @Test(
    "wrong references are malformed",
    arguments: [
      "<row r='0'/>", "<row r='1048577'/>", "<row r='2'/><row r='1'/>",
      "<row r='1'><c r='XFE1'/></row>", "<row r='1'><c r='1'/></row>",
      "<row r='1'><c r='B1'/><c r='A1'/></row>",
    ])
  func wrongReferences(rows: String) {
    let error = failure(rows)
    #expect(error?.kind == .malformed)
    #expect(error?.location.path == "b.xlsx!/xl/worksheets/s1.xml")
  }

  @Test("far cells do not exhaust memory")
  func farCells() {
    let rows = (1...400).map { "<row r='\($0)'><c r='XFD\($0)'><v>1</v></c></row>" }.joined()
    #expect(failure(rows)?.kind == .tooLarge)
  }

  @Test("an archive without a workbook is malformed, a lock file is no archive")
  func noWorkbook() {
    let plain = StoredArchive([("a.txt", "x")]).bytes()
    #expect(documentError { _ = try parseWorkbook(plain, path: "b.xlsx") }?.kind == .malformed)
    let lock = [UInt8(4)] + Array("User".utf8) + Array(repeating: UInt8(0x20), count: 160)
    #expect(documentError { _ = try parseWorkbook(lock, path: "~$b.xlsx") }?.kind == .malformed)
  }
}
