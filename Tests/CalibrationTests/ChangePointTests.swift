import Statistics
import Testing

@testable import Calibration

@Suite("Changes while a log was written")
struct ChangePointTests {
  private let hour: Int64 = 3_600_000_000

  private func times(_ count: Int) -> [Int64] { (0..<count).map { Int64($0) * hour } }

  /// Values that are spread alike and without order: multiples of the golden ratio, modulo 1.
  private func spread(_ count: Int) -> [Double] {
    (1...count).map { number in
      let value = Double(number) * 0.618_033_988_749_895
      return value - value.rounded(.down)
    }
  }

  @Test("values that stay as they are have no change; neither have few")
  func none() {
    #expect(changePoints(spread(400), times: times(400)).isEmpty)
    #expect(changePoints([Double](repeating: 3, count: 200), times: times(200)).isEmpty)
    let few = (0..<59).map { $0 < 30 ? 1.0 : 9 }
    #expect(changePoints(few, times: times(59)).isEmpty)
  }

  @Test("a step is found where it is, with the means of both sides")
  func step() throws {
    let values = spread(300).enumerated().map { $0.offset < 120 ? $0.element : $0.element + 5 }
    let found = changePoints(values, times: times(300))
    let change = try #require(found.first)
    #expect(found.count == 1 && change.position == 120 && change.time == 120 * hour)
    // Means of an even spread over 0...1 are a half, within a hundredth.
    #expect(abs(change.before - 0.5) < 0.02 && abs(change.after - 5.5) < 0.02)
    #expect(change.pValue < 1e-6)
  }

  @Test("of two steps the last stretch is what holds now")
  func twoSteps() {
    let values = spread(360).enumerated().map { offset, value in
      value + (offset < 120 ? 0 : offset < 240 ? 3 : 9)
    }
    let found = changePoints(values, times: times(360))
    #expect(found.last?.position == 240)
    #expect(abs((found.last?.after ?? 0) - 9.5) < 0.02)
  }

  /// A walk of which each value is close to the one before has runs that are no changes.
  ///
  /// With a correlation of 0.95 only a fortieth of the number of values counts.
  @Test("values that hang together need a larger difference")
  func correlated() {
    let noise = spread(200)
    var value = 0.0
    let walk = noise.map { step -> Double in
      value = 0.95 * value + step - 0.5
      return value
    }
    #expect(changePoints(walk, times: times(200)).isEmpty)
  }

  @Test("ranks of equal values are the mean of theirs")
  func ranks() {
    #expect(midranks([5, 1, 5, 0]) == [3.5, 2, 3.5, 1])
  }

  /// Hours from 08:00 to 16:00: 2 h after 15:00 on a Monday are 09:00 on Tuesday; 8 h after 08:00 on a Friday
  /// are 16:00 of that day, and one second more is a second after 08:00 on Monday.
  @Test("working time ahead of an instant ends where the hours have passed it")
  func ahead() {
    let hours = WeeklyHours((0..<5).map { .init(open: $0 * 1440 + 480, close: $0 * 1440 + 960) })
    // 1970-01-05 was a Monday.
    let monday = 4 * 24 * hour
    #expect(hours.instant(after: 2 * hour, from: monday + 15 * hour) == monday + 33 * hour)
    let friday = monday + 4 * 24 * hour
    #expect(hours.instant(after: 8 * hour, from: friday + 8 * hour) == friday + 16 * hour)
    #expect(
      hours.instant(after: 8 * hour + 1_000_000, from: friday + 8 * hour) == friday + 80 * hour
        + 1_000_000)
    for from in [monday + 8 * hour, monday + 11 * hour, friday + 9 * hour] {
      let end = hours.instant(after: 13 * hour, from: from)
      #expect(hours.work(from: from, to: end) == 13 * hour)
    }
  }

  /// Waits that begin evenly over the office hours.
  ///
  /// By the calendar, what ends at night starts at 08:00; in hours of work it starts evenly over the day.
  @Test("waiting by the calendar is told from waiting in hours of work")
  func clocks() {
    let hours = WeeklyHours((0..<5).map { .init(open: $0 * 1440 + 480, close: $0 * 1440 + 960) })
    let monday = 4 * 24 * hour
    let waits = { (isCalendar: Bool) -> [UnexplainedWait] in
      zip(self.spread(400), self.spread(997).suffix(400)).enumerated().map { index, pair in
        let day = Int64(index / 5 % 5 + index / 25 * 7)
        let free = monday + day * 24 * hour + 8 * hour + Int64(pair.0 * 8 * Double(hour))
        let length = Int64((4 + 20 * pair.1) * Double(hour))
        let start =
          isCalendar ? hours.next(from: free + length) : hours.instant(after: length, from: free)
        return UnexplainedWait(
          free: free, start: start, worked: hours.work(from: free, to: start), caseStart: free,
          place: index)
      }
    }
    #expect(goesByCalendar(waits(true), hours: hours))
    #expect(!goesByCalendar(waits(false), hours: hours))
    #expect(!goesByCalendar(waits(true), hours: .always))
    #expect(!goesByCalendar(Array(waits(true).prefix(40)), hours: hours))
  }
}
