import Foundation
import Testing

extension EndToEndTests {
  @Suite("Calibrating a log") struct CalibrateTests {
    private static let process = """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:x">
        <process id="orders">
          <startEvent id="start"/><task id="check" name="Check"/>
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

    private static func scenario(seed: Int, horizon: String = "12 weeks", more: String = "")
      -> String
    {
      """
      rehearse: 1
      title: Orders
      bpmn: orders.bpmn
      clock: { start: 2026-01-05, time_zone: UTC, horizon: \(horizon), start_state: empty }
      calendars: { office: mon-fri 08:00-16:00 }
      demand: { arrivals: { rate: 40 per working day } }
      teams:
        clerks: { members: { c1: { }, c2: { }, c3: { } }, cost: 36 EUR/h, calendar: office }
        packers: { members: { p1: { }, p2: { } }, cost: 30 EUR/h, calendar: office }
      activities:
        check: { team: clerks, time: exponential mean 10 min }
        refuse: { team: clerks, time: 5 min }
        bill: { team: clerks, time: lognormal mean 6 min cv 0.5 }
        pack: { team: packers, time: gamma mean 12 min cv 0.6 }
        ship: { team: packers, time: 4 min }
      branching: { choice: { f3: 30 %, f4: 70 % } }
      experiment: { seed: \(seed)\(more) }

