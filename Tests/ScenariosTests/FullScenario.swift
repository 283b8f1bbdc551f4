@testable import Scenarios

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
