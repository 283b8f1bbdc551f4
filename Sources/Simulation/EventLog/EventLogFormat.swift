/// What a log of work looks like.
public enum EventLogFormat: String, Sendable, Hashable, CaseIterable {
  /// A row for each piece of work, in the order in which it was done (RFC 4180).
  case csv
  /// A trace for each case with an event for each piece of work, as IEEE 1849 has it.
  case xes

  /// Names of the columns of CSV: those of a single replication.
  public static let columns = [
    "case_id", "activity", "activity_id", "kind", "attempt", "resource", "team", "enabled",
    "started", "finished",
  ]

  /// What stands before all rows or traces.
  ///
  /// - Parameters:
  ///   - title: name of the log.
  ///   - hasSeveral: whether the log has several replications.
  public func head(title: String, hasSeveral: Bool) -> String {
    switch self {
    case .csv:
      ((hasSeveral ? ["replication"] : []) + Self.columns).joined(separator: ",") + "\n"
    case .xes: xesHead(title: title)
    }
  }

  /// What stands behind them.
  public var foot: String {
    switch self {
    case .csv: ""
    case .xes: "</log>\n"
    }
  }
}
