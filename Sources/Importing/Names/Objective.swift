import Inventory

/// The first sentence of an agent's instructions that says what it is for, where it is short enough to be
/// shown; `nil` where there is none.
///
/// A sentence that only says who the agent is ("You are EchoAgent.", "You are a helpful assistant.") is
/// passed over, and so are headings, rules and fences of Markdown.
///
/// - Parameters:
///   - instructions: A prompt, or a description.
///   - name: Of the agent; empty where it has none.
func objective(inInstructions instructions: String, of name: String) -> String? {
  for line in instructions.split(whereSeparator: \.isNewline) {
    guard let text = String(line).trimmedOrNil,
      !["#", "```", "---"].contains(where: text.hasPrefix)
    else { continue }
    var rest = Array(text.prefix(800))
    while !rest.isEmpty {
      let end = rest.indices.first { index in
        ".!?".contains(rest[index]) && (index + 1 == rest.count || rest[index + 1] == " ")
      }
      let sentence = String(rest[...(end ?? rest.count - 1)])
      if !isIntroduction(sentence, of: name) {
        // What goes on and on without an end is no sentence that could be shown.
        return sentence.count < (end == nil ? 300 : 400) ? sentence.trimmedOrNil : nil
      }
      rest = end.map { Array(rest[($0 + 1)...].drop { $0 == " " }) } ?? []
    }
  }
  return nil
}

/// Whether a sentence says no more than who the agent is.
private func isIntroduction(_ sentence: String, of name: String) -> Bool {
  let key = nameKey(sentence)
  let start = ["youarea", "youarean", "youarethe", "youare", "iam", "hello", "hi", "role", ""]
  let own = nameKey(name)
  let bare = own.hasSuffix("agent") ? String(own.dropLast(5)) : own
  let names = own.isEmpty ? [] : [own, own + "agent", bare, bare + "assistant"]
  let nobody = [
    "agenticassistant", "helpfulassistant", "helpfulaiassistant", "helpfulagent", "assistant",
    "aiassistant", "agent", "aiagent", "",
  ]
  return start.contains { prefix in
    key.hasPrefix(prefix) && (names + nobody).contains(String(key.dropFirst(prefix.count)))
  }
}
