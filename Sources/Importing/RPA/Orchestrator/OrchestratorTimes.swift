/// Reads the times of a list, whose dates may have their day first.
struct OrchestratorTimes {
  private let dayFirst: Bool

  init(_ table: OrchestratorTable) {
    dayFirst =
      table.rows.lazy.compactMap { row in
        row["starttime", "started", "startprocessing", "creationtime", "timestamp", "time"]
          .flatMap(Timestamp.isDayFirst)
      }.first ?? false
  }

  /// The moment in the first of several columns that has one.
  func moment(_ row: OrchestratorRow, _ columns: [String]) -> Timestamp? {
    for column in columns {
      if let text = row[column], let moment = Timestamp(text, dayFirst: dayFirst) { return moment }
    }
    return nil
  }
}
