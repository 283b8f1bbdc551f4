import EventEngine
import Importing
import Inventory
import Simulation
import Testing

@testable import Scenarios

@Suite("The table of keys")
struct ScenarioKeyTests {
  @Test("has every key once, with a summary and an example that its parser reads")
  func isWhole() {
    let paths = ScenarioKey.all.map(\.path)
    #expect(Set(paths).count == paths.count)
    for key in ScenarioKey.all {
      #expect(key.summary.hasSuffix(".") || key.summary.hasSuffix("…"), "\(key.path)")
      switch key.kind {
      case .group, .named: break
      default: #expect(!key.example.isEmpty, "\(key.path)")
      }
    }
  }

  @Test("has a parent for every key")
  func isATree() {
    let paths = Set(ScenarioKey.all.map(\.path))
    for path in paths where path.contains(".") {
      let parent = path.split(separator: ".").dropLast().joined(separator: ".")
      #expect(paths.contains(parent), "\(path)")
    }
  }

  @Test("has every key that a scenario of the project uses", arguments: scenarioFiles)
  func coversTheProject(file: String) throws {
    // An unknown key is an error, so reading is the proof.
    #expect(throws: Never.self) { try readScenario(file) }
  }

  @Test("has no key that the parser does not read")
  func isRead() throws {
    let reading = ScenarioReading()
    _ = try readScenario(Array(fullScenario.utf8), path: "full.yaml", reading: reading) { _ in
      estate(loanProcess(), branchingProcess())
    }
    let unread = ScenarioKey.all.map(\.path).filter { !reading.keysRead.contains($0) }
    #expect(unread == [])
  }

  @Test("gives defaults that are read as any value")
  func defaultsAreReadable() {
    for key in ScenarioKey.all {
      guard case .standard(let text, _) = key.presence else { continue }
      let isReadable: Bool =
        switch key.kind {
        case .share: (try? parseShare(text)) != nil
        case .count(let nouns): (try? parseCount(text, of: nouns)) != nil
        case .duration, .durationPer: (try? parseDuration(String(text.prefix { $0 != "p" }))) != nil
        case .backoff: (try? parseBackoff(text)) != nil
        case .choice(let options): options.contains(text) || key.path == "clock.start_state"
        case .flag: ["true", "false"].contains(text)
        case .distribution: (try? parseDuration(text)) != nil
        case .money: text.hasPrefix("0 per ")
        case .number: (try? parseLoneNumber(text)) != nil
        case .choiceOrGroup(let options): options.contains(text)
        case .timeZone: text == "UTC"
        default: false
        }
      #expect(isReadable, "\(key.path): \(text)")
    }
  }
}

