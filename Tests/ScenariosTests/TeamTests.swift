import Facts
import Simulation
import Statistics
import Testing

@testable import Scenarios

/// A small scenario with teams and activities of a test's own.
private func scenario(
  teams: String, activities: String = "default: { team: clerks, time: 5 min }",
  calendars: String = "office: mon-fri 08:00-16:00", more: String = ""
) -> String {
  func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
  }
  return """
    rehearse: 1
    title: One team, one process
    bpmn: loan.bpmn
    clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty }
    demand: { arrivals: { rate: 10 per working day } }
    calendars:
    \(indented(calendars))
    teams:
    \(indented(teams))
    activities:
    \(indented(activities))
    \(more)
    """
}

private func model(_ text: String, _ variant: Int = 0) throws -> StackModel {
  try compile(read(text)).variants[variant].model.stack
}

@Suite("Teams of a scenario")
struct TeamCompilationTests {
  @Test("members stand in file order, and what they do not say is as for the team")
  func members() throws {
    let text = scenario(
      teams: """
        clerks:
          members:
            zoe: { cost: 50 EUR/h, speed: 120 %, skills: [loans, english], calendar: late }
            adam:
            mia: { skills: [english], speed: 50 % }
          cost: 40 EUR/h
          skills: [loans]
          speed: 80 %
        """, calendars: "office: mon-fri 08:00-16:00\nlate: mon-fri 12:00-20:00")
    let people = try model(text).teams[0].people
    #expect(people.map(\.name) == ["zoe", "adam", "mia"])
    #expect(people.map(\.hourlyCost) == [50e6, 40e6, 40e6])
    #expect(people.map(\.speed) == [1.2, 0.8, 0.5])
    #expect(people.map(\.calendar) == [1, 0, 0])
    let (zoe, adam, mia) = (people[0].skills, people[1].skills, people[2].skills)
    #expect(zoe.count == 2 && adam.count == 1 && mia.count == 1)
    #expect(zoe == adam.union(mia) && adam != mia)
  }

  @Test("people without names are alike and have the team's values")
  func anonymous() throws {
    let people = try model(
      scenario(teams: "clerks: { people: 3, cost: 40 EUR/h, speed: 90 %, skills: loans }")
    ).teams[0].people
    #expect(people.count == 3 && Set(people).count == 1)
    #expect(people[0].speed == 0.9 && people[0].skills.count == 1 && people[0].name.isEmpty)
  }

  @Test("without a word of it, a team is as plain as can be")
  func plain() throws {
    let stack = try model(scenario(teams: "clerks: { people: 1, cost: 40 EUR/h }"))
    let team = stack.teams[0]
    #expect(team.ageing == nil && team.preemption == .none && team.shiftEnd == .suspend)
    #expect(team.lastStart == 0 && team.multitasking == nil && team.overtimeSurcharge == 0)
    #expect(team.people == [TeamModel.Person(calendar: 0, hourlyCost: 40e6)])
    #expect(stack.activities[0].queueing == QueueingModel())
    #expect(stack.activities[0].batch == nil)
  }

  @Test("how a team works is read in microseconds and shares")
  func rules() throws {
    let team = try model(
      scenario(
        teams: """
          clerks: { people: 1, cost: 40 EUR/h, ageing: 4 h per class, preemption: restart, \
          shift_end: { overtime: 1 h, surcharge: 25 % }, last_start: 15 min, \
          multitasking: { limit: 3 } }
          """)
    ).teams[0]
    #expect(team.ageing == Int64(14_400_000_000))
    #expect(team.preemption == .restart)
    #expect(team.shiftEnd == .overtime(limit: 3_600_000_000))
    #expect(team.overtimeSurcharge == 0.25)
    #expect(team.lastStart == 15 * 60_000_000)
    #expect(team.multitasking == TeamModel.Multitasking(limit: 3, slowdown: 1))
    for (word, expected) in [("hand_over", TeamModel.ShiftEnd.handOver), ("suspend", .suspend)] {
      let text = scenario(teams: "clerks: { people: 1, cost: 40 EUR/h, shift_end: \(word) }")
      #expect(try model(text).teams[0].shiftEnd == expected)
    }
  }

