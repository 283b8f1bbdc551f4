import Facts
import Testing

@Suite("ISO 8601 durations")
struct ISO8601DurationTests {
  @Test(
    "lengths are read exactly",
    arguments: [
      ("PT30M", 1800), ("P1D", 86400), ("P2W", 1_209_600), ("P1DT2H3M4.5S", 93784.5),
      ("PT0S", 0), ("PT0.5S", 0.5), ("PT1H30M10S", 5410), ("PT1,5S", 1.5), ("PT36H", 129_600),
      (" P1D T2H ", 93_600),
    ])
  func lengths(text: String, seconds: Double) {
    #expect(TimeSpan(iso8601: text)?.seconds == seconds)
  }

  @Test(
    "what has no fixed length is unknown",
    arguments: [
      "P1M", "P1Y", "", "P", "PT", "5M", "=x", "${d}", "P1H", "PT1D", "PT1", "P-1D", "R3/PT1M",
      "PT99999999999999999H", "P1DT", "PTM", "PT1X", "P9e9W",
    ])
  func unknown(text: String) {
    #expect(TimeSpan(iso8601: text) == nil)
  }
}
