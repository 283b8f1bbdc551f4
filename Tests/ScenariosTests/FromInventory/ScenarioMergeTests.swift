import Facts
import Foundation
import Scenarios
import Testing

@Suite("Changes of the inventory in a scenario that was made of it")
struct ScenarioMergeTests {
  private let made = """
    # Made of the inventory.
    rehearse: 1
    title: "Loan"

    demand:
      arrivals:
        rate: { value: 100 per week, declared: "register.csv:2" }

    teams:
      desk:   # Desk
        people: { value: 4, assumed: "placeholder" }
        cost: { value: 33.50 EUR/h, assumed: "Eurostat" }

    applications:
      # Shared with A.
      crm:   # CRM
        concurrent: { value: unlimited, assumed: "placeholder" }

    """

  /// What a person made of the file, and what comes of it when the inventory says something else.
  private func merge(
    mine change: (String) throws -> String = { $0 },
    theirs: (String) throws -> String = { $0 }
  ) throws -> ScenarioMerge {
    let file = try change(try withLedger(made, path: "s.yaml"))
    return try mergeScenario(Array(file.utf8), path: "s.yaml", with: try theirs(made))
  }

  private func replacing(_ old: String, _ new: String) -> (String) throws -> String {
    { text in
      let range = try #require(text.firstRange(of: old))
      return text.replacingCharacters(in: range, with: new)
    }
  }

  /// Differences in short: kind and path.
  private func short(_ merge: ScenarioMerge) -> [String] {
    (merge.differences + merge.kept).map { "\($0.kind.rawValue) \($0.path)" }
  }

  @Test("an inventory that is as it was leaves the file as it is, to the byte")
  func unchanged() throws {
    let file = try withLedger(made, path: "s.yaml")
    let merge = try merge()
    #expect(short(merge) == [])
    #expect(merge.text == file)
  }

