import EventEngine
import Foundation
import Simulation
import Testing

@testable import Scenarios

@Suite("The guide to teams and calendars")
struct GuideTests {
  private let page = scenarioFolder.deletingLastPathComponent()
    .appending(path: "docs/guides/teams-and-calendars.md")

  /// Holidays of Berlin, as the guide's calendar file.
  private let holidays = """
    BEGIN:VCALENDAR
    BEGIN:VEVENT
    UID:1
    DTSTART;VALUE=DATE:20241225
    DTEND;VALUE=DATE:20241227
    RRULE:FREQ=YEARLY
    END:VEVENT
    BEGIN:VEVENT
    UID:2
    DTSTART;VALUE=DATE:20250101
    RRULE:FREQ=YEARLY
    END:VEVENT
    END:VCALENDAR
    """

  /// The four weeks from Monday, 14 December 2026.
  ///
  /// Early: 5 + 3 days of 8 h before Christmas; on the 24th
  /// 06:00–10:00 and 10:30–12:00, 5.5 h; 25 and 26 are holidays; 28 to 30 closed; on the 31st 5.5 h; 1
  /// January is a holiday; 5 days of 8 h, and 4 h on Saturday: 64 + 5.5 + 5.5 + 40 + 4 = 119 h. Late begins
  /// at 13:30, so that nothing is left of the 24th and the 31st: 64 + 40 + 4 = 108 h.
  @Test("has an example that says what the text says of it")
  func example() throws {
    let text = try String(contentsOf: page, encoding: .utf8)
    let start = try #require(text.firstRange(of: "```yaml\n")?.upperBound)
    let end = try #require(text[start...].firstRange(of: "```")?.lowerBound)
    let loan = estate(loanProcess())
    let scenario = try readScenario(
      Array(text[start..<end].utf8), path: "guide.yaml",
      files: { [holidays] _ in Array(holidays.utf8) }
    ) { _ in loan }
    #expect(scenario.warnings.isEmpty)
    let model = try compile(scenario).variants[0].model
    let hours = model.calendars.map {
      Double($0.workTime(from: 0, to: model.timeline.horizon)) / 3600e6
    }
    #expect(hours == [119, 108])
    let team = model.stack.teams[0]
    #expect(team.people.map(\.name) == ["alice", "bob", "carol", "dan"])
    #expect(team.people.map(\.calendar) == [0, 0, 1, 1])
    // Alice does 119 h at 1.2, Bob 119, Carol 108, Dan 108 at 0.8: 142.8 + 119 + 108 + 86.4 h.
    let capacity = team.scheduledContent(
      from: 0, to: model.timeline.horizon, calendars: model.calendars)
    let inHours = Double(capacity) / 3600e6
    #expect(abs(inHours - 456.2) < 1e-6)
  }
}
