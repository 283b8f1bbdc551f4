import Statistics
import Testing

@Suite("Reflected fluid queue")
struct ReflectedFluidQueueTests {
  /// Three reviewers at 6 minutes and 8 hours a day.
  let capacity = 240.0

  @Test("escalating half of 1,000 cases a day leaves 16,900 after 65 working days")
  func halfEscalated() {
    let queue = ReflectedFluidQueue(segments: [
      FluidSegment(duration: 65, rate: 500, capacity: capacity)
    ])
    #expect((queue.finalLevel - 16_900).magnitude < 1e-9)
    #expect(queue.level(at: 65) == queue.finalLevel)
    #expect((queue.totalArrivals - 32_500).magnitude < 1e-9)
    #expect((queue.totalServed - 15_600).magnitude < 1e-9)
    #expect(queue.crossings == [.init(time: 0, isOverload: true)])
  }

  /// From 200 a day by 40, 50 or 60 % in 126 days: crossing t* = 126 · 0.2/g, backlog
  /// ½ · (200 g/126) · (126 − t*)².
  @Test(
    "linear drift crosses capacity and builds the backlog of the closed form",
    arguments: [(0.4, 63.0, 1260.0), (0.5, 50.4, 2268), (0.6, 42, 3360)])
  func linearDrift(drift: Double, crossing: Double, backlog: Double) throws {
    let queue = ReflectedFluidQueue(segments: [
      FluidSegment(duration: 126, startRate: 200, endRate: 200 * (1 + drift), capacity: capacity)
    ])
    let found = try #require(queue.crossings.first)
    #expect(queue.crossings.count == 1 && found.isOverload)
    #expect((found.time - crossing).magnitude < 1e-9)
    #expect((queue.finalLevel - backlog).magnitude < 1e-9)
    #expect(queue.level(at: crossing / 2) == 0)
  }

  /// λ = 200 (1 + g)^(t/126): crossing 126 · log 1.2 / log(1 + g), backlog from there by integration.
  @Test(
    "geometric drift crosses later and builds less",
    arguments: [(0.4, 68.27, 1125.0), (0.5, 56.66, 2003), (0.6, 48.88, 2937)])
  func geometricDrift(drift: Double, crossing: Double, backlog: Double) throws {
    let queue = ReflectedFluidQueue(segments: [
      FluidSegment(
        duration: 126, startRate: 200, endRate: 200 * (1 + drift), course: .exponential,
        capacity: capacity)
    ])
    let found = try #require(queue.crossings.first)
    #expect((found.time - crossing).magnitude <= 0.005001)
    #expect((queue.finalLevel - backlog).magnitude <= 0.5001)
    let growth = naturalLogarithm(1 + drift)
    let exact = 126 * naturalLogarithm(1.2) / growth
    #expect((found.time - exact).magnitude < 1e-9)
    let area = (200 * (1 + drift) - 240) * 126 / growth - 240 * (126 - exact)
    #expect((queue.finalLevel - area).magnitude < 1e-9)
  }

  /// 10 an hour all day, 45 an hour for eight hours from 9 to 17: 90 wait at nine, gone after 90/35.
  @Test("a stable team with arrivals at night is empty again every day")
  func nights() throws {
    let day = [
      FluidSegment(duration: 9, rate: 10, capacity: 0),
      FluidSegment(duration: 8, rate: 10, capacity: 45),
      FluidSegment(duration: 7, rate: 10, capacity: 0),
    ]
    let queue = ReflectedFluidQueue(
      segments: [[FluidSegment]](repeating: day, count: 3).flatMap { $0 })
    #expect(queue.emptyings.count == 3)
    for (index, expected) in [9 + 90 / 35.0, 33 + 160 / 35.0, 57 + 160 / 35.0].enumerated() {
      #expect((queue.emptyings[index] - expected).magnitude < 1e-12)
    }
    #expect(queue.level(at: 9) == 90)
    #expect(queue.level(at: 16) == 0)
    #expect(queue.level(at: 33) == 160)
    #expect(queue.finalLevel == 70)
    #expect(queue.crossings.map(\.time) == [0, 9, 17, 33, 41, 57, 65])
    #expect(queue.crossings.map(\.isOverload) == [true, false, true, false, true, false, true])
  }

