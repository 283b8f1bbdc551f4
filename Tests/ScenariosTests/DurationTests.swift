import Testing

@testable import Scenarios

@Suite("Durations")
struct DurationTests {
  @Test(
    "are printed as they are read",
    arguments: ScenarioDuration.Unit.allCases)
  func roundTrip(unit: ScenarioDuration.Unit) throws {
    for amount in [0, 1, 2, 0.5, 1.25, 14, 126, 1e6, 0.001, 1e-7, 1.0 / 3] {
      let duration = ScenarioDuration(amount, unit)
      #expect(try parseDuration(duration.description) == duration)
    }
  }

  @Test("may be written with long or short names of the unit")
  func names() throws {
    for (text, seconds) in [
      ("300 ms", 0.3), ("40 s", 40), ("40 seconds", 40), ("14min", 840), ("1 minute", 60),
      ("2 h", 7200), ("2 hours", 7200), ("1 day", 86_400), ("8 weeks", 4_838_400),
      ("30 working minutes", 1800), ("2 working hours", 7200), ("126 working days", 3_628_800),
    ] {
      #expect(try parseDuration(text).seconds(workingDay: 28_800) == seconds, "\(text)")
    }
  }

  @Test(
    "say what is wrong with them",
    arguments: [
      ("5 kg", "'kg' is no unit of time; use ms, s, min, h, days, weeks or working days"),
      ("5 minuts", "'minuts' is no unit of time; did you mean 'minutes'?"),
      ("5", "'5' has no unit; write ms, s, min, h, days or weeks"),
      ("min 5", "'min' is no number"),
      ("5 min 3", "'3' after the duration is not understood"),
      ("5 working weeks", "'working weeks' is no unit; use working minutes, hours or days"),
      ("5 working", "'working' is not followed by minutes, hours or days"),
      ("", "a duration is missing"),
      ("1e999 s", "'1e999' is too large"),
      ("1,5 h", "',5' is no unit of time; use ms, s, min, h, days, weeks or working days"),
    ])
  func errors(text: String, message: String) {
    #expect(throws: ValueError(message)) { try parseDuration(text) }
  }
}