/// Every key of the language, for the proof that each does something.
let fullScenario =
  loanScenario
  .replacing(
    "\nsweep:",
    with: """

      uncertain:
        share:
          title: Share
          change: guardrails.creditworthiness.fires
          low: 40 %
          likely: 50 %
          high: 60 %
        failing: { change: automations.kyc_bot.failure, counted: 31 of 1000 }
      sweep:
      """
  )
  .replacing(
    "growth: 1 % per month compounding",
    with: "batch: 2, weights: { mon: 2 }, seasons: { jan: 2 }, growth: 1 % per month"
  )
  .replacing(
    "step_12: { time: 9 min }", with: "step_12: { time: 9 min }\n  step_05: { run_time: 2 min }"
  )
  .replacing(
    "as-is:        { title: People and bots as today,",
    with: "as-is:        { title: People and bots as today, factors: [layer, alone],"
  )
  .replacing(
    "agents:       { extends: as-is,", with: "agents:       { extends: as-is, factors: alone,"
  )
  .replacing(
    "layer-only:   { extends: as-is,", with: "layer-only:   { extends: as-is, factors: layer,"
  )
  .replacing(
    "agents+layer: { extends: agents,", with: "agents+layer: { extends: agents, factors: none,"
  )
  .replacing("process: loan-approval", with: "process: loan-approval\nstart_event: start")
  .replacing(
    "calendars:\n",
    with: """
      calendars:
        short: { extends: office, closed: 2026-01-06 12:00-16:30, extra: 2026-01-10 09:00-12:00 }

      """
  )
  .replacing(
    "\nteams:\n",
    with: """

      attributes:
        segment: { categories: { retail: 70 %, sme: rest } }
        amount: { unit: EUR, number: { given: segment, retail: 800 EUR, sme: 5000 EUR } }
        vip: { share_true: 10 %, correlation: { with: amount, rank: 0.5 } }
        income: { number: exponential mean 3 }
      priorities: { when: vip, class: -1 }

      teams:

      """
  )
  .replacing(
    "rise: 40 % relative, over: 126 working days,",
    with: "rise: 40 % relative, over: 126 working days, shape: linear,"
  )
  .replacing(
    "kyc_bot: [step_02, step_03] }", with: "kyc_bot: { steps: [step_02, step_03], share: 90 % } }"
  )
  .replacing(
    "  bot_support:",
    with: """
        desk:
          members:
            alice: { calendar: office, cost: 45 EUR/h, speed: 120 %, skills: [mortgage] }
            bob:
          calendar: short
          cost: 40 EUR/h
          speed: 90 %
          skills: [mortgage, english]
          ageing: 4 h per class
          preemption: resume
          shift_end: { overtime: 1 h, surcharge: 25 % }
          last_start: 15 min
          multitasking: { limit: 3 items, slowdown: 80 % }
          absence: { share: 12 %, lasts: exponential mean 3 working days, paid: 80 % }
        bot_support:
      """
  )
  .replacing(
    "  step_12: { time: 9 min }",
    with: """
        step_12: { time: 9 min, touches: { core: 3 requests } }
        step_16:
          team: desk
          skills: mortgage
          priority: 2
          expedite: { after: 2 days, priority: 0 }
          patience: { time: exponential mean 2 days, then: leave }
          times: { alice: lognormal mean 5 min cv 0.5 }
        step_15:
          batch: { size: 5 cases, wait: 2 working hours, minimum: 2 cases, setup: 9 min, each: 5 min }
      """
  )
  .replacing(
    "{ people: 3, calendar: office, cost: 49", with: "{ people: 3, skills: [law, aml], cost: 49"
  )
  .replacing(
    "{ people: 3, calendar: office, cost: 61", with: "{ people: 3, skills: [law, aml], cost: 61"
  )
  .replacing(
    "    tickets: [aml, legal]",
    with: "    skills: law\n    priority: 1\n    expedite: { after: 3 days, priority: -1 }\n"
      + "    tickets: [aml, legal]"
  )
  .replacing(
    "\nteams:\n",
    with: """

      teams:
        it:
          people: 1
          cost: 50 EUR/h
          due: 2 working days
          fatigue: { waiting: { from: 5 tickets, full: 20 tickets } }

      """
  )
  .replacing(
    "    multitasking: { limit: 3 items, slowdown: 80 % }\n",
    with: """
          multitasking: { limit: 3 items, slowdown: 80 % }
          fatigue:
            busy: { from: 80 %, full: 100 %, over: 4 h }
            misses: 40 %
            slower: 20 % relative
            waves: 30 %
            rubber_stamp: { beyond: 15 tickets, time: 20 s, catches: 5 % }

      """
  )
  .replacing(
    "  loan_agent:\n    kind: agent",
    with: "  verifier: { kind: script, time: 1 min }\n  loan_agent:\n    kind: agent"
  )
  .replacing(
    "  compliance:\n    raised_by: loan_agent",
    with: """
        fraud:
          raised_by: loan_agent
          after: step_04
          fires: 10 %
          ticket: legal
          review: 10 min
          context: 2 min per automation
          approved_unchanged: 60 %
          modified: 10 %
          modifying: 6 min
          rework: { team: legal, time: 20 min, rounds: 3 rounds, reviewed_again: true }
          reopened: { share: 3 %, after: 5 days, time: 10 min }
          withdrawn_after: 10 days
          due: 1 working day
          penalty: 25 EUR per ticket
          curated: { left: 20 %, price: 0.05 EUR per ticket }
          recommends: { right: 85 %, saves: 4 min, misleads: 20 %, price: 0.10 EUR per ticket }
          second_opinion: { automation: verifier, share: 60 %, when: vip, settles: 70 %, catches: 40 % }
          documents: { share: 20 %, when: amount > 50000, wait: 3 days, settles: 50 %, price: 1.50 EUR per request }
          predicted: { recall: 70 %, precision: 60 %, price: 0.20 EUR per ticket, team: aml, time: 3 min }
          oversight:
            mode: sampled
            ladder: [in_the_loop, sampled, in_the_lead, triggered]
            sample: 5 %
            audit: 1 %
            promote_below: 5 %
            demote_above: 10 %
            minimum: 50 reviews
            confidence: 95 %
            tiers: { important: { when: vip, share: 90 % } }
            design: { team: legal, time: 6 h, every: 2 weeks }
        compliance:
          raised_by: loan_agent
      """
  )
  .replacing("step_17: { team: legal,", with: "step_17: { team: legal, touches: crm,")
  .replacing(
    "\nautomations:\n  kyc_bot:\n",
    with: """

      applications:
        core:
          concurrent: 20 sessions
          rate_limit: 60 per minute
          burst: 10 requests
          latency: 2 s
          maintenance: sun 02:00-06:00
          releases: exponential mean 45 days
          others: { rate: 600 per hour, time: 4 s, during: office }
          outages: { every: exponential mean 30 days, repair: 2 h, in_progress: restart, repaired_by: it }
        crm:

      automations:
        kyc_bot:
          touches: [crm]
          outages: { every: 20 days, repair: 1 h, in_progress: fail, repaired_by: it }
          hours: office
          coverage: 98 %
          reliability:
            core: { claimed: 95 %, discount: 20 %, use: discounted }
            crm: { observed: beta 95 5, uncertainty: mean }
            default: 90 %
          breaks_at_release: { probability: 15 %, repair: 6 h, repaired_by: it, lead_time: 1 day }
          changes: { every: 60 days, affects: 20 %, work: 16 h, made_by: it, lead_time: 5 days }
          learns: { logged: 80 %, override_weight: 10, reference: 500 records, failure: 0.3, errors: 0.2, escalation: 0.4, floor: 20 %, price: 0.02 EUR per record }
          drift:
            begins: exponential mean 13 weeks
            failure_odds: 2
            error_odds: 5
            over: 4 weeks
            detector: { sampled: 10 %, by: it, time: 5 min, test: cusum, expected: 2 %, shifted: 6 %, threshold: 4, investigated_by: it, investigation: 6 h, recalibration: 3 days, price: 2000 EUR }
          decays: { after: 4 weeks, failure_odds: 1.5, error_odds: 1.3, per: 13 weeks }
          upkeep: { done_by: it, every: 1 week, work: 6 h, growth: 3 % per month, exponent: 1.5 }

      """
  )
  .replacing(
    "    kind: agent\n",
    with: """
          kind: agent
          calls:
            count: 3 calls
            depth: 2 levels
            order: parallel
            time: exponential mean 3 s
            works: 99 %
            retries: 2 times
            timeout: 30 s
            after_timeout: people
            price: 4 EUR per million tokens
            tokens: 900 tokens
            to: core
            wrapped: { share: 60 %, failure_odds: 0.5, security_odds: 0.4 }
          novelty: { attribute: amount, reference: 1000, failure_odds: 1.001, error_odds: 1.002, rise: 10, over: 26 weeks }
          capability: { failure_odds: 0.5, error_odds: 0.7, over: 26 weeks, shape: learning }
          confidence: { right: beta 8 2, wrong: beta 4 4 }
          asks:
            large: { when: segment = retail, value: amount, above: 1000, of: legal, time: 6 min, catches: 90 % }
            unsure: { below_confidence: 70 %, answer: take_over }

      """
  )
  .replacing(
    "shares_context: true,",
    with:
      "shares_context: true, outages: { every: 90 days, repair: 1 h, in_progress: restart, repaired_by: it },"
  )

  .replacing(
    "\nautomations:\n", with: "\nautomations:\n  chief: { kind: agent, time: 1 s }\n"
  )
  .replacing(
    "  licence: 900 EUR per month",
    with: "  weaknesses: { when: vip, failure: 9 % }\n    licence: 900 EUR per month"
  )
  .replacing(
    "loss_prevented: 35 EUR per ticket",
    with: """
      loss_prevented: 35 EUR per ticket
          thresholds: { when: vip, during: short, fires: 80 % }
      """
  )
  .replacing(
    "price: 0.02 EUR per hop,",
    with: """
      price: 0.02 EUR per hop, agent_licence: 60 EUR per month, idempotent: true,
          coordination: { context_lost: 0.1, misread: 0.2, no_answer: 0.3, partial: 0.4, doubles: 0.5, conflicts: 0.6 },
          retries: { times: 2, backoff: 30 s doubling, jitter: 50 %, keeps: 60 % },
          on_failure: { roll_back: true, then: people },
          reroute: { kyc_bot: people },
          routing: { below: 80 %, after: 20 runs, explores: 5 %, types: { when: vip }, alternatives: { loan_agent: [chief] } },
          policies: { every: 60 days, repair: 2 h, when_down: escalate },
      """
  )
  .replacing(
    "\nguardrails:\n",
    with: """

      costs:
        implementation: { platform: { amount: 60000 EUR, after: 1 week, over: 2 weeks } }
        upkeep: 2500 EUR per month
        late: { within: 5 working days, price: 40 EUR per case }
        delay: { price: 3 EUR per day, after: 1 day }
        wrong: 120 EUR per case

      coordination:
        islands: { front: [kyc_bot] }
        technology_factor: 1.5
        context_lost: 20 %
        repeated_pulls: { share: 60 %, time: 8 s, price: 0.02 EUR per pull }
        repeated_requests: { share: 30 %, answer: exponential mean 1 day }
        misread: { share: 5 %, team: aml, time: 12 min }
        waiting: { limit: 30 min, no_answer: 1 % }
        partial: 2 %
        doubles: 10 %
        found_after: exponential mean 2 days
        conflicts: { rate: 0.02, exponent: 1, among: all, blocks: true }
        reconciliation: { team: legal, time: 20 min }

      monitoring:
        { team: it, time: 6 min, detects: 95 %, false_alarms: 1 %, tries_again: 60 %, attempts: 1, licence: 800 EUR per month }

      supervisor:
        automation: chief
        leads: [kyc_bot]
        delegation: 2 s
        conflict: 10 %
        resolution: 5 s
        synthesis: { after: [step_10], time: 4 s }

      storm_control: { window: 5 min, same: segment, at_most: 60 per hour, burst: 10 cases, excess: wait }

      rollout:
        stages:
          pilot:
            share: 10 %
            activities: [step_01..step_03]
            lasts: 6 weeks
            beside: { share: 20 %, finds: 90 % }
            training: { teams: [aml], time: 2 h }
            gate: { errors: 5 %, cost_per_case: 9 EUR, saving: 10 %, backlog: { team: aml, at_most: 80 h }, minimum: 50 cases, otherwise: extend, again: 4 weeks }
          wide: { share: 60 %, ends: 10 weeks }
          all: { share: 100 % }
        change: { team: aml, time: 16 h, at_once: 2 activities, strain: 20 %, learning: 15 %, learning_without_layer: 5 % }
        goes_on: 80 %
        gives_up_after: 3 gates
      risk:
        criticality: { when: amount > 50000, factor: 5 }
        errors:
          spread: 40 %
          spread_to_people: 10 %
          noticed_by_people: 25 %
          checks:
            second_agent: { after: [step_05], automation: chief, share: 90 %, time: 5 s, price: 0.03 EUR per check, finds: 85 %, false_alarms: 3 %, correlation: 40 %, corrected_by: aml, correction: 15 min }
            sample: { after: [step_10], team: legal, share: 5 %, time: 10 min, finds: 95 % }
          escaped: { loss: lognormal mean 900 EUR cv 2, found_after: 20 days, team: legal, time: 45 min }
        violations:
          fair_lending:
            at: [step_05]
            share: 2 %
            by_people: 1 %
            audited: { every: 4 weeks, share: 5 %, finds: 90 %, team: legal, time: 20 min, corrected_by: aml, correction: 30 min }
            exposed: { share: 30 %, after: 90 days, loss: 5000 EUR, team: legal, time: 3 h }
        compromise:
          of: [kyc_bot, loan_agent]
          every: exponential mean 700 days
          trusted_by: { kyc_bot: [loan_agent] }
          spread: 50 %
          shared_applications: 5 %
          layer: 20 %
          spread_after: 2 days
          affects: 30 %
          found_after: 10 days
          contained_for: 8 h
          investigated_by: it
          investigation: 16 h
          cases: { loss: 40 EUR, team: legal, time: 15 min }
        leaks:
          personal_data:
            when: segment = retail
            collected_at: [step_01]
            cleared: [kyc_bot, core]
            share: 1 %
            by_people: 0.1 %
            loss: 2000 EUR
            found_after: 30 days
            team: legal
            time: 4 h
        cascade:
          couples: { core: [loan_agent], kyc_bot: [loan_agent] }
          share: 60 %
          shared_applications: 10 %
          after: 5 min
          lasts: 2 h
          inconsistent: 20 %
          rolled_back_by: aml
          rolling_back: 25 min
      response:
        recruit:
          watch: underwriting
          backlog: 3 working days
          for: 2 working days
          lead_time: triangular 6 weeks 8 weeks 14 weeks
          pause: 4 weeks
          at_most: 3 times
          hire:
            people: 2 people
            team: aml
            calendar: short
            cost: 48 EUR/h
            speed: 90 %
            skills: [law, aml]
            price: 8000 EUR per hire
            overhead: 600 EUR per month
            starts_at: 50 %
            full_speed_after: 8 weeks
            training: 16 h
        longer:
          watch: underwriting
          tickets: 200 tickets
          lead_time: 1 day
          ends_below: 40 %
          overtime: { team: legal, longer: 2 h, surcharge: 25 % }
        helpers:
          watch: aml
          inflow: { above: 95 %, over: 10 working days }
          lead_time: 3 days
          borrow: { from: legal, people: 1 person, speed: 80 %, skills: [aml] }
        gate:
          watch: legal
          tickets: 300 tickets
          lead_time: 1 day
          intake: { at_most: 60 per working day, burst: 10 cases, excess: turn_away, loss: 40 EUR per case }
        fewer:
          watch: legal
          tickets: 400 tickets
          lead_time: 1 day
          reassign: { automation: kyc_bot, share: 40 % }
        off_switch:
          watch: legal
          tickets: 500 tickets
          lead_time: 1 day
          switch_off: kyc_bot
        analysts:
          watch: aml
          stage: wide
          lead_time: 1 day
          borrow: { from: legal, people: 1 person, price: 1500 EUR, cost: 60 EUR/h, starts_at: 50 %, full_speed_after: 12 weeks, training: 24 h }
        planned:
          watch: legal
          after: 20 weeks
          lead_time: 1 day
          borrow: { from: aml, people: 1 person }
        designers:
          watch: legal
          oversight: { guardrail: fraud, mode: sampled }
          lead_time: 1 day
          borrow: { from: aml, people: 1 person }
      adoption:
        of: [kyc_bot]
        start: 30 %
        least: 5 %
        most: 90 %
        gain: 0.5 %
        surprises: { released: 10 %, found: 1 %, needless: 0.2 %, failure: 2 % }
        noticed: 60 %
        noticed_after: 5 days
        transparency: 70 %
        explained_loss: 40 %
        opaque_loss: 0.3 %
        trained: 2 %
        communication: { team: it, time: 4 h, every: 2 weeks, gain: 5 % }

      guardrails:

      """
  )
  .replacing(
    "loss_prevented: 35 EUR per ticket",
    with: "loss_prevented: 35 EUR per ticket\n    expertise: { skills: law }"
  )
  .replacing(
    "    penalty: 25 EUR per ticket\n",
    with: """
          penalty: 25 EUR per ticket
          expertise:
            skills: law
            matched: { time: 80 %, catches: 110 %, wrong: 1 % }
            unmatched: { time: 140 %, catches: 60 %, wrong: 5 % }

      """
  )
  .replacing(
    "    remedies:\n",
    with: """
          remedies:
            route: { of: fraud, to: legal, after: 4 h, price: 0.10 EUR per ticket }
            redesign:
              of: fraud
              every: 4 weeks
              reviewed_by: legal
              review: 4 h
              tickets: 100 tickets
              confidence: 95 %
              bound: upper
              keeps_needed: 90 %
              keeps_needless: 20 %
              work: 40 h
              done_by: it
              lead_time: 10 days
              price: 5000 EUR

      """
  )
  .replacing(
    "  layer-only:   {",
    with: "  watched: { extends: as-is, orchestration: { level: 1 } }\n  layer-only:   {"
  )

