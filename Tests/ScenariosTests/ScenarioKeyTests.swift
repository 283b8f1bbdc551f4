import Testing

@testable import Scenarios

@Suite("The table of keys")
struct ScenarioKeyTests {
  @Test("has every key once, with a summary and an example that its parser reads")
  func isWhole() {
    let paths = ScenarioKey.all.map(\.path)
    #expect(Set(paths).count == paths.count)
    for key in ScenarioKey.all {
      #expect(key.summary.hasSuffix(".") || key.summary.hasSuffix("…"), "\(key.path)")
      switch key.kind {
      case .group, .named: break
      default: #expect(!key.example.isEmpty, "\(key.path)")
      }
    }
  }

  @Test("has a parent for every key")
  func isATree() {
    let paths = Set(ScenarioKey.all.map(\.path))
    for path in paths where path.contains(".") {
      let parent = path.split(separator: ".").dropLast().joined(separator: ".")
      #expect(paths.contains(parent), "\(path)")
    }
  }

  @Test("has every key that a scenario of the project uses", arguments: scenarioFiles)
  func coversTheProject(file: String) throws {
    // An unknown key is an error, so reading is the proof.
    #expect(throws: Never.self) { try readScenario(file) }
  }

  @Test("has no key that the parser does not read")
  func isRead() throws {
    let reading = ScenarioReading()
    _ = try readScenario(Array(fullScenario.utf8), path: "full.yaml", reading: reading) { _ in
      estate(loanProcess(), branchingProcess())
    }
    let unread = ScenarioKey.all.map(\.path).filter { !reading.keysRead.contains($0) }
    #expect(unread == [])
  }

  @Test("gives defaults that are read as any value")
  func defaultsAreReadable() {
    for key in ScenarioKey.all {
      guard case .standard(let text, _) = key.presence else { continue }
      let isReadable: Bool =
        switch key.kind {
        case .share: (try? parseShare(text)) != nil
        case .count(let nouns): (try? parseCount(text, of: nouns)) != nil
        case .duration, .durationPer: (try? parseDuration(String(text.prefix { $0 != "p" }))) != nil
        case .backoff: (try? parseBackoff(text)) != nil
        case .choice(let options): options.contains(text) || key.path == "clock.start_state"
        case .flag: ["true", "false"].contains(text)
        case .distribution: (try? parseDuration(text)) != nil
        case .money: text.hasPrefix("0 per ")
        case .number: (try? parseLoneNumber(text)) != nil
        case .choiceOrGroup(let options): options.contains(text)
        case .timeZone: text == "UTC"
        default: false
        }
      #expect(isReadable, "\(key.path): \(text)")
    }
  }
}
