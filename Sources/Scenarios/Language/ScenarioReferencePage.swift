/// The page `docs/reference/scenario-keys.md`, made from the table of keys.
public func scenarioReferencePage() -> String {
  var page = """
    # Scenario keys

    Every key of the scenario language, version 1. This page is made from the table that the parser \
    reads by; a test holds the two together, and `make golden` writes it anew.

    A scenario is a YAML file. `*` stands for a name that you choose. **Bold** keys must be given; for \
    the others the page says what holds without them. Values that are taken for want of yours appear on \
    the report's assumption sheet as *assumed*, with the source given here.

    """
  page += valuesChapter
  // The table may come back to a chapter: its keys stand together all the same.
  var chapters: [(title: String, rows: String)] = []
  for key in ScenarioKey.all {
    let section = String(key.path.prefix { $0 != "." })
    let title = chapterTitles[section] ?? section
    if let position = chapters.firstIndex(where: { $0.title == title }) {
      chapters[position].rows += key.row
    } else {
      chapters.append((title, key.row))
    }
  }
  for chapter in chapters {
    page += "\n## \(chapter.title)\n\n"
    page += "| key | meaning | takes | without it | example |\n|---|---|---|---|---|\n"
    page += chapter.rows
  }
  return page
}

private let chapterTitles: [String: String] = [
  "rehearse": "Head", "title": "Head", "question": "Head", "clock": "Clock",
  "inventory": "Process", "bpmn": "Process", "process": "Process", "start_event": "Process",
  "calendars": "Calendars", "demand": "Demand", "attributes": "Attributes", "teams": "Teams",
  "activities": "Activities",
  "waits": "Waits and branching", "branching": "Waits and branching", "calls": "Process",
  "events": "Events and repetition", "repeats": "Events and repetition",
  "instances": "Events and repetition",
  "priorities": "Urgency", "applications": "Applications", "automations": "Automations",
  "guardrails": "Guardrails",
  "orchestration_layers": "Orchestration layers", "coordination": "Coordination",
  "monitoring": "Monitoring", "supervisor": "Patterns", "storm_control": "Patterns",
  "rollout": "Rollout", "costs": "Costs", "risk": "Risk", "response": "Management response",
  "adoption": "Adoption",
  "variants": "Variants",
  "exhaustion": "Exhaustion", "experiment": "Experiment", "sweep": "Sweep",
]

extension ScenarioKey {
  fileprivate var row: String {
    let name = presence == .required ? "**`\(path)`**" : "`\(path)`"
    let absent =
      switch presence {
      case .required: "it must be given"
      case .optional(let meaning): meaning
      case .standard(let text, let source): "`\(text)`, assumed: \(source)"
      }
    let shown = example.isEmpty ? "" : "`\(example)`"
    return "| \(cell(name)) | \(cell(summary)) | \(cell(expectation)) | \(cell(absent)) | "
      + "\(cell(shown)) |\n"
  }

  private func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

private let valuesChapter = """

  ## Values

  Every value has its unit, and there is one way to say a thing.

  | kind | written |
  |---|---|
  | duration | `300 ms`, `40 s`, `14 min`, `2 h`, `3 days`, `8 weeks` count calendar time; `30 working minutes`, `2 working hours`, `126 working days` count working time |
  | working day | as long as the mean working day of the calendar in `clock.working_days` |
  | distribution | \(distributionForms.map { "`\($0.example)`" }.joined(separator: ", ")), `lognormal mean 40 s p95 2 min`; a duration alone is constant; a normal time is cut off at 0, and its `sd` is at most a third of the mean unless bounds follow. After any of them `plus 2 min` or `minus 2 min` shifts the time, and then `between 1 min and 1 h` bounds it: the distribution given that the time lies there |
  | rate | `100 per working day`, `12 per hour`, `40 per day`, `500 per week` |
  | share | `50 %`, `0.5` |
  | money | `52 EUR/h`, `4 EUR per million tokens`, `0.02 EUR per hop`, `900 EUR per month`, `0.50 EUR`; one currency in a scenario, by its ISO 4217 code |
  | count | `3`, `3 people`, `unlimited` |
  | number | `12000`, `12000 EUR` where the attribute has that unit; a distribution as above with numbers for times |
  | condition | `amount > 10000 and segment = sme`, `not (vip or amount between 0 and 500)`, `segment in (sme \\| corporate)`, `amount in 1000..5000`; also as BPMN files write it, `${amount >= 10000 && segment == 'sme'}` |
  | elements | `[step_01..step_05, step_07]`: ids of the BPMN file; a range takes every id with the same beginning and a number between those of its ends |
  | weekly hours | `mon-fri 08:00-12:00 12:30-16:30`; an end that is not after its start lies on the next day |

  ### Where a value comes from

  Any value may stand with its source: `{ value: 3.1 %, measured: orchestrator-jobs.csv, sample: 4120 }`. \
  The source is one of `measured`, `declared`, `imported`, `inferred` and `assumed`, followed by a text; \
  `sample` is the number of observations. Written beside the keys of a group, it holds for all of them: \
  `{ rise: 40 % relative, over: 126 working days, assumed: brief row 57 }`. A value without a source is \
  *declared*.

  ### Variants

  A variant starts from the variant it `extends`, or from the scenario itself, and says only what differs. \
  Under `teams`, `activities`, `waits`, `branching`, `events`, `repeats`, `instances`, `applications`, \
  `automations`, `guardrails`, `priorities` and `orchestration_layers` it may override any key; groups \
  are merged key by key, lists and single values are replaced. Demand, attributes, clock and calendars \
  are the same in all variants.

  """
