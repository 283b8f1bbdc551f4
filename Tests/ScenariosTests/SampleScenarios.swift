/// The scenario of the design sketch in version 1 of the language.
let loanScenario = """
  rehearse: 1
  title: Loan approval with agents - with and without orchestration
  question: Can agents take over loan approval without drowning underwriting and compliance?

  clock:
    start: 2026-01-05
    time_zone: Europe/Berlin
    horizon: 13 weeks
    start_state: { as-is: 8 weeks }
    follow_cases_for: 13 weeks
    working_days: office

  inventory: ../inventories/meridian-bank
  process: loan-approval

  calendars:
    office: { weekly: mon-fri 08:00-12:00 12:30-16:30, holidays: [2026-04-03, 2026-04-06] }

  demand:
    arrivals: { pattern: poisson, rate: 100 per working day, profile: office, growth: 1 % per month compounding }

  teams:
    underwriting: { people: 12, calendar: office, cost: 52 EUR/h }
    aml:          { people: 3, calendar: office, cost: 49 EUR/h }
    legal:        { people: 3, calendar: office, cost: 61 EUR/h }
    bot_support:  { people: 1, calendar: office, cost: 70 EUR/h }

  activities:
    default: { team: underwriting, time: lognormal mean 5 min cv 0.6 }
    step_11..step_14: { team: aml, errors: 1 % }
    step_12: { time: 9 min }
    step_17: { team: legal, time: triangular 2 min 3 min 6 min }

  automations:
    kyc_bot:
      kind: rpa
      runners: 4
      time: triangular 2 min 3 min 6 min
      failure: { value: 3.1 %, measured: orchestrator-jobs.csv, sample: 4120 }
      licence: 900 EUR per month
      exceptions: { team: bot_support, time: 15 min }
    loan_agent:
      kind: agent
      time: lognormal mean 40 s p95 2 min
      tokens: 2000 tokens
      price: 4 EUR per million tokens
      failure: 2 %
      errors: 1 %
      retries: { times: 3, backoff: 2 min doubling }

  guardrails:
    creditworthiness:
      raised_by: loan_agent
      after: step_05
      replaces_task: step_06
      blocks: true
      fires: { value: 50 %, assumed: brief row 48 }
      drift: { rise: 40 % relative, over: 126 working days, below_level: 2, assumed: brief row 57 }
      ticket: underwriting
      review: lognormal mean 14 min cv 0.6
      context: 1 min per automation
      approved_unchanged: 92 %
      catches: 90 %
      loss_prevented: 35 EUR per ticket
    compliance:
      raised_by: loan_agent
      after: step_10
      replaces_task: step_11
      fires: always
      tickets: [aml, legal]
      review: lognormal mean 9 min cv 0.5

  orchestration_layers:
    central: { latency: 300 ms per hop, concurrent: 50 cases, price: 0.02 EUR per hop, shares_context: true, licence: 4000 EUR per month }

  variants:
    as-is:        { title: People and bots as today, assign: { kyc_bot: [step_02, step_03] } }
    agents:       { extends: as-is, assign: { loan_agent: [step_01..step_05, step_07..step_10] } }
    layer-only:   { extends: as-is, orchestration: { level: 2, layer: central } }
    agents+layer: { extends: agents, orchestration: { level: 2, layer: central } }
    agents+layer+remedies:
      extends: agents+layer
      remedies:
        bulk_review: { of: creditworthiness, size: 5, wait: 2 working hours, setup: 9 min, each: 5 min }
        re_evaluate: { of: creditworthiness, unnecessary: 30 %, check: 20 s, price: 0.01 EUR per check, false_pass: 1 % }

  exhaustion:
    watch: [underwriting, aml, legal]
    decides: backlog
    backlog: { more_than: 5 working days, for: 5 working days }
    net_work: { saving: 1 min, cohorts: 4 }

  experiment:
    replications: 200
    seed: 7
    baseline: as-is
    matters: { cost_per_case: 0.50 EUR, time_to_completion: 4 h, human_minutes: 1 min }

  sweep:
    escalated:
      title: Share escalated
      change: guardrails.creditworthiness.fires
      to: [20 %, 35 %, 50 %]
    reviewers:
      change: [teams.aml.people, teams.legal.people]
      to: [2, 3, 4]

  """

/// A scenario of a dozen lines.
let smallScenario = """
  rehearse: 1
  title: One team, one process
  bpmn: loan.bpmn
  clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty }
  calendars: { office: mon-fri 08:00-16:00 }
  demand: { arrivals: { rate: 10 per working day } }
  teams: { clerks: { people: 3, cost: 40 EUR/h } }
  activities: { default: { team: clerks, time: 5 min } }

  """
