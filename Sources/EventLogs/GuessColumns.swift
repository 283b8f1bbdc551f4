/// Columns by name: for each part of an event the names under which programs write it, the best first.
///
/// Names are compared without case, blanks and punctuation. Sources: IEEE 1849 as pm4py writes it to CSV
/// (`case:concept:name`, `time:timestamp`), Simod, Prosimos, AgentSimulator, Celonis, Disco, ProM, and our own
/// logs.
private let knownNames: [(part: LogPart, names: [String])] = [
  (
    .caseID,
    [
      "caseconceptname", "caseid", "case", "caseidentifier", "casekey", "traceid", "trace",
      "processinstanceid", "processinstance", "instanceid", "processid", "ocelid",
    ]
  ),
  (
    .activity,
    [
      "conceptname", "activity", "activityname", "task", "taskname", "event", "eventname", "step",
      "operation", "ocelactivity", "action",
    ]
  ),
  (
    .start,
    [
      "starttimestamp", "starttime", "timestart", "start", "started", "startdate", "startedat",
      "begin", "begintime", "begintimestamp",
    ]
  ),
  (
    .end,
    [
      "endtimestamp", "endtime", "timeend", "completetimestamp", "completiontime", "timecomplete",
      "timetimestamp", "end", "ended", "finished", "finishedat", "enddate", "completed",
      "timestamp", "eventtime", "time", "datetime", "date", "oceltimestamp",
    ]
  ),
  (
    .resource,
    [
      "orgresource", "resource", "resourceid", "resourcename", "user", "username", "performer",
      "worker", "employee", "operator", "assignee", "agent", "orggroup", "orgrole", "role",
    ]
  ),
  (
    .enabled,
    ["timeenabled", "enabledtime", "enabletime", "enabledtimestamp", "enabled", "assignedtime"]
  ),
  (.lifecycle, ["lifecycletransition", "transition", "lifecycle"]),
]

/// Guesses which column is which part of an event.
///
/// - Parameters:
///   - header: names of the columns.
///   - given: columns that the user named; they are taken as they are.
/// - Returns: for each part that was found, the position of its column.
func guessColumns(
  _ header: [String], given: [LogPart: String]
) -> (columns: [LogPart: Int], unknown: [(part: LogPart, column: String)]) {
  var columns: [LogPart: Int] = [:]
  var unknown: [(part: LogPart, column: String)] = []
  for part in LogPart.allCases {
    guard let name = given[part] else { continue }
    if let index = header.firstIndex(of: name) {
      columns[part] = index
    } else {
      unknown.append((part, name))
    }
  }
  let plain = header.map { name in
    String(
      name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || 48...57 ~= $0.value })
  }
  for (part, names) in knownNames where columns[part] == nil {
    let taken = Set(columns.values)
    for name in names {
      if let index = plain.indices.first(where: { plain[$0] == name && !taken.contains($0) }) {
        columns[part] = index
        break
      }
    }
  }
  return (columns, unknown)
}