  @Test("activities say how their work queues; the default is completed key by key")
  func queueing() throws {
    let stack = try model(
      scenario(
        teams:
          "clerks: { members: { ann: { skills: [a, b] }, bea: { skills: a } }, cost: 40 EUR/h }",
        activities: """
          default: { team: clerks, time: 5 min, priority: 3, expedite: { after: 2 days, priority: 0 } }
          step_02: { priority: -1, skills: [a, b] }
          step_03: { patience: { time: 2 min, then: skip }, times: { bea: 6 min } }
          step_04: { batch: { size: 4, wait: 2 working hours, setup: 9 min } }
          step_05: { batch: { size: 4, minimum: 2, wait: 30 working minutes, each: 1 min } }
          """))
    #expect(stack.activities[0].queueing.priority == 3)
    #expect(
      stack.activities[0].queueing.expedite
        == QueueingModel.Expedite(after: 2 * 86_400_000_000, priority: 0))
    #expect(stack.activities[1].queueing.priority == -1)
    #expect(stack.activities[1].queueing.skills == stack.teams[0].people[0].skills)
    #expect(stack.activities[0].queueing.skills.isEmpty)
    let patience = try #require(stack.activities[2].queueing.patience)
    #expect(patience.time.mean == 120 && patience.then == .skip)
    #expect(stack.activities[2].queueing.timesByPerson.mapValues(\.mean) == [1: 360])
    let batch = try #require(stack.activities[3].batch)
    #expect(batch.size == 4 && batch.minimum == 1 && batch.wait == 7_200_000_000)
    #expect(batch.setup.mean == 540 && batch.each == nil && batch.similarity == nil)
    let other = try #require(stack.activities[4].batch)
    #expect(other.minimum == 2 && other.setup == .zero && other.each?.mean == 60)
    #expect(stack.activities[5].batch == nil)
  }

  @Test("times that the default gives to people count where their team works")
  func timesOfTheDefault() throws {
    let stack = try model(
      scenario(
        teams: """
          clerks: { members: { ann: {} }, cost: 40 EUR/h }
          others: { members: { bea: {}, ann_2: {} }, cost: 40 EUR/h }
          """,
        activities: """
          default: { team: clerks, time: 5 min, times: { ann: 6 min, ann_2: 7 min } }
          step_02: { team: others }
          """))
    #expect(stack.activities[0].queueing.timesByPerson.mapValues(\.mean) == [0: 360])
    #expect(stack.activities[1].queueing.timesByPerson.mapValues(\.mean) == [1: 420])
  }

  @Test("guardrails say how their tickets queue, and skills have the same number everywhere")
  func guardrails() throws {
    let text = loanScenario.replacing(
      "aml:          { people: 3,", with: "aml:          { people: 3, skills: [aml, law],"
    ).replacing(
      "legal:        { people: 3,", with: "legal:        { people: 3, skills: [law],"
    ).replacing(
      "    tickets: [aml, legal]",
      with: "    tickets: [aml, legal]\n    skills: law\n    priority: -2")
    let compiled = try compile(read(text))
    let law = compiled.variants[0].model.stack.teams[2].people[0].skills
    for variant in compiled.variants {
      #expect(variant.model.stack.guardrails[1].queueing.skills == law)
      #expect(variant.model.stack.guardrails[1].queueing.priority == -2)
      #expect(variant.model.stack.guardrails[0].queueing == QueueingModel())
    }
  }

  @Test("a variant may change one member, add one, or replace members by a number")
  func variants() throws {
    let text = scenario(
      teams: "clerks: { members: { ann: {}, bea: {} }, cost: 40 EUR/h }",
      more: """
        variants:
          as-is: {}
          faster: { teams: { clerks: { members: { bea: { speed: 150 % } } } } }
          larger: { teams: { clerks: { members: { cem: { speed: 50 % } } } } }
          counted: { teams: { clerks: { people: 5 } } }
          named: { extends: counted, teams: { clerks: { members: { dan: {} } } } }
        """)
    let people = try (0..<5).map { try model(text, $0).teams[0].people }
    #expect(people[0].map(\.speed) == [1, 1])
    #expect(people[1].map(\.speed) == [1, 1.5])
    #expect(people[2].map(\.name) == ["ann", "bea", "cem"])
    #expect(people[3].map(\.name) == Array(repeating: "", count: 5))
    #expect(people[4].map(\.name) == ["dan"])
  }

  @Test("where each member has a cost, the team needs none")
  func costOfMembers() throws {
    let people = try model(
      scenario(teams: "clerks: { members: { ann: { cost: 41 EUR/h }, bea: { cost: 42 EUR/h } } }")
    ).teams[0].people
    #expect(people.map(\.hourlyCost) == [41e6, 42e6])
  }

  @Test("each value is recorded with number, unit and source")
  func records() throws {
    let scenario = try read(
      scenario(
        teams: """
          clerks:
            members: { ann: { speed: 120 %, skills: [a, b], measured: rota.csv } }
            cost: 40 EUR/h
            ageing: 4 h per class
            multitasking: { limit: 3 }
          """,
        activities: """
          default: { team: clerks, time: 5 min, patience: { time: exponential mean 2 min, then: leave } }
          step_01: { times: { ann: 6 min }, skills: a }
          step_02: { skills: b, batch: { size: 2, wait: 1 working hour } }
          """))
    func record(_ path: String) -> ParameterRecord? {
      scenario.parameters.first { $0.path == path }
    }
    #expect(record("teams.clerks.members.ann.speed")?.value == 1.2)
    #expect(record("teams.clerks.members.ann.speed")?.provenance == .measured)
    #expect(record("teams.clerks.members.ann.skills")?.text == "a, b")
    #expect(record("teams.clerks.ageing")?.value == 14_400)
    #expect(record("teams.clerks.ageing")?.unit == "s")
    #expect(record("teams.clerks.multitasking.slowdown")?.provenance == .assumed)
    #expect(record("activities.default.patience.time")?.value == 120)
    #expect(record("activities.default.patience.then")?.text == "leave")
    #expect(record("activities.step_01.times.ann")?.value == 360)
    #expect(record("activities.step_02.batch.wait")?.value == 3600)
    #expect(scenario.warnings.isEmpty)
  }
}

