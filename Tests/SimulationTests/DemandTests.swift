import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Demand") struct DemandTests {
  /// Two intervals a day, the second with three times the intensity of the first, for 20 days around day 0.
  func weighted(growth: Double = 0) throws -> SimulationModel {
    var model = try queueModel(
      rate: 1, servers: 50, service: .constant(1), runIn: 10 * day, horizon: 10 * day)
    var spans: [(open: Int64, close: Int64)] = []
    for index in -10..<30 as Range<Int64> {
      spans.append((open: index * day + 8 * hour, close: index * day + 12 * hour))
      spans.append((open: index * day + 13 * hour, close: index * day + 17 * hour))
    }
    let weights: [Double] = spans.indices.map { $0 % 2 == 0 ? 0.5 : 1.5 }
    model.demand = Demand(
      pattern: .poisson, calendar: WorkCalendar(spans),
      intensity: weights,
      rate: 100 / Double(8 * hour), growth: growth, growthPeriod: 10 * day)
    return model
  }

  /// Counts arrivals by instant.
  struct ArrivalCounter: SimulationObserver {
    var instants: [Int64] = []
    mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {
      if case .arrived = change { instants.append(time) }
    }
    mutating func workChanged(
      item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
    ) {}
    mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
    mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
    mutating func ended(at time: Int64, casesInside: Int) {}
  }

  @Test("weights hold before day 0 as after it, and nobody arrives outside hours")
  func weights() throws {
    let model = try weighted()
    var early = (before: [Double](), after: [Double]())
    var late = (before: [Double](), after: [Double]())
    for replication in 0..<40 {
      var counter = ArrivalCounter()
      _ = try runReplication(of: model, seed: 9, replication: replication, observer: &counter)
      func count(_ hours: Range<Int64>, _ days: Range<Int64>) -> Double {
        Double(
          counter.instants.count { instant in
            let midnight = (instant >= 0 ? instant : instant - day + 1) / day
            return days.contains(midnight)
              && hours.contains((instant - midnight * day) / hour)
          }) / Double(days.count)
      }
      early.before.append(count(8..<12, -10..<0))
      late.before.append(count(13..<17, -10..<0))
      early.after.append(count(8..<12, 0..<10))
      late.after.append(count(13..<17, 0..<10))
      #expect(counter.instants.allSatisfy { model.demand.calendar.isOpen(at: $0 - 1) })
    }
    for (values, expected) in [
      (early.before, 25.0), (late.before, 75), (early.after, 25), (late.after, 75),
    ] {
      let interval = interval999(values)
      #expect(interval.contains(expected), "\(expected) \(interval)")
    }
  }

  @Test("growth compounds from day 0 on")
  func growth() throws {
    let model = try weighted(growth: 0.5)
    let arrived = try (0..<60).map {
      Double(try runReplication(of: model, seed: 4, replication: $0).cohorts[0].arrived)
    }
    // ∫ 1.5^(t/10) over ten days of 100 cases is close to 1000 · (1.5 − 1)/ln 1.5; days are whole, so the
    // rate of each day is that of its hours: sum over days d of 100 · 1.5^((d + about 0.53)/10).
    var expected = 0.0
    for index in 0..<10 {
      expected += 25 * power(1.5, (Double(index) + 10.0 / 24) / 10)
      expected += 75 * power(1.5, (Double(index) + 15.0 / 24) / 10)
    }
    let interval = interval999(arrived)
    #expect(interval.contains(expected), "\(expected) \(interval)")
  }

  /// Gaps of 2.5 h on days of 8-12 and 13-17.
  ///
  /// They are at 8:00, 10:30, 13:00 on the stroke of opening, 15:30; 18:00 is
  /// out of hours and becomes 8:00 of the next day. Days 5 and 6 are closed.
  @Test("a renewal process lets who comes out of hours come when they begin, the first at once")
  func renewal() throws {
    var model = try queueModel(
      rate: 1, servers: 9, service: .constant(1), runIn: 0, horizon: 9 * day)
    var spans: [(open: Int64, close: Int64)] = []
    for index in 0..<30 as Range<Int64> where index % 7 < 5 {
      spans.append((open: index * day + 8 * hour, close: index * day + 12 * hour))
      spans.append((open: index * day + 13 * hour, close: index * day + 17 * hour))
    }
    model.demand = Demand(
      pattern: .renewal, calendar: WorkCalendar(spans), rate: 1 / Double(9000 * second),
      between: .constant(9000), comesAtOpening: true)
    var counter = ArrivalCounter()
    _ = try runReplication(of: model, seed: 1, replication: 0, observer: &counter)
    let ofDay = [16 * hour / 2, 21 * hour / 2, 26 * hour / 2, 31 * hour / 2]
    let expected = [0, 1, 2, 3, 4, 7, 8].flatMap { (index: Int64) in
      ofDay.map { index * day + $0 }
    }
    #expect(Array(counter.instants.prefix(expected.count)) == expected)
  }

  /// Cox, *Renewal Theory*, 1962, section 4.2.
  ///
  /// The renewal function is m(t) = t/μ + (c² − 1)/2 for long t, and one
  /// case comes at once: 1440 + 1 + (0.25 − 1)/2 in 1440 mean gaps.
  @Test("a renewal process brings as many cases as its renewal function says")
  func renewalFunction() throws {
    var model = try queueModel(
      rate: 1, servers: 9, service: .constant(1), runIn: 0, horizon: day)
    var table = SamplerTable()
    let gap = try Distribution.gamma(mean: 60, coefficientOfVariation: 0.5)
    model.demand = Demand(
      pattern: .renewal, calendar: .continuous, rate: 1 / Double(60 * second),
      between: SampledTime(gap, table: &table), comesAtOpening: true)
    model.samplerTable = table
    let arrived = try (0..<300).map {
      Double(try runReplication(of: model, seed: 5, replication: $0).cohorts[0].arrived)
    }
    #expect(interval999(arrived).contains(1440.625))
  }

  /// Instants of arrival of a run of ten days around the clock, in seconds.
  func arrivals(_ demand: Demand, runIn: Int64 = 0, horizon: Int64 = 10 * day) throws -> [Double] {
    var model = try queueModel(
      rate: 1, servers: 1, service: .constant(0), runIn: runIn, horizon: horizon)
    model.demand = demand
    var counter = ArrivalCounter()
    _ = try runReplication(of: model, seed: 2, replication: 0, observer: &counter)
    return counter.instants.map { Double($0) / 1e6 }
  }

  /// The list reaches from before the run-in until after the follow-up, has two cases at one instant,
  /// and one at the instant of day 0.
  @Test("a replay brings each case of its list at its instant, whatever the calendar")
  func replay() throws {
    let listed: [Int64] = [-3 * day, -day, 0, hour, hour, 2 * day + 1, 40 * day]
    let demand = Demand(
      pattern: .replay, calendar: eightHourDays(30), rate: 0, instants: listed)
    let instants = try arrivals(demand, runIn: 2 * day)
    #expect(instants == [-86_400, 0, 3_600, 3_600, 172_800.000001])
    #expect(demand.arrivalsPerSecond(from: 0, to: 2 * hour) == 3 / 7_200.0)
    #expect(demand.arrivalsPerSecond(from: hour + 1, to: 2 * hour) == 0)
  }

  /// Distances of three hours in days of eight: 3 h, 6 h, then 9 h of open time = day 2 at 1 h, 4 h, 7 h,
  /// then 18 h = day 3 at 2 h.
  @Test("a renewal process counts its distances in open time, the first from the start of the run")
  func renewalInOpenTime() throws {
    let demand = Demand(
      pattern: .renewal, calendar: eightHourDays(30), rate: 0, between: .constant(3 * 3600))
    let instants = try arrivals(demand, horizon: 3 * day)
    #expect(
      instants.prefix(6) == [3, 6, 25, 28, 31, 50].map { (hours: Double) in hours * 3600 }[...])
    #expect(demand.arrivalsPerSecond(from: 0, to: hour) == 1 / 10_800.0)
    #expect(demand.arrivalsPerSecond(from: 9 * hour, to: 10 * hour) == 0)
  }

  @Test("distances resampled from a list are those of the list, each as often as it stands there")
  func resampledDistances() throws {
    var table = SamplerTable()
    let listed = [60.0, 60, 120, 3_600]
    let between = SampledTime(try Distribution(.empirical(values: listed)), table: &table)
    var model = try queueModel(
      rate: 1, servers: 1, service: .constant(0), runIn: 0, horizon: 300 * day, pattern: .renewal)
    model.samplerTable = table
    model.demand.between = between
    var counter = ArrivalCounter()
    _ = try runReplication(of: model, seed: 2, replication: 0, observer: &counter)
    let gaps = zip(counter.instants, counter.instants.dropFirst()).map {
      Double($1 - $0) / 1e6
    }
    #expect(Set(gaps) == Set(listed))
    for (gap, share) in [(60.0, 0.5), (120, 0.25), (3_600, 0.25)] {
      let interval = try #require(
        wilsonInterval(successes: gaps.count { $0 == gap }, of: gaps.count, confidence: 0.999))
      #expect(interval.contains(share), "\(gap): \(interval)")
    }
  }

  /// `rate` counts cases: batches of four at a rate of one case in 15 minutes come once an hour.
  @Test("cases of a batch arrive at one instant, and the rate counts cases")
  func batches() throws {
    let demand = Demand(
      pattern: .regular, calendar: .continuous, rate: 1 / Double(15 * minute),
      batch: BatchSize(4))
    let instants = try arrivals(demand, horizon: 3 * hour + minute)
    let hours = instants.prefix(12).map { $0 / 3600 }
    #expect(hours == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3])
    #expect(demand.arrivalsPerSecond(at: 0) == 1 / 900.0)
  }

  /// Probabilities of the sizes: geometric with mean 4 has p = ¼, P(k) = ¼ · (¾)^(k−1).
  @Test("sizes of batches have their distribution, and one at a time is no batch")
  func batchSizes() throws {
    func sizes(_ batch: BatchSize?) throws -> [Int] {
      var demand = Demand(pattern: .poisson, calendar: .continuous, rate: 1 / Double(second))
      demand.batch = batch
      let instants = try arrivals(demand, horizon: 40_000 * second)
      var sizes: [Int] = []
      for (index, instant) in instants.enumerated() {
        if index > 0, instants[index - 1] == instant {
          sizes[sizes.count - 1] += 1
        } else {
          sizes.append(1)
        }
      }
      return sizes
    }
    for (name, batch, probability) in [
      ("geometric", BatchSize(geometricMean: 4), { 0.25 * power(0.75, Double($0 - 1)) }),
      ("two to five", BatchSize(2...5), { 2...5 ~= $0 ? 0.25 : 0 }),
    ] as [(String, BatchSize, (Int) -> Double)] {
      let found = try sizes(batch)
      for size in 1...6 {
        let count = found.count { $0 == size }
        let interval = try #require(
          wilsonInterval(successes: count, of: found.count, confidence: 0.999))
        #expect(interval.contains(probability(size)), "\(name) of \(size): \(interval)")
      }
    }
    #expect(BatchSize(2...5).mean == 3.5 && BatchSize(geometricMean: 4).mean == 4)
    #expect(BatchSize(geometricMean: 1) == BatchSize(1))
    // Batches of one are the same cases as without batches: the other draws are untouched.
    var demand = Demand(pattern: .poisson, calendar: .continuous, rate: 1 / Double(hour))
    let single = try arrivals(demand)
    demand.batch = BatchSize(1)
    #expect(try arrivals(demand) == single)
  }
}