@Suite("No key is without effect")
struct KeyEffectTests {
  /// Keys that a sweep may change, each with a value other than that of the full scenario.
  static let changes: [(path: String, value: String)] = [
    ("clock.start", "2026-01-12"), ("clock.time_zone", "America/New_York"),
    ("clock.horizon", "12 weeks"), ("clock.start_state", "empty"),
    ("clock.start_state.as-is", "7 weeks"), ("clock.start_state.variant", "agents"),
    ("clock.follow_cases_for", "9 weeks"), ("clock.working_days", "night"),
    ("calendars.office.weekly", "mon-fri 09:00-17:00"), ("calendars.night", "mon-fri 20:00-05:00"),
    ("calendars.office.holidays", "2026-04-03"), ("calendars.short.extends", "night"),
    ("calendars.short.closed", "2026-01-06 14:00-16:30"),
    ("calendars.short.extra", "2026-01-10 10:00-12:00"),
    ("demand.arrivals.pattern", "poisson"), ("demand.arrivals.rate", "90 per working day"),
    ("demand.arrivals.between", "gamma mean 13 min cv 1"),
    ("demand.arrivals.profile", "night"), ("demand.arrivals.weights.mon", "3"),
    ("demand.arrivals.growth", "2 % per month"), ("demand.arrivals.clock", "working"),
    ("demand.arrivals.seasons.jan", "3"), ("demand.arrivals.batch", "3"),
    ("teams.underwriting.people", "11"), ("teams.underwriting.calendar", "night"),
    ("teams.underwriting.cost", "53 EUR/h"),
    ("teams.desk.members.alice.calendar", "night"), ("teams.desk.members.alice.cost", "46 EUR/h"),
    ("teams.desk.members.alice.speed", "110 %"), ("teams.desk.members.alice.skills", "english"),
    ("teams.desk.speed", "95 %"), ("teams.desk.skills", "mortgage"),
    ("teams.desk.ageing", "5 h per class"), ("teams.desk.preemption", "restart"),
    ("teams.desk.shift_end", "hand_over"), ("teams.desk.shift_end.overtime", "2 h"),
    ("teams.desk.shift_end.surcharge", "30 %"), ("teams.desk.last_start", "10 min"),
    ("teams.desk.multitasking.limit", "2 items"), ("teams.desk.multitasking.slowdown", "0 %"),
    ("activities.step_16.skills", "english"), ("activities.step_16.priority", "1"),
    ("activities.step_16.expedite.after", "3 days"), ("activities.step_16.expedite.priority", "-3"),
    ("activities.step_16.patience.time", "exponential mean 1 day"),
    ("activities.step_16.patience.then", "skip"), ("activities.step_16.times.alice", "4 min"),
    ("activities.step_15.batch.size", "6 cases"),
    ("activities.step_15.batch.wait", "3 working hours"),
    ("activities.step_15.batch.minimum", "3 cases"), ("activities.step_15.batch.setup", "8 min"),
    ("activities.step_15.batch.each", "6 min"),
    ("guardrails.compliance.skills", "aml"), ("guardrails.compliance.priority", "3"),
    ("guardrails.compliance.expedite.after", "4 days"),
    ("guardrails.compliance.expedite.priority", "-2"),
    ("activities.default.team", "aml"), ("activities.default.time", "6 min"),
    ("activities.step_05.run_time", "50 s"),
    ("activities.default.errors", "3 %"), ("waits.default", "1 day"),
    ("automations.kyc_bot.kind", "script"), ("automations.kyc_bot.runners", "5"),
    ("automations.kyc_bot.time", "4 min"), ("automations.kyc_bot.failure", "4 %"),
    ("automations.kyc_bot.errors", "1 %"), ("automations.loan_agent.retries.times", "2"),
    ("automations.loan_agent.retries.backoff", "3 min doubling"),
    ("automations.loan_agent.price", "5 EUR per million tokens"),
    ("automations.loan_agent.tokens", "3000 tokens"),
    ("automations.kyc_bot.licence", "800 EUR per month"),
    ("automations.kyc_bot.exceptions.team", "aml"),
    ("automations.kyc_bot.exceptions.time", "16 min"),
    ("guardrails.compliance.raised_by", "kyc_bot"), ("guardrails.compliance.after", "step_09"),
    ("guardrails.compliance.replaces_task", "step_12"), ("guardrails.compliance.blocks", "false"),
    ("guardrails.compliance.fires", "90 %"),
    ("guardrails.creditworthiness.drift.rise", "50 % relative"),
    ("guardrails.creditworthiness.drift.over", "100 working days"),
    ("guardrails.creditworthiness.drift.shape", "geometric"),
    ("guardrails.creditworthiness.drift.below_level", "1"),
    ("guardrails.creditworthiness.ticket", "legal"), ("guardrails.compliance.tickets", "legal"),
    ("guardrails.compliance.review", "10 min"),
    ("guardrails.creditworthiness.context", "2 min per automation"),
    ("guardrails.creditworthiness.approved_unchanged", "91 %"),
    ("guardrails.creditworthiness.catches", "91 %"),
    ("guardrails.creditworthiness.loss_prevented", "36 EUR per ticket"),
    ("orchestration_layers.central.latency", "400 ms per hop"),
    ("orchestration_layers.central.concurrent", "60 cases"),
    ("orchestration_layers.central.price", "0.03 EUR per hop"),
    ("orchestration_layers.central.licence", "5000 EUR per month"),
    ("orchestration_layers.central.shares_context", "false"),
    ("variants.agents.title", "Agents alone"),
    ("variants.agents+layer.extends", "layer-only"),
    ("variants.agents.assign.loan_agent", "step_01..step_05"),
    ("variants.as-is.assign.kyc_bot.steps", "step_02"),
    ("variants.as-is.assign.kyc_bot.share", "80 %"),
    ("variants.layer-only.orchestration.level", "0"),
    ("variants.layer-only.orchestration.layer", "second"),
    ("variants.agents+layer+remedies.remedies.bulk_review.of", "compliance"),
    ("variants.agents+layer+remedies.remedies.bulk_review.size", "6"),
    ("variants.agents+layer+remedies.remedies.bulk_review.wait", "3 working hours"),
    ("variants.agents+layer+remedies.remedies.bulk_review.setup", "8 min"),
    ("variants.agents+layer+remedies.remedies.bulk_review.each", "6 min"),
    ("variants.agents+layer+remedies.remedies.re_evaluate.of", "compliance"),
    ("variants.agents+layer+remedies.remedies.re_evaluate.unnecessary", "31 %"),
    ("variants.agents+layer+remedies.remedies.re_evaluate.check", "21 s"),
    ("variants.agents+layer+remedies.remedies.re_evaluate.price", "0.02 EUR per check"),
    ("variants.agents+layer+remedies.remedies.re_evaluate.false_pass", "2 %"),
    ("exhaustion.watch", "aml"), ("exhaustion.decides", "net_work"),
    ("exhaustion.backlog.more_than", "4 working days"),
    ("exhaustion.backlog.for", "4 working days"),
    ("exhaustion.service.within", "2 working days"), ("exhaustion.service.more_than", "30 %"),
    ("exhaustion.service.window", "3 weeks"), ("exhaustion.service.for", "1 week"),
    ("teams.it.due", "3 working days"), ("teams.it.fatigue.waiting.from", "4 tickets"),
    ("teams.it.fatigue.waiting.full", "30 tickets"), ("teams.desk.fatigue.busy.from", "70 %"),
    ("teams.desk.fatigue.busy.full", "90 %"), ("teams.desk.fatigue.busy.over", "2 h"),
    ("teams.desk.fatigue.misses", "50 %"), ("teams.desk.fatigue.slower", "-20 % relative"),
    ("teams.desk.fatigue.waves", "20 %"), ("teams.desk.fatigue.rubber_stamp.beyond", "9 tickets"),
    ("teams.desk.fatigue.rubber_stamp.time", "30 s"),
    ("teams.desk.fatigue.rubber_stamp.catches", "0 %"),
    ("guardrails.fraud.modified", "11 %"), ("guardrails.fraud.modifying", "7 min"),
    ("guardrails.fraud.rework.team", "aml"), ("guardrails.fraud.rework.time", "21 min"),
    ("guardrails.fraud.rework.rounds", "2 rounds"),
    ("guardrails.fraud.rework.reviewed_again", "false"),
    ("guardrails.fraud.reopened.share", "4 %"), ("guardrails.fraud.reopened.after", "6 days"),
    ("guardrails.fraud.reopened.time", "11 min"), ("guardrails.fraud.withdrawn_after", "11 days"),
    ("guardrails.fraud.due", "1 day"), ("guardrails.fraud.penalty", "26 EUR per ticket"),
    ("guardrails.fraud.curated.left", "30 %"),
    ("guardrails.fraud.curated.price", "0.06 EUR per ticket"),
    ("guardrails.fraud.recommends.right", "80 %"), ("guardrails.fraud.recommends.saves", "5 min"),
    ("guardrails.fraud.recommends.misleads", "10 %"),
    ("guardrails.fraud.recommends.price", "0.20 EUR per ticket"),
    ("guardrails.fraud.second_opinion.automation", "kyc_bot"),
    ("guardrails.fraud.second_opinion.share", "50 %"),
    ("guardrails.fraud.second_opinion.when", "amount < 1000"),
    ("guardrails.fraud.second_opinion.settles", "60 %"),
    ("guardrails.fraud.second_opinion.catches", "50 %"),
    ("guardrails.fraud.documents.share", "30 %"), ("guardrails.fraud.documents.when", "vip"),
    ("guardrails.fraud.documents.wait", "4 days"), ("guardrails.fraud.documents.settles", "60 %"),
    ("guardrails.fraud.documents.price", "2 EUR per request"),
    ("guardrails.fraud.predicted.recall", "80 %"),
    ("guardrails.fraud.predicted.precision", "50 %"),
    ("guardrails.fraud.predicted.price", "0.30 EUR per ticket"),
    ("guardrails.fraud.predicted.team", "legal"), ("guardrails.fraud.predicted.time", "4 min"),
    ("exhaustion.net_work.saving", "2 min"), ("exhaustion.net_work.cohorts", "3 cohorts"),
    ("experiment.replications", "100"), ("experiment.seed", "8"), ("experiment.baseline", "agents"),
    ("experiment.matters.cost_per_case", "0.60 EUR"),
    ("experiment.matters.time_to_completion", "5 h"), ("experiment.matters.human_minutes", "2 min"),
    ("branching.decide.approve", "70 %"),
    ("branching.several.second", "45 %"), ("start_event.mail", "40 %"), ("calls.call", "inline"),
    ("events.reminder.happens", "60 %"), ("events.reminder.after", "3 h"),
    ("events.reminder.times", "3 times"), ("repeats.again.again", "30 %"),
    ("repeats.again.at_most", "4 times"), ("instances.many.count", "2 to 6"),
    ("instances.many.enough", "70 %"),
    ("activities.step_17.touches", "core"), ("activities.step_12.touches.core", "4 requests"),
    ("applications.core.concurrent", "21 sessions"),
    ("applications.core.rate_limit", "61 per minute"),
    ("applications.core.burst", "11 requests"), ("applications.core.latency", "3 s"),
    ("applications.core.maintenance", "sun 02:00-05:00"),
    ("applications.core.others.rate", "601 per hour"), ("applications.core.others.time", "5 s"),
    ("applications.core.others.during", "night"),
    ("applications.core.outages.every", "exponential mean 31 days"),
    ("applications.core.outages.repair", "3 h"),
    ("applications.core.outages.in_progress", "resume"),
    ("applications.core.outages.repaired_by", "bot_support"),
    ("automations.kyc_bot.touches", "core"), ("automations.kyc_bot.outages.every", "21 days"),
    ("automations.kyc_bot.outages.repair", "2 h"),
    ("automations.kyc_bot.outages.in_progress", "resume"),
    ("automations.kyc_bot.outages.repaired_by", "bot_support"),
    ("orchestration_layers.central.outages.every", "91 days"),
    ("orchestration_layers.central.outages.repair", "2 h"),
    ("orchestration_layers.central.outages.in_progress", "resume"),
    ("orchestration_layers.central.outages.repaired_by", "bot_support"),
  ]

