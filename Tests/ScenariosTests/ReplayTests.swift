import EventEngine
import Facts
import Simulation
import Testing

@testable import Scenarios

private let minute: Int64 = 60_000_000
private let hour: Int64 = 60 * minute

/// Notes when cases arrive and are done.
private struct CaseTimes: SimulationObserver {
  var arrived: [Int64] = []
  /// By ordinal.
  var completed: [UInt32: Int64] = [:]

  mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {
    switch change {
    case .arrived: arrived.append(time)
    case .completed: completed[ordinal] = time
    case .abandoned: break
    }
  }
  mutating func workChanged(
    item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
  ) {}
  mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
  mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
  mutating func ended(at time: Int64, casesInside: Int) {}
}

@Suite("Lists of arrivals") struct ReplayTests {
  private let list = """
    case;received;kind
    1;2026-01-05 08:00;retail
    2;2026-01-05T08:01:00;sme
    4;2026-01-05T07:30:00.5Z;sme
    3;2026-01-05 08:02+01:00;retail

    """

  private func text(
    replay: String = "file: arrivals.csv, time: received, attributes: { segment: kind }",
    batch: String = "size: 2, same: segment, setup: 5 min, each: 3 min",
    arrivals: String = "pattern: replay, ", horizon: String = "1 week"
  ) -> String {
    """
    rehearse: 1
    title: List
    bpmn: one.bpmn
    clock: { start: 2026-01-05, time_zone: Europe/Berlin, horizon: \(horizon), start_state: empty }
    calendars: { office: mon-fri 08:00-16:00 }
    attributes:
      segment: { categories: { retail: 100 %, sme: 0 % } }
      channel:
        categories:
          given: segment
          retail: { web: 100 %, phone: 0 % }
          sme: { web: 0 %, phone: 100 % }
      amount: { number: 700 }
      score: { number: uniform 0 1, correlation: { with: amount, rank: 0.5 } }
      vip: { share_true: 0 % }
    demand: { arrivals: { \(arrivals)replay: { \(replay) } } }
    teams: { clerks: { members: { ann: {}, bob: {} }, cost: 36 EUR/h } }
    activities: { default: { team: clerks, time: 3 min, batch: { \(batch) } } }

    """
  }

  private func scenario(
    _ text: String, list: String? = nil
  ) throws(ScenarioErrors) -> Scenario {
    let found = estate(loanProcess(steps: 1))
    let list = list ?? self.list
    return try readScenario(
      Array(text.utf8), path: "scenario.yaml",
      files: { name in name == "arrivals.csv" ? Array(list.utf8) : try noFiles(name) }
    ) { _ in found }
  }

  private func times(_ text: String, list: String? = nil) throws -> CaseTimes {
    let model = try compile(scenario(text, list: list)).variants[0].model
    var observer = CaseTimes()
    _ = try runReplication(of: model, seed: 1, replication: 0, observer: &observer)
    return observer
  }

  /// At 08:00, 08:01, 08:02 (in Berlin an hour ahead of UTC) and 08:30 and half a second.
  ///
  /// Alike are the first and third, and the second and fourth: batches that begin when their second comes
  /// and take 5 + 2 · 3 min, until 08:13 and 08:41.
  @Test("bring their cases at their times, with their attributes, whatever the order of the lines")
  func played() throws {
    let half: Int64 = 500_000
    let arrivals = [
      8 * hour, 8 * hour + minute, 8 * hour + 2 * minute, 8 * hour + 30 * minute + half,
    ]
    let done = [13, 41, 13, 41].map { (minutes: Int64) in
      8 * hour + minutes * minute + (minutes == 41 ? half : 0)
    }
    let alike = try times(text())
    #expect(alike.arrived == arrivals)
    #expect((1...4).map { alike.completed[$0] } == done)
    // An attribute that is given by a listed one follows it.
    let byChannel = try times(text(batch: "size: 2, same: channel, setup: 5 min, each: 3 min"))
    #expect((1...4).map { byChannel.completed[$0] } == done)
    // Without a common attribute the first two go together, until 08:12.
    let mixed = try times(text(batch: "size: 2, setup: 5 min, each: 3 min"))
    #expect(mixed.completed[2] == 8 * hour + 12 * minute)
    #expect(mixed.completed[3] == done[3])
    // Without `attributes` all are retail, as the scenario says.
    let drawn = try times(text(replay: "file: arrivals.csv, time: received"))
    #expect(drawn.completed[2] == 8 * hour + 12 * minute)
  }

