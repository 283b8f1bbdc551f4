/// Whether the name of a folder says that what lies in it was made to test or show something.
public func isExampleFolder(_ name: String) -> Bool { !exampleWords(in: name).isEmpty }

/// The words of a name that say that something was made to test or show something, in lower case.
///
/// A template says so only as a name's last word that stands by itself: `genAiPromptTemplates` is where a
/// product keeps files that are in use, and `templateExpressions` are a feature.
public func exampleWords(in name: String) -> [String] {
  let words = nameWords(name)
  return words.enumerated().filter { index, word in
    exampleMarks.contains(word.text)
      || templateMarks.contains(word.text) && index == words.count - 1 && !word.isWithin
  }.map(\.element.text)
}

/// The words of a name within a definition, such as that of a variable, a step or an answer, that say that it stands in
/// for the real thing, in lower case: a mock, dummy, stub or fake, or sample data.
///
/// Those of a trade do not say so: who keeps the pay stubs, schedules mock exams or tracks a blood sample stands in for
/// nothing.
public func standInWords(in name: String) -> [String] {
  guard mayHoldStandIn(name) else { return [] }
  let words = nameWords(name).map(\.text)
  return words.enumerated().filter { index, word in
    let next = index + 1 < words.count ? words[index + 1] : ""
    switch word {
    case "dummy", "fake", "mocked", "stubbed": return true
    case "mock", "mocks": return !mockedTrades.contains(next)
    case "stub", "stubs": return index == 0 || !stubTrades.contains(words[index - 1])
    case "sample": return index == 0 && sampledThings.contains(next)
    default: return false
    }
  }.map(\.element)
}

/// Whether one of the words that stand in may be in a text: its letters are there.
private func mayHoldStandIn(_ text: String) -> Bool {
  var last: UInt32 = 0
  for byte in text.utf8 {
    last = last << 8 | UInt32(byte | 0x20)
    // mock, dumm, stub, fake, samp
    switch last {
    case 0x6D6F_636B, 0x6475_6D6D, 0x7374_7562, 0x6661_6B65, 0x7361_6D70: return true
    default: break
    }
  }
  return false
}

/// The words of a name in lower case, and of each whether it began with a capital within a longer one.
private func nameWords(_ name: String) -> [(text: String, isWithin: Bool)] {
  var words: [(text: String, isWithin: Bool)] = []
  var word = ""
  var isWithin = false
  for character in name {
    // `CopilotSamples` is two words.
    let isCapital = character.isUppercase && word.last?.isLowercase == true
    if !character.isLetter || isCapital, !word.isEmpty {
      words.append((word.lowercased(), isWithin))
      word = ""
    }
    if character.isLetter {
      if word.isEmpty { isWithin = isCapital }
      word.append(character)
    }
  }
  if !word.isEmpty { words.append((word.lowercased(), isWithin)) }
  return words
}

private let exampleMarks: Set<String> = [
  "test", "tests", "testdata", "fixture", "fixtures", "example", "examples", "sample", "samples",
  "mock", "mocks", "demo", "demos", "tutorial", "tutorials", "stub", "stubs", "dummy", "dummies",
  "testcase", "testcases", "unittests", "replaytests", "quickstart", "quickstarts", "playground",
  "playgrounds", "snippets",
]

private let templateMarks: Set<String> = ["template", "templates"]

private let mockedTrades: Set<String> = [
  "exam", "exams", "interview", "interviews", "trial", "trials", "audit", "audits", "drill",
  "drills", "up", "ups",
]

private let stubTrades: Set<String> = ["pay", "paycheck", "ticket", "check", "cheque", "wage"]

private let sampledThings: Set<String> = [
  "data", "input", "inputs", "output", "outputs", "result", "results", "response", "responses",
  "payload", "json", "text", "value", "values", "record", "records", "answer", "answers",
]