@Suite("Errors of teams and queues")
struct TeamErrorTests {
  private static let members =
    "clerks: { members: { ann: { skills: [loans] }, bea: { skills: [english, tax] } }, cost: 40 EUR/h }"

  @Test(
    "of teams name what was found and what to do",
    arguments: [
      (
        "clerks: { people: ‹3, members: { ann: {} }, cost: 40 EUR/h }",
        "'teams.clerks' has both 'people' and 'members'; keep one of them"
      ),
      (
        "‹clerks: { cost: 40 EUR/h }",
        "'teams.clerks.people' is missing; expected a whole number of people, from 0 to 10000, such "
          + "as `people: 3 people`, or people one by one under 'members'"
      ),
      (
        "‹clerks: { members: { ann: { cost: 40 EUR/h }, bea: {} } }",
        "'teams.clerks.cost' is missing; expected an amount of money per hour"
      ),
      (
        "clerks: { people: 1, cost: 40 EUR/h, speed: ‹0 % }",
        "expected a share or probability, more than 0 %, at most 10000 %, such as `90 %`"
      ),
      (
        "clerks: { members: { ann: { speed: ‹fast } }, cost: 40 EUR/h }",
        "'teams.clerks.members.ann.speed' is `fast`: 'fast' is no number"
      ),
      (
        "clerks: { members: { ann: { calendar: ‹offise } }, cost: 40 EUR/h }",
        "did you mean 'office'?"
      ),
      (
        "clerks: { members: { ann: { ‹sped: 120 % } }, cost: 40 EUR/h }",
        "the key 'teams.clerks.members.ann.sped' is not known; did you mean 'speed'?"
      ),
      (
        "clerks: { members: ‹[ann, bea], cost: 40 EUR/h }",
        "'teams.clerks.members' is a list; expected names of people"
      ),
      (
        "clerks: { people: 1, cost: 40 EUR/h, skills: [loans, ‹loans] }",
        "the skill 'loans' stands twice in 'teams.clerks.skills'"
      ),
      (
        "clerks: { people: 1, cost: 40 EUR/h, ageing: ‹4 working hours per class }",
        "counts working time where calendar time is expected"
      ),
      (
        "clerks: { people: 1, cost: 40 EUR/h, ageing: ‹4 h per case }",
        "'per case' stands where 'per class' is expected"
      ),
      (
        "clerks: { people: 1, cost: 40 EUR/h, preemption: ‹resum }",
        "did you mean 'resume'?; expected one of none, resume, restart"
      ),
      (
        "clerks: { people: 1, cost: 40 EUR/h, shift_end: ‹handover }",
        "did you mean 'hand_over'?; expected `suspend`, `hand_over` or a group of keys"
      ),
      (
        "clerks: { people: 1, cost: 40 EUR/h, shift_end: ‹{ surcharge: 25 % } }",
        "'teams.clerks.shift_end.overtime' is missing"
      ),
      (
        "clerks: { people: 1, cost: 40 EUR/h, shift_end: { overtime: ‹1 day } }",
        "'days' is no unit of work"
      ),
      (
        "clerks: { people: 1, cost: 40 EUR/h, shift_end: { overtime: 1 h, surcharge: ‹-5 % } }",
        "out of range"
      ),
      ("clerks: { people: 1, cost: 40 EUR/h, last_start: ‹-1 min }", "out of range"),
      (
        "clerks: { people: 1, cost: 40 EUR/h, multitasking: { limit: ‹1 } }",
        "expected a whole number of items, from 2 to 1000, such as `3 items`"
      ),
      (
        "clerks: { people: 1, cost: 40 EUR/h, multitasking: ‹{ slowdown: 50 % } }",
        "'teams.clerks.multitasking.limit' is missing"
      ),
    ])
  func teams(teams: String, message: String) {
    expectProblem(in: scenario(teams: teams), message)
  }