  /// The first of the two people takes 2 min for each of hers: 5 + 2 · 2 min.
  @Test("of batches that people take times of their own for, the set-up stays")
  func ownTimes() throws {
    let own = text(batch: "size: 2, same: segment, setup: 5 min, each: 3 min").replacing(
      "time: 3 min,", with: "time: 3 min, times: { ann: 2 min },")
    #expect(try times(own).completed[1] == 8 * hour + 11 * minute)
  }

  /// A case that arrived before day 0 is not there without a run-in.
  @Test("are played from the start of the run on")
  func beforeTheStart() throws {
    let early = list + "0;2026-01-02 09:00;sme\n"
    let found = try times(text(), list: early)
    #expect(found.arrived.count == 4)
    #expect(found.completed[1] == 8 * hour + 13 * minute)
  }

  /// Two of four cases are `sme`.
  @Test("say what conditions come to in the forecast")
  func forecast() throws {
    let branching = text().replacing("one.bpmn", with: "branch.bpmn").replacing(
      "teams:",
      with:
        "waits: { answer: 1 h }\nbranching: { decide: { approve: segment = sme, reject: otherwise } }\nteams:"
    )
    let found = estate(branchingProcess())
    let list = list
    let read = try readScenario(
      Array(branching.utf8), path: "scenario.yaml", files: { _ in Array(list.utf8) }
    ) { _ in found }
    let model = try compile(read).variants[0].model
    let flow = try #require(model.flow.flowIDs.firstIndex(of: "f3"))
    // Of 4,097 cases that walk, one more or less than the half.
    #expect(abs(model.stack.flowProbabilities[flow] - 0.5) < 1 / 4000.0)
    #expect(model.demand.arrivalsPerSecond(from: 0, to: 24 * hour) == 4 / 86_400.0)
  }

