import Foundation
import Subprocess
import Testing

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

extension EndToEndTests {
  /// pm4py, a process mining library, reads the logs and finds the process again.
  @Suite("Event logs in process mining")
  struct ProcessMiningTests {
    private static let process = """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:x">
        <process id="orders">
          <startEvent id="start"/><task id="check" name="Check &amp; register"/>
          <exclusiveGateway id="choice"/><task id="refuse" name="Refuse"/><endEvent id="refused"/>
          <parallelGateway id="split"/><task id="pack" name="Pack"/><task id="bill" name="Bill"/>
          <parallelGateway id="join"/><task id="ship" name="Ship"/><endEvent id="end"/>
          <sequenceFlow id="f1" sourceRef="start" targetRef="check"/>
          <sequenceFlow id="f2" sourceRef="check" targetRef="choice"/>
          <sequenceFlow id="f3" sourceRef="choice" targetRef="refuse"/>
          <sequenceFlow id="f4" sourceRef="choice" targetRef="split"/>
          <sequenceFlow id="f5" sourceRef="split" targetRef="pack"/>
          <sequenceFlow id="f6" sourceRef="split" targetRef="bill"/>
          <sequenceFlow id="f7" sourceRef="pack" targetRef="join"/>
          <sequenceFlow id="f8" sourceRef="bill" targetRef="join"/>
          <sequenceFlow id="f9" sourceRef="join" targetRef="ship"/>
          <sequenceFlow id="f10" sourceRef="ship" targetRef="end"/>
          <sequenceFlow id="f11" sourceRef="refuse" targetRef="refused"/>
        </process>
      </definitions>
      """

    private static let scenario = """
      rehearse: 1
      title: Orders & more
      bpmn: orders.bpmn
      clock: { start: 2026-01-05, time_zone: Europe/Berlin, horizon: 200 cases, start_state: empty }
      calendars: { office: mon-fri 08:00-16:00 }
      demand: { arrivals: { rate: 20 per working day } }
      teams: { clerks: { people: 3, cost: 36 EUR/h } }
      activities:
        default: { team: clerks, time: exponential mean 10 min }
        refuse: { team: clerks, time: 5 min }
      branching: { choice: { f3: 30 %, f4: 70 % } }

      """

    private static let script = """
      import json, sys, pandas, pm4py
      path = sys.argv[1]
      if path.endswith(".xes"):
          log = pm4py.convert_to_dataframe(pm4py.read_xes(path))
      else:
          log = pm4py.format_dataframe(
              pandas.read_csv(path), case_id="case_id", activity_key="activity",
              timestamp_key="finished")
      def tree(node):
          if node.operator is None:
              return node.label or "nothing"
          children = [tree(child) for child in node.children]
          name = node.operator.name
          return [name] + (children if name in ("SEQUENCE", "LOOP") else sorted(children, key=json.dumps))
      net = pm4py.discover_petri_net_inductive(log)
      seen, modelled = pm4py.discover_footprints(log), pm4py.discover_footprints(*net)
      whole = lambda counts: {name: int(count) for name, count in counts.items()}
      edges, starts, ends = pm4py.discover_dfg(log)
      times = pandas.to_datetime(log["time:timestamp"], utc=True)
      begun = pandas.to_datetime(log["start_timestamp"], utc=True)
      print(json.dumps({
          "cases": int(log["case:concept:name"].nunique()), "events": len(log),
          "activities": whole(log["concept:name"].value_counts()),
          "edges": {a + " > " + b: int(count) for (a, b), count in edges.items()},
          "starts": whole(starts), "ends": whole(ends),
          "fitness": pm4py.fitness_token_based_replay(log, *net)["log_fitness"],
          "footprints": all(set(seen[key]) == set(modelled[key]) for key in ("sequence", "parallel")),
          "tree": tree(pm4py.discover_process_tree_inductive(log)),
          "refusals": sorted(set(round(s, 3) for s, name in zip(
              (times - begun).dt.total_seconds(), log["concept:name"]) if name == "Refuse" and s < 400)),
          "columns": sorted(log.columns),
          "cost": float(log["cost:total"].sum()) if "cost:total" in log else None,
          "attributes": sorted(pm4py.read_xes(path, return_legacy_log_object=True).attributes)
              if path.endswith(".xes") else None,
      }))
      """

