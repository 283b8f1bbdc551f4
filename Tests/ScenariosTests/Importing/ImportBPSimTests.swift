import Facts
import Scenarios
import Statistics
import Testing

private func bpsim(
  _ elements: String, version: String = "1.0", parameters: String = "baseTimeUnit=\"min\"",
  inside: String = "", scenario: String = "id=\"s1\" name=\"As is\""
) -> String {
  """
  <bpsim:BPSimData xmlns:bpsim="http://www.bpsim.org/schemas/\(version)">
    <bpsim:Scenario \(scenario)>
      <bpsim:ScenarioParameters \(parameters)>\(inside)</bpsim:ScenarioParameters>
  \(elements)
    </bpsim:Scenario>
  </bpsim:BPSimData>
  """
}

private func wrapped(_ data: String, _ process: String = oneTask) -> String {
  bpmnFile(
    process,
    beside:
      "<relationship type=\"BPSimData\"><extensionElements>\(data)</extensionElements></relationship>"
  )
}

private func about(_ id: String, _ parameters: String) -> String {
  "<bpsim:ElementParameters elementRef=\"\(id)\">\(parameters)</bpsim:ElementParameters>\n"
}

private func arrivals(_ value: String, count: Int = 4000) -> String {
  about(
    "start",
    """
    <bpsim:ControlParameters><bpsim:InterTriggerTimer>\(value)</bpsim:InterTriggerTimer>
    <bpsim:TriggerCount><bpsim:NumericParameter value="\(count)"/></bpsim:TriggerCount></bpsim:ControlParameters>
    """)
}

private let exponentialArrivals = arrivals("<bpsim:NegativeExponentialDistribution mean=\"10\"/>")

private func time(_ value: String, _ name: String = "ProcessingTime") -> String {
  "<bpsim:TimeParameters><bpsim:\(name)>\(value)</bpsim:\(name)></bpsim:TimeParameters>"
}

private func selects(_ expression: String) -> String {
  "<bpsim:ResourceParameters><bpsim:Selection><bpsim:ExpressionParameter value=\"\(expression)\"/></bpsim:Selection></bpsim:ResourceParameters>"
}

private func quantity(_ values: String) -> String {
  "<bpsim:ResourceParameters><bpsim:Quantity>\(values)</bpsim:Quantity></bpsim:ResourceParameters>"
}

private let clerk =
  about(
    "clerk",
    quantity("<bpsim:NumericParameter value=\"1\"/>")
      + "<bpsim:CostParameters><bpsim:UnitCost><bpsim:FloatingParameter value=\"0.5\"/></bpsim:UnitCost></bpsim:CostParameters>"
  )

private func shared(_ flow: String, _ share: String) -> String {
  about(
    flow,
    "<bpsim:ControlParameters><bpsim:Probability><bpsim:FloatingParameter value=\"\(share)\"/></bpsim:Probability></bpsim:ControlParameters>"
  )
}

@Suite("Scenarios made of BPSim parameters")
struct ImportBPSimTests {
  /// M/G/1 by Pollaczek and Khinchine: λ = 1/10, S = 5 min and E[S²] = 25 for constant work, ρ = 1/2: W = 5 + λ·25 /
  /// (2·(1 − ρ)) = 7.5 min.
  @Test("wait as theory has it, in a BPMN file and beside it", arguments: [true, false])
  func oneQueue(inside: Bool) throws {
    let data = bpsim(
      exponentialArrivals + clerk
        + about(
          "serve",
          time("<bpsim:FloatingParameter value=\"300\" timeUnit=\"s\"/>")
            + selects("bpsim:getResource('clerk',1)")),
      version: inside ? "1.0" : "2.0")
    let made =
      inside
      ? try MadeScenario(wrapped(data)) : try MadeScenario(bpmnFile(oneTask), parameters: data)
    #expect(made.made.notes == [])
    #expect(made.made.text.contains("cost: 30 USD/h") == false)
    #expect(made.made.text.contains("cost: 30 XXX/h"))
    let interval = try made.minutes(replications: 30)
    #expect(interval.lower < 7.5 && 7.5 < interval.upper, "\(interval)")
    #expect(interval.upper - interval.lower < 1)
  }

