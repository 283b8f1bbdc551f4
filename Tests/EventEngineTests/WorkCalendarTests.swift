import EventEngine
import Testing

@Suite("Work calendars") struct WorkCalendarTests {
  static let hour: Int64 = 3_600_000_000
  static let day = 24 * hour
  /// Two intervals a day, 8–12 and 13–17, for ten days.
  static let office = WorkCalendar(
    (0..<10).flatMap {
      let midnight = Int64($0) * day
      return [
        (midnight + 8 * hour, midnight + 12 * hour), (midnight + 13 * hour, midnight + 17 * hour),
      ]
    })

  @Test("an interval holds its opening and not its closing instant")
  func halfOpen() {
    #expect(Self.office.isOpen(at: 8 * Self.hour))
    #expect(!Self.office.isOpen(at: 12 * Self.hour))
    #expect(!Self.office.isOpen(at: -1))
    #expect(!Self.office.isOpen(at: 20 * Self.day))
  }

  @Test("work that fills a shift ends at its closing instant, not at the next opening")
  func endOfShift() {
    let calendar = Self.office
    #expect(calendar.instant(after: 4 * Self.hour, from: 8 * Self.hour) == 12 * Self.hour)
    #expect(calendar.instant(after: 4 * Self.hour + 1, from: 8 * Self.hour) == 13 * Self.hour + 1)
    #expect(calendar.instant(after: 8 * Self.hour, from: 0) == 17 * Self.hour)
    #expect(calendar.instant(atWork: 16 * Self.hour) == Self.day + 17 * Self.hour)
  }

  @Test("no work ends at once, and work beyond the calendar never ends")
  func limits() {
    #expect(Self.office.instant(after: 0, from: 3) == 3)
    #expect(Self.office.instant(after: 81 * Self.hour, from: 0) == .max)
    #expect(Self.office.instant(after: 80 * Self.hour, from: 0) == 9 * Self.day + 17 * Self.hour)
    #expect(WorkCalendar([]).instant(after: 1, from: 0) == .max)
    #expect(WorkCalendar.continuous.instant(after: 5, from: 7) == 12)
  }

  @Test("touching and overlapping intervals are one, empty ones are none")
  func joining() {
    let calendar = WorkCalendar([(5, 9), (0, 5), (8, 12), (20, 20)])
    #expect(calendar.intervals.map(\.open) == [0])
    #expect(calendar.totalWork == 12)
  }

  @Test(
    "working time is the inverse of instants, however long", arguments: 0..<300 as Range<UInt64>)
  func inverse(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: Int64) -> Int64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int64(state % UInt64(bound))
    }
    var open: Int64 = -random(50 * Self.day)
    var spans: [(open: Int64, close: Int64)] = []
    for _ in 0..<200 {
      open += 1 + random(random(10) == 0 ? 9 * Self.day : Self.day)
      let close = open + 1 + random(Self.day)
      spans.append((open, close))
      open = close
    }
    let calendar = WorkCalendar(spans)
    for _ in 0..<50 {
      let start = spans[0].open - Self.day + random(250 * Self.day)
      let work = 1 + random(calendar.totalWork)
      let end = calendar.instant(after: work, from: start)
      let available = calendar.totalWork - calendar.workTime(at: start)
      if work > available {
        #expect(end == .max)
      } else {
        #expect(calendar.workTime(from: start, to: end) == work)
        #expect(calendar.workTime(from: start, to: end - 1) == work - 1)
      }
    }
  }

  @Test("the next opening is now within hours and the next interval's outside")
  func opening() {
    #expect(Self.office.opening(atOrAfter: 9 * Self.hour) == 9 * Self.hour)
    #expect(Self.office.opening(atOrAfter: 12 * Self.hour) == 13 * Self.hour)
    #expect(Self.office.opening(atOrAfter: 30 * Self.day) == .max)
  }
}