  @Test("a value that only the inventory changed is shown with old and new, and taken over")
  func changed() throws {
    let merge = try merge(
      mine: replacing("title: \"Loan\"\n", "title: \"Loan\"\n# A note of mine.\n"),
      theirs: replacing(
        "100 per week, declared: \"register.csv:2\"", "120 per week, declared: \"register.csv:3\""))
    let difference = try #require(merge.differences.first)
    #expect(short(merge) == ["changed demand.arrivals.rate"])
    #expect(difference.before == "100 per week")
    #expect(difference.yours == "100 per week")
    #expect(difference.now == "120 per week")
    #expect(difference.evidence == "declared: register.csv:3")
    #expect(difference.location?.line == 8)
    #expect(
      merge.text.contains("    rate: { value: 120 per week, declared: \"register.csv:3\" }\n"))
    #expect(merge.text.contains("# A note of mine."))
    #expect(
      merge.text.contains("#: demand.arrivals.rate = 120 per week | declared: register.csv:3\n"))
  }

  @Test("a value that only you changed stays and is no difference of the inventory")
  func yours() throws {
    let merge = try merge(
      mine: replacing(
        "{ value: 4, assumed: \"placeholder\" }", "{ value: 7, measured: \"rota.csv\" }"))
    #expect(merge.differences == [])
    #expect(short(merge) == ["yours teams.desk.people"])
    #expect(merge.text.contains("people: { value: 7, measured: \"rota.csv\" }"))
  }

  @Test("where both changed yours stays, and the difference is shown once")
  func contested() throws {
    let theirs = replacing("value: 4", "value: 5")
    let first = try merge(mine: replacing("value: 4", "value: 7"), theirs: theirs)
    #expect(short(first) == ["contested teams.desk.people"])
    #expect(first.text.contains("people: { value: 7, assumed"))
    let second = try mergeScenario(Array(first.text.utf8), path: "s.yaml", with: try theirs(made))
    #expect(second.differences == [])
    #expect(short(second) == ["yours teams.desk.people"])
  }

  @Test("a value that you confirmed by a source of yours is yours")
  func confirmed() throws {
    let merge = try merge(
      mine: replacing("value: 4, assumed: \"placeholder\"", "value: 4, measured: \"rota.csv\""),
      theirs: replacing("value: 4", "value: 5"))
    #expect(short(merge) == ["contested teams.desk.people"])
    #expect(merge.text.contains("people: { value: 4, measured: \"rota.csv\" }"))
  }

  @Test("other evidence of the same value is a difference of its own")
  func evidence() throws {
    let merge = try merge(theirs: replacing("register.csv:2", "register.csv:9"))
    #expect(short(merge) == ["evidence demand.arrivals.rate"])
    #expect(merge.text.contains("rate: { value: 100 per week, declared: \"register.csv:9\" }"))
  }

  @Test("new keys and groups are added where the inventory's scenario has them")
  func added() throws {
    let merge = try merge(
      theirs: { text in
        let more = try replacing(
          "    cost: {", "    speed: { value: 90 %, declared: \"x\" }\n    cost: {")(text)
        return try replacing(
          "\napplications:",
          "  legal:   # Legal\n    people: { value: 2, assumed: \"placeholder\" }\n\napplications:")(
            more)
      })
    #expect(short(merge) == ["added teams.desk.speed", "added teams.legal.people"])
    #expect(
      merge.text.contains(
        """
          desk:   # Desk
            people: { value: 4, assumed: "placeholder" }
            speed: { value: 90 %, declared: "x" }
            cost: { value: 33.50 EUR/h, assumed: "Eurostat" }
          legal:   # Legal
            people: { value: 2, assumed: "placeholder" }

        applications:
        """))
  }

  @Test("what the inventory no longer says goes, unless you changed it")
  func removed() throws {
    let without: (String) throws -> String = { text in
      String(text[..<(try #require(text.firstRange(of: "applications:"))).lowerBound])
    }
    let gone = try merge(theirs: without)
    #expect(short(gone).contains("removed applications.crm.concurrent"))
    #expect(!gone.text.contains("applications:"))
    let kept = try merge(
      mine: replacing(
        "value: unlimited, assumed: \"placeholder\"", "value: 20, measured: \"licence\""),
      theirs: without)
    #expect(short(kept).contains("yours applications.crm.concurrent"))
    #expect(kept.text.contains("concurrent: { value: 20, measured: \"licence\" }"))
  }

  @Test("what you took out stays out, what you added stays")
  func takenOut() throws {
    let merge = try merge(
      mine: { text in
        let shorter = try replacing(
          "    cost: { value: 33.50 EUR/h, assumed: \"Eurostat\" }\n", "")(text)
        return try replacing("\napplications:", "\nwaits:\n  reply: 2 days\n\napplications:")(
          shorter)
      }, theirs: replacing("100 per week", "120 per week"))
    #expect(
      short(merge) == [
        "changed demand.arrivals.rate", "yours teams.desk.cost", "yours waits.reply",
      ])
    #expect(!merge.text.contains("cost:"))
    #expect(merge.text.contains("waits:\n  reply: 2 days\n"))
  }

  @Test("a comment with facts is brought up to date, unless you changed it")
  func comments() throws {
    let theirs = replacing("# Shared with A.", "# Shared with A and B.")
    let changed = try merge(theirs: theirs)
    #expect(short(changed) == ["changed # applications.crm"])
    #expect(changed.text.contains("  # Shared with A and B.\n  crm:   # CRM\n"))
    let own = try merge(
      mine: replacing("# Shared with A.", "# Shared with A, who leaves soon."), theirs: theirs)
    #expect(own.text.contains("  # Shared with A, who leaves soon.\n"))
  }

  @Test("another indentation is kept")
  func indentation() throws {
    let merge = try merge(
      mine: replacing("demand:\n  arrivals:\n    rate:", "demand:\n    arrivals:\n        rate:"),
      theirs: replacing("100 per week", "120 per week"))
    #expect(merge.text.contains("demand:\n    arrivals:\n        rate: { value: 120 per week,"))
  }

  @Test("a group on one line cannot be changed, and that is said")
  func flowStyle() throws {
    let message = #expect(throws: ScenarioErrors.self) {
      try merge(
        mine: replacing(
          "demand:\n  arrivals:\n    rate: { value: 100 per week, declared: \"register.csv:2\" }",
          "demand: { arrivals: { rate: { value: 100 per week, declared: \"register.csv:2\" } } }"),
        theirs: replacing("100 per week", "120 per week"))
    }
    #expect(
      message?.description.hasPrefix("s.yaml:5: 'demand.arrivals.rate' cannot be changed") == true)
  }

  @Test("a file that was not made of the inventory is left alone")
  func foreign() throws {
    let message = #expect(throws: ScenarioErrors.self) {
      try mergeScenario(Array(made.utf8), path: "s.yaml", with: made)
    }
    #expect(message?.description.contains("was not made by") == true)
  }

  // MARK: Any changes

  /// A scenario of three groups with keys of which some are there, each with a value.
  private func text(_ values: [String: Int]) -> String {
    var text = "rehearse: 1\n"
    for group in ["a", "b", "c"] {
      let keys = values.keys.filter { $0.hasPrefix(group) }.sorted()
      guard !keys.isEmpty else { continue }
      text += "\n\(group):\n"
      for key in keys { text += "  \(key): { value: \(values[key] ?? 0), assumed: \"x\" }\n" }
    }
    return text
  }

  /// Some keys changed, taken out or put in.
  private func varied(_ values: [String: Int], _ generator: inout some RandomNumberGenerator)
    -> [String: Int]
  {
    var result = values
    for group in ["a", "b", "c"] {
      for number in 0..<4 {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: result["\(group)\(number)"] = nil
        case 1: result["\(group)\(number)"] = Int.random(in: 0..<100, using: &generator)
        default: break
        }
      }
    }
    return result
  }

  @Test(
    "of any changes on both sides, yours stay and all others are taken over", arguments: 0..<300)
  func property(seed: Int) throws {
    var generator = SplitMix(state: UInt64(seed))
    var base: [String: Int] = ["a0": 1]
    for group in ["a", "b", "c"] {
      for number in 0..<4 where Bool.random(using: &generator) {
        base["\(group)\(number)"] = number
      }
    }
    let mine = varied(base, &generator)
    let theirs = varied(base, &generator)
    let whole = try withLedger(text(base), path: "s")
    let ledger = whole[(try #require(whole.firstRange(of: "\n# What"))).lowerBound...]
    let file = text(mine) + ledger
    let merge = try mergeScenario(Array(file.utf8), path: "s", with: text(theirs))
    // Key by key: mine where I changed it, else theirs.
    var expected: [String: Int] = [:]
    for key in Set(base.keys).union(mine.keys).union(theirs.keys) {
      expected[key] = mine[key] == base[key] ? theirs[key] : mine[key]
    }
    var found: [String: Int] = [:]
    for line in merge.text.split(separator: "\n") where line.hasPrefix("  ") {
      let words = line.split(whereSeparator: { " :{,".contains($0) })
      found[String(words[0])] = Int(words[2])
    }
    #expect(found == expected)
    let again = try mergeScenario(Array(merge.text.utf8), path: "s", with: text(theirs))
    #expect(again.differences == [])
    #expect(again.text == merge.text)
  }
}

/// A small generator for tests.
///
/// Source: Steele, Lea and Flood 2014, doi:10.1145/2714064.2660195.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
