import Calibration
import Facts
import Importing
import Inventory
import ProcessModel
import Scenarios
import Statistics
import Testing

@Suite("Automations from records")
struct AutomationCalibrationTests {
  private let place = SourceLocation(path: "jobs.csv", line: 1)

  private func run(
    _ failed: Bool, at hour: Int, caseType: String? = nil, number: Int? = nil,
    isRetried: Bool? = nil, isGivenUp: Bool? = nil, seconds: Double? = nil
  ) -> AutomationRun {
    AutomationRun(
      automation: "Invoice Bot", caseType: caseType, failures: failed ? 1 : 0, number: number,
      isFirst: number.map { $0 == 1 }, isRetried: isRetried, isGivenUp: isGivenUp,
      start: Double(hour) * 3600, seconds: seconds, location: place)
  }

  /// Brown, Cai and DasGupta 2001, table 5: limits of Jeffreys' 95 % interval for n = 7.
  @Test(
    "the interval is that of the literature",
    arguments: [(0, 0.0, 0.292), (1, 0.016, 0.501), (3, 0.139, 0.765)])
  func literature(successes: Int, lower: Double, upper: Double) throws {
    let posterior = try #require(BetaPosterior(successes, of: 7))
    #expect(abs(posterior.lower - lower) < 0.001 && abs(posterior.upper - upper) < 0.001)
    #expect(posterior.mean == (Double(successes) + 0.5) / 8)
    #expect(BetaPosterior(0, of: 0) == nil)
  }

  /// Under its own prior, the arcsine distribution p = sin²(πu/2), a credible interval of 95 % covers p with a
  /// probability of 95 % exactly; 2000 quantiles stand for the integral.
  @Test("over all probabilities the interval covers 95 %", arguments: [1, 20, 300])
  func coverage(trials: Int) throws {
    let posteriors = (0...trials).compactMap { BetaPosterior($0, of: trials) }
    let steps = 2000
    var covered = 0.0
    for step in 0..<steps {
      let p = inverseRegularizedBeta(0.5, 0.5, (Double(step) + 0.5) / Double(steps))
      for posterior in posteriors where posterior.lower <= p && p <= posterior.upper {
        let k = posterior.successes
        covered +=
          binomialCDF(k, trials: trials, probability: p)
          - binomialCDF(k - 1, trials: trials, probability: p)
      }
    }
    #expect(abs(covered / Double(steps) - 0.95) < 0.002)
  }

  @Test("failures, retries, giving up and times by automation and kind of case")
  func automations() throws {
    var records = OperationalRecords()
    for index in 0..<20 {
      // Every fifth first attempt fails; half of those are tried again, and then work.
      let fails = index % 5 == 0
      let isRetried = index % 10 == 0
      let type = index < 10 ? "domestic" : "foreign"
      records.runs.append(
        run(
          fails, at: index, caseType: type, number: 1, isRetried: isRetried,
          isGivenUp: isRetried ? nil : fails, seconds: 30))
      if isRetried {
        records.runs.append(
          run(
            false, at: index + 1, caseType: type, number: 2, isGivenUp: false, seconds: 30))
      }
    }
    let fits = calibrateAutomations(records).automations
    #expect(fits.map(\.caseType) == [nil, "domestic", "foreign"])
    let all = try #require(fits.first)
    #expect(all.attempts == 22 && all.mostRetries == 1)
    #expect(all.failure == BetaPosterior(4, of: 22))
    #expect(all.retry == BetaPosterior(2, of: 20))
    // 20 pieces of work ended: 18 at the first attempt, of which two were given up, and two at the second.
    #expect(all.givenUp == BetaPosterior(2, of: 20))
    #expect(fits[1].failure == BetaPosterior(2, of: 11))
    #expect(all.time?.family == "constant" && all.time?.mean == 30)
    #expect(all.changes.isEmpty)
  }

