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

@Suite("Calendars that repeat") struct RepeatingCalendarTests {
  static let hour: Int64 = 3_600_000_000
  static let week = 168 * hour

  /// A week of random shifts, the same every week, for so many weeks.
  private func spans(seed: UInt64, weeks: Int64) -> [(open: Int64, close: Int64)] {
    var generator = Xorshift(seed: seed)
    var ofOneWeek: [(open: Int64, close: Int64)] = []
    var time = generator.below(20 * Self.hour)
    while time < Self.week - 30 * Self.hour {
      let open = time + 1 + generator.below(20 * Self.hour)
      let close = open + 1 + generator.below(9 * Self.hour)
      ofOneWeek.append((open, close))
      time = close
    }
    return (0..<weeks).flatMap { number in
      ofOneWeek.map { ($0.open + number * Self.week, $0.close + number * Self.week) }
    }
  }

  /// Hours of 8 to 12 and 13 to 17 on two days.
  @Test("say how long ago a shift ended, which a break does not")
  func sinceShiftEnd() {
    let calendar = WorkCalendar(
      [8, 13, 32, 37].map { (hours: Int64) in (hours * Self.hour, (hours + 4) * Self.hour) })
    for (hours, since) in [(1, 0), (9, 0), (12, 0), (12.5, 0), (16, 0), (17, 0), (20, 3), (31, 14)]
      as [(Double, Int64)]
    {
      #expect(calendar.timeSinceShiftEnd(at: Int64(hours * Double(Self.hour))) == since * Self.hour)
    }
    #expect(calendar.timeSinceShiftEnd(at: 50 * Self.hour) == 9 * Self.hour)
    #expect(WorkCalendar.continuous.timeSinceShiftEnd(at: 5) == 0)
  }

  /// Six weeks that go on by repeating two are compared with sixty that are written out.
  @Test("say the same as if every week were written out", arguments: 0..<60 as Range<UInt64>)
  func sameAsWrittenOut(seed: UInt64) throws {
    let repeating = WorkCalendar(spans(seed: seed, weeks: 6), repeating: 2 * Self.week)
    let whole = WorkCalendar(spans(seed: seed, weeks: 60))
    _ = try #require(repeating.repetition)
    let pairs = [
      (repeating, whole),
      (repeating.shortened(by: Self.hour / 2), whole.shortened(by: Self.hour / 2)),
    ]
    var generator = Xorshift(seed: seed &+ 1)
    // Openings, closings, their neighbours, and instants in between.
    var instants = whole.intervals.dropLast(200).flatMap { interval in
      [-1, 0, 1].flatMap { [interval.open + $0, interval.close + $0] }
    }
    for _ in 0..<300 { instants.append(generator.below(50 * Self.week)) }
    for (ours, theirs) in pairs {
      for instant in instants where instant < 50 * Self.week {
        #expect(ours.isOpen(at: instant) == theirs.isOpen(at: instant))
        #expect(ours.workTime(at: instant) == theirs.workTime(at: instant))
        #expect(ours.opening(atOrAfter: instant) == theirs.opening(atOrAfter: instant))
        #expect(ours.nextChange(after: instant) == theirs.nextChange(after: instant))
        #expect(ours.endsShift(at: instant) == theirs.endsShift(at: instant))
        #expect(
          ours.timeSinceShiftEnd(at: instant) == theirs.timeSinceShiftEnd(at: instant))
        let (end, same) = (
          ours.shiftEnd(before: instant, within: 2 * Self.hour),
          theirs.shiftEnd(before: instant, within: 2 * Self.hour)
        )
        #expect(end?.instant == same?.instant && end?.nextOpening == same?.nextOpening)
        let work = 1 + generator.below(generator.below(3) == 0 ? Self.week : Self.hour)
        #expect(
          ours.instant(after: work, from: instant) == theirs.instant(after: work, from: instant))
      }
    }
  }

  /// 16 hours a week: a million weeks of work take a million weeks, less what lies after the last closing
  /// of the week in which it ends.
  @Test("go on for ever")
  func forEver() {
    let calendar = WorkCalendar(
      (Int64(0)..<4).flatMap { number -> [(open: Int64, close: Int64)] in
        let start = number * Self.week
        return [
          (start + 8 * Self.hour, start + 16 * Self.hour),
          (start + 32 * Self.hour, start + 40 * Self.hour),
        ]
      }, repeating: Self.week)
    let end = calendar.instant(after: 1_000_000 * 16 * Self.hour, from: 0)
    #expect(end == 999_999 * Self.week + 40 * Self.hour)
    #expect(calendar.workTime(at: end) == 1_000_000 * 16 * Self.hour)
  }

  @Test("without a stretch that begins and ends out of hours nothing is repeated")
  func noStretch() {
    // One interval is no week: the stretch before it is not known.
    let calendar = WorkCalendar([(0, Self.hour)], repeating: Self.week)
    #expect(calendar.repetition == nil)
    #expect(calendar.opening(atOrAfter: 2 * Self.hour) == .max)
  }
}

/// Marsaglia's xorshift, enough to vary tests.
private struct Xorshift {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func below(_ bound: Int64) -> Int64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int64(state % UInt64(bound))
  }
}
