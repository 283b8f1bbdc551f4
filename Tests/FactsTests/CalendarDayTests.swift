import Facts
import Testing

@Suite("a calendar day")
struct CalendarDayTests {
  @Test(
    "counts days from 1970 as the calendar does",
    arguments: [
      ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-11-21", 20_778),
      ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ])
  func number(text: String, number: Int) throws {
    let day = try #require(CalendarDay(text))
    #expect(day.number == number)
    #expect(day.description == text)
  }

  @Test(
    "refuses what is no day",
    arguments: [
      "2025-02-29", "1900-02-29", "2026-13-01", "2026-1-01", "26-01-01", "", "2026-01-32",
    ])
  func refused(text: String) { #expect(CalendarDay(text) == nil) }

  @Test("every day of four centuries has a text that reads back, one day after the other")
  func roundTrip() {
    for number in -70_000...80_000 {
      let day = CalendarDay(number: number)
      #expect(CalendarDay(day.description) == day)
    }
  }
}
