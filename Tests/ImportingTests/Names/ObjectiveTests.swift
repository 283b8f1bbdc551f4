import Testing

@testable import Importing

@Suite("objectives in instructions")
struct ObjectiveTests {
  @Test(
    "what only says who an agent is is passed over",
    arguments: [
      ("You are EchoAgent. Repeat what was said.", "EchoAgent", "Repeat what was said."),
      ("You are EchoAgent.", "EchoAgent", nil),
      (
        "# Role\nYou are the Echo Agent.\n\nYou answer claims. Be brief.", "Echo",
        "You answer claims."
      ),
      ("You are an agentic assistant.", "Desk", nil),
      ("You are a helpful assistant! Help with tax.", "Desk", "Help with tax."),
      ("You are a tax clerk.", "Desk", "You are a tax clerk."),
      ("Echo agents answer twice.", "Echo", "Echo agents answer twice."),
      ("", "Desk", nil),
    ])
  func introductions(instructions: String, name: String, expected: String?) {
    #expect(objective(inInstructions: instructions, of: name) == expected)
  }

  @Test("a text without an end is shown where it is short")
  func endless() {
    #expect(objective(inInstructions: "Sort letters", of: "A") == "Sort letters")
    #expect(objective(inInstructions: String(repeating: "sort ", count: 90), of: "A") == nil)
    #expect(
      objective(inInstructions: "Version 1.2 of forms. Next", of: "A") == "Version 1.2 of forms.")
  }
}
