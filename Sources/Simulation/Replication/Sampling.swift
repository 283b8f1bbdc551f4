internal import EventEngine

extension Replication {
  /// Schedules the next sample; one at a time, so that the queue of events stays short.
  mutating func scheduleNextSample() {
    guard samplesTaken < model.timeline.sampledDays else { return }
    schedule(.sample, at: model.timeline.dayCloses[samplesTaken], .sample)
  }

  /// Notes the state of every team at the close of a working day.
  mutating func takeSample() {
    if hasApplications { bookWaits() }
    if responses.isOn { creditStaff() }
    if absences.isOn { bookAbsences() }
    for team in 0..<teamCount {
      let station = stations[team]
      let (inHand, done) = workInHand(team: team)
      record.teams[team].waitingTickets.append(station.waitingTickets)
      record.teams[team].waitingTasks.append(station.waitingTasks)
      record.teams[team].inService.append(station.inService)
      record.teams[team].remainingContent.append(station.waitingContent + inHand)
      record.teams[team].workDone.append(station.finishedContent + done)
      if responses.isOn || absences.isOn {
        record.teams[team].extraScheduled.append(extraScheduled(team))
      }
    }
    samplesTaken += 1
    endRunIfSettled()
  }

  /// Content scheduled for a team since day 0 beyond what the stack says: what a response has added, less what
  /// absences have taken.
  func extraScheduled(_ team: Int) -> Int64 {
    (responses.isOn ? responses.extraScheduled[team] : 0)
      - (absences.isOn ? absences.lost[team] : 0)
  }

  /// Work of a team that is with people: what remains of it and what is done, in microseconds.
  func workInHand(team: Int) -> (remaining: Int64, done: Int64) {
    var remaining: Int64 = 0
    var total: Int64 = 0
    for person in Int(staff.firstPerson[team])..<Int(staff.firstPerson[team + 1]) {
      var item = people[person].item
      while item >= 0 {
        remaining += items[item].content - contentDone(item)
        total += items[item].content
        item = items[item].next
      }
    }
    return (remaining, total - remaining)
  }

  /// Notes how much work every team has done by day 0.
  mutating func noteWorkBefore() {
    for team in 0..<teamCount {
      record.teams[team].workBefore =
        stations[team].finishedContent + workInHand(team: team).done
    }
  }

  /// The last case of a case-limited run has come, or the last that will: notes the instant and the work done by then.
  mutating func endCounting() {
    record.countedUntil = max(0, now)
    for team in 0..<teamCount {
      record.teams[team].workWhileCounting =
        stations[team].finishedContent + workInHand(team: team).done
        - record.teams[team].workBefore
    }
    schedule(.endRun, at: now + model.timeline.followUp, .endRun)
  }

  /// A case-limited run may end before its last sample is due: nothing changes any more until then.
  mutating func takeOutstandingSamples() {
    guard model.timeline.caseLimit != nil else { return }
    while samplesTaken < model.timeline.sampledDays { takeSample() }
  }
}