  /// Q' = 30 − 10 t from 20: rises to 65 at 3, empty where 20 + 30 t − 5 t² = 0, at 3 + √13.
  @Test("a falling rate lets the queue rise, fall and empty where the parabola says")
  func parabola() throws {
    let queue = ReflectedFluidQueue(
      start: 100, level: 20,
      segments: [FluidSegment(duration: 10, startRate: 130, endRate: 30, capacity: 100)])
    #expect(queue.level(at: 103) == 65)
    let emptied = try #require(queue.emptyings.first)
    #expect((emptied - (103 + 13.0.squareRoot())).magnitude < 1e-12)
    #expect(
      queue.crossings == [.init(time: 100, isOverload: true), .init(time: 103, isOverload: false)])
    #expect(queue.level(at: 108) == 0)
    #expect(queue.level(at: 99.9) == nil && queue.level(at: 110.1) == nil)
    #expect(queue.levels(at: [100, 110]) == [20, 0])
  }

  @Test("a queue that drains in an exponential segment empties where its content is used up")
  func exponentialEmptying() throws {
    let segment = FluidSegment(
      duration: 10, startRate: 50, endRate: 200, course: .exponential, capacity: 100)
    let queue = ReflectedFluidQueue(level: 60, segments: [segment])
    let emptied = try #require(queue.emptyings.first)
    let growth = naturalLogarithm(4) / 10
    let content = 60 + 50 * expm1(growth * emptied) / growth - 100 * emptied
    #expect(content.magnitude < 1e-10)
    // Doubled halfway: from there it grows again from nothing.
    #expect((try #require(queue.crossings.last).time - 5).magnitude < 1e-12)
    let grown = (200 - 100) / growth - 100 * 5
    #expect((queue.finalLevel - grown).magnitude < 1e-9)
  }

  @Test("neither more nor less than enough keeps the queue as it is")
  func balance() {
    let segment = FluidSegment(duration: 4, rate: 7, capacity: 7)
    let waiting = ReflectedFluidQueue(level: 5, segments: [segment])
    #expect(waiting.finalLevel == 5 && waiting.crossings.isEmpty && waiting.emptyings.isEmpty)
    #expect(ReflectedFluidQueue(segments: [segment]).finalLevel == 0)
    let nothing = ReflectedFluidQueue(level: 3, segments: [])
    #expect(nothing.finalLevel == 3 && nothing.level(at: 0) == 3)
  }

  /// Euler's method with small steps, reflected at each.
  @Test("any course agrees with small steps", arguments: 0..<40 as Range<UInt64>)
  func smallSteps(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let segments = (0..<6).map { _ in
      FluidSegment(
        duration: random.uniform(0.5, 3), startRate: random.uniform(1, 20),
        endRate: random.uniform(1, 20), course: random.uniform() < 0.5 ? .linear : .exponential,
        capacity: random.uniform(0, 20))
    }
    let start = random.uniform(0, 10)
    let queue = ReflectedFluidQueue(level: start, segments: segments)
    var (level, time) = (start, 0.0)
    let steps = 4000
    for segment in segments {
      let step = segment.duration / Double(steps)
      for i in 0..<steps {
        let share = (Double(i) + 0.5) / Double(steps)
        let rate =
          segment.course == .linear
          ? segment.startRate + (segment.endRate - segment.startRate) * share
          : segment.startRate * power(segment.endRate / segment.startRate, share)
        level = max(0, level + (rate - segment.capacity) * step)
        if i % 500 == 499 {
          let exact = try #require(queue.level(at: min(time + Double(i + 1) * step, queue.end)))
          #expect((exact - level).magnitude < 0.02)
        }
      }
      time += segment.duration
    }
    #expect((queue.totalArrivals - queue.totalServed - (queue.finalLevel - start)).magnitude < 1e-9)
    #expect(queue.emptyings == queue.emptyings.sorted())
    #expect(queue.crossings.map(\.time) == queue.crossings.map(\.time).sorted())
  }
}
