import Foundation
import Reporting

/// Where text goes: results to standard output, everything else to standard error.
enum Terminal {
  /// Prints a result.
  static func result(_ text: String) {
    FileHandle.standardOutput.write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
  }

  /// Says something about the work that is no result.
  static func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Says why something could not be done.
  static func error(_ message: String) { note("error: \(message)") }

  /// Style of standard output: coloured on a terminal, unless NO_COLOR is set.
  static var style: TextStyle {
    TextStyle(
      isColoured: isatty(STDOUT_FILENO) == 1
        && ProcessInfo.processInfo.environment["NO_COLOR"] == nil)
  }

  /// Whether progress is shown: only to people.
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }
}
