import Calibration
import Testing

@Suite("Hours of a week")
struct WeeklyHoursTests {
  private let hours = WeeklyHours(
    (0..<5).map { .init(open: $0 * 1440 + 480, close: $0 * 1440 + 960) })
  /// 2026-01-05, a Monday, is day 20458.
  private let monday = Int64(20_458) * 86_400_000_000
  private func at(_ day: Int64, _ hour: Double) -> Int64 {
    monday + day * 86_400_000_000 + Int64(hour * 3.6e9)
  }

  @Test("work counts the hours that lie between two instants, over nights, weekends and weeks")
  func work() {
    #expect(hours.work(from: at(0, 9), to: at(0, 10.5)) == 5_400_000_000)
    #expect(hours.work(from: at(0, 15), to: at(1, 9)) == 2 * 3_600_000_000)
    #expect(hours.work(from: at(4, 15), to: at(7, 9)) == 2 * 3_600_000_000)
    #expect(hours.work(from: at(-700, 0), to: at(0, 0)) == 100 * 40 * 3_600_000_000)
    #expect(hours.work(from: at(5, 1), to: at(6, 23)) == 0)
    #expect(WeeklyHours.always.work(from: at(5, 1), to: at(6, 1)) == 86_400_000_000)
  }

  @Test("the next open instant is the same one within hours, else the next beginning")
  func next() {
    #expect(hours.next(from: at(0, 9)) == at(0, 9))
    #expect(hours.next(from: at(0, 16)) == at(1, 8))
    #expect(hours.next(from: at(4, 16)) == at(7, 8))
    #expect(WeeklyHours([]).next(from: at(0, 0)) == .max)
    #expect(hours.isOpen(at: at(0, 8)) && !hours.isOpen(at: at(0, 16)))
  }

  @Test("hours are written as scenarios write them")
  func lines() {
    #expect(hours.lines == ["mon-fri 08:00-16:00"])
    #expect(WeeklyHours.always.lines == ["always"])
    #expect(
      WeeklyHours([.init(open: 6 * 1440 + 1200, close: 7 * 1440)]).lines == ["sun 20:00-24:00"])
  }
}
