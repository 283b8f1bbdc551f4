import ArgumentParser
import Foundation

/// A format of what a command writes, which the ending of the output's name says where nothing else does.
protocol OutputFormat: RawRepresentable<String>, CaseIterable, ExpressibleByArgument, Sendable {
  /// Without `--format` and without an ending that says it.
  static var standard: Self { get }
  /// Endings other than the formats' own names.
  static var furtherEndings: [String: Self] { get }
}

/// Endings that say what is in a file; a name with another, or with none, says nothing.
private let speakingEndings: Set = [
  "csv", "dot", "gv", "graphml", "htm", "html", "json", "markdown", "md", "mmd", "pdf", "sarif",
  "svg",
  "xes", "xlsx", "xml", "yaml", "yml",
]

extension OutputFormat {
  static var furtherEndings: [String: Self] { [:] }

  /// The format that was asked for, else the one that the output's name says.
  ///
  /// - Parameters:
  ///   - given: what `--format` says; `nil` without it.
  ///   - advice: where other formats are to be had; empty for nowhere.
  /// - Throws: `ValidationError` where the name says another format, or one that the command does not write.
  static func chosen(_ given: Self?, output: String?, advice: String = "") throws -> Self {
    let format = given ?? .standard
    guard let output else { return format }
    let ending = URL(filePath: output).pathExtension.lowercased()
    if let named = Self(rawValue: ending) ?? furtherEndings[ending] {
      if let given, given.rawValue != named.rawValue {
        throw ValidationError(
          "\(output) says \(named.rawValue) and --format says \(given.rawValue); leave one of them out."
        )
      }
      return named
    }
    if given == nil, speakingEndings.contains(ending) {
      let all = allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "\(output): this command does not write .\(ending), but \(all)."
          + (advice.isEmpty ? "" : " \(advice)"))
    }
    return format
  }
}
