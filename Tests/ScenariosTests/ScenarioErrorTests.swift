import Facts
import Scenarios
import Testing

// In each text the mark ‹ stands before the place that the problem must name.

@Suite("Errors of a scenario's form")
struct ScenarioFormErrorTests {
  @Test("a file that is no YAML is refused with its place")
  func syntax() {
    let found = problems("rehearse: 1\ntitle: [a\nclock: }\n")
    #expect(found.count == 1)
    #expect(found[0].message.contains("not well-formed YAML"))
    #expect(found[0].location.line == 3)
  }

  @Test("an empty file says how to begin")
  func empty() {
    for text in ["", "# nothing\n", "~\n"] {
      #expect(
        problems(text).map(\.message) == ["the scenario is empty; begin it with `rehearse: 1`"])
    }
    #expect(
      problems("- a\n").map(\.message)
        == ["the scenario is no group of keys; begin it with `rehearse: 1`"])
  }

  @Test("a key that stands twice is refused")
  func twice() {
    #expect(problems("rehearse: 1\ntitle: a\ntitle: b\n")[0].message.contains("'title' stands"))
  }

  @Test("the version is asked for, and others are refused")
  func version() {
    expectProblem(
      replacing: "rehearse: 1\n", with: "‹", "the version of the language is missing")
    expectProblem(
      replacing: "rehearse: 1\n", with: "rehearse: ‹2\n",
      "version `2` of the scenario language is not supported; this program reads version 1")
    expectProblem(replacing: "rehearse: 1\n", with: "rehearse: ‹1.0\n", "version `1.0`")
  }

  @Test("an unknown key is refused with the nearest known one")
  func unknownKeys() {
    expectProblem(
      replacing: "  time_zone:", with: "  ‹time_zon:",
      "the key 'clock.time_zon' is not known; did you mean 'time_zone'?")
    expectProblem(
      replacing: "underwriting: { people: 12,", with: "underwriting: { ‹poeple: 12,",
      "the key 'teams.underwriting.poeple' is not known; did you mean 'people'?")
    expectProblem(
      replacing: "exhaustion:\n", with: "‹zzz: 1\nexhaustion:\n", "the key 'zzz' is not known")
    expectProblem(
      replacing: "fires: always", with: "fires: always\n    ‹fyres: never",
      "the key 'guardrails.compliance.fyres' is not known; did you mean 'fires'?")
  }

  @Test("a key below a variant is looked up where it overrides")
  func unknownKeysBelowVariants() {
    expectProblem(
      replacing: "{ extends: as-is, orchestration: { level: 2, layer: central } }",
      with: "{ extends: as-is, teams: { aml: { ‹persons: 3 } } }",
      "the key 'variants.layer-only.teams.aml.persons' is not known")
    expectProblem(
      replacing: "{ extends: as-is, orchestration: { level: 2, layer: central } }",
      with: "{ extends: as-is, ‹demand: { arrivals: { rate: 5 per hour } } }",
      "'variants.layer-only.demand' cannot differ between variants")
  }

  @Test("a group where a value is expected is refused, and the other way round")
  func kinds() {
    expectProblem(
      replacing: "people: 12", with: "people: ‹{ juniors: 3 }",
      "'teams.underwriting.people' is a group of keys; expected a whole number of people")
    expectProblem(
      replacing: "people: 12", with: "people: ‹[1, 2]", "'teams.underwriting.people' is a list")
    expectProblem(
      replacing: "underwriting: { people: 12, calendar: office, cost: 52 EUR/h }",
      with: "underwriting: ‹12", "'teams.underwriting' is a value; expected a group of keys")
    expectProblem(
      replacing: "  backlog: { more_than: 5 working days, for: 5 working days }",
      with: "  backlog: ‹5 working days",
      "'exhaustion.backlog' is a value; expected a group of keys")
  }

  @Test("a text that a comma cuts is named, not the group that it seems to make")
  func cutText() {
    expectProblem(
      replacing: "people: 12", with: "people: { value: 12, declared: by Ada, ‹in May }",
      "`in May` stands beside the value of 'teams.underwriting.people' with nothing after it")
  }

  @Test("a missing key is named with what it takes")
  func missing() {
    expectProblem(
      replacing: "underwriting: { people: 12, calendar: office, cost: 52 EUR/h }",
      with: "‹underwriting: { people: 12, calendar: office }",
      "'teams.underwriting.cost' is missing; expected an amount of money per hour, "
        + "from 0 to 1000000, such as `cost: 52 EUR/h`")
    expectProblem(
      replacing: "  compliance:\n", with: "  ‹compliance:\n    blocks: true\n",
      "'guardrails.compliance.fires' is missing; expected a probability, always, or every nth case, "
        + "from 0 % to 100 %, such as `fires: 50 %`", without: "    fires: always\n")
  }

  @Test("two sources of one value are refused")
  func twoSources() {
    expectProblem(
      replacing: "{ value: 50 %, assumed: brief row 48 }",
      with: "{ value: 50 %, assumed: brief row 48, ‹measured: log.csv }",
      "'guardrails.creditworthiness.fires' has two sources")
    expectProblem(
      replacing: "sample: 4120", with: "sample: ‹many",
      "the sample of 'automations.kyc_bot.failure' is `many`, not a whole number of 1 or more")
  }
}

