import Facts
import Simulation
import Testing

@testable import Scenarios

/// Keys of adoption, each with a value other than that of the full scenario.
let adoptionChanges: [(path: String, value: String)] = [
  ("of", "loan_agent"), ("start", "31 %"), ("least", "6 %"), ("most", "91 %"), ("gain", "0.6 %"),
  ("surprises.released", "11 %"), ("surprises.found", "2 %"), ("surprises.needless", "0.3 %"),
  ("surprises.failure", "3 %"), ("noticed", "61 %"), ("noticed_after", "6 days"),
  ("transparency", "71 %"), ("explained_loss", "41 %"), ("opaque_loss", "0.4 %"),
  ("trained", "3 %"), ("communication.team", "aml"), ("communication.time", "5 h"),
  ("communication.every", "3 weeks"), ("communication.gain", "6 %"),
].map { ("adoption.\($0.0)", $0.1) }

@Suite("Adoption in scenarios") struct AdoptionScenarioTests {
  @Test("becomes what the simulation runs")
  func compiles() throws {
    let stack = try compile(try read(fullScenario)).variants[0].model.stack
    let model = try #require(stack.adoption)
    #expect(model.automations.map { stack.automations[$0].name } == ["kyc_bot"])
    #expect(model.start == 0.3 && model.least == 0.05 && model.most == 0.9 && model.gain == 0.005)
    #expect(
      model.losses
        == AdoptionLosses(released: 0.1, found: 0.01, needless: 0.002, failure: 0.02))
    #expect(model.noticed == 0.6 && model.noticedAfter.mean == 5 * 86_400)
    #expect(model.transparency == 0.7 && model.explainedLoss == 0.4 && model.opaqueLoss == 0.003)
    let talk = try #require(model.communication)
    #expect(stack.teams[talk.team].name == "it" && talk.work.mean == 4 * 3_600)
    #expect(talk.every == 14 * 86_400_000_000 && talk.gain == 0.05 && model.trained == 0.02)
  }

  @Test("without the section all that is assigned is handed over")
  func absent() throws {
    #expect(try compile(try read(branchless)).variants[0].model.stack.adoption == nil)
  }

  @Test("it is about all agents where no automation is named, and nothing moves the share")
  func standards() throws {
    let text = branchless + "adoption: { start: 40 % }\n"
    let stack = try compile(try read(text)).variants[0].model.stack
    let model = try #require(stack.adoption)
    #expect(model.automations.map { stack.automations[$0].name } == ["assistant"])
    #expect(model.gain == 0 && model.losses == AdoptionLosses() && model.opaqueLoss == 0)
    #expect(model.least == 0 && model.most == 1 && model.transparency == 1)
  }

  private let branchless = """
    rehearse: 1
    title: Adoption
    bpmn: loan.bpmn
    clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty }
    calendars: { office: mon-fri 08:00-16:00 }
    demand: { arrivals: { rate: 10 per working day } }
    teams: { clerks: { people: 9, cost: 40 EUR/h } }
    activities: { default: { team: clerks, time: 5 min } }
    automations:
      robot: { kind: rpa, time: 10 s, runners: 1 }
      assistant: { kind: agent, time: 10 s }
    variants: { as-is: { assign: { assistant: step_01, robot: step_02 } } }

    """

  @Test(
    "mistakes are answered with what to do",
    arguments: [
      ("of: [kyc_bot]", "of: [kyc_robot]", "did you mean 'kyc_bot'?"),
      ("start: 30 %", "start: 130 %", "out of range"),
      ("start: 30 %\n", "start: 3 %\n", "is not between 'least' (5 %) and 'most' (90 %)"),
      ("released: 10 %,", "release: 10 %,", "did you mean 'released'?"),
      ("gain: 0.5 %", "gain: 1.2", "out of range"),
      ("every: 2 weeks, gain: 5 % }", "every: 2 weeks }", "communication.gain' is missing"),
      ("every: 2 weeks, gain", "every: 0 weeks, gain", "out of range"),
      ("communication: { team: it,", "communication: { team: hr,", "hr"),
    ] as [(String, String, String)])
  func mistakes(found: String, written: String, expected: String) {
    expectMistake(in: fullScenario, found, written, expected)
  }

  @Test("where there is no agent, it asks which automations it is about")
  func nobody() throws {
    let text = branchless.replacing("kind: agent", with: "kind: script")
    let reports = problems(text + "adoption: { start: 40 % }\n").filter { $0.severity <= .high }
    #expect(reports.contains { $0.message.contains("`of: [robot]`") }, "\(reports.map(\.message))")
  }
}