  /// Keys of coordination, orchestration and patterns.
  static let orchestrationChanges: [(path: String, value: String)] = [
    ("automations.kyc_bot.weaknesses.when", "not vip"),
    ("automations.kyc_bot.weaknesses.failure", "8 %"),
    ("guardrails.creditworthiness.thresholds.when", "not vip"),
    ("guardrails.creditworthiness.thresholds.during", "night"),
    ("guardrails.creditworthiness.thresholds.fires", "70 %"),
    ("orchestration_layers.central.agent_licence", "70 EUR per month"),
    ("orchestration_layers.central.coordination.context_lost", "0.2"),
    ("orchestration_layers.central.coordination.misread", "0.3"),
    ("orchestration_layers.central.coordination.no_answer", "0.4"),
    ("orchestration_layers.central.coordination.partial", "0.5"),
    ("orchestration_layers.central.coordination.doubles", "0.6"),
    ("orchestration_layers.central.coordination.conflicts", "0.7"),
    ("orchestration_layers.central.retries.times", "3"),
    ("orchestration_layers.central.retries.backoff", "40 s doubling"),
    ("orchestration_layers.central.retries.jitter", "40 %"),
    ("orchestration_layers.central.retries.keeps", "50 %"),
    ("orchestration_layers.central.on_failure.roll_back", "false"),
    ("orchestration_layers.central.on_failure.then", "give_up"),
    ("orchestration_layers.central.reroute.kyc_bot", "loan_agent"),
    ("orchestration_layers.central.routing.below", "70 %"),
    ("orchestration_layers.central.routing.after", "30 runs"),
    ("orchestration_layers.central.routing.explores", "6 %"),
    ("orchestration_layers.central.routing.types.when", "not vip"),
    ("orchestration_layers.central.routing.alternatives.loan_agent", "kyc_bot"),
    ("orchestration_layers.central.policies.every", "50 days"),
    ("orchestration_layers.central.policies.repair", "3 h"),
    ("orchestration_layers.central.policies.when_down", "pass"),
    ("coordination.islands", "technology"), ("coordination.islands.front", "loan_agent"),
    ("coordination.technology_factor", "2"), ("coordination.context_lost", "30 %"),
    ("coordination.repeated_pulls.share", "50 %"), ("coordination.repeated_pulls.time", "9 s"),
    ("coordination.repeated_pulls.price", "0.03 EUR per pull"),
    ("coordination.repeated_requests.share", "40 %"),
    ("coordination.repeated_requests.answer", "2 days"),
    ("coordination.misread.share", "6 %"), ("coordination.misread.team", "legal"),
    ("coordination.misread.time", "13 min"), ("coordination.waiting.limit", "40 min"),
    ("coordination.waiting.no_answer", "2 %"), ("coordination.partial", "3 %"),
    ("coordination.doubles", "9 %"), ("coordination.found_after", "1 day"),
    ("coordination.conflicts.rate", "0.03"), ("coordination.conflicts.exponent", "2"),
    ("coordination.conflicts.among", "shared_applications"),
    ("coordination.conflicts.blocks", "false"), ("coordination.reconciliation.team", "aml"),
    ("coordination.reconciliation.time", "21 min"), ("monitoring.team", "aml"),
    ("monitoring.time", "7 min"), ("monitoring.detects", "94 %"),
    ("monitoring.false_alarms", "2 %"), ("monitoring.tries_again", "50 %"),
    ("monitoring.attempts", "2"), ("monitoring.licence", "700 EUR per month"),
    ("supervisor.automation", "loan_agent"), ("supervisor.leads", "loan_agent"),
    ("supervisor.delegation", "3 s"), ("supervisor.conflict", "11 %"),
    ("supervisor.resolution", "6 s"), ("supervisor.synthesis.after", "step_09"),
    ("supervisor.synthesis.time", "5 s"), ("storm_control.window", "6 min"),
    ("storm_control.same", "vip"), ("storm_control.at_most", "70 per hour"),
    ("storm_control.burst", "9 cases"), ("storm_control.excess", "drop"),
  ]

