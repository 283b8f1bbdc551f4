import Foundation
import Synchronization

/// A line on standard error that shows how far long work has come, at what rate, and the time left.
///
/// Nothing is shown where standard error is no terminal.
final class ProgressBar: Sendable {
  private let title: String
  private let unit: String
  private let began = ContinuousClock.now
  private let lastShown = Mutex<ContinuousClock.Instant?>(nil)

  /// A bar over work counted in a unit, such as `rehearsals`.
  init(_ title: String, unit: String) {
    self.title = title
    self.unit = unit
  }

  /// Shows that `done` of `total` are done, parts of one included; at most ten times a second.
  func show(_ done: Double, of total: Int) {
    guard Terminal.showsProgress, total > 0 else { return }
    let now = ContinuousClock.now
    let isDue = lastShown.withLock { last in
      if let shown = last, now - shown < .milliseconds(100) { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let seconds = max(0.001, Double((now - began) / .milliseconds(1)) / 1000)
    let rate = done / seconds
    let left = rate > 0 ? max(0, Double(total) - done) / rate : 0
    let width = 24
    let filled = min(width, Int(Double(width) * done / Double(total)))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let speed = rate < 1 ? "" : ", \(Int(rate.rounded()))/s"
    let text =
      "\r\(title) \(bar) \(Int(done))/\(total) \(unit)\(speed), \(Self.time(left)) left \u{1B}[K"
    FileHandle.standardError.write(Data(text.utf8))
  }

  /// Wipes the line where one was shown.
  func clear() {
    guard Terminal.showsProgress, lastShown.withLock({ $0 != nil }) else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8))
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }
}
