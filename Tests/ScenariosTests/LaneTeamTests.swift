import Facts
import ProcessModel
import Testing

@testable import Scenarios

@Suite("Teams by lanes") struct LaneTeamTests {
  /// Three steps in one lane and one in another; two variants.
  private let process = loanProcess(
    steps: 4,
    lanes: [
      "step_01": "Loan operations", "step_02": "Loan operations", "step_03": "Loan operations",
      "step_04": "Legal",
    ])

  private func text(_ teams: String) -> String {
    """
    rehearse: 1
    title: Lanes
    bpmn: loan.bpmn
    clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty }
    calendars: { office: mon-fri 08:00-16:00 }
    demand: { arrivals: { rate: 10 per working day } }
    teams:
    \(teams)
      legal: { people: 3, cost: 40 EUR/h }
    activities: { default: { time: 5 min } }
    automations: { bot: { kind: script, time: 1 min, failure: 5 % } }
    variants: { as-is: { title: As is }, bots: { assign: { bot: step_01 } } }

    """
  }

  @Test("a team that is called like the lane is found, however it is spelt")
  func found() throws {
    let scenario = try read(text("  LOAN_Operations: { people: 3, cost: 40 EUR/h }"), process)
    #expect(
      scenario.variants[0].stack.activities.map(\.team) == [
        "LOAN_Operations", "LOAN_Operations", "LOAN_Operations", "legal",
      ])
  }

  @Test("a misspelt team is one error, at the team, with the lane that was probably meant")
  func misspelt() {
    let marked = text("  ‹loan_operation: { people: 3, cost: 40 EUR/h }")
    expectProblem(
      in: marked,
      "no team is called like 'Loan operations', the lane or candidate group that 3 activities of the "
        + "BPMN are in (step_01, step_02, step_03), and nothing else says who does them; did you mean it "
        + "by the team 'loan_operation'?", process)
    let found = problems(marked.replacing("‹", with: ""), process)
    #expect(found.count == 1, "\(found)")
  }

  @Test("without a team that could be meant, one error says what the lane asks for")
  func missing() {
    let found = problems(text("  zebra: { people: 3, cost: 40 EUR/h }"), process)
    #expect(found.count == 1, "\(found)")
    #expect(
      found.first?.message.contains("call a team so, or give the activities a 'team'") == true)
    #expect(found.first?.location.line == 8)
  }

  @Test("a step without lane is one error, whatever the number of variants")
  func withoutLane() {
    let plain = loanProcess(steps: 2)
    let found = problems(text("  zebra: { people: 3, cost: 40 EUR/h }"), plain)
    #expect(found.count == 2, "\(found)")
    #expect(found.allSatisfy { $0.message.contains("has no team") })
  }

  /// Two steps, a guardrail's ticket and a watched team all name `clerks`; the team is `clerk`.
  @Test("a name that is not known is one error, with all its places")
  func unknownName() throws {
    let marked = """
      rehearse: 1
      title: Names
      bpmn: loan.bpmn
      clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty }
      calendars: { office: mon-fri 08:00-16:00 }
      demand: { arrivals: { rate: 10 per working day } }
      teams: { clerk: { people: 3, cost: 40 EUR/h } }
      activities:
        default: { time: 5 min }
        step_01: { team: ‹clerks }
        step_02: { team: clerks }
      automations: { bot: { kind: script, time: 1 min } }
      guardrails:
        check: { raised_by: bot, after: step_01, fires: 5 %, ticket: clerks, review: 1 min }
      exhaustion: { watch: [clerks] }
      variants: { as-is: { title: As is }, bots: { assign: { bot: step_01 } } }

      """
    let process = loanProcess(steps: 2)
    expectProblem(in: marked, "there is no such name; did you mean 'clerk'?", process)
    expectProblem(in: marked, "it stands in lines 11, 14, 15 as well", process)
    let found = problems(marked.replacing("‹", with: ""), process)
    #expect(found.count == 1, "\(found)")
  }
}
