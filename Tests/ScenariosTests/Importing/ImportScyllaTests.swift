import Facts
import Scenarios
import Statistics
import Testing

private let bsim = "xmlns:bsim=\"http://bsim.hpi.uni-potsdam.de/scylla/simModel\""

private let globalFile = """
  <bsim:globalConfiguration \(bsim) id="g">
    <bsim:resourceAssignmentOrder>priority,simulationTime</bsim:resourceAssignmentOrder>
    <bsim:zoneOffset>+02:00</bsim:zoneOffset>
    <bsim:timetables>
      <bsim:timetable id="office"><bsim:timetableItem from="MONDAY" to="FRIDAY" beginTime="09:00" endTime="17:00:00"/></bsim:timetable>
    </bsim:timetables>
    <bsim:resourceData>
      <bsim:dynamicResource id="clerk" name="Clerk" defaultQuantity="2" defaultCost="0.5" defaultTimeUnit="MINUTES"/>
      <bsim:dynamicResource id="officer" defaultQuantity="3" defaultCost="40" defaultTimeUnit="HOURS" defaultTimetableId="office">
        <bsim:instance name="Ada" cost="60"/>
      </bsim:dynamicResource>
    </bsim:resourceData>
  </bsim:globalConfiguration>
  """

private func configuration(
  arrivals: String, duration: String, resource: String = "clerk", amount: Int = 1
) -> String {
  """
  <bsim:definitions \(bsim) id="d">
    <bsim:simulationConfiguration id="s" processRef="p" processInstances="4000" randomSeed="9281"
        startDateTime="2026-01-05T00:00:00.000+02:00">
      <bsim:startEvent id="start"><bsim:arrivalRate timeUnit="MINUTES">\(arrivals)</bsim:arrivalRate></bsim:startEvent>
      <bsim:task id="serve" name="Serve">
        <bsim:duration timeUnit="MINUTES">\(duration)</bsim:duration>
        <bsim:resources><bsim:resource id="\(resource)" amount="\(amount)">
          <bsim:assignmentDefinition><bsim:priority>2</bsim:priority></bsim:assignmentDefinition>
        </bsim:resource></bsim:resources>
      </bsim:task>
    </bsim:simulationConfiguration>
  </bsim:definitions>
  """
}

private func exponential(_ mean: Double) -> String {
  "<bsim:exponentialDistribution><bsim:mean>\(mean)</bsim:mean></bsim:exponentialDistribution>"
}

@Suite("Scenarios made of Scylla's files")
struct ImportScyllaTests {
  /// M/M/2: λ = 1/10, μ = 1/15 per minute, a = 1.5, ρ = 0.75.
  ///
  /// Erlang C = (a²/2)/(1−ρ) / (1 + a + (a²/2)/(1−ρ)) =
  /// 4.5 / 7 = 9/14. W = 15 + (9/14) / (2/15 − 1/10) = 15 + (9/14)·30 = 34.2857 min.
  @Test("wait as theory has it")
  func twoServers() throws {
    let made = try MadeScenario(
      bpmnFile(oneTask),
      parameters: configuration(arrivals: exponential(10), duration: exponential(15)),
      global: globalFile)
    let interval = try made.minutes(replications: 40)
    let expected = 15 + 9.0 / 14 * 30
    #expect(interval.lower < expected && expected < interval.upper, "\(interval)")
    #expect(interval.upper - interval.lower < 8)
  }