  @Test("are kept in the record of values")
  func record() throws {
    let records = try scenario(text()).parameters.filter { $0.path.contains("replay") }
    #expect(
      records.map { "\($0.path) \($0.text)" } == [
        "demand.arrivals.replay.time received", "demand.arrivals.replay.attributes.segment kind",
        "demand.arrivals.replay.file arrivals.csv",
      ])
  }

  struct Wrong: CustomTestStringConvertible, Sendable {
    var text: String
    var list: String?
    var message: String
    /// Where it is said to be.
    var place = "scenario.yaml:16"
    var testDescription: String { message }
  }

  @Test(
    "that are wrong are refused with their place",
    arguments: [
      Wrong(text: "file: ../arrivals.csv", message: "lies outside of the scenario's folder"),
      Wrong(text: "file: a/../../arrivals.csv", message: "lies outside of the scenario's folder"),
      Wrong(text: "file: /etc/passwd", message: "lies outside of the scenario's folder"),
      Wrong(text: "file: ~/arrivals.csv", message: "lies outside of the scenario's folder"),
      Wrong(text: "file: other.csv", message: "'demand.arrivals.replay.file' cannot be read"),
      Wrong(text: "time: received", message: "'demand.arrivals.replay.file' is missing"),
      Wrong(
        text: "file: arrivals.csv, time: receved",
        message: "has no column 'receved'; did you mean 'received'?"),
      Wrong(
        text: "file: arrivals.csv", message: "has no column 'time'; it has case, received, kind"),
      Wrong(
        text: "file: arrivals.csv, time: received, attributes: { segmnt: kind }",
        message: "'segmnt' is no attribute; did you mean 'segment'?"),
      Wrong(
        text: "file: arrivals.csv, time: received, attributes: { score: kind }",
        message: "the correlation of 'score' cannot hold"),
      Wrong(
        text: "file: arrivals.csv, time: received, attributes: { amount: kind }",
        message: "the correlation of 'score' cannot hold"),
      Wrong(
        text: "file: arrivals.csv, time: received, attributes: { segment: size }",
        message: "has no column 'size'"),
      Wrong(
        text: "file: arrivals.csv, time: received",
        list: "received\n2026-01-05 08:00\n05.01.2026\n",
        message: "the column 'received' of the list has no date with a time of day here",
        place: "arrivals.csv:3"),
      Wrong(
        text: "file: arrivals.csv, time: received", list: "received\n2026-01-05\n",
        message: "has no date with a time of day", place: "arrivals.csv:2"),
      Wrong(
        text: "file: arrivals.csv, time: received, attributes: { segment: kind }",
        list: "received,kind\n2026-01-05 08:00,retail\n2026-01-05 08:00,large\n",
        message: "has no value of 'segment' here, which is one of retail, sme",
        place: "arrivals.csv:3"
      ),
      Wrong(
        text: "file: arrivals.csv, time: received, attributes: { vip: kind }",
        list: "received,kind\n2026-01-05 08:00,yes\n", message: "which is true or false",
        place: "arrivals.csv:2"),
      Wrong(
        text: "file: arrivals.csv, time: received", list: "received,received\n",
        message: "has 2 columns 'received'"),
      Wrong(text: "file: arrivals.csv, time: received", list: "received\n", message: "has no case"),
      Wrong(
        text: "file: arrivals.csv, time: received", list: "received\n2027-01-05 08:00\n",
        message: "no case of the list arrivals.csv arrives within the horizon"),
    ])
  func wrong(_ wrong: Wrong) throws {
    let error = #expect(throws: ScenarioErrors.self) {
      _ = try compile(scenario(text(replay: wrong.text), list: wrong.list))
    }
    let found = error?.problems.map { "\($0)" } ?? []
    #expect(
      found.contains { $0.hasPrefix("\(wrong.place):") && $0.contains(wrong.message) },
      "\(found)")
  }

  @Test("take no other key of arrivals, and need their pattern and a horizon in time")
  func otherKeys() throws {
    func message(_ text: String) -> String {
      do {
        _ = try scenario(text)
        return ""
      } catch { return error.problems.map(\.message).joined(separator: "\n") }
    }
    for key in ["rate: 5 per hour", "batch: 3", "between: 3 min", "profile: office"] {
      let name = key.split(separator: ":")[0]
      #expect(
        message(text(arrivals: "pattern: replay, \(key), ")).contains(
          "'demand.arrivals.\(name)' needs"), "\(key)")
    }
    #expect(
      message(text(arrivals: "rate: 5 per hour, ")).contains(
        "'demand.arrivals.replay' needs `pattern: replay`"))
    #expect(message(text(horizon: "10 cases")).contains("needs a horizon in time"))
    #expect(
      message(text(replay: "").replacing("replay: {  }", with: "replay:")).contains(
        "'demand.arrivals.replay' is missing"))
  }

  @Test("state times in the forms of ISO 8601")
  func forms() throws {
    let midnight = try #require(CivilDate("2026-01-05")).dayNumber * 86_400
    func parsed(_ text: String) throws -> ListedTime { try parseListedTime(text) }
    #expect(
      try parsed(" 2026-01-05 08:30 ")
        == ListedTime(seconds: midnight + 30_600, microseconds: 0, isLocal: true))
    #expect(
      try parsed("2026-01-05T08:30:12,1234567Z")
        == ListedTime(seconds: midnight + 30_612, microseconds: 123_456, isLocal: false))
    #expect(try parsed("2026-01-05T08:30:00-0130").seconds == midnight + 36_000)
    #expect(try parsed("2026-01-05T08:30+02").seconds == midnight + 23_400)
    for text in [
      "", "2026-01-05", "2026-02-30 08:00", "2026-01-05 24:00", "2026-01-05 08:60",
      "2026-01-05 8:00", "2026-01-05 08:00 h", "2026-01-05 08:00:", "2026-01-05 08:00:00.",
      "2026-01-05 08:00+1", "2026-01-05 08:00+01:", "2026-01-05x08:00",
    ] {
      #expect(throws: ValueError.self, "\(text)") { try parseListedTime(text) }
    }
  }
}