@Suite("Errors of a scenario's values")
struct ScenarioValueErrorTests {
  @Test(
    "name the key, what was found and what was expected, at the value",
    arguments: [
      (
        "people: 12", "people: ‹-1",
        "'teams.underwriting.people' is `-1`, out of range; expected a whole number of people, "
          + "from 0 to 10000, such as `3 people`"
      ),
      ("people: 12", "people: ‹2.5", "2.5 is no whole number"),
      ("people: 12", "people: ‹5 kg", "'kg' is not what is counted; write people"),
      (
        "horizon: 13 weeks", "horizon: ‹-13 weeks",
        "'clock.horizon' is `-13 weeks`, out of range; expected a number of cases, or a duration in "
          + "calendar or working time, more than 0, at most 20 years, such as `13 weeks`"
      ),
      (
        "horizon: 13 weeks", "horizon: ‹36 h",
        "'clock.horizon' is `36 h`, not a whole number of days; write days, weeks or working days"
      ),
      ("horizon: 13 weeks", "horizon: ‹1.3 weeks", "not a whole number of days"),
      ("start: 2026-01-05", "start: ‹2026-02-30", "it is no date of the form year-month-day"),
      ("start: 2026-01-05", "start: ‹5.1.2026", "it is no date"),
      (
        "time_zone: Europe/Berlin", "time_zone: ‹Europe/Berln",
        "there is no such time zone; did you mean 'Europe/Berlin'?"
      ),
      (
        "{ as-is: 8 weeks }", "‹full",
        "'clock.start_state' is `full`: it is not known here; expected `empty` or a group of keys"
      ),
      (
        "{ as-is: 8 weeks }", "‹{ }", "does not say what is there on day 0"
      ),
      (
        "{ as-is: 8 weeks }", "‹{ as-is: 8 weeks, each: 8 weeks }", "has both 'as-is' and 'each'"
      ),
      (
        "{ as-is: 8 weeks }", "{ as-is: 8 weeks, variant: ‹agentz }",
        "there is no such name; did you mean 'agents'?"
      ),
      ("working_days: office", "working_days: ‹offices", "did you mean 'office'?"),
      (
        "mon-fri 08:00-12:00 12:30-16:30", "‹mon-fri",
        "'calendars.office.weekly' is `mon-fri`: there are no hours after the days"
      ),
      ("mon-fri 08:00-12:00 12:30-16:30", "‹mo-fri 08:00-12:00", "'mo-fri' is no day of the week"),
      (
        "mon-fri 08:00-12:00 12:30-16:30", "‹mon-fri 8-12",
        "'8-12' are no hours such as 08:00-16:30"
      ),
      ("mon-fri 08:00-12:00 12:30-16:30", "‹mon 25:00-26:00", "are no hours"),
      ("[2026-04-03, 2026-04-06]", "[2026-04-03, ‹easter]", "it is no date"),
      (
        "rate: 100 per working day", "rate: ‹100",
        "'demand.arrivals.rate' is `100`: it does not say per what"
      ),
      ("rate: 100 per working day", "rate: ‹100 per second", "cases are not counted per s"),
      ("rate: 100 per working day", "rate: ‹0 per working day", "out of range"),
      ("pattern: poisson", "pattern: ‹poison", "did you mean 'poisson'?"),
      ("profile: office", "profile: ‹ofice", "did you mean 'office'?"),
      ("growth: 1 % per month compounding", "growth: ‹1 % a month", "it is no percentage per week"),
      ("calendar: office, cost: 49", "calendar: ‹offise, cost: 49", "did you mean 'office'?"),
      ("cost: 49 EUR/h", "cost: ‹49", "it has no currency; write its ISO 4217 code, such as EUR"),
      ("cost: 49 EUR/h", "cost: ‹-49 EUR/h", "out of range"),
      (
        "cost: 49 EUR/h", "cost: ‹49 USD/h",
        "'teams.aml.cost' is in USD, but the scenario counts in EUR since the amount in line"
      ),
      ("cost: 49 EUR/h", "cost: ‹49 EUR per ticket", "'per ticket' does not fit here; write EUR/h"),
      ("time: lognormal mean 5 min cv 0.6", "time: ‹5 kg", "'kg' is no unit of time"),
      ("time: lognormal mean 5 min cv 0.6", "time: ‹-5 min", "-5 min is negative"),
      ("time: lognormal mean 5 min cv 0.6", "time: ‹2 days", "'days' is no unit of work"),
      ("team: underwriting, time", "team: ‹underwritng, time", "did you mean 'underwriting'?"),
      (
        "errors: 1 % }", "errors: ‹101 % }",
        "out of range; expected a share or probability, from 0 %"
      ),
      ("kind: rpa", "kind: ‹robot", "it is not known here; expected one of rpa, rules"),
      ("runners: 4", "runners: ‹0", "out of range"),
      ("value: 3.1 %", "value: ‹beta 95 5", "and what it may be under `uncertain`"),
      (
        "time: lognormal mean 40 s p95 2 min", "time: ‹1 working day",
        "'working days' counts working time where calendar time is expected"
      ),
      ("price: 4 EUR per million tokens", "price: ‹4 EUR", "it does not say per what here"),
      ("backoff: 2 min doubling", "backoff: ‹2 min", "it does not say that it doubles"),
      ("times: 3", "times: ‹-3", "out of range"),
      ("blocks: true", "blocks: ‹maybe", "it is neither true nor false; expected true or false"),
      ("fires: always", "fires: ‹sometimes", "'sometimes' is no number"),
      ("fires: always", "fires: ‹every 0th case", "it is no ordinal of cases"),
      ("fires: always", "fires: ‹150 %", "out of range"),
      ("rise: 40 % relative", "rise: ‹40 %", "it does not say percent of what"),
      ("over: 126 working days", "over: ‹0 working days", "out of range"),
      (
        "context: 1 min per automation", "context: ‹1 min per agent",
        "'per agent' stands where 'per automation'"
      ),
      ("latency: 300 ms per hop", "latency: ‹300 per hop", "'per' is no unit of time"),
      ("concurrent: 50 cases", "concurrent: ‹0 cases", "out of range"),
      ("licence: 900 EUR per month", "licence: ‹900 EUR per fortnight", "does not fit here"),
      (
        "wait: 2 working hours", "wait: ‹2 h", "counts calendar time where working time is expected"
      ),
      ("size: 5", "size: ‹1", "out of range"),
      ("unnecessary: 30 %", "unnecessary: ‹-30 %", "out of range"),
      (
        "decides: backlog", "decides: ‹tiredness",
        "it is not known here; expected one of saturation, backlog, service, net_work"
      ),
      ("watch: [underwriting, aml, legal]", "watch: [underwriting, ‹anl]", "did you mean 'aml'?"),
      (
        "more_than: 5 working days", "more_than: ‹5 days",
        "counts calendar time where working time is expected"
      ),
      (
        "more_than: 5 working days", "more_than: ‹2.5 working days",
        "expected a whole number of working days from 1 to 1000"
      ),
      ("replications: 200", "replications: ‹1", "out of range"),
      ("seed: 7", "seed: ‹-7", "out of range"),
      ("baseline: as-is", "baseline: ‹as_is", "did you mean 'as-is'?"),
      ("cost_per_case: 0.50 EUR", "cost_per_case: ‹0.50 USD", "the scenario counts in EUR"),
    ])
  func values(original: String, marked: String, message: String) {
    expectProblem(replacing: original, with: marked, message)
  }
}
