public import Facts

/// Something in a scenario that is wrong, or that should be looked at.
public struct ScenarioProblem: Hashable, Sendable {
  /// `high` for an error, which stops the scenario from running; `medium` for a warning.
  public var severity: Severity
  /// Dotted path of the key concerned, as written in the file; `nil` where no key is.
  public var key: String?
  /// One sentence: what was found, what was expected, what to do.
  public var message: String
  /// Where.
  public var location: SourceLocation

  /// Creates a problem.
  public init(
    key: String? = nil, _ message: String, severity: Severity = .high,
    at location: SourceLocation
  ) {
    self.severity = severity
    self.key = key
    self.message = printable(message)
    self.location = location
  }
}

extension ScenarioProblem: CustomStringConvertible {
  /// `path:line:column: message`.
  public var description: String {
    let place = location.position.map { "\(location.path):\($0)" } ?? location.path
    return "\(place): \(message)"
  }
}

/// A text without characters that would steer a terminal or hide what is written.
private func printable(_ text: String) -> String {
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: scalars.append("\u{FFFD}")
    default: scalars.append(scalar)
    }
  }
  return String(scalars)
}

/// Why a scenario cannot be read or compiled: everything that was found, by place.
public struct ScenarioErrors: Error, Equatable, Sendable, CustomStringConvertible {
  /// The errors, by place; never empty.
  public var problems: [ScenarioProblem]

  /// Creates errors; duplicates are dropped.
  public init(_ problems: [ScenarioProblem]) { self.problems = inOrder(problems) }

  /// One line each.
  public var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}

/// By place, each once.
func inOrder(_ problems: [ScenarioProblem]) -> [ScenarioProblem] {
  var seen: Set<ScenarioProblem> = []
  return problems.filter { seen.insert($0).inserted }
    .sorted { ($0.location, $0.message) < ($1.location, $1.message) }
}