    /// Every order is checked first.
    ///
    /// Then it is refused and that is all; or packed and billed, in the order
    /// that luck gives, and shipped.
    @Test(
      "have all cases and activities, and give the process and its edges back",
      .enabled(if: hasProcessMining), arguments: ["csv", "xes"])
    func mining(format: String) async throws {
      let folder = try TemporaryFolder()
      try folder.write(Self.process.utf8, to: "orders.bpmn")
      let scenario = try folder.write(Self.scenario.utf8, to: "orders.yaml")
      let log = folder.file("log.\(format)")
      let result = try json(
        await output(
          of: "simulate", scenario, "--replications", "1", "--format", "json", "--log", log))
      let outcome = try await runProgram(python, ["-c", Self.script, log])
      try #require(outcome.exitCode == 0, "\(outcome)")
      let line = try #require(outcome.output.split(separator: "\n").last { $0.hasPrefix("{") })
      let read = try json(String(line))

      let check = "Check & register"
      let activities = try #require(read["activities"] as? [String: Int])
      let (refused, shipped) = (activities["Refuse"] ?? 0, activities["Ship"] ?? 0)
      #expect(refused > 0 && shipped > 0 && refused + shipped == 200)
      #expect(
        activities == [
          check: 200, "Refuse": refused, "Pack": shipped, "Bill": shipped, "Ship": shipped,
        ])
      #expect(read["cases"] as? Int == 200)
      #expect(read["events"] as? Int == 200 + refused + 3 * shipped)
      #expect(read["starts"] as? [String: Int] == [check: 200])
      #expect(read["ends"] as? [String: Int] == ["Refuse": refused, "Ship": shipped])
      let edges = try #require(read["edges"] as? [String: Int])
      let packedFirst = edges["Pack > Bill"] ?? 0
      #expect(packedFirst > 0 && packedFirst < shipped)
      #expect(
        edges == [
          "\(check) > Refuse": refused, "\(check) > Pack": packedFirst,
          "\(check) > Bill": shipped - packedFirst, "Pack > Bill": packedFirst,
          "Bill > Pack": shipped - packedFirst, "Bill > Ship": packedFirst,
          "Pack > Ship": shipped - packedFirst,
        ])
      let tree = try #require(read["tree"] as? NSArray)
      #expect(
        tree == [
          "SEQUENCE", check,
          ["XOR", "Refuse", ["SEQUENCE", ["PARALLEL", "Bill", "Pack"], "Ship"]],
        ])
      #expect(read["fitness"] as? Double == 1 && read["footprints"] as? Bool == true)
      guard format == "xes" else { return }
      // Refusals take 5 min, where no closing hour comes between.
      #expect(read["refusals"] as? [Double] == [300])
      #expect(
        Set(read["columns"] as? [String] ?? []).isSuperset(of: [
          "concept:name", "time:timestamp", "lifecycle:transition", "org:resource", "org:group",
          "cost:total", "cost:currency", "start_timestamp", "enabled_timestamp",
          "case:concept:name",
          "case:cost:total",
        ]))
      #expect((read["attributes"] as? [String])?.contains("concept:name") == true)
      // What the events cost is what the figures of the work say, each to a millionth.
      let work = try #require(result["work"] as? [[String: Any]])
      let cost = work.reduce(0.0) { sum, row in
        let perCase = (row["costPerCase"] as? [String: Any])?["mean"] as? Double
        return sum + (perCase ?? .nan) * 200
      }
      #expect(abs((read["cost"] as? Double ?? .nan) - cost) < 0.001)
    }

    private static let objectScript = """
      import json, sys, warnings
      warnings.filterwarnings("ignore")
      import pm4py
      path, csv = sys.argv[1:]
      ocel = pm4py.read_ocel2_json(path)
      import pandas
      rows = pandas.read_csv(csv)
      types = ocel.objects["ocel:type"].value_counts()
      flat = pm4py.ocel_flattening(ocel, "case")
      kinds = rows["kind"].value_counts()
      links = ocel.relations.groupby(["ocel:type", "ocel:qualifier"]).size()
      o2o = ocel.o2o.groupby("ocel:qualifier").size()
      a, b = pm4py.discover_dfg(flat)[0], pm4py.discover_dfg(pm4py.format_dataframe(
          rows, case_id="case_id", activity_key="activity", timestamp_key="finished"))[0]
      print(json.dumps({
          "events": len(ocel.events), "rows": len(rows),
          "types": {k: int(v) for k, v in types.items()},
          "cases": int(rows["case_id"].nunique()), "tickets": int(kinds.get("ticket", 0)),
          "people": int(rows[rows["team"].notna()]["resource"].nunique()),
          "links": {"/".join(k): int(v) for k, v in links.items()},
          "o2o": {k: int(v) for k, v in o2o.items()},
          "byAgents": int(rows["team"].isna().sum()),
          "edges": sorted(a) == sorted(b) and all(a[k] == b[k] for k in a),
          "duplicates": int(ocel.objects["ocel:oid"].duplicated().sum()),
      }))
      """

    /// The log as CSV is of the same run; what is counted in it is counted in the objects.
    @Test(
      "OCEL 2.0 has the same work with cases, people, agents, teams, applications and tickets",
      .enabled(if: hasProcessMining))
    func objects() async throws {
      let folder = try TemporaryFolder()
      let run = [
        "simulate", "scenarios/loan-approval.yaml", "--variant", "agents", "--replications", "1",
        "--set", "clock.horizon=3 weeks", "--log",
      ]
      let (log, rows) = (folder.file("log.jsonocel"), folder.file("log.csv"))
      for file in [log, rows] {
        let outcome = try await rehearse(run + [file])
        try #require(outcome.exitCode == 0, "\(outcome)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
      let outcome = try await runProgram(python, ["-c", Self.objectScript, log, rows])
      try #require(outcome.exitCode == 0, "\(outcome)")
      let line = try #require(outcome.output.split(separator: "\n").last { $0.hasPrefix("{") })
      let read = try json(String(line))
      func whole(_ key: String) -> Int { read[key] as? Int ?? -1 }
      let types = try #require(read["types"] as? [String: Int])
      let links = try #require(read["links"] as? [String: Int])
      let related = try #require(read["o2o"] as? [String: Int])
      #expect(whole("events") == whole("rows") && whole("events") > 1_000)
      #expect(types["case"] == whole("cases") && types["ticket"] == whole("tickets"))
      #expect(types["person"] == whole("people") && whole("tickets") > 0)
      #expect(links["case/of case"] == whole("rows"))
      #expect(links["agent/done by"] == whole("byAgents"))
      #expect(links["person/done by"] == whole("rows") - whole("byAgents"))
      #expect(links["ticket/answers"] == whole("tickets"))
      #expect(related["of case"] == whole("tickets") && related["member of"] == whole("people"))
      // Flattened to cases it gives the directly-follows graph of the rows.
      #expect(read["edges"] as? Bool == true && whole("duplicates") == 0)
    }

    @Test("are XES with --log-format whatever the name is, and the same on any number of threads")
    func formatOption() async throws {
      let folder = try TemporaryFolder()
      try folder.write(Self.process.utf8, to: "orders.bpmn")
      let scenario = try folder.write(Self.scenario.utf8, to: "orders.yaml")
      var logs: [Data] = []
      for threads in ["1", "2"] {
        let log = folder.file("log-\(threads)")
        _ = try await output(
          of: "simulate", scenario, "--replications", "3", "--threads", threads, "--log", log,
          "--log-format", "xes")
        logs.append(try Data(contentsOf: URL(filePath: log)))
      }
      #expect(logs[0] == logs[1])
      let text = String(decoding: logs[0], as: UTF8.self)
      #expect(text.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log "))
      #expect(text.hasSuffix("</trace>\n</log>\n"))
      #expect(text.components(separatedBy: "<trace>").count == 1 + 600)
    }
  }
}

/// The Python of `REHEARSE_TEST_PYTHON`.
private let python = ProcessInfo.processInfo.environment["REHEARSE_TEST_PYTHON"] ?? ""

/// Whether that Python has pm4py.
private let hasProcessMining: Bool = {
  guard !python.isEmpty else { return false }
  let process = Process()
  process.executableURL = URL(filePath: python)
  process.arguments = [
    "-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('pm4py') is None)",
  ]
  guard (try? process.run()) != nil else { return false }
  process.waitUntilExit()
  return process.terminationStatus == 0
}()
