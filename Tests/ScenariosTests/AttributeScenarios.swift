import Facts
import ProcessModel

/// A decision table over `amount` and `segment`: what is written beside it is what each rule says.
func policyTable(
  id: String = "risk-policy", hitPolicy: DecisionTable.HitPolicy = .unique,
  rows: [(amount: String, segment: String, risk: String, route: String)] = [
    ("< 1000", "-", "low", "fast"),
    (">= 1000", "\"retail\"", "high", "manual"),
    (">= 1000", "not(\"retail\")", "low", "committee"),
  ]
) -> DecisionTable {
  let place = SourceLocation(path: "policy.dmn", line: 10)
  return DecisionTable(
    id: id, name: "Risk Policy \(id)", hitPolicy: hitPolicy,
    inputs: [
      DecisionTable.Column(name: "amount"), DecisionTable.Column(name: "Segment", label: "Segment"),
    ],
    outputs: [DecisionTable.Column(name: "risk"), DecisionTable.Column(name: "route")],
    rules: rows.enumerated().map { index, row in
      DecisionTable.Rule(
        id: "r\(index + 1)",
        tests: [UnaryTest(feel: row.amount), UnaryTest(feel: row.segment)],
        outputs: [row.risk, row.route],
        location: SourceLocation(path: "policy.dmn", line: 20 + index))
    }, location: place)
}

/// Two tables with the same columns.
func policies() -> [DecisionTable] {
  [
    policyTable(),
    policyTable(
      id: "second-policy",
      rows: [("< 2000", "-", "low", "fast"), (">= 2000", "-", "high", "manual")]),
  ]
}

/// Every key about attributes, each with a value that a test changes.
let attributeText = """
  rehearse: 1
  title: Attributes
  bpmn: branch.bpmn
  clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty }
  calendars: { office: mon-fri 08:00-16:00 }
  demand: { arrivals: { rate: 10 per working day } }
  attributes:
    segment: { categories: { retail: 70 %, sme: rest } }
    former: { categories: { retail: 50 %, sme: 50 % } }
    amount:
      unit: EUR
      number: { given: segment, retail: lognormal mean 800 EUR cv 0.5, sme: 5000 EUR }
    channel:
      categories:
        given: segment
        retail: { web: 80 %, phone: rest }
        sme: { web: 20 %, phone: 80 % }
    income: { number: exponential mean 3 }
    score:
      number: uniform 0 100
      correlation: { with: amount, rank: 0.4 }
    vip: { share_true: { given: segment, retail: 1 %, sme: 10 % } }
    known: { share_true: 25 % }
    risk: { categories: { low: 100 %, high: 0 % } }
    limitRisk: { categories: { low: 100 %, high: 0 % } }
  teams: { clerks: { people: 3, cost: 40 EUR/h } }
  activities:
    default: { team: clerks, time: 5 min }
    check:
      sets: { channel: { web: 50 %, phone: 50 % }, score: 50, known: true }
      decides: { table: risk-policy, into: { risk: limitRisk }, otherwise: { limitRisk: low } }
    approve: { decides: { table: risk-policy, into: { risk: risk } } }
    reject: { decides: risk-policy }
  waits: { answer: 2 days }
  branching:
    decide: { decision: risk-policy, output: route, approve: [fast, manual], reject: otherwise }
  priorities: { when: vip and amount > 2000 EUR, class: -1 }
  automations:
    bot: { kind: script, time: 1 min }
  guardrails:
    large:
      raised_by: bot
      after: check
      fires: { when: amount > 3000, share: 80 % }
      ticket: clerks
      review: 5 min
  variants:
    as-is: { assign: { bot: check } }

  """

/// Keys of `attributeText`, each with another value.
let attributeChanges: [(path: String, value: String)] = [
  ("attributes.score.number", "uniform 0 90"), ("attributes.amount.number.given", "former"),
  ("attributes.amount.number.sme", "6000 EUR"), ("attributes.segment.categories.retail", "60 %"),
  ("attributes.channel.categories.given", "former"),
  ("attributes.channel.categories.retail.web", "70 %"), ("attributes.known.share_true", "30 %"),
  ("attributes.vip.share_true.given", "former"), ("attributes.vip.share_true.sme", "20 %"),
  ("attributes.score.correlation.with", "income"),
  ("attributes.score.correlation.rank", "-0.4"), ("priorities.when", "vip"),
  ("priorities.class", "-2"), ("guardrails.large.fires.when", "amount > 2000"),
  ("guardrails.large.fires.share", "70 %"), ("activities.check.sets.score", "60"),
  ("activities.check.decides.table", "second-policy"),
  ("activities.check.decides.otherwise.limitRisk", "high"),
  ("activities.approve.decides.into.risk", "limitRisk"),
  ("activities.reject.decides", "second-policy"),
  ("branching.decide.decision", "second-policy"), ("branching.decide.output", "risk"),
]
