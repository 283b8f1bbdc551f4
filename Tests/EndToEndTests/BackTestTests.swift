import Foundation
import Testing

extension EndToEndTests {
  @Suite("Back-tests of studies") struct BackTestTests {
    private static let scenario = """
      rehearse: 1
      title: One task
      bpmn: one-task.bpmn
      clock: { start: 2026-01-05, horizon: 8 weeks, start_state: empty }
      calendars: { office: mon-fri 08:00-16:00 }
      demand: { arrivals: { rate: 40 per working day } }
      teams: { clerks: { people: 1, cost: 40 EUR/h } }
      activities: { task: { team: clerks, time: exponential mean 8 min } }
      automations:
        robot: { kind: rpa, runners: 4, time: 1 min, failure: 10 % }
      variants:
        as-is: { title: By hand }
        robot: { title: By a robot, extends: as-is, assign: { robot: [task] } }
      experiment: { replications: 40, seed: 3 }

      """

    private static let process = """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d">
        <process id="one-task">
          <startEvent id="start"/><task id="task" name="Task"/><endEvent id="end"/>
          <sequenceFlow id="f1" sourceRef="start" targetRef="task"/>
          <sequenceFlow id="f2" sourceRef="task" targetRef="end"/>
        </process>
      </definitions>
      """

    private func prepare(_ folder: TemporaryFolder) async throws -> String {
      try folder.write(Self.process.utf8, to: "one-task.bpmn")
      let scenario = try folder.write(Self.scenario.utf8, to: "one.yaml")
      let outcome = try await rehearse("compare", scenario, "--workspace", folder.workspace)
      try #require(outcome.exitCode == 0, "\(outcome)")
      return scenario
    }

    private func figures(_ text: String) throws -> [String: [String: Any]] {
      let test = try #require(try json(text)["test"] as? [String: Any])
      let list = try #require(test["figures"] as? [[String: Any]])
      return Dictionary(
        list.compactMap { figure in (figure["figure"] as? String).map { ($0, figure) } },
        uniquingKeysWith: { first, _ in first })
    }

    /// A log of another replication of the same scenario is drawn from the forecast itself.
    ///
    /// Its facts lie in the 95 % band of 40 replications in each of 7 weeks but for a rare one. A log of twice the demand
    /// lies above all of it.
    @Test("a log drawn from the scenario is held, one of twice the demand is above every band")
    func backTest() async throws {
      let folder = try TemporaryFolder()
      let scenario = try await prepare(folder)
      let own = folder.file("own.csv")
      let busy = folder.file("busy.xes")
      _ = try await output(
        of: "simulate", scenario, "--replications", "1", "--seed", "99", "--log", own)
      _ = try await output(
        of: "simulate", scenario, "--replications", "1", "--seed", "98", "--set",
        "demand.arrivals.rate=80 per working day", "--log", busy)
      let held = try figures(
        await output(
          of: "backtest", "1", own, "--workspace", folder.workspace, "--format", "json"))
      #expect(Set(held.keys) == ["arrived", "completed", "cycle_time", "backlog"])
      for name in ["arrived", "completed"] {
        let points = try #require(held[name]?["points"] as? [Any])
        #expect(points.count >= 7)
        #expect((held[name]?["inside95"] as? Int ?? 0) >= points.count - 2, "\(name)")
      }
      let high = try figures(
        await output(
          of: "backtest", "1", busy, "--workspace", folder.workspace, "--format", "json"))
      #expect(high["arrived"]?["verdict"] as? String == "too_low")
      #expect(high["arrived"]?["inside95"] as? Int == 0)
      let words = try await output(of: "backtest", "1", busy, "--workspace", folder.workspace)
      #expect(words.contains("the forecast was too low"))
    }

    @Test("logs that cannot be laid over the study are refused with the reason")
    func refusals() async throws {
      let folder = try TemporaryFolder()
      _ = try await prepare(folder)
      let early = try folder.write(
        "case,activity,end\n1,Task,2025-11-01T10:00:00Z\n2,Task,2025-11-02T10:00:00Z\n".utf8,
        to: "early.csv")
      expectRefusal(
        try await rehearse("backtest", "1", early, "--workspace", folder.workspace),
        "before the first week of the study is over")
      expectRefusal(
        try await rehearse(
          "backtest", "1", early, "--last", "Nothing", "--workspace", folder.workspace),
        "no activity 'Nothing'")
      expectRefusal(
        try await rehearse("backtest", "9", early, "--workspace", folder.workspace),
        "there is no study 9")
    }
  }
}