  /// Keys of costs.
  static let costChanges: [(path: String, value: String)] = [
    ("costs.implementation.platform.amount", "61000 EUR"),
    ("costs.implementation.platform.after", "2 weeks"),
    ("costs.implementation.platform.over", "3 weeks"),
    ("costs.upkeep", "2600 EUR per month"), ("costs.late.within", "6 working days"),
    ("costs.late.price", "41 EUR per case"), ("costs.delay.price", "4 EUR per day"),
    ("costs.delay.after", "2 days"), ("costs.wrong", "121 EUR per case"),
    ("experiment.discount_rate", "9 %"), ("experiment.balanced_branching", "true"),
  ]

  /// Keys of risk.
  static let riskChanges: [(path: String, value: String)] = [
    ("risk.criticality.when", "vip"), ("risk.criticality.factor", "6"),
    ("risk.errors.spread", "41 %"), ("risk.errors.spread_to_people", "11 %"),
    ("risk.errors.noticed_by_people", "26 %"),
    ("risk.errors.checks.second_agent.after", "step_04"),
    ("risk.errors.checks.second_agent.automation", "verifier"),
    ("risk.errors.checks.sample.team", "aml"),
    ("risk.errors.checks.second_agent.share", "91 %"),
    ("risk.errors.checks.second_agent.time", "6 s"),
    ("risk.errors.checks.second_agent.price", "0.04 EUR per check"),
    ("risk.errors.checks.second_agent.finds", "86 %"),
    ("risk.errors.checks.second_agent.false_alarms", "4 %"),
    ("risk.errors.checks.second_agent.correlation", "41 %"),
    ("risk.errors.checks.second_agent.corrected_by", "legal"),
    ("risk.errors.checks.second_agent.correction", "16 min"),
    ("risk.errors.escaped.loss", "800 EUR"), ("risk.errors.escaped.found_after", "21 days"),
    ("risk.errors.escaped.team", "aml"), ("risk.errors.escaped.time", "46 min"),
    ("risk.violations.fair_lending.at", "step_06"),
    ("risk.violations.fair_lending.share", "3 %"),
    ("risk.violations.fair_lending.by_people", "2 %"),
    ("risk.violations.fair_lending.audited.every", "5 weeks"),
    ("risk.violations.fair_lending.audited.share", "6 %"),
    ("risk.violations.fair_lending.audited.finds", "91 %"),
    ("risk.violations.fair_lending.audited.team", "aml"),
    ("risk.violations.fair_lending.audited.time", "21 min"),
    ("risk.violations.fair_lending.audited.corrected_by", "legal"),
    ("risk.violations.fair_lending.audited.correction", "31 min"),
    ("risk.violations.fair_lending.exposed.share", "31 %"),
    ("risk.violations.fair_lending.exposed.after", "91 days"),
    ("risk.violations.fair_lending.exposed.loss", "5001 EUR"),
    ("risk.violations.fair_lending.exposed.team", "aml"),
    ("risk.violations.fair_lending.exposed.time", "4 h"),
    ("risk.compromise.of", "kyc_bot"), ("risk.compromise.every", "800 days"),
    ("risk.compromise.trusted_by.kyc_bot", "chief"), ("risk.compromise.spread", "51 %"),
    ("risk.compromise.shared_applications", "6 %"), ("risk.compromise.layer", "21 %"),
    ("risk.compromise.spread_after", "3 days"), ("risk.compromise.affects", "31 %"),
    ("risk.compromise.found_after", "11 days"), ("risk.compromise.contained_for", "9 h"),
    ("risk.compromise.investigated_by", "aml"), ("risk.compromise.investigation", "17 h"),
    ("risk.compromise.cases.loss", "41 EUR"), ("risk.compromise.cases.team", "aml"),
    ("risk.compromise.cases.time", "16 min"),
    ("risk.leaks.personal_data.when", "vip"),
    ("risk.leaks.personal_data.collected_at", "step_02"),
    ("risk.leaks.personal_data.cleared", "core"), ("risk.leaks.personal_data.share", "2 %"),
    ("risk.leaks.personal_data.by_people", "0.2 %"),
    ("risk.leaks.personal_data.loss", "2001 EUR"),
    ("risk.leaks.personal_data.found_after", "31 days"),
    ("risk.leaks.personal_data.team", "aml"), ("risk.leaks.personal_data.time", "5 h"),
    ("risk.cascade.couples.kyc_bot", "chief"), ("risk.cascade.share", "61 %"),
    ("risk.cascade.shared_applications", "11 %"), ("risk.cascade.after", "6 min"),
    ("risk.cascade.lasts", "3 h"), ("risk.cascade.inconsistent", "21 %"),
    ("risk.cascade.rolled_back_by", "legal"), ("risk.cascade.rolling_back", "26 min"),
  ]

