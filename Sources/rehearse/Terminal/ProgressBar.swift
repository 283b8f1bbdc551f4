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

  /// Shows that `done` of `total` are done; at most ten times a second.
  func show(_ done: Int, of total: Int) {
    guard Terminal.showsProgress, total > 0 else { return }
    let now = ContinuousClock.now
    let isDue = lastShown.withLock { last in
      if let shown = last, now - shown < .milliseconds(100), done < total { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let seconds = max(0.001, Double((now - began) / .milliseconds(1)) / 1000)
    let rate = Double(done) / seconds
    let left = rate > 0 ? Double(total - done) / rate : 0
    let width = 24
    let filled = width * done / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let text =
      "\r\(title) \(bar) \(done)/\(total) \(unit), \(Int(rate.rounded()))/s, \(Self.time(left)) left "
    FileHandle.standardError.write(Data(text.utf8))
    if done == total { FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8)) }
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }
}