  /// Without resources nobody waits: 60 % take 10 + 5 min, 40 % 30 min: 21 min.
  @Test("add up the parts of a time, and choose ways; percent as jBPM writes them")
  func ways() throws {
    for shares in [("0.6", "0.4"), ("60.0", "40")] {
      let data = bpsim(
        arrivals("<bpsim:DurationParameter value=\"PT1M\"/>")
          + about(
            "short",
            "<bpsim:TimeParameters><bpsim:SetUpTime><bpsim:NumericParameter value=\"10\"/></bpsim:SetUpTime>"
              + "<bpsim:ProcessingTime><bpsim:UniformDistribution min=\"4\" max=\"6\"/></bpsim:ProcessingTime></bpsim:TimeParameters>"
              + "<bpsim:CostParameters><bpsim:FixedCost><bpsim:FloatingParameter value=\"3\"/></bpsim:FixedCost></bpsim:CostParameters>"
          )
          + about("long", time("<bpsim:NumericParameter value=\"30\"/>"))
          + shared("to_short", shares.0) + shared("to_long", shares.1),
        parameters: "baseTimeUnit=\"min\" baseCurrencyUnit=\"EUR\"")
      let made = try MadeScenario(wrapped(data, twoWays))
      #expect(made.made.text.contains("run_time: uniform 4 min 6 min plus 10 min"))
      #expect(made.made.text.contains("price: 3 EUR per run"))
      let interval = try made.minutes(replications: 10)
      #expect(interval.lower < 21 && 21 < interval.upper, "\(shares): \(interval)")
    }
  }