  /// Keys of management response.
  static let responseChanges: [(path: String, value: String)] = [
    ("response.recruit.watch", "aml"), ("response.recruit.backlog", "4 working days"),
    ("response.recruit.for", "3 working days"), ("response.recruit.lead_time", "8 weeks"),
    ("response.recruit.pause", "5 weeks"), ("response.recruit.at_most", "2 times"),
    ("response.recruit.hire.people", "3 people"), ("response.recruit.hire.team", "legal"),
    ("response.recruit.hire.calendar", "night"), ("response.recruit.hire.cost", "49 EUR/h"),
    ("response.recruit.hire.speed", "80 %"), ("response.recruit.hire.skills", "law"),
    ("response.recruit.hire.price", "9000 EUR per hire"),
    ("response.recruit.hire.overhead", "700 EUR per month"),
    ("response.recruit.hire.starts_at", "60 %"),
    ("response.recruit.hire.full_speed_after", "9 weeks"),
    ("response.recruit.hire.training", "17 h"), ("response.longer.tickets", "210 tickets"),
    ("response.longer.ends_below", "30 %"), ("response.longer.overtime.team", "aml"),
    ("response.longer.overtime.longer", "3 h"), ("response.longer.overtime.surcharge", "30 %"),
    ("response.helpers.inflow.above", "96 %"),
    ("response.helpers.inflow.over", "11 working days"),
    ("response.helpers.borrow.from", "underwriting"),
    ("response.helpers.borrow.people", "2 people"), ("response.helpers.borrow.speed", "70 %"),
    ("response.helpers.borrow.skills", "law"),
    ("response.gate.intake.at_most", "70 per working day"),
    ("response.gate.intake.burst", "9 cases"), ("response.gate.intake.loss", "41 EUR per case"),
    ("response.fewer.reassign.automation", "loan_agent"),
    ("response.fewer.reassign.share", "50 %"), ("response.off_switch.switch_off", "loan_agent"),
  ]

