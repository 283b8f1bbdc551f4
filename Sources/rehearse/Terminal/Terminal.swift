import Foundation
import Reporting

/// Where text goes: results to standard output, everything else to standard error.
enum Terminal {
  /// Prints a result; where standard output cannot take it, says so and ends with exit code 2.
  static func result(_ text: String) {
    do {
      try FileHandle.standardOutput.write(
        contentsOf: Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
    } catch {
      Terminal.error("standard output cannot be written (\(reason(error))); write to another place")
      Foundation.exit(2)
    }
  }

  /// What the system says about an error, without the words around it.
  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let cause = underlying, cause.domain == NSPOSIXErrorDomain else {
      return error.localizedDescription
    }
    return String(cString: strerror(Int32(cause.code)))
  }

  /// Says something about the work that is no result.
  static func note(_ text: String) {
    // Where standard error takes nothing either, there is nobody to tell.
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
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