  @Test("have people and arrivals by calendars, a run-in, a horizon, a seed")
  func run() throws {
    let calendars = """
      <bpsim:Calendar id="c1" name="office">BEGIN:VCALENDAR
      VERSION:2.0
      BEGIN:VEVENT
      DTSTART:20260105T080000
      DTEND:20260105T160000
      END:VEVENT
      RRULE:FREQ=DAILY;BYDAY=MO,TU,WE
      END:VCALENDAR</bpsim:Calendar>
      """
    let data = bpsim(
      about(
        "start",
        "<bpsim:ControlParameters><bpsim:InterTriggerTimer><bpsim:StringParameter value=\"300\"/>"
          + "<bpsim:NegativeExponentialDistribution mean=\"30\" validFor=\"office\"/></bpsim:InterTriggerTimer></bpsim:ControlParameters>"
      )
        + about(
          "clerk",
          quantity(
            "<bpsim:NumericParameter value=\"0\"/><bpsim:NumericParameter value=\"4\" validFor=\"c1\"/>"
          ))
        + about(
          "serve",
          time(
            "<bpsim:TruncatedNormalDistribution mean=\"20\" standardDeviation=\"9\" min=\"1\" max=\"60\"/>"
          )
            + selects("getResource('clerk', 1)")
            + "<bpsim:PriorityParameters><bpsim:Priority><bpsim:NumericParameter value=\"3\"/></bpsim:Priority></bpsim:PriorityParameters>"
        )
        + calendars, version: "2.0",
      parameters: "baseTimeUnit=\"min\" seed=\"11\" replication=\"6\"",
      inside: """
        <bpsim:Start><bpsim:DateTimeParameter value="2026-02-02T00:00:00"/></bpsim:Start>
        <bpsim:Duration><bpsim:DurationParameter value="P30D"/></bpsim:Duration>
        <bpsim:Warmup><bpsim:DurationParameter value="P1D"/></bpsim:Warmup>
        """)
    let made = try MadeScenario(wrapped(data))
    for line in [
      "start: 2026-02-02", "horizon: 30 days", "start_state: { each: 1 day }", "seed: 11",
      "replications: 6", "weekly: mon-wed 08:00-16:00", "people: 4", "priority: -3",
      "time: normal mean 20 min sd 9 min between 1 min and 1 h", "clock: working",
    ] { #expect(made.made.text.contains(line), "\(line) in\n\(made.made.text)") }
    _ = try made.scenario()
  }

  @Test("decide by conditions on properties")
  func conditions() throws {
    func rule(_ flow: String, _ condition: String) -> String {
      about(
        flow,
        "<bpsim:ControlParameters><bpsim:Condition><bpsim:ExpressionParameter value=\"\(condition)\"/></bpsim:Condition></bpsim:ControlParameters>"
      )
    }
    let property =
      "<bpsim:PropertyParameters><bpsim:Property name=\"loan amount\" type=\"double\"><bpsim:UniformDistribution min=\"0\" max=\"100\"/></bpsim:Property></bpsim:PropertyParameters>"
    let elements =
      about(
        "start",
        "<bpsim:ControlParameters><bpsim:InterTriggerTimer><bpsim:NumericParameter value=\"1\"/></bpsim:InterTriggerTimer></bpsim:ControlParameters>"
          + property)
      + about("short", time("<bpsim:NumericParameter value=\"10\"/>"))
      + about("long", time("<bpsim:NumericParameter value=\"30\"/>"))
      + rule("to_short", "bpsim:getProperty('loan amount') &lt; 25")
    let made = try MadeScenario(wrapped(bpsim(elements), twoWays))
    #expect(made.made.text.contains("to_short: loan_amount < 25"), "\(made.made.text)")
    #expect(made.made.text.contains("to_long: otherwise"))
    // A quarter takes 10 min, the rest 30 min.
    let interval = try made.minutes(replications: 20)
    #expect(interval.lower < 25 && 25 < interval.upper, "\(interval)")
    let missing = refusal {
      _ = try MadeScenario(wrapped(bpsim(elements.replacing(property, with: "")), twoWays))
    }
    #expect(missing.contains { $0.message.contains("asks for the property 'loan amount'") })
  }

  @Test("of several scenarios one is chosen, with what it inherits")
  func scenarios() throws {
    let work = about("serve", time("<bpsim:NumericParameter value=\"5\"/>"))
    let other = """
      <bpsim:Scenario id="s2" name="Faster" inherits="s1">
      \(about("serve", time("<bpsim:NumericParameter value=\"2\"/>")))
      </bpsim:Scenario></bpsim:BPSimData>
      """
    let data = bpsim(exponentialArrivals + work).replacing("</bpsim:BPSimData>", with: other)
    let problems = refusal { _ = try MadeScenario(wrapped(data)) }
    #expect(problems.contains { $0.message.contains("has 2 scenarios ('s1', 's2'); say which") })
    let faster = try MadeScenario(
      wrapped(data), options: ScenarioImportOptions(bpmn: "model.bpmn", scenario: "Faster"))
    #expect(faster.made.text.contains("run_time: 2 min"))
    #expect(faster.made.text.contains("between: exponential mean 10 min"))
  }

  @Test("are refused by name, with the line")
  func refused() {
    let plain =
      exponentialArrivals + clerk
      + about(
        "serve",
        time("<bpsim:NumericParameter value=\"5\"/>") + selects("bpsim:getResource('clerk',1)"))
    for (what, with, message) in [
      (
        "<bpsim:NumericParameter value=\"5\"/>",
        "<bpsim:BetaDistribution shape=\"1\" scale=\"2\"/>", "BPSim's distributions but Beta"
      ),
      (
        "<bpsim:NumericParameter value=\"5\"/>", "<bpsim:ExpressionParameter value=\"x\"/>",
        "expressions, lists and texts"
      ),
      (
        "<bpsim:NumericParameter value=\"5\"/>", "<bpsim:NumericParameter value=\"five\"/>",
        "expected a number"
      ),
      (
        "<bpsim:NumericParameter value=\"5\"/>",
        "<bpsim:NumericParameter value=\"5\" timeUnit=\"week\"/>", "has the time unit 'week'"
      ),
      ("getResource('clerk',1)", "getResource('clerk',2)", "selects 2 at once"),
      ("getResource('clerk',1)", "getResource('clark',1)", "did you mean 'clerk'?"),
      (
        "getResource('clerk',1)", "andResource(getResource('clerk',1))",
        "selects with 'andResource'"
      ),
      ("ProcessingTime>", "WaitTime>", "is a wait before the work"),
      (
        "<bpsim:NumericParameter value=\"1\"/>",
        "<bpsim:NumericParameter value=\"1\"/><bpsim:NumericParameter value=\"2\" validFor=\"x\"/>",
        "has 1 outside its calendars"
      ),
      ("InterTriggerTimer>", "X>", "do not say how cases arrive"),
    ] {
      let problems = refusal {
        _ = try MadeScenario(wrapped(bpsim(plain.replacing(what, with: with))))
      }
      #expect(
        problems.contains { $0.message.contains(message) && $0.location.line ?? 0 > 0 },
        "\(message): \(problems)")
    }
  }

  @Test("a BPMN file without parameters, and Simod's configuration, are told what they are")
  func others() {
    let none = refusal { _ = try MadeScenario(bpmnFile(oneTask)) }
    #expect(none.contains { $0.message.contains("there are no simulation parameters in it") })
    let text = "version: 5\ncommon:\n  train_log_path: log.csv\ncontrol_flow:\n  epsilon: 1\n"
    let simod = refusal { _ = try MadeScenario(bpmnFile(oneTask), parameters: text) }
    #expect(simod.contains { $0.message.contains("this is Simod's configuration") })
    // Whether a process is named beside it or not.
    let alone = refusal { try checkParameters(Array(text.utf8), path: "simod.yml") }
    #expect(alone.map(\.message) == simod.map(\.message))
  }
}
