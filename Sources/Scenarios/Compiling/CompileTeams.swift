internal import Simulation

extension StackCompiler {
  mutating func team(_ team: TeamSettings) -> TeamModel {
    let people = team.staff.flatMap { person, count in
      Array(
        repeating: TeamModel.Person(
          name: person.name, calendar: calendars.firstIndex(of: person.calendar) ?? 0,
          hourlyCost: person.hourlyCost * 1e6, speed: person.speed,
          skills: numbers(of: person.skills)), count: count)
    }
    var model = TeamModel(
      name: team.name, people: people, ageing: team.ageing.map { microseconds($0) },
      preemption: team.preemption, shiftEnd: team.shiftEnd,
      lastStart: microseconds(team.lastStart), multitasking: team.multitasking,
      overtimeSurcharge: team.overtimeSurcharge)
    model.due = team.due.map { due($0) }
    model.fatigue = team.fatigue
    model.absence = team.absence.map {
      AbsenceModel(share: $0.share, lasts: time($0.lasts), paid: $0.paid)
    }
    return model
  }

  /// - Parameter team: the team that does the activity; `nil` for guardrails, whose tickets take the
  ///   same time whoever answers them.
  mutating func queueing(_ queueing: QueueingSettings, team: TeamSettings?) -> QueueingModel {
    var times: [Int: SampledTime] = [:]
    for (index, member) in (team?.members ?? []).enumerated() {
      if let time = queueing.times[member.name] { times[index] = self.time(time) }
    }
    let patience = queueing.patience.map { patience in
      QueueingModel.Patience(time: time(patience.time), then: patience.then)
    }
    return QueueingModel(
      priority: queueing.priority, skills: numbers(of: queueing.skills),
      expedite: queueing.expedite, patience: patience, timesByPerson: times)
  }

  mutating func batch(_ batch: BatchSettings) -> BatchModel {
    BatchModel(
      size: batch.size, wait: batch.wait.map { microseconds($0) }, minimum: batch.minimum,
      setup: batch.setup.map { time($0) } ?? .zero, each: batch.each.map { time($0) },
      similarity: batch.similarity)
  }

  func numbers(of names: [String]) -> Set<Int> { Set(names.compactMap { skills[$0] }) }
}

extension Scenario {
  /// All skills that anybody has or work asks for, each once, in the order of the variants.
  var skills: [String] {
    var seen: Set<String> = []
    return variants.map(\.stack).flatMap { stack -> [String] in
      var skills = stack.teams.flatMap { $0.staff.flatMap(\.person.skills) }
      skills += stack.activities.flatMap(\.queueing.skills)
      for guardrail in stack.guardrails {
        skills += guardrail.queueing.skills + (guardrail.expertise?.skills ?? [])
      }
      return skills + stack.response.flatMap(\.skills)
    }.filter { seen.insert($0).inserted }
  }
}