  @Test("say each value with the file and the section that it comes from")
  func text() throws {
    let text = try MadeScenario(
      bpmnFile(oneTask),
      parameters: configuration(
        arrivals: exponential(10), duration: exponential(15), resource: "officer"),
      global: globalFile
    ).made.text
    for line in [
      "time_zone: UTC", "seed: 9281", "horizon: 4000 cases", "priority: -2",
      "imported: \"global.xml globalConfiguration\"",
      "imported: \"parameters.xml simulationConfiguration\"",
      "office: { weekly: mon-fri 09:00-17:00", "Ada: { calendar: office, cost: 60 XXX/h }",
      "officer_1: { calendar: office, cost: 40 XXX/h }",
    ] { #expect(text.contains(line), "\(line) in\n\(text)") }
  }

  /// By hand: 4 tries at 1/2 of 10 min each have weights 1, 4, 6, 4, 1 of 16.
  ///
  /// Poisson with mean 1: the weight of 0
  /// and of 1 is e⁻¹ = 0.367879441171.
  @Test("have all of its distributions")
  func distributions() throws {
    for (xml, written) in [
      (
        "<bsim:constantDistribution><bsim:constantValue>7</bsim:constantValue></bsim:constantDistribution>",
        "time: 7 min"
      ),
      (
        "<bsim:erlangDistribution><bsim:order>3</bsim:order><bsim:mean>6</bsim:mean></bsim:erlangDistribution>",
        "time: erlang 3 mean 6 min"
      ),
      (
        "<bsim:triangularDistribution><bsim:lower>1</bsim:lower><bsim:peak>2</bsim:peak><bsim:upper>6</bsim:upper></bsim:triangularDistribution>",
        "time: triangular 1 min 2 min 6 min"
      ),
      (
        "<bsim:uniformDistribution><bsim:lower>1</bsim:lower><bsim:upper>3</bsim:upper></bsim:uniformDistribution>",
        "time: uniform 1 min 3 min"
      ),
      (
        "<bsim:normalDistribution><bsim:mean>9</bsim:mean><bsim:standardDeviation>3</bsim:standardDeviation></bsim:normalDistribution>",
        "time: normal mean 9 min sd 3 min"
      ),
      (
        "<bsim:binomialDistribution><bsim:probability>0.5</bsim:probability><bsim:amount>4</bsim:amount></bsim:binomialDistribution>",
        "time: discrete 0 s 6.25 % 1 min 25 % 2 min 37.5 % 3 min 25 % 4 min 6.25 %"
      ),
      (
        "<bsim:poissonDistribution><bsim:mean>1</bsim:mean></bsim:poissonDistribution>",
        "time: discrete 0 s 36.78794"
      ),
      (
        "<bsim:arbitraryFiniteProbabilityDistribution><bsim:entry value=\"10\" frequency=\"3\"/><bsim:entry value=\"6\" frequency=\"1\"/></bsim:arbitraryFiniteProbabilityDistribution>",
        "time: discrete 10 min 75 % 6 min 25 %"
      ),
    ] {
      let made = try MadeScenario(
        bpmnFile(oneTask), parameters: configuration(arrivals: exponential(10), duration: xml),
        global: globalFile)
      #expect(made.made.text.contains(written), "\(written) in\n\(made.made.text)")
      _ = try made.scenario()
    }
  }

  @Test("are refused by name, with the line")
  func refused() {
    let plain = configuration(arrivals: exponential(10), duration: exponential(15))
    for (parameters, global, message) in [
      (plain, nil, "name that file with --global"),
      (plain, "<x/>", "is no global configuration of Scylla"),
      (
        plain.replacing("processRef=\"p\"", with: "processRef=\"q\""), globalFile,
        "is about the process 'q'"
      ),
      (plain.replacing("amount=\"1\"", with: "amount=\"2\""), globalFile, "takes 2 people at once"),
      (
        plain.replacing("id=\"clerk\"", with: "id=\"clark\""), globalFile,
        "is not in the global configuration"
      ),
      (plain.replacing("MINUTES", with: "WEEKS"), globalFile, "has the time unit 'WEEKS'"),
      (
        plain.replacing("exponentialDistribution", with: "zipf"), globalFile,
        "is no distribution that Scylla has"
      ),
      (
        plain, globalFile.replacing("defaultQuantity=\"2\"", with: "defaultQuantity=\"x\""),
        "expected a number"
      ),
      (
        plain,
        globalFile.replacing("defaultTimetableId=\"office\"", with: "defaultTimetableId=\"of\""),
        "has the timetable 'of', which is not there"
      ),
    ] as [(String, String?, String)] {
      let problems = refusal {
        _ = try MadeScenario(bpmnFile(oneTask), parameters: parameters, global: global)
      }
      #expect(
        problems.contains { $0.message.contains(message) && $0.location.line ?? 0 > 0 },
        "\(message): \(problems)")
    }
  }

  @Test("a global configuration alone is told what to do")
  func globalAlone() {
    let problems = refusal { _ = try MadeScenario(bpmnFile(oneTask), parameters: globalFile) }
    #expect(problems.contains { $0.message.contains("name the simulation configuration") })
  }
}
