import HTTPTypes
import Testing
import Workbench

/// One value of a scenario's text is changed by a form.
@Suite struct ScenarioTextTests {
  private func changed(_ text: String, _ path: String, _ value: String) throws -> String {
    try scenarioText(text, setting: path, to: value, file: "plan.yaml")
  }

  @Test(
    "one value changes and everything else stays, comments too",
    arguments: [
      ("people", "a: 1\npeople: 2 # two\nb: 3\n", "3", "a: 1\npeople: 3 # two\nb: 3\n"),
      (
        "teams.aml.people", "teams:\n  aml: { people: 7, cost: 49 EUR/h }\n", "8",
        "teams:\n  aml: { people: 8, cost: 49 EUR/h }\n"
      ),
      // A value with its evidence is a group of its own.
      (
        "fires", "fires: { value: 50 %, assumed: brief }\n", "60 %",
        "fires: { value: 60 %, assumed: brief }\n"
      ),
      ("title", "title: \"a # b\" # c\n", "d", "title: d # c\n"),
      // What would be something else without quotation marks gets them.
      ("title", "title: a\n", "b # c", "title: \"b # c\"\n"),
      ("title", "title: a\n", "b: c", "title: \"b: c\"\n"),
      ("title", "title: 'it''s'\n", "x", "title: x\n"),
      // Names may hold dots and signs.
      (
        "variants.a.b+c.title", "variants:\n  a.b+c:\n    title: x\n", "y",
        "variants:\n  a.b+c:\n    title: y\n"
      ),
      // What is not there becomes the first key of its group.
      (
        "teams.aml.cost", "teams:\n  aml:\n    people: 7\n", "9 EUR/h",
        "teams:\n  aml:\n    cost: 9 EUR/h\n    people: 7\n"
      ),
      (
        "teams.aml.cost", "teams:\n  aml: { people: 7 }\n", "9 EUR/h",
        "teams:\n  aml: { cost: 9 EUR/h, people: 7 }\n"
      ),
      (
        "clock.start_state.as-is", "clock:\n  horizon: 3 weeks\n", "8 weeks",
        "clock:\n  start_state: { as-is: 8 weeks }\n  horizon: 3 weeks\n"
      ),
    ])
  func oneValue(path: String, text: String, value: String, expected: String) throws {
    #expect(try changed(text, path, value) == expected)
  }

  @Test(
    "what is not one value on a line is left to the text",
    arguments: [
      ("list", "list: [1, 2]\n", "3"), ("text", "text: |\n  a\n  b\n", "c"),
      ("group", "group: { a: 1 }\n", "3"), ("x", "x: 1\n", "a\nb: 2"), ("x", "x: 1\n", "  "),
      ("", "x: 1\n", "2"), ("x", "x: [\n", "2"), ("x.y", "x: 1\n", "2"),
    ])
  func refused(path: String, text: String, value: String) {
    #expect(throws: WorkbenchError.self) { try changed(text, path, value) }
  }

  @Test("a value cannot bring further keys with it")
  func noFurtherKeys() throws {
    let text = "teams: { aml: { people: 7 } }\n"
    let changed = try changed(text, "teams.aml.people", "1 }, legal: { people: 2")
    #expect(changed == "teams: { aml: { people: \"1 }, legal: { people: 2\" } }\n")
  }

  @Test(
    "a variant is copied with all that belongs to it",
    arguments: [
      (
        "variants:\n  a: { title: A }\n  b: { title: B } # b\nx: 1\n",
        "variants:\n  a: { title: A }\n  n+1: { title: A }\n  b: { title: B } # b\nx: 1\n"
      ),
      (
        "variants:\n  a:\n    title: A\n    # why\n    assign: { r: [t] }\n\nx: 1\n",
        "variants:\n  a:\n    title: A\n    # why\n    assign: { r: [t] }\n"
          + "  n+1:\n    title: A\n    # why\n    assign: { r: [t] }\n\nx: 1\n"
      ),
      (
        "variants:\n  \"a\":\n    title: A",
        "variants:\n  \"a\":\n    title: A\n  n+1:\n    title: A"
      ),
    ])
  func copiedVariant(text: String, expected: String) throws {
    #expect(
      try scenarioText(text, copyingVariant: "a", as: "n+1", file: "plan.yaml") == expected)
  }

  @Test(
    "a copy with no name, a name that is taken or of nothing is refused",
    arguments: [("a", "b"), ("a", ""), ("a", "b: 1"), ("c", "d"), ("a", "ä")])
  func refusedCopy(variant: String, name: String) {
    let text = "variants:\n  a: { title: A }\n  b: { title: B }\n"
    #expect(throws: WorkbenchError.self) {
      try scenarioText(text, copyingVariant: variant, as: name, file: "plan.yaml")
    }
    #expect(throws: WorkbenchError.self) {
      try scenarioText(
        "variants: { a: { title: A } }\n", copyingVariant: "a", as: "n", file: "plan.yaml")
    }
  }
}
