import Simulation
import SimulationTestSupport
import Statistics
import Testing

@testable import Experiments

/// The loan that takes three days, and the audit that takes two weeks: `loan-days-to-hours.yaml` and
/// `compliance-audit.yaml`, brief rows 53, 55, 140 and 141.
///
/// The derivations stand at the top of the files.
@Suite("Case studies: days to hours", .serialized) struct CaseStudyLoanTests {
  private static let study = "loan-days-to-hours"

  /// 48 − 2.4 + .22 · 24 + 48 (.78 · .4 + .22 · .6) = 72 h; the share of late cases is rounded, and a late
  /// case costs 24 h + .2 · 48 h, so that 5 % is what three points of it make.
  @Test("three bodies that decide in sittings take three days by the calendar")
  func threeDays() async throws {
    let time = try await CaseStudyRuns(Self.study, "as-is", replications: 10)
      .interval(.timeToCompletion)
    #expect(time.lower > 72 * 0.95 && time.upper < 72 * 1.05, "\(time)")
  }

  /// Nine runs, each of which fails four times with .05⁴, hardly ever leave a ticket out.
  @Test("an agent for nine of 17 steps makes three tickets a case and saves little time")
  func agents() async throws {
    let asIs = try await CaseStudyRuns(Self.study, "as-is", replications: 10)
    let agents = try await CaseStudyRuns(Self.study, "agents", replications: 10)
    let assigned = agents.model.stack.activities.filter { $0.automation != nil }.count
    #expect(assigned == 9 && agents.model.stack.activities.count == 17)
    let tickets = agents.interval { record in
      Double(record.guardrails.reduce(0) { $0 + $1.tickets }) / Double(record.arrived)
    }
    #expect(tickets.holds(3, within: 9 * 0.000_01), "\(tickets)")
    let saved = agents.interval(.timeToCompletion, less: asIs)
    #expect(saved.upper < 0 && saved.lower > -7.2, "\(saved)")
  }

  /// 16 steps of 2 min and .05 runs more, 0.56 h, and .05 (6.8 + 20.2) h of waiting for sittings: 1.9 h, and a
  /// factor of 38.
  @Test("two hours by the calendar, 36 times as fast, where 5 % are stopped at each guardrail")
  func twoHours() async throws {
    let asIs = try await CaseStudyRuns(Self.study, "as-is", replications: 30)
    let exceptions = try await CaseStudyRuns(Self.study, "exceptions", replications: 30)
    let time = exceptions.interval(.timeToCompletion)
    #expect(time.holds(1.91, within: 0.1) && time.upper < 2.4, "\(time)")
    let pairs = Figure.timeToCompletion.pairs(
      asIs.records, of: asIs.model, with: exceptions.records, of: exceptions.model)
    let factor = interval999(pairs.map { $0.0 / $0.1 })
    #expect(factor.holds(36, within: 3.6), "\(factor)")
  }

  /// At 10 % it is .56 + .1 · 27 = 3.3 h, unless people answer when asked.
  @Test("twice as many stops miss the two hours, unless people answer at once")
  func onCall() async throws {
    let path = "variants.exceptions.guardrails"
    let sittings = try await CaseStudyRuns(
      Self.study, "exceptions", replications: 20,
      changing: [
        ("\(path).creditworthiness.fires", "10 %"), ("\(path).compliance.fires", "10 %"),
      ]
    ).interval(.timeToCompletion)
    #expect(sittings.holds(3.26, within: 0.2) && sittings.lower > 2.4, "\(sittings)")
    let onCall = try await CaseStudyRuns(Self.study, "on-call", replications: 20)
      .interval(.timeToCompletion)
    #expect(onCall.upper < 2, "\(onCall)")
  }

  /// About 9 h and some queueing: a factor of more than 5 that is not the agent's.
  @Test("the same people without sittings and without an agent are five times as fast")
  func noSittings() async throws {
    let time = try await CaseStudyRuns(Self.study, "no-sittings", replications: 10)
      .interval(.timeToCompletion)
    #expect(time.upper < 72 / 5, "\(time)")
  }

  /// An agent that gives back nine of ten steps leaves nearly every case at least one of the sittings.
  @Test("an agent that fails does not shorten the three days to hours")
  func failing() async throws {
    let time = try await CaseStudyRuns(
      Self.study, "exceptions", replications: 10,
      changing: [
        ("automations.loan_agent.failure", "90 %"), ("automations.loan_agent.retries.times", "0"),
      ]
    ).interval(.timeToCompletion)
    #expect(time.lower > 36, "\(time)")
  }

  // MARK: Compliance audit

  /// 80 working hours of days of 8 end two weeks later at the same time of day; 8 of 20 auditors are busy.
  @Test("80 hours of work are two weeks by the calendar")
  func twoWeeks() async throws {
    let time = try await CaseStudyRuns("compliance-audit", "as-is", replications: 10)
      .interval(.timeToCompletion)
    #expect(abs(time.estimate - 336) < 1, "\(time)")
  }

  /// 45 min · 1.0526 runs = .79 h.
  ///
  /// Ordered x h before closing, evenly over 8 h: below .79 the report is
  /// signed x + 16.25 h later, up to 1.04 h it is begun and finished next morning; the rest waits for
  /// nobody. One day in five is a Friday.
  @Test("an audit that is signed takes four hours; one in an hour is signed in 8 % of cases")
  func audits() async throws {
    let run = 0.75 * (1 + 0.05 + 0.05 * 0.05)
    let (night, whole) = (16 + 0.2 * 48, run + 0.25)
    let wait = (whole / 8) * night - run * run / 2 / 8
    let signed = try await CaseStudyRuns("compliance-audit", "signed", replications: 150)
      .interval(.timeToCompletion)
    #expect(signed.holds(whole + wait, within: 0.1), "\(signed)")
    let exceptions = try await CaseStudyRuns("compliance-audit", "exceptions", replications: 150)
      .interval(.timeToCompletion)
    #expect(exceptions.holds(run + 0.08 * (0.25 + wait), within: 0.03), "\(exceptions)")
    #expect(336 / signed.estimate > 60 && 336 / exceptions.estimate > 280)
  }

  /// Agents that never get there leave all work to people, who then sign too, and are paid 12 EUR an audit.
  @Test(
    "audits by agents are cheaper as the file has it, and dearer by their runs where agents fail")
  func auditVerdict() async throws {
    let failing = ["evidence_agent", "testing_agent", "reporting_agent"].flatMap {
      [
        (path: "automations.\($0).failure", value: "100 %"),
        (path: "automations.\($0).retries.times", value: "0"),
      ]
    }
    for (changes, extra) in [([], nil), (failing, 12.0)] {
      let asIs = try await CaseStudyRuns(
        "compliance-audit", "as-is", replications: 6, changing: changes)
      let signed = try await CaseStudyRuns(
        "compliance-audit", "signed", replications: 6, changing: changes)
      let found = signed.interval(.costPerCase, less: asIs)
      if let extra {
        #expect(abs(found.estimate - extra) < 1e-3, "\(found)")
      } else {
        #expect(found.upper < 0, "\(found)")
      }
    }
  }
}
