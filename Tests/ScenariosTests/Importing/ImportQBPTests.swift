import Facts
import Scenarios
import Statistics
import Testing

private func qbp(_ parts: String, attributes: String = "processInstances=\"4000\"") -> String {
  """
    <qbp:processSimulationInfo xmlns:qbp="http://www.qbp-simulator.com/Schema201212" \(attributes)
        currency="EUR" startDateTime="2026-01-05T00:00:00.000+00:00">
  \(parts)
    </qbp:processSimulationInfo>
  """
}

private let always = """
  <qbp:timetables><qbp:timetable id="all" default="true" name="24/7"><qbp:rules>
    <qbp:rule fromWeekDay="MONDAY" toWeekDay="SUNDAY" fromTime="00:00:00.000+00:00" toTime="23:59:59.999+00:00"/>
  </qbp:rules></qbp:timetable></qbp:timetables>
  """

private let oneServer = """
  <qbp:arrivalRateDistribution type="EXPONENTIAL" mean="0" arg1="600" arg2="0"><qbp:timeUnit>minutes</qbp:timeUnit></qbp:arrivalRateDistribution>
  <qbp:resources><qbp:resource id="r" name="Clerk" costPerHour="30" totalAmount="1" timetableId="all"/></qbp:resources>
  <qbp:elements><qbp:element elementId="serve" fixedCost="0">
    <qbp:durationDistribution type="EXPONENTIAL" mean="0" arg1="300" arg2="0"><qbp:timeUnit>minutes</qbp:timeUnit></qbp:durationDistribution>
    <qbp:resourceIds><qbp:resourceId>r</qbp:resourceId></qbp:resourceIds>
  </qbp:element></qbp:elements>
  """

@Suite("Scenarios made of QBP parameters")
struct ImportQBPTests {
  /// M/M/1: λ = 1/10, μ = 1/5 per minute; the mean time in the system is 1 / (μ − λ) = 10 min.
  ///
  /// Times are in seconds, whatever unit the editor shows them in.
  @Test("wait as theory has it")
  func oneQueue() throws {
    let made = try MadeScenario(bpmnFile(oneTask, beside: qbp(always + oneServer)))
    #expect(made.made.notes == [])
    let interval = try made.minutes(replications: 30)
    #expect(interval.lower < 10 && 10 < interval.upper, "\(interval)")
    #expect(interval.upper - interval.lower < 1.5)
  }

  @Test("say each value with the element that it comes from")
  func text() throws {
    let text = try MadeScenario(bpmnFile(oneTask, beside: qbp(always + oneServer))).made.text
    for line in [
      "horizon: 4000 cases", "start: 2026-01-05", "between: exponential mean 10 min",
      "\"24/7\": { value: always, imported: \"model.bpmn processSimulationInfo\" }",
      "cost: 30 EUR/h", "time: exponential mean 5 min",
    ] { #expect(text.contains(line), "\(line) in\n\(text)") }
  }

  /// Half of the cases take 10 min and half 30 min, nobody waits: 20 min.
  @Test("choose ways by the probabilities of flows; what names no resource takes its time alone")
  func ways() throws {
    let parts =
      always + """
        <qbp:arrivalRateDistribution type="FIXED" mean="60"/>
        <qbp:elements>
          <qbp:element elementId="short"><qbp:durationDistribution type="FIXED" mean="600"/></qbp:element>
          <qbp:element elementId="long" fixedCost="2.5"><qbp:durationDistribution type="UNIFORM" arg1="1200" arg2="2400"/></qbp:element>
        </qbp:elements>
        <qbp:sequenceFlows>
          <qbp:sequenceFlow elementId="to_short" executionProbability="0.5"/>
          <qbp:sequenceFlow elementId="to_long" executionProbability="0.5"/>
        </qbp:sequenceFlows>
        """
    let made = try MadeScenario(bpmnFile(twoWays, beside: qbp(parts)))
    let interval = try made.minutes(replications: 10)
    #expect(interval.lower < 20 && 20 < interval.upper, "\(interval)")
    #expect(made.made.text.contains("price: 2.5 EUR per run"))
    #expect(made.made.notes.contains { $0.message.contains("name nobody who does them") })
  }

  @Test("come in the hours of the default timetable")
  func hours() throws {
    let parts =
      oneServer.replacing("timetableId=\"all\"", with: "timetableId=\"office\"") + """
        <qbp:timetables><qbp:timetable id="office" default="true"><qbp:rules>
          <qbp:rule fromWeekDay="MONDAY" toWeekDay="FRIDAY" fromTime="09:00:00.000+00:00" toTime="17:00:00.000+00:00"/>
          <qbp:rule fromWeekDay="FRIDAY" toWeekDay="FRIDAY" fromTime="22:00:00" toTime="02:00:00"/>
        </qbp:rules></qbp:timetable></qbp:timetables>
        """
    let text = try MadeScenario(bpmnFile(oneTask, beside: qbp(parts))).made.text
    #expect(
      text.contains(
        "weekly: [mon-thu 09:00-17:00, fri 09:00-17:00 22:00-24:00, sat 00:00-02:00]"))
    #expect(text.contains("clock: working"))
  }

  @Test(
    "are refused by name, with the line",
    arguments: [
      (
        "type=\"EXPONENTIAL\" mean=\"0\" arg1=\"300\"", "type=\"PARETO\"", "is of the type 'PARETO'"
      ),
      (">r</qbp:resourceId>", ">x</qbp:resourceId>", "names the resource 'x', which is not there"),
      ("timetableId=\"all\"", "timetableId=\"al\"", "has the timetable 'al', which is not there"),
      ("totalAmount=\"1\"", "totalAmount=\"1.5\"", "has the quantity 1.5"),
      ("arg1=\"600\"", "arg1=\"-600\"", "cannot be taken over"),
      ("fromWeekDay=\"MONDAY\"", "fromWeekDay=\"MO\"", "no day of the week"),
      ("fromTime=\"00:00:00.000+00:00\"", "fromTime=\"noon\"", "expected a time of day"),
      (
        "</qbp:resourceIds>", "<qbp:resourceId>r</qbp:resourceId></qbp:resourceIds>",
        "names 2 resources"
      ),
      (
        "<qbp:arrivalRateDistribution type=\"EXPONENTIAL\" mean=\"0\" arg1=\"600\" arg2=\"0\">",
        "<qbp:x>", "do not say how cases arrive"
      ),
    ])
  func refused(what: String, with: String, message: String) {
    var parts = (always + oneServer).replacing(what, with: with)
    if with == "<qbp:x>" {
      parts = parts.replacing("</qbp:arrivalRateDistribution>", with: "</qbp:x>")
    }
    let problems = refusal { _ = try MadeScenario(bpmnFile(oneTask, beside: qbp(parts))) }
    #expect(
      problems.contains { $0.message.contains(message) && $0.location.line ?? 0 > 0 },
      "\(problems)")
  }

  @Test("take the time between cases that is given, where the file has none")
  func between() throws {
    let parts = (always + oneServer).replacing("arrivalRateDistribution", with: "x")
    let made = try MadeScenario(
      bpmnFile(oneTask, beside: qbp(parts)),
      options: ScenarioImportOptions(
        bpmn: "model.bpmn", cases: 50, start: "2026-03-02", between: "exponential mean 8 min"))
    #expect(made.made.text.contains("between: exponential mean 8 min"))
    #expect(made.made.text.contains("horizon: 50 cases"))
    #expect(made.made.text.contains("start: 2026-03-02"))
    _ = try made.scenario()
  }
}
