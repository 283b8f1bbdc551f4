import Facts
import Testing

@Suite("Fields") struct FieldTests {
  func evidence(_ provenance: Provenance, _ path: String, line: Int = 1) -> Evidence {
    Evidence(provenance, SourceLocation(path: path, line: line))
  }

  @Test("the strongest provenance wins, ties go to the first place, and nothing is lost")
  func precedence() {
    var field = Field<String>()
    #expect(!field.isKnown && field.value == nil)
    field.state("assumed", evidence(.assumed, "a"))
    field.state("imported, later place", evidence(.imported, "b", line: 9))
    field.state("imported", evidence(.imported, "b", line: 2))
    #expect(field.value == "imported")
    field.state("corrected", evidence(.corrected, "z"))
    #expect(field.value == "corrected")
    #expect(field.facts.count == 4)
    #expect(field.dissent.map(\.value) == ["imported", "imported, later place", "assumed"])
  }

  @Test("the order of statements does not matter, and the same statement twice is one")
  func order() {
    let facts = Provenance.allCases.map { ("\($0)", evidence($0, "file")) }
    var forwards = Field<String>()
    var backwards = Field<String>()
    for (value, evidence) in facts { forwards.state(value, evidence) }
    for (value, evidence) in facts.reversed() + facts { backwards.state(value, evidence) }
    #expect(forwards == backwards)
    var merged = forwards
    merged.merge(backwards)
    #expect(merged == forwards)
  }
}

@Suite("Closest names") struct ClosestNameTests {
  @Test(
    "a slip of the pen is recognised, something else is not",
    arguments: [
      ("underwritting", "underwriting"), ("amll", "aml"), ("Underwriting", "underwriting"),
      ("lgeal", "legal"), ("payroll", nil), ("", nil),
    ] as [(String, String?)])
  func closest(name: String, expected: String?) {
    #expect(closestName(to: name, among: ["aml", "legal", "underwriting"]) == expected)
  }
}
