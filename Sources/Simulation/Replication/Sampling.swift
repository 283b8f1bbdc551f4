internal import EventEngine

extension Replication {
  /// Notes the state of every team at the close of a working day.
  mutating func takeSample() {
    if hasApplications { bookWaits() }
    for team in 0..<teamCount {
      let station = stations[team]
      var inHand: Int64 = 0
      var total: Int64 = 0
      for person in Int(staff.firstPerson[team])..<Int(staff.firstPerson[team + 1]) {
        var item = people[person].item
        while item >= 0 {
          inHand += items[item].content - contentDone(item)
          total += items[item].content
          item = items[item].next
        }
      }
      record.teams[team].waitingTickets.append(station.waitingTickets)
      record.teams[team].waitingTasks.append(station.waitingTasks)
      record.teams[team].inService.append(station.inService)
      record.teams[team].remainingContent.append(station.waitingContent + inHand)
      record.teams[team].workDone.append(station.finishedContent + total - inHand)
    }
    samplesTaken += 1
    endRunIfSettled()
  }
}