  @Test("after a change of the failures, what came since counts")
  func change() throws {
    var records = OperationalRecords()
    // One in twenty, then eight in twenty, spread over the hours; the order of the file does not matter.
    for hour in (0..<400).reversed() {
      records.runs.append(run(hour * 7 % 20 < (hour < 200 ? 1 : 8), at: hour))
    }
    let calibration = calibrateAutomations(records)
    let fit = try #require(calibration.automations.first)
    let change = try #require(fit.changes.first)
    #expect(fit.changes.count == 1 && (190...210).contains(change.position))
    let failure = try #require(fit.failure)
    #expect(failure.trials == 400 - change.position)
    #expect(failure.lower < 0.4 && 0.4 < failure.upper)
    #expect(
      calibration.remarks.contains { $0.contains("failures of Invoice Bot changed on 1970-01-09") })
    // Without times there is no before and after.
    for index in records.runs.indices { records.runs[index].start = nil }
    #expect(calibrateAutomations(records).automations.first?.failure?.trials == 400)
  }

  @Test("uses of one application by one automation are one row")
  func uses() {
    var records = OperationalRecords()
    for (partner, failures) in [("crm", 0), ("ERP", 1), ("CRM", 1), ("crm", 0)] {
      records.uses.append(
        AutomationUse(automation: "Desk", partner: partner, kind: .application, failures: failures))
    }
    let uses = calibrateAutomations(records).uses
    #expect(uses.map(\.partner) == ["crm", "ERP"])
    #expect(uses.map(\.works) == [BetaPosterior(2, of: 3), BetaPosterior(0, of: 1)])
  }

  private func ticket(
    _ outcome: ReviewTicket.Outcome?, at hour: Int, type: String = "credit", minutes: Double? = nil
  ) -> ReviewTicket {
    ReviewTicket(
      automation: "Invoice Bot", caseType: type, opened: Double(hour) * 3600,
      workSeconds: minutes.map { $0 * 60 }, outcome: outcome, location: place)
  }

  @Test("outcomes of reviews, their time, and how often work leads to one while both are recorded")
  func reviews() throws {
    var records = OperationalRecords()
    // Work at hours 0 to 99; tickets at 50, 52 … 148, so that both are recorded from 50 to 99.
    for hour in 0..<100 { records.runs.append(run(false, at: hour)) }
    for index in 0..<50 {
      let outcome: ReviewTicket.Outcome = index % 10 == 0 ? .rejected : .approved
      records.tickets.append(ticket(outcome, at: 50 + 2 * index, minutes: 5))
    }
    records.tickets.append(ticket(nil, at: 60))
    let calibration = calibrateAutomations(records)
    let fit = try #require(calibration.reviews.first)
    #expect(calibration.reviews.count == 1 && fit.caseType == "credit" && fit.tickets == 51)
    #expect(fit.approved == BetaPosterior(45, of: 50) && fit.rejected == BetaPosterior(5, of: 50))
    #expect(fit.modified == BetaPosterior(0, of: 50))
    #expect(fit.time?.mean == 300 && fit.time?.count == 50)
    // 25 tickets of the row and the unanswered one, of 50 pieces of work.
    #expect(fit.escalation == BetaPosterior(26, of: 50))
    records.runs.removeLast(50)
    #expect(calibrateAutomations(records).reviews.first?.escalation == nil)
    #expect(
      calibrateAutomations(records).remarks.contains {
        $0.contains("leads to a ticket cannot be told")
      })
  }

  /// The keys that were written, beside those that only a person can know.
  @Test("the keys for a scenario are read by the scenario language as they were measured")
  func fragment() throws {
    var records = OperationalRecords()
    for hour in 0..<50 {
      records.runs.append(
        run(
          hour % 10 == 0, at: hour, number: hour % 10 == 1 ? 2 : 1, isRetried: hour % 10 == 0,
          seconds: Double(20 + hour)))
    }
    for index in 0..<10 {
      records.tickets.append(
        ticket(index == 0 ? .modified : .approved, at: index * 4, minutes: Double(3 + index)))
    }
    records.uses = [
      AutomationUse(automation: "Desk", partner: "CRM", kind: .application, uses: 95, failures: 5)
    ]
    let calibration = calibrateAutomations(records)
    let measured = calibration.scenarioFragment
    let text =
      """
      rehearse: 1
      title: Invoices
      clock: { start: 2026-01-05, time_zone: UTC, horizon: 2 weeks, start_state: empty }
      inventory: estate
      process: invoices
      calendars: { office: mon-fri 08:00-16:00 }
      demand: { arrivals: { rate: 10 per working day } }
      teams: { clerks: { people: 2, cost: 30 EUR/h, calendar: office } }
      applications: { crm: { latency: 1 s } }
      activities:
        default: { team: clerks, time: 5 min }

      """
      + measured.replacing("  invoice_bot:", with: "  invoice_bot:\n    kind: rpa\n    runners: 1")
      .replacing("  desk:", with: "  desk:\n    kind: agent\n    time: 40 s")
      .replacing(
        "  invoice_bot_credit:",
        with:
          "  invoice_bot_credit:\n    raised_by: invoice_bot\n    after: enter\n    ticket: clerks")
        + """
        variants:
          bots: { title: Bots, assign: { invoice_bot: [enter], desk: [book] } }
        experiment: { replications: 2, seed: 1 }

        """
    let step = SourceLocation(path: "p.bpmn", line: 1)
    let ids = ["start", "enter", "book", "end"]
    let kinds: [FlowElement.Kind] = [
      .startEvent(.none), .task(.user), .task(.user), .endEvent(.none),
    ]
    let elements = zip(ids, kinds).map { FlowElement(id: $0, name: $0, kind: $1, location: step) }
    let flows = zip(ids, ids.dropFirst()).map {
      SequenceFlow(id: "\($0)-\($1)", name: nil, source: $0, target: $1, location: step)
    }
    var estate = EstateFragment()
    estate.processes = [
      EstateProcess(
        system: "invoices",
        process: BusinessProcess(
          id: "invoices", elements: elements, flows: flows, location: step))
    ]
    let document = SourceDocument(
      path: "p.bpmn", format: "bpmn", status: .imported, digest: "0", fragment: estate)
    let scenario: Scenario
    do {
      scenario = try readScenario(Array(text.utf8), path: "invoices.yaml") { _ in
        Estate(merging: [document])
      }
    } catch {
      Issue.record("\(error)\n\(text)")
      return
    }
    func record(_ path: String) -> ParameterRecord? {
      scenario.parameters.first { $0.path == path }
    }
    // (5 + ½) / (50 + 1) in parts of a million, of 50 attempts.
    let failure = try #require(record("automations.invoice_bot.failure"))
    #expect(failure.provenance == .measured && failure.sample == 50)
    #expect(abs((failure.value ?? 0) - 5.5 / 51) < 1e-6)
    #expect(record("automations.invoice_bot.retries.times")?.value == 1)
    #expect(record("automations.invoice_bot.time")?.sample == 50)
    #expect(record("automations.desk.reliability.crm")?.text == "beta 90.5 5.5")
    #expect(record("guardrails.invoice_bot_credit.approved_unchanged")?.value == 0.9)
    #expect(record("guardrails.invoice_bot_credit.modified")?.value == 0.1)
    #expect(record("guardrails.invoice_bot_credit.review")?.sample == 10)
    #expect(scenario.uncertain.map(\.sample).contains(50))
  }

  @Test("names that become the same keep apart")
  func names() {
    var records = OperationalRecords()
    for name in ["Bot A", "Bot-A!", "2nd", "Über"] {
      records.runs.append(AutomationRun(automation: name, failures: 0, location: place))
    }
    let text = calibrateAutomations(records).scenarioFragment
    // "Bot A" and "Bot-A!" are one name by letters and digits.
    #expect(text.contains("  bot_a:   # Bot A\n") && !text.contains("bot_a_2"))
    #expect(text.contains("  x_2nd:   # 2nd\n") && text.contains("  ber:   # Über\n"))
  }
}