      """
    }

    private func simulated(
      _ folder: TemporaryFolder, seed: Int, horizon: String = "12 weeks", more: String = ""
    ) async throws -> String {
      try folder.write(Self.process.utf8, to: "orders.bpmn")
      let scenario = try folder.write(
        Self.scenario(seed: seed, horizon: horizon, more: more).utf8, to: "orders-\(seed).yaml")
      let log = folder.file("log-\(seed).csv")
      let outcome = try await rehearse([
        "simulate", scenario, "--replications", "1", "--log", log, "--format", "json",
      ])
      #expect(outcome.exitCode == 0, "\(outcome)")
      return log
    }

    private func document(_ arguments: [String]) async throws -> [String: Any] {
      let outcome = try await rehearse(["calibrate"] + arguments + ["--format", "json"])
      #expect(outcome.exitCode == 0, "\(outcome)")
      return try #require(
        JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    /// Eight logs: with the parameters as they are, each of the intervals below misses with a probability of
    /// 0.1 % or less.
    @Test("parameters of a simulated log come back", arguments: 1...8)
    func recovery(seed: Int) async throws {
      let folder = try TemporaryFolder()
      let log = try await simulated(folder, seed: seed)
      let out = folder.file("out")
      let found = try await document([log, "--out", out])
      let parameters = try #require(found["parameters"] as? [String: Any])
      let activities = try #require(parameters["activities"] as? [[String: Any]])
      func time(_ name: String) throws -> (mean: Double, count: Double, family: String) {
        let row = try #require(activities.first { $0["name"] as? String == name })
        let time = try #require(row["time"] as? [String: Any])
        #expect(row["unexplainedWaiting"] == nil, "\(name)")
        return (
          try #require(time["meanSeconds"] as? Double), try #require(time["sample"] as? Double),
          try #require(time["family"] as? String)
        )
      }
      // Means within 3.5 standard errors: 10 min, 6 min · 0.5, 12 min · 0.6.
      for (name, mean, deviation) in [
        ("Check", 600.0, 600.0), ("Bill", 360, 180), ("Pack", 720, 432),
      ] {
        let (value, count, _) = try time(name)
        #expect(abs(value - mean) < 3.5 * deviation / count.squareRoot(), "\(name)")
      }
      #expect(try time("Refuse").mean == 300 && time("Refuse").family == "constant")
      #expect(try time("Ship").mean == 240)
      // The share refused within 3.5 standard errors of 30 %.
      let (refused, all) = (try time("Refuse").count, try time("Check").count)
      #expect(abs(refused / all - 0.3) < 3.5 * (0.21 / all).squareRoot())
      let teams = try #require(parameters["teams"] as? [[String: Any]])
      #expect(teams.compactMap { $0["people"] as? Int }.sorted() == [2, 3])
      for team in teams {
        #expect(team["hours"] as? [String] == ["mon-fri 08:00-16:00"])
        #expect(team["itemsAtATime"] as? Int == 1)
      }
      let flow = try #require(parameters["flow"] as? [String: Any])
      #expect(
        flow["sideBySide"] as? [[String]] == [["Pack", "Bill"]]
          || flow["sideBySide"] as? [[String]] == [["Bill", "Pack"]])
      let arrivals = try #require(parameters["arrivals"] as? [String: Any])
      // 200 cases a week: the number of 12 weeks is within 3.5 standard errors, a Poisson number's root.
      let rate = try #require(arrivals["perWeek"] as? Double)
      #expect(arrivals["pattern"] as? String == "poisson")
      #expect(abs(rate - 200) < 3.5 * (200.0 / 12).squareRoot() + 5)
      let again = try await rehearse(["simulate", "\(out)/scenario.yaml", "--replications", "2"])
      #expect(again.exitCode == 0, "\(again)")
    }

    @Test("the period of a second log is simulated in its columns, alike on any number of threads")
    func evaluation() async throws {
      let folder = try TemporaryFolder()
      let train = try await simulated(folder, seed: 1)
      let test = try await simulated(folder, seed: 2, horizon: "2 weeks")
      var bytes: [Data] = []
      for threads in ["1", "2"] {
        let out = folder.file("out-\(threads)")
        let found = try await document([
          train, "--evaluate", test, "--runs", "3", "--seed", "5", "--out", out, "--threads",
          threads,
        ])
        let means = try #require(found["means"] as? [String: Double])
        #expect(means.keys.sorted() == ["AEDD", "CAR", "CEDD", "CTDD", "NGD", "REDD"])
        // Cases arrive as in the test log.
        #expect((means["CAR"] ?? 9) < 0.2 && (means["NGD"] ?? 9) < 0.15)
        let simulated = try String(contentsOfFile: "\(out)/simulated_2.csv", encoding: .utf8)
        let real = try String(contentsOfFile: test, encoding: .utf8)
        #expect(simulated.prefix { $0 != "\n" } == real.prefix { $0 != "\n" })
        bytes.append(Data(simulated.utf8))
        let page = try String(contentsOfFile: "\(out)/calibration.html", encoding: .utf8)
        for text in [
          "Calibration of log-1.csv", "Distances to the test log", "CTDD", "Working times", "Check",
          "mon-fri 08:00-16:00", "What the log cannot say", "costs, error rates",
        ] { #expect(page.contains(text), "\(text)") }
        #expect(!page.contains("src=\"http") && !page.contains("href=\"http"))
      }
      #expect(bytes[0] == bytes[1])
    }

    /// Two pieces of work with an hour or 99 h between them, a case every two hours, and of later cases what there is
    /// 240 h after their beginning: whole cases only, or what was done until then.
    private func logs(_ folder: TemporaryFolder, isCut: Bool) throws -> (
      train: String, test: String
    ) {
      var texts = ["case,activity,start,end\n", "case,activity,start,end\n"]
      for index in 0..<320 {
        let isTest = index >= 200
        let start = 1_767_571_200 + index * 7200
        let last = 1_767_571_200 + 200 * 7200 + 240 * 3600
        // Every third case, without an order that a rule could find.
        let end = start + (index * 7 % 11 < 6 ? 1 : 99) * 3600
        if isTest, end > last, !isCut { continue }
        texts[isTest ? 1 : 0] += "c\(index),Order,\(start),\(start + 60)\n"
        if isTest, end > last { continue }
        texts[isTest ? 1 : 0] += "c\(index),Close,\(end - 60),\(end)\n"
      }
      return (
        try folder.write(texts[0].utf8, to: "train.csv"),
        try folder.write(texts[1].utf8, to: "test.csv")
      )
    }

    @Test(
      "runs end like the test log: cut off, or without the cases that were under way",
      arguments: [true, false])
    func endOfTestLog(isCut: Bool) async throws {
      let folder = try TemporaryFolder()
      let (train, test) = try logs(folder, isCut: isCut)
      let out = folder.file("out")
      let found = try await document([
        train, "--evaluate", test, "--runs", "4", "--seed", "5", "--out", out,
      ])
      let end = try #require(found["testEnd"] as? [String: Any])
      #expect(end["kind"] as? String == (isCut ? "cuts-cases" : "leaves-out-cases"))
      #expect(found["testIsCutOff"] as? Bool == true)
      #expect((end["pValue"] as? Double ?? 1) < 0.001)
      #expect((end["replaced"] as? Int ?? 0 > 0) == !isCut)
      let real = try String(contentsOfFile: test, encoding: .utf8).split(separator: "\n")
        .dropFirst()
      let times = real.compactMap { $0.split(separator: ",").last.flatMap { Int($0) } }
      let last = try #require(times.max())
      func ids(_ rows: ArraySlice<Substring>, _ activity: String) -> [Substring] {
        rows.map { $0.split(separator: ",") }.filter { $0[1] == activity }.map { $0[0] }
      }
      let known = Set(ids(real, "Order"))
      for run in 0..<4 {
        let rows = try String(contentsOfFile: "\(out)/simulated_\(run).csv", encoding: .utf8)
          .split(separator: "\n").dropFirst()
        let later = rows.compactMap { row in
          row.split(separator: ",").last.flatMap { try? Date("\($0)Z", strategy: .iso8601) }
        }.filter { $0.timeIntervalSince1970 > Double(last) + 1 }
        #expect(later.isEmpty)
        let (orders, closed) = (ids(rows, "Order"), ids(rows, "Close"))
        #expect(Set(orders).count == orders.count && Set(orders).isSubset(of: known))
        // Whole cases have both; cut off, many have the first piece only.
        if isCut {
          #expect(closed.count < orders.count - 10)
        } else {
          #expect(closed.sorted() == orders.sorted())
        }
      }
    }

    @Test(
      "of 16 cases one after the other balanced branching sends as many each way as the share says")
    func balanced() async throws {
      let folder = try TemporaryFolder()
      let log = try await simulated(folder, seed: 3, more: ", balanced_branching: true")
      let rows = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").dropFirst()
      var refused: [Int: Int] = [:]
      for row in rows {
        let fields = row.split(separator: ",", omittingEmptySubsequences: false)
        guard fields[1] == "Refuse", let ordinal = Int(fields[0]) else { continue }
        refused[ordinal / 16, default: 0] += 1
      }
      // 30 % of 16 is 4.8: the four sixteenths below 25 % always, that from 25 % to 31.25 % mostly.
      let whole = (1...100).map { refused[$0] ?? 0 }
      #expect(whole.allSatisfy { 4...5 ~= $0 })
      #expect(Set(whole).count == 2)
    }

    @Test(
      "logs with next to nothing in them calibrate",
      arguments: [
        "1,A,Ann,2026-01-05 08:00,2026-01-05 09:00",
        "1,A,,2026-01-05 08:00,2026-01-05 08:00\n1,A,,2026-01-05 08:00,2026-01-05 08:00",
        "1,A,Ann,2026-01-05 09:00,2026-01-05 08:00\n2,A,Ann,2026-01-05 08:30,2026-01-05 10:00",
        "1,A,Ann,2026-01-05 08:00,2026-01-05 09:00\n1,B,Ann,2026-01-05 08:10,2026-01-05 09:30\n2,B,Ann,2026-01-06 08:00,2026-01-06 08:30",
        "1,\"A: \"\"x\"\", {y}\",\"on # [z]\",2026-03-29T01:30:00+01:00,2026-03-29T03:30:00+02:00",
      ])
    func degenerate(rows: String) async throws {
      let folder = try TemporaryFolder()
      let log = try folder.write(
        "case,activity,resource,start,end\n\(rows)\n".utf8, to: "log.csv")
      let found = try await document([log, "--out", folder.file("out")])
      #expect((found["scenario"] as? String)?.hasSuffix("scenario.yaml") == true)
    }

    /// One case of 4,000 rounds, which ends: it was left once.
    @Test("a loop that was left once in thousands of rounds is a scenario that runs")
    func longCase() async throws {
      let folder = try TemporaryFolder()
      let rows = (0..<8000).map { index in
        let start = 1_767_600_000 + index * 60
        return "1,\(index % 2 == 0 ? "A" : "B"),Ann,\(start),\(start + 60)"
      }
      let log = try folder.write(
        "case,activity,resource,start,end\n\(rows.joined(separator: "\n"))\n".utf8, to: "log.csv")
      let found = try await document([log, "--out", folder.file("out")])
      let parameters = try #require(found["parameters"] as? [String: Any])
      #expect((parameters["activities"] as? [[String: Any]])?.count == 2)
    }

    @Test("times at one distance from UTC are read in a zone that is named by it")
    func fixedZone() async throws {
      let folder = try TemporaryFolder()
      func zone(_ offset: String) async throws -> (name: String?, scenario: String) {
        let rows = (10..<20).map { day in
          "\(day),A,Ann,2026-01-\(day)T08:00:00\(offset),2026-01-\(day)T08:00:02\(offset)"
        }
        let log = try folder.write(
          "case,activity,resource,start,end\n\(rows.joined(separator: "\n"))\n".utf8,
          to: "log.csv")
        let outcome = try await rehearse(["calibrate", log, "--out", folder.file("out")])
        #expect(outcome.exitCode == 0, "\(outcome)")
        // Two seconds are not nought minutes.
        #expect(outcome.output.contains("A: mean 2.0 s"))
        let found = try await document([log, "--out", folder.file("out")])
        return (
          (found["log"] as? [String: Any])?["timeZone"] as? String,
          try String(contentsOfFile: folder.file("out/scenario.yaml"), encoding: .utf8)
        )
      }
      let east = try await zone("+01:00")
      #expect(east.name == "Etc/GMT-1" && east.scenario.contains("time_zone: Etc/GMT-1"))
      #expect(try await zone("-05:00").name == "Etc/GMT+5")
      #expect(try await zone("+05:30").name == "Asia/Calcutta")
      // Nowhere: hours are read in UTC, and that is said.
      let nowhere = try await zone("+12:37")
      #expect(nowhere.name == "UTC")
    }

    /// Every other time stands in UTC, where 09:00 in Berlin is 08:00, or 07:00 in summer, from 2026-03-29 on.
    @Test("times in UTC among those of a place are read there, and that is said")
    func someInUTC() async throws {
      let folder = try TemporaryFolder()
      let rows = (9..<60).map { day -> String in
        let isSummer = day >= 29
        let date = day < 10 ? "2026-03-0\(day)" : day < 32 ? "2026-03-\(day)" : ""
        let later = day - 31 < 10 ? "2026-04-0\(day - 31)" : "2026-04-\(day - 31)"
        let shown = date.isEmpty ? later : date
        let start =
          day % 2 == 0
          ? "\(shown)T0\(isSummer ? 7 : 8):00:00Z"
          : "\(shown)T09:00:00+0\(isSummer ? 2 : 1):00"
        return "\(day),A,Ann,\(start),\(start.replacing(":00:00", with: ":30:00"))"
      }
      let log = try folder.write(
        "case,activity,resource,start,end\n\(rows.joined(separator: "\n"))\n".utf8, to: "log.csv")
      let found = try await document([log, "--out", folder.file("out")])
      #expect((found["log"] as? [String: Any])?["timeZone"] as? String == "Europe/Berlin")
      let outcome = try await rehearse(["calibrate", log, "--out", folder.file("out")])
      #expect(outcome.output.contains("some times stand in UTC, others as in Europe/Berlin"))
    }

    @Test("what is no log is refused with what there is")
    func refused() async throws {
      let folder = try TemporaryFolder()
      let table = try folder.write("who,what\nAnn,A\n".utf8, to: "table.csv")
      let outcome = try await rehearse(["calibrate", table, "--out", folder.file("out")])
      #expect(outcome.exitCode == 2)
      #expect(outcome.messages.first?.contains("who, what") == true)
      let wrong = try await rehearse(["calibrate", table, "--column", "what=x"])
      #expect(wrong.exitCode == 64)
    }
  }
}
