import DocumentReading
import Facts
import Testing

/// Mutated and truncated inputs: every reader answers or throws a `DocumentError`, and never crashes.
@Suite("Hostile input")
struct HostileInputTests {
  private static let samples: [(name: String, bytes: [UInt8])] = [
    (
      "xml",
      Array(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE r [<!ATTLIST r d CDATA "x">]>
        <p:r xmlns:p="urn:p" a='1'><!-- c --><b>tä&#65;&amp;</b><![CDATA[<x>]]><?pi x?><c d="e"/></p:r>
        """.utf8)
    ),
    (
      "json",
      Array(#"{"a": [1, -2.5e3, true, null, "x\u00e4\n"], "b": {"c": {"d": "ä"}}, "e": []}"#.utf8)
    ),
    (
      "yaml",
      Array(
        "a: &x [1, 2.5, ~]\nb: {c: *x, <<: {k: v}}\n? d\n: |\n  text\n  more\ne: !t 'q'\n---\nf: >-\n g\n"
          .utf8)
    ),
    (
      "ics",
      Array(
        """
        BEGIN:VCALENDAR
        BEGIN:VTIMEZONE
        TZID:Own
        BEGIN:STANDARD
        DTSTART:19701025T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:1
        DTSTART;TZID=Own:20260105T090000
        DTEND;TZID=Own:20260105T100000
        RRULE:FREQ=WEEKLY;UNTIL=20260201T000000Z;BYDAY=MO,TU
        EXDATE;TZID=Own:20260112T090000
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20260403
        RRULE:FREQ=YEARLY
        RDATE;VALUE=DATE:20260406,20260407
        STATUS:CONFIRMED
        END:VEVENT
        END:VCALENDAR
        """.utf8)
    ),
    ("csv", Array("a;b;c\r\n1;\"x;\"\"y\"\"\";ä\n\n2;;\n".utf8)),
    (
      "xlsx",
      StoredArchive([
        (
          "xl/workbook.xml",
          "<workbook xmlns:r='u'><sheets><sheet name='S' r:id='r1'/></sheets></workbook>"
        ),
        (
          "xl/_rels/workbook.xml.rels",
          "<R><Relationship Id='r1' Type='x/worksheet' Target='s.xml'/></R>"
        ),
        ("xl/s.xml", "<w><sheetData><row r='1'><c r='B1'><v>1</v></c></row></sheetData></w>"),
      ]).bytes()
    ),
  ]

  @Test("the samples themselves are read")
  func samplesAreRead() throws {
    for sample in Self.samples {
      let error = documentError { try read(sample.bytes, as: sample.name) }
      #expect(error == nil, "\(sample.name)")
    }
  }

  @Test("mutated and truncated input never crashes", arguments: 0..<400 as Range<UInt64>)
  func mutations(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    for sample in Self.samples {
      var bytes = sample.bytes
      for _ in 0..<Int.random(in: 1...6, using: &generator) { mutate(&bytes, &generator) }
      for reader in Self.samples.map(\.name) where reader == sample.name || seed.isMultiple(of: 8) {
        do {
          try read(bytes, as: reader)
        } catch is DocumentError {
          // Refused, as it may be.
        }
      }
      _ = xmlRootName(bytes)
    }
  }

  private func read(_ bytes: [UInt8], as format: String) throws {
    switch format {
    case "xml": _ = try parseXML(bytes, path: "f").deepText
    case "json": _ = try parseJSON(bytes, path: "f").location
    case "yaml": _ = try parseYAMLDocuments(bytes, path: "f").map(\.location)
    case "ics": _ = try parseCalendarFile(bytes, path: "f", days: 20_454..<21_000)
    case "csv": _ = try parseCSV(bytes, path: "f").rows
    default: _ = try parseWorkbook(bytes, path: "f").sheets
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ generator: inout SplitMix64) {
    guard !bytes.isEmpty else { return }
    let index = Int.random(in: 0..<bytes.count, using: &generator)
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: bytes.removeSubrange(index...)
    case 1: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
    case 2: bytes[index] = "<>&'\"[]{}:,*!|?-#\n\\".utf8.randomElement(using: &generator) ?? 0
    case 3: bytes.remove(at: index)
    case 4:
      let end = min(bytes.count, index + Int.random(in: 1...20, using: &generator))
      bytes.insert(contentsOf: bytes[index..<end], at: bytes.count - index)
    default: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    }
  }
}
