import EventEngine
import ProcessModel
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Random numbers of runs") struct RandomNumberTests {
  /// Records every key that a run asks for, and nothing else.
  struct DrawRecorder: SimulationObserver {
    static var recordsDraws: Bool { true }
    let drawLog: DrawLog? = DrawLog()
    mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {}
    mutating func workChanged(
      item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
    ) {}
    mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
    mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
    mutating func ended(at time: Int64, casesInside: Int) {}
  }

  @Test("no key is used twice in a run", arguments: 0..<60 as Range<UInt64>)
  func keysNeverCollide(seed: UInt64) throws {
    let model = try generatedModel(seed: seed)
    var recorder = DrawRecorder()
    _ = try runReplication(of: model, seed: seed, replication: 0, observer: &recorder)
    let keys = try #require(recorder.drawLog?.keys)
    // A run without draws would prove nothing.
    #expect(keys.count > 100 || model.flow.activities.isEmpty)
    var seen: [DrawLog.Key: Int] = [:]
    for key in keys { seen[key, default: 0] += 1 }
    // One exception: where people have times of their own, the one time that a visit draws is read off
    // anew, from the same number, for whoever takes it. That is the same luck, not a second draw.
    let readAnew = streamsReadAnew(in: model)
    let repeated = keys.first { seen[$0, default: 0] > 1 && !readAnew.contains($0.stream) }
    #expect(repeated == nil, "such as \(repeated.map { name(of: $0.stream, in: model) } ?? "")")
    // Nor do the numbers: of fewer than a million among 2^52, two alike have a chance below 2e-4.
    let random = KeyedRandom(seed: seed, replication: 0)
    let numbers = keys.map {
      random.uniform(
        $0.stream, ordinal: $0.ordinal, visit: $0.visit, attempt: $0.attempt, counter: $0.counter)
    }
    #expect(Set(numbers).count == seen.count)
  }

  /// With names of 30 bits, two of 100,000 would be alike with probability 1 − exp(−10¹⁰/2³¹) = 99 %.
  @Test("the instances of a large multi-instance activity have luck of their own")
  func instancesNeverCollide() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("A", .task(.user), loop: .multiInstanceParallel(cardinality: "100000"))
    game.add("end", .endEvent(.none))
    game.draw("start A end")
    game.repetitions["A"] = RepetitionModel(count: .constant(100_000))
    var recorder = DrawRecorder()
    _ = try runReplication(of: try game.model(), seed: 1, replication: 0, observer: &recorder)
    let keys = try #require(recorder.drawLog?.keys)
    #expect(keys.count >= 100_000)
    #expect(Set(keys).count == keys.count)
    let random = KeyedRandom(seed: 1, replication: 0)
    let numbers = keys.map {
      random.uniform(
        $0.stream, ordinal: $0.ordinal, visit: $0.visit, attempt: $0.attempt, counter: $0.counter)
    }
    // Of 10⁵ among 2⁵², two alike have a chance of 10⁻⁶.
    #expect(Set(numbers).count == numbers.count)
  }

  /// Handling times of activities that some people have their own times for, and latencies.
  func streamsReadAnew(in model: SimulationModel) -> Set<RandomStream> {
    let stacks = [model.runInStack, model.stack].compactMap(\.self)
    let activities = model.stack.activities.indices.filter { index in
      stacks.contains { !$0.activities[index].queueing.timesByPerson.isEmpty }
    }
    var streams = Set(activities.map { RandomStream(model.flow.activityID($0), "handling time") })
    // A case that needs an application again after an interruption finds it as slow as the first time.
    for application in model.stack.applications {
      for activity in model.stack.activities.indices {
        streams.insert(
          RandomStream(
            "application \(application.name)",
            "latency by hand at \(model.flow.activityID(activity))"))
      }
    }
    // Whether a redesigned guardrail's firing is needed is the outcome that its review has, if it has one.
    for guardrail in stacks.flatMap(\.guardrails) where guardrail.redesign != nil {
      streams.insert(RandomStream("guardrail \(guardrail.name)", "outcome"))
    }
    return streams
  }

  /// What a stream of a model is for.
  func name(of stream: RandomStream, in model: SimulationModel) -> String {
    let purposes = [
      "handling time", "run time", "failure", "share", "error", "branch", "outside wait", "firing",
      "review time", "outcome", "catch", "need", "false pass", "batch set-up", "patience", "gap",
      "thinning", "batch size",
    ]
    let elements =
      model.flow.elementIDs + model.stack.guardrails.map { "guardrail \($0.name)" }
      + [model.demand.name]
    for element in elements {
      for purpose in purposes where RandomStream(element, purpose) == stream {
        return "\(purpose) of \(element)"
      }
    }
    return "a stream of another name"
  }

  @Test("recording the draws changes nothing", arguments: 0..<10 as Range<UInt64>)
  func recordingChangesNothing(seed: UInt64) throws {
    let model = try generatedModel(seed: seed)
    var recorder = DrawRecorder()
    let recorded = try runReplication(of: model, seed: seed, replication: 1, observer: &recorder)
    #expect(try runReplication(of: model, seed: seed, replication: 1) == recorded)
  }

  /// The rows of the table whose independence is looked at: neighbours in every part of a key.
  static let rows: [(name: String, draw: @Sendable (UInt32) -> Double)] = {
    let first = KeyedRandom(seed: 1, replication: 0)
    let second = KeyedRandom(seed: 1, replication: 1)
    let other = KeyedRandom(seed: 2, replication: 0)
    let time = RandomStream("step_01", "handling time")
    let error = RandomStream("step_01", "error")
    let next = RandomStream("step_02", "handling time")
    return [
      ("a stream", { first.uniform(time, ordinal: $0) }),
      ("the same of the next replication", { second.uniform(time, ordinal: $0) }),
      ("the same of the next seed", { other.uniform(time, ordinal: $0) }),
      ("another purpose", { first.uniform(error, ordinal: $0) }),
      ("another element", { first.uniform(next, ordinal: $0) }),
      ("the next visit", { first.uniform(time, ordinal: $0, visit: 1) }),
      ("the next attempt", { first.uniform(time, ordinal: $0, attempt: 1) }),
      ("the next draw", { first.uniform(time, ordinal: $0, counter: 1) }),
      ("the next case", { first.uniform(time, ordinal: $0 + 1) }),
      ("an instance", { first.uniform(time.within(instancePath: 1), ordinal: $0) }),
      ("visits as ordinals", { first.uniform(time, ordinal: 1, visit: Int64($0)) }),
      (
        "replications as ordinals",
        { KeyedRandom(seed: 1, replication: Int($0)).uniform(time, ordinal: 1) }
      ),
    ]
  }()

  /// With n numbers √n · r is close to a standard normal variable.
  ///
  /// 66 pairs at 1 in 100,000 each: one false alarm in 1,500 choices of seed. "The next case" is the first row moved by one: their
  /// correlation is the serial one.
  @Test("rows of numbers whose keys differ in one part are not correlated")
  func correlations() {
    let n = 20_000
    let rows = Self.rows.map { row in (0..<UInt32(n)).map { row.draw($0) - 0.5 } }
    let bound = normalQuantile(1 - 1e-5 / 2)
    for first in rows.indices {
      for second in rows.indices where first < second {
        var sum = 0.0
        for index in 0..<n { sum += rows[first][index] * rows[second][index] }
        let correlation = sum * 12 / Double(n)
        #expect(
          (correlation * Double(n).squareRoot()).magnitude < bound,
          "\(Self.rows[first].name) and \(Self.rows[second].name): \(correlation)")
      }
    }
  }

  /// Kolmogorov–Smirnov on the numbers; chi-square with 4,095 degrees of freedom on pairs of
  /// neighbours in 64 × 64 cells, and on triples in 16³.
  @Test("each row is uniform, alone and with its neighbours")
  func uniformity() throws {
    for row in Self.rows {
      let numbers = (0..<60_000 as Range<UInt32>).map { row.draw($0) }
      let test = try #require(KolmogorovSmirnovTest(numbers) { $0 })
      #expect(test.pValue > 1e-5, "\(row.name)")
      for (size, cells) in [(2, 64.0), (3, 16)] {
        var counts = [Double](repeating: 0, count: 4_096)
        let groups = numbers.count / size
        for group in 0..<groups {
          var cell = 0
          for index in 0..<size {
            cell = cell * Int(cells) + Int(numbers[group * size + index] * cells)
          }
          counts[cell] += 1
        }
        let expected = Double(groups) / 4_096
        let statistic = counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
        // Chi-square with k degrees of freedom is gamma with shape k/2 and scale 2.
        let tails = regularizedGamma(shape: 4_095.0 / 2, statistic / 2)
        #expect(min(tails.lower, tails.upper) > 1e-5, "\(row.name) in groups of \(size)")
      }
    }
  }

  /// Handling times that the engine drew, back through the distribution, must be uniform.
  @Test(
    "times drawn in a run have the distribution they are drawn from",
    arguments: [
      Distribution.Family.exponential(mean: 60), .uniform(minimum: 10, maximum: 90),
      .triangular(minimum: 5, mode: 20, maximum: 100), .erlang(phases: 3, mean: 60),
      .gamma(shape: 0.5, scale: 100), .lognormal(logMean: 4, logStandardDeviation: 0.8),
      .weibull(shape: 1.5, scale: 60), .truncatedNormal(mean: 50, standardDeviation: 40),
      .beta(alpha: 2, beta: 3, minimum: 10, maximum: 100),
    ])
  func drawnTimes(family: Distribution.Family) throws {
    var table = SamplerTable()
    let distribution = try Distribution(family)
    let service = SampledTime(distribution, table: &table)
    var model = try queueModel(
      rate: 1, servers: 5_000, service: service, runIn: 0, horizon: 10_000 * second,
      pattern: .regular)
    model.samplerTable = table
    var times = ServiceTimes()
    _ = try runReplication(of: model, seed: 12, replication: 0, observer: &times)
    // Cases go on arriving until all counted ones are done; of those only the short ones are seen.
    #expect(times.seconds.count == 9_999)
    let test = try #require(KolmogorovSmirnovTest(times.seconds) { distribution.cdf($0) })
    #expect(test.pValue > 1e-4)
    var moments = RunningMoments()
    for time in times.seconds { moments.add(time) }
    let interval = try #require(meanInterval(moments, confidence: 0.999))
    #expect(interval.contains(distribution.mean), "\(interval)")
  }

  /// Time from the beginning to the end of each of the first 9,999 pieces of work, in seconds.
  struct ServiceTimes: SimulationObserver {
    var seconds: [Double] = []
    private var begun = 0
    private var started: [Int32: Int64] = [:]
    mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {}
    mutating func workChanged(
      item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
    ) {
      if state == .inService {
        begun += 1
        if begun <= 9_999 { started[item] = time }
      } else if state == nil, let start = started.removeValue(forKey: item) {
        seconds.append(Double(time - start) / 1e6)
      }
    }
    mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
    mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
    mutating func ended(at time: Int64, casesInside: Int) {}
  }
}