  @Test(
    "of queues name what was found and what to do",
    arguments: [
      ("priority: ‹1.5", "1.5 is no whole number"),
      ("priority: ‹urgent", "'urgent' is no number; expected a whole number, from -1000 to 1000"),
      ("expedite: ‹{ after: 2 days }", "'activities.default.expedite.priority' is missing"),
      (
        "expedite: { after: ‹2 working days, priority: 1 }",
        "counts working time where calendar time is expected"
      ),
      (
        "priority: 1, expedite: { after: 2 days, priority: ‹1 }",
        "'activities.default.expedite.priority' changes nothing"
      ),
      ("patience: { time: ‹2 working hours, then: leave }", "counts working time"),
      (
        "patience: { time: 2 h, then: ‹go }",
        "it is not known here; expected one of leave, skip, such as `leave`"
      ),
      ("patience: ‹{ time: 2 h }", "'activities.default.patience.then' is missing"),
      ("times: { ‹anne: 5 min }", "'anne' is no member of any team; did you mean 'ann'?"),
      ("times: { ann: ‹5 days }", "'days' is no unit of work"),
      ("batch: { size: ‹1 }", "from 2 to 10000, such as `5 cases`"),
      ("batch: { size: 3, wait: ‹2 h }", "counts calendar time where working time is expected"),
      (
        "batch: { size: 3, wait: 1 working hour, minimum: ‹4 }",
        "more than the 3 of a full batch; give at most that"
      ),
      ("batch: { size: 3, minimum: ‹2 }", "counts for nothing without 'wait'"),
      ("batch: { size: 3, same: ‹segment }", "but the scenario has no attributes"),
      (
        "skills: ‹[english, loans]",
        "in the variant 'as-is' the activity 'step_01' asks the team 'clerks' for the skills "
          + "'english' and 'loans', which nobody there has together (ann has loans; bea has english, "
          + "tax); give somebody all of them"
      ),
      (
        "skills: ‹englich",
        "for the skill 'englich', which nobody there has (ann has loans; bea has english, tax); did "
          + "you mean 'english'?"
      ),
      (
        "skills: ‹[welding]",
        "which nobody there has (ann has loans; bea has english, tax); give it"
      ),
    ])
  func queues(keys: String, message: String) {
    expectProblem(
      in: scenario(
        teams: Self.members, activities: "default: { team: clerks, time: 5 min, \(keys) }"),
      message)
  }

