import ProcessModel
import Scenarios
import Simulation
import Testing

@Suite("Scenarios made of Prosimos' files")
struct ImportProsimosTests {
  /// By hand from the sample: the exponential's mean is 900 s from 0, so 840 s beyond its least value; the
  /// lognormal's cv is √360000 / 1200 = 0.5, the gamma's √90000 / 600 = 0.5, and next to nothing of it lies
  /// beyond 1e12 s; the second flow takes what 7 % leave; Monday's periods overlap.
  @Test("say what the file says, each value with its section")
  func text() throws {
    let expected = """
      # Made by `rehearse scenario import` from loan.json. Every value below comes from that file, from
      # the section named beside 'imported', except what is marked as chosen at the import. What the
      # formats mean differently: docs/guides/import-simulation-parameters.md.

      rehearse: 1
      title: "Small \\"loan\\""

      clock:   # chosen at the import: Prosimos takes these as arguments
        start: 2026-01-05
        time_zone: UTC
        horizon: 500 cases
        start_state: empty
        working_days: early

      bpmn: "../loan model.bpmn"
      process: "loan"

      calendars:
        arrivals: { weekly: [mon 08:00-24:00, fri-sun 08:00-12:00], imported: "loan.json $.arrival_time_calendar" }
        early: { weekly: [mon-thu 07:00-15:00, fri 07:00-12:30], imported: "loan.json $.resource_calendars" }
        late: { value: always, imported: "loan.json $.resource_calendars" }

      demand:
        imported: "loan.json $.arrival_time_distribution"
        arrivals:
          pattern: renewal
          between: exponential mean 14 min plus 1 min between 1 min and 2 h
          profile: arrivals

      teams:
        imported: "loan.json $.resource_profiles"
        Clerks:
          members:
            Ada: { calendar: early, cost: 30.5 EUR/h }
            Bo_0: { calendar: early, cost: 30 EUR/h }
            Bo_1: { calendar: early, cost: 30 EUR/h }
        Officers:
          members:
            Cy: { calendar: late, cost: 50 EUR/h }
            "no": { calendar: late, cost: 50 EUR/h, skills: [reject] }

      activities:
        imported: "loan.json $.task_resource_distribution"
        check:   # Check it
          team: Clerks
          time: uniform 4 min 10 min
          times:
            Ada: 5 min
        approve:   # Approve
          team: Officers
          time: lognormal mean 20 min cv 0.5 between 1 min and 2 h
        reject:   # Reject
          team: Officers
          skills: reject
          time: gamma mean 10 min cv 0.5

      waits:
        imported: "loan.json $.event_distribution"
        pause: normal mean 24 h sd 24 h between 0 s and 48 h   # Cooling off

      branching:
        imported: "loan.json $.gateway_branching_probabilities"
        decide:
          f3: 7 %   # good risk
          f4: 93 %   # Reject

      experiment:   # chosen at the import
        replications: 20

      """
    let made = try imported(sampleParameters)
    #expect(made.text == expected)
    #expect(
      made.notes.map { String($0.description.prefix(60)) }.sorted()
        == [
          "data/loan.json:32:5: '$.gateway_branching_probabilities[1]' ",
          "data/loan.json:74:75: '$.case_attributes[0].values.distribut",
          "data/loan.json:75:30: '$.gateway_execution_limit' is left ou",
        ])
  }

  @Test("are read, compiled and run, and count the cases asked for")
  func runs() throws {
    let text = try imported(sampleParameters, cases: 200).text
    let compiled = try compile(read(text, smallLoanProcess()))
    let model = try #require(compiled.variants.first?.model)
    #expect(model.demand.pattern == .renewal)
    #expect(model.stack.teams.map(\.people.count) == [3, 2])
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts.reduce(0) { $0 + $1.arrived } == 200)
    #expect(record.cohorts.reduce(0) { $0 + $1.completed } == 200)
  }

  @Test("are the same for the same file")
  func isDeterministic() throws {
    #expect(try imported(sampleParameters) == imported(sampleParameters))
  }

  struct Time: Sendable, CustomTestStringConvertible {
    var name: String
    var numbers: [Double]
    var text: String
    var testDescription: String { "\(name) \(numbers)" }
  }

  /// Left: as in the file; right: derived by the formulas of SciPy.
  ///
  /// In version 1 the numbers are shape, location,
  /// scale, least, most: a gamma of shape 4 and scale 60 has mean 240 and cv 1/√4; a lognormal of sigma
  /// √(ln 1.25) and scale 600 has mean 600·√1.25 = 670.820393249937 and cv √0.25.
  static let times = [
    Time(name: "fix", numbers: [90], text: "90 s"),
    Time(name: "fix", numbers: [120, 0, 1], text: "2 min"),
    Time(name: "expon", numbers: [600, 0, 1e9], text: "exponential mean 10 min"),
    Time(
      name: "expon", numbers: [600, 0, 3600], text: "exponential mean 10 min between 0 s and 1 h"),
    Time(
      name: "expon", numbers: [30, 60, 60, 3600],
      text: "exponential mean 1 min plus 30 s between 1 min and 1 h"),
    Time(name: "expon", numbers: [600, 600, 7200], text: "10 min"),
    Time(name: "uniform", numbers: [60, 180], text: "uniform 1 min 3 min"),
    Time(name: "uniform", numbers: [60, 120, 60, 180], text: "uniform 1 min 3 min"),
    Time(
      name: "uniform", numbers: [60, 120, 90, 180],
      text: "uniform 1 min 3 min between 90 s and 3 min"),
    Time(
      name: "norm", numbers: [300, 300, 0, 900],
      text: "normal mean 5 min sd 5 min between 0 s and 15 min"),
    Time(name: "norm", numbers: [300, 0, 0, 900], text: "5 min"),
    Time(
      name: "triang", numbers: [0.25, 60, 240, 0, 1000], text: "triangular 1 min 2 min 5 min"),
    Time(
      name: "gamma", numbers: [240, 14_400, 0, 720],
      text: "gamma mean 4 min cv 0.5 between 0 s and 12 min"),
    Time(
      name: "gamma", numbers: [4, -30, 60, 0, 720],
      text: "gamma mean 4 min cv 0.5 minus 30 s between 0 s and 12 min"),
    Time(
      name: "lognorm", numbers: [0.4723807270774388, 60, 600, 0, 7200],
      text: "lognormal mean 670.82039325 s cv 0.5 plus 1 min between 0 s and 2 h"),
    Time(name: "lognorm", numbers: [600, 0, 0, 7200], text: "10 min"),
    Time(name: "norm", numbers: [300, 30, 300, 300], text: "5 min"),
  ]

  @Test("have times of either version of the format", arguments: times)
  func distributions(time: Time) throws {
    let numbers = time.numbers.map { "{ \"value\": \($0) }" }.joined(separator: ", ")
    let text = try imported(
      sampleParameters.replacing(
        "\"distribution_name\": \"fix\", \"distribution_params\": [{ \"value\": 300 }]",
        with: "\"distribution_name\": \"\(time.name)\", \"distribution_params\": [\(numbers)]")
    ).text
    #expect(text.contains("\n      Ada: \(time.text)\n"), "\(text)")
  }

  @Test("have arrivals by a histogram")
  func histogram() throws {
    let text = try imported(
      sampleParameters.replacing(
        """
        "distribution_name": "expon",
            "distribution_params": [{ "value": 900 }, { "value": 60 }, { "value": 7200 }]
        """,
        with: """
          "distribution_name": "histogram_sampling",
              "histogram_data": { "cdf": [0.25, 0.25, 1], "bin_midpoints": [60, 90, 1000] }
          """)
    ).text
    #expect(text.contains("    between: discrete 1 min 25 % 1000 s 75 %\n"))
  }

  @Test(
    "put people who share no task into teams of their own, and one kind of people into a number")
  func teams() throws {
    var text = try imported(
      sampleParameters
        .replacing(
          "\"amount\": 1, \"calendar\": \"early\"", with: "\"amount\": 0, \"calendar\": \"early\""
        )
        .replacing(
          "{ \"resource_id\": \"r4\", \"distribution_name\": \"lognorm\"",
          with: "{ \"resource_id\": \"r3\", \"distribution_name\": \"lognorm\"")
    ).text
    let start = try #require(text.firstRange(of: "\nteams:"))
    let end = try #require(text.firstRange(of: "\nactivities:"))
    text = String(text[start.upperBound..<end.lowerBound])
    #expect(
      text == """

          imported: "loan.json $.resource_profiles"
          Clerks:
            people: 2   # Bo
            calendar: early
            cost: 30 EUR/h
          "Officers 2":
            members:
              Cy: { calendar: late, cost: 50 EUR/h }
          "Officers 3":
            members:
              "no": { calendar: late, cost: 50 EUR/h }

        """)
  }

  @Test("take the arrival calendar as an object, as older files have it")
  func olderCalendar() throws {
    let older = sampleParameters.replacing(
      """
      "arrival_time_calendar": [
          { "from": "FRIDAY", "to": "MONDAY", "beginTime": "08:00:00", "endTime": "12:00:00" },
          { "from": "MONDAY", "to": "MONDAY", "beginTime": "11:30:00", "endTime": "23:59:59" }
        ]
      """,
      with: """
        "arrival_time_calendar": { "id": "a", "time_periods": [
            { "from": "FRIDAY", "to": "MONDAY", "beginTime": "08:00:00", "endTime": "12:00:00" },
            { "from": "MONDAY", "to": "MONDAY", "beginTime": "11:30:00", "endTime": "23:59:59" }
          ] }
        """)
    #expect(older != sampleParameters)
    #expect(try imported(older).text == imported(sampleParameters).text)
  }
}