  static let precisionChanges: [(path: String, value: String)] =
    [("experiment.precision.at_least", "12 replications")]
    + PrecisionFigure.all.map { ("experiment.precision.\($0.name)", $0.example) }

  /// These and the keys that read attributes of cases.
  static let allChanges =
    changes + remedyChanges + learningChanges + driftChanges + conductChanges + orchestrationChanges
    + rolloutChanges + oversightChanges + attributeChanges + costChanges + riskChanges
    + responseChanges + adoptionChanges + peopleChanges + precisionChanges

  /// Keys whose effect other tests show: they say what the file is, or where its process comes from.
  static let elsewhere: Set<String> = [
    "rehearse", "title", "question", "inventory", "bpmn", "process", "start_event",
    "clock.start_state.each", "automations.*.system", "variants.*.factors", "sweep.*.title",
    "sweep.*.change",
    "sweep.*.to", "uncertain.*.title", "uncertain.*.change", "uncertain.*.low",
    "uncertain.*.likely", "uncertain.*.high", "uncertain.*.counted", "waits.*",
    "activities.*.batch.same",
    "demand.arrivals.volumes.file", "demand.arrivals.volumes.date", "demand.arrivals.volumes.hour",
    "demand.arrivals.volumes.cases", "teams.*.staffing.file", "teams.*.staffing.date",
    "teams.*.staffing.people", "demand.arrivals.replay.file", "demand.arrivals.replay.time",
    "demand.arrivals.replay.attributes.*", "automations.*.touches.*",
    "clock.start_state.waiting.*", "clock.start_state.waiting.*.cases",
    "clock.start_state.waiting.*.since", "attributes.*.unit", "activities.*.sets.*.*",
    "automations.*.asks.*.answer", "automations.*.drift.detector.test",
    "automations.*.drift.detector.tolerance", "response.*.intake.excess",
    "response.*.oversight.guardrail",
    "orchestration_layers.*.idempotent", "variants.*.orchestration.stage", "rollout.template",
    "guardrails.*.oversight.ladder",
  ]