  @Test("times of somebody who works elsewhere are refused where they stand at an activity")
  func stranger() {
    expectProblem(
      in: scenario(
        teams: Self.members + "\nothers: { members: { cem: {} }, cost: 40 EUR/h }",
        activities: """
          default: { team: clerks, time: 5 min }
          step_02: { times: { ‹cem: 5 min } }
          """), "'cem' is no member of the team 'clerks', which does it; known are ann, bea")
  }

  @Test("tickets and exceptions ask for skills too")
  func guardrailsAndExceptions() {
    expectProblem(
      replacing: "    tickets: [aml, legal]", with: "    tickets: [aml, legal]\n    skills: ‹law",
      "in the variant 'agents' tickets of 'compliance' asks the team 'aml' for the skill 'law', "
        + "which nobody there has (everybody there has none)")
  }

  @Test("people who never come within the horizon do not count")
  func neverOpen() throws {
    func text(_ days: Int) -> String {
      scenario(
        teams:
          "clerks: { members: { ann: {}, bea: { calendar: saturdays, skills: a } }, cost: 1 EUR/h }",
        activities: "default: { team: clerks, time: 5 min }\nstep_02: { skills: a }",
        calendars: "office: mon-fri 08:00-16:00\nsaturdays: sat 08:00-16:00"
      ).replacing("horizon: 4 weeks", with: "horizon: \(days) days")
    }
    // Day 0 is a Monday: Saturday is its sixth day.
    _ = try compile(read(text(6)))
    let found = #expect(throws: ScenarioErrors.self) { try compile(read(text(5))) }
    #expect(found?.problems.count == 1)
    #expect(
      found?.problems.first?.message
        == "of those who can, nobody in the team 'clerks' can begin work between day 0 and the end of "
        + "the horizon, but in the variant 'as-is' it has to do the activity 'step_02'; check its "
        + "calendar 'saturdays' and 'clock.horizon'")
    // Nine lines stand above the team: five of the head, three of the calendars, and `teams:`.
    #expect(found?.problems.first?.location.line == 10)
  }

  @Test("nobody begins anything where no shift is longer than 'last_start'")
  func tooLate() throws {
    func text(_ time: String) -> String {
      scenario(teams: "clerks: { people: 1, cost: 40 EUR/h, last_start: \(time) }")
    }
    _ = try compile(read(text("7 h")))
    let found = #expect(throws: ScenarioErrors.self) { try compile(read(text("8 h"))) }
    #expect(found?.problems.first?.message.contains("'last_start' and 'clock.horizon'") == true)
  }

  @Test("a skill nobody asks for and a name in two teams are pointed out")
  func warnings() throws {
    let found = try read(
      scenario(
        teams: """
          clerks: { members: { ann: { skills: [loan, tax] }, bea: { skills: loans } }, cost: 40 EUR/h }
          others: { members: { bea: {} }, cost: 40 EUR/h }
          """, activities: "default: { team: clerks, time: 5 min, skills: loans }")
    ).warnings.map(\.message)
    #expect(found.count == 3)
    #expect(found.contains { $0.contains("'loan'; did you mean 'loans'?") })
    #expect(found.contains { $0.contains("no work asks for the skill 'tax'; let an activity") })
    #expect(found.contains { $0.contains("'bea' stands in the teams 'clerks' and 'others'") })
  }
}
