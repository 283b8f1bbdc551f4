internal import Facts
internal import Statistics

/// What a log cannot say, and what it says that the scenario language has no key for; a sentence each.
func remarks(
  of found: LogCalibration, changes: [String], hasStartTimes: Bool, hasEndTimes: Bool
) -> [String] {
  var remarks: [String] = []
  if found.teams.contains(where: \.isUnnamed) {
    remarks.append(
      "how many people do the work whose doers the log does not name cannot be identified; they are "
        + "without limit")
  }
  if !hasStartTimes {
    remarks.append(
      "working time and waiting cannot be told apart without start times; working times are upper bounds"
    )
  }
  if !hasEndTimes {
    remarks.append(
      "working time and waiting cannot be told apart without end times; working times are upper bounds"
    )
  }
  remarks += changes
  if found.teams.contains(where: { $0.limit > 1 && !$0.isUnnamed }) {
    remarks.append(
      "how much several things at a time slow each other cannot be identified; working times are as they were "
        + "with what was in hand beside")
  }
  for activity in found.activities {
    guard let batch = activity.batch else { continue }
    remarks += batchRemarks(batch, of: activity.name)
  }
  if !found.holidays.isEmpty {
    remarks.append(
      "nobody worked on \(found.holidays.count) days on which work was to be expected, such as "
        + "\(CalendarDay(number: found.holidays[0])); holidays after the log cannot be identified")
  }
  remarks += handOverRemarks(found.handOvers)
  remarks += found.dependenceRemarks
  remarks.append(
    "costs, error rates and what becomes of cases outside of the log cannot be identified from it")
  return remarks
}

private func batchRemarks(_ batch: BatchFit, of name: String) -> [String] {
  var remarks: [String] = []
  if batch.setupInterval == nil, !batch.isSequential {
    remarks.append(
      "all batches of \(name) are of one size; working time once per batch cannot be told from that of each case"
    )
  }
  if batch.explained.estimate < 0.9 {
    let share = Int((batch.explained.estimate * 100).rounded())
    remarks.append(
      "of the batches of \(name) \(share) % were released when they were full or after a longest wait; what "
        + "releases the others cannot be identified")
  }
  return remarks
}