  @Test("a change of any value changes what is simulated or shown", arguments: allChanges)
  func changesSomething(change: (path: String, value: String)) throws {
    var text = fullScenario.replacing(
      "calendars:\n", with: "calendars:\n  night: mon-fri 22:00-06:00\n"
    ).replacing(
      "orchestration_layers:\n",
      with: "orchestration_layers:\n  second: { latency: 1 s per hop, concurrent: 5 cases }\n")
    text = text.replacing("people: 1, calendar: office", with: "people: 1, calendar: night")
    if change.path.hasSuffix("below_level") {
      text = text.replacing(", below_level: 2", with: "")
    }
    // The values of the sweep are tried when it is read, which other tests look at.
    if let sweep = text.firstRange(of: "\nsweep:") { text.removeSubrange(sweep.lowerBound...) }
    if change.path == "demand.arrivals.pattern" {
      text = text.replacing("pattern: poisson", with: "pattern: regular").replacing(
        "weights: { mon: 2 }, seasons: { jan: 2 }, growth: 1 % per month", with: "growth:")
    }
    let flowKeys = ["branching.several", "start_event", "calls", "events", "repeats", "instances"]
    if flowKeys.contains(where: change.path.hasPrefix) {
      let before = try read(eventfulScenario, eventfulProcess(), calledProcess())
      // What these say is settled when the process is resolved; no sweep changes it.
      let settled = ["calls.call": "call: task", "start_event.mail": "mail: 30 %"][change.path]
      let key = change.path.split(separator: ".").last ?? ""
      let after =
        try settled.map {
          try read(
            eventfulScenario.replacing($0, with: "\(key): \(change.value)"), eventfulProcess(),
            calledProcess())
        } ?? before.changing([change])
      #expect(description(of: before) != description(of: after))
      return
    }
    if ["demand.arrivals.between", "demand.arrivals.clock"].contains(change.path) {
      text = text.replacing(
        "pattern: poisson, rate: 100 per working day",
        with: "pattern: renewal, clock: calendar, between: 12 min"
      ).replacing(
        "weights: { mon: 2 }, seasons: { jan: 2 }, growth: 1 % per month", with: "growth:")
    }
    let usesBranches =
      change.path == "branching.decide.approve" || change.path.hasPrefix("waits")
    if usesBranches { text = branchingText }
    let usesAttributes = attributeChanges.contains { $0.path == change.path }
    if usesAttributes { text = attributeText }
    let process = usesBranches || usesAttributes ? branchingProcess() : loanProcess()
    let before = try read(text, process, decisions: usesAttributes ? policies() : [])
    let after = try before.changing(
      [change]
        + (change.path == "branching.decide.approve" ? [("branching.decide.reject", "30 %")] : [])
        + (change.path == "branching.decide.output" ? [("branching.decide.approve", "low")] : []))
    #expect(description(of: before) != description(of: after))
  }

  @Test("is shown for every key of the table")
  func coversTheTable() {
    let shown = Set(Self.allChanges.map { pattern(of: $0.path) })
    let missing = ScenarioKey.all.filter { key in
      switch key.kind {
      case .group, .named: false
      default: !shown.contains(key.path) && !Self.elsewhere.contains(key.path)
      }
    }
    #expect(missing.map(\.path) == [])
  }

  private let branchingText = """
    rehearse: 1
    title: Branching
    bpmn: branch.bpmn
    clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty }
    calendars: { office: mon-fri 08:00-16:00 }
    demand: { arrivals: { rate: 10 per working day } }
    teams: { clerks: { people: 3, cost: 40 EUR/h } }
    activities: { default: { team: clerks, time: 5 min } }
    waits: { default: 2 days }
    branching: { decide: { approve: 80 %, reject: 20 % } }

    """

  /// Everything that a run or report sees, but for the list of parameters.
  private func description(of scenario: Scenario) -> String {
    guard let compiled = try? compile(scenario), let first = compiled.variants.first?.model else {
      return ""
    }
    var parts: [Any] = [
      first.timeline, first.demand.pattern, first.demand.rate, first.demand.growth,
      first.demand.between?.mean ?? 0, first.demand.comesAtOpening,
      first.demand.batch ?? BatchSize(1),
      first.demand.intensity, first.demand.calendar.intervals.prefix(20),
      first.calendars.map { ($0.totalWork, Array($0.intervals.prefix(20))) }, compiled.start,
      compiled.exhaustion, compiled.watchedTeams, compiled.matters, compiled.seed,
      compiled.discountRate, compiled.factorial?.factors ?? [],
      first.attributes, compiled.replications, compiled.baseline, compiled.startState,
      compiled.workingDay, compiled.precision, compiled.fewestReplications,
      first.balancesBranching,
    ]
    for variant in compiled.variants {
      parts += [
        variant.title, variant.mix, variant.model.stack,
        variant.model.runInStack?.name ?? "",
      ]
    }
    return String(describing: parts)
  }

  /// The path in the table of a path in the file.
  private func pattern(of path: String) -> String {
    var tree = KeyTree.all
    var pattern: [String] = []
    let isOfFlow = ["events", "repeats", "instances"].contains(where: path.hasPrefix)
    let source =
      isOfFlow
      ? try? read(eventfulScenario, eventfulProcess(), calledProcess()) : try? read(fullScenario)
    for key in (source?.source.root.keys(ofPath: path)) ?? [] {
      pattern.append(tree.children[key] == nil ? "*" : key)
      guard let below = tree.child(key) else { return path }
      tree = below
    }
    return tree.key?.path ?? pattern.joined(separator: ".")
  }
}
