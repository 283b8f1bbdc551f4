import EventEngine
import ProcessModel
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

/// The values of the attributes of the first cases of a replication.
func attributeValues(
  of model: SimulationModel, cases: Int, seed: UInt64 = 5, replication: Int = 0
) -> [[Double]] {
  var run = Replication(
    model: model, seed: seed, replication: replication, observer: NoObserver())
  return (1...cases).map { ordinal in
    let slot = run.cases.take()
    run.cases[slot].ordinal = UInt32(ordinal)
    run.drawAttributes(of: slot)
    let values = model.attributes.indices.map { run.attributes.values[slot, $0] }
    run.cases.free(slot)
    return values
  }
}

/// A queue whose cases have attributes; the process is `start > serve > end`.
func attributedModel(_ attributes: [AttributeModel]) throws -> SimulationModel {
  var model = try queueModel(
    rate: 1, servers: 1, service: .constant(0.1), runIn: 0, horizon: 1_000 * second,
    pattern: .regular)
  model.attributes = attributes
  return model
}

extension AttributeModel {
  /// A number of a family of distributions.
  static func number(
    _ name: String, _ family: Distribution.Family, correlation: Correlation? = nil
  ) -> AttributeModel {
    AttributeModel(
      name: name, domain: .number, value: .drawn(.number(SampledTime.of(family).sampler)),
      correlation: correlation)
  }
}

/// Ranks of values from 1, for values that all differ.
private func ranks(_ values: [Double]) -> [Double] {
  var result = [Double](repeating: 0, count: values.count)
  for (rank, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
    result[index] = Double(rank + 1)
  }
  return result
}

/// Pearson's coefficient.
private func correlation(_ a: [Double], _ b: [Double]) -> Double {
  let n = Double(a.count)
  let (meanA, meanB) = (a.reduce(0, +) / n, b.reduce(0, +) / n)
  var (ab, aa, bb) = (0.0, 0.0, 0.0)
  for (x, y) in zip(a, b) {
    ab += (x - meanA) * (y - meanB)
    aa += (x - meanA) * (x - meanA)
    bb += (y - meanB) * (y - meanB)
  }
  return ab / (aa * bb).squareRoot()
}

@Suite("Attributes of cases") struct AttributeTests {
  @Test("each category has its share in the 99.9 % interval, one of no share none")
  func shares() throws {
    let shares = [0.55, 0, 0.3, 0.15]
    let model = try attributedModel([
      AttributeModel(
        name: "segment", domain: .categories(["a", "none", "b", "c"]),
        value: .drawn(.position(shares: shares))),
      AttributeModel(
        name: "vip", domain: .boolean, value: .drawn(.position(shares: [0.9, 0.1]))),
    ])
    let values = attributeValues(of: model, cases: 20_000)
    for (code, share) in shares.enumerated() {
      let count = values.count { $0[0] == Double(code) }
      guard share > 0 else {
        #expect(count == 0)
        continue
      }
      let interval = wilsonInterval(successes: count, of: values.count, confidence: 0.999)
      #expect(interval?.contains(share) == true, "category \(code)")
    }
    let vips = values.count { $0[1] == 1 }
    let interval = wilsonInterval(successes: vips, of: values.count, confidence: 0.999)
    #expect(interval?.contains(0.1) == true, "vip")
  }

  /// Spearman's coefficient is nearly normal on Fisher's scale, with variance 1.06/(n − 3)
  /// (Fieller, Hartley, Pearson, Biometrika 44, 1957); 3.29 is the normal 99.95 % quantile.
  @Test(
    "a rank correlation is recovered, and leaves the distribution as it is",
    arguments: [-0.4, 0.0, 0.6, 0.95])
  func rankCorrelation(rank: Double) throws {
    let amount = try Distribution(.lognormal(logMean: 9, logStandardDeviation: 0.7))
    let score = try Distribution(.exponential(mean: 3))
    let model = try attributedModel([
      .number("amount", amount.family),
      .number(
        "score", score.family,
        correlation: AttributeModel.Correlation(attribute: 0, rank: rank)),
    ])
    let values = attributeValues(of: model, cases: 20_000)
    let found = correlation(ranks(values.map { $0[0] }), ranks(values.map { $0[1] }))
    func fisher(_ r: Double) -> Double { naturalLogarithm((1 + r) / (1 - r)) / 2 }
    let bound = 3.29 * (1.06 / Double(values.count - 3)).squareRoot()
    #expect(abs(fisher(found) - fisher(rank)) < bound, "\(found)")
    for (index, distribution) in [amount, score].enumerated() {
      let test = KolmogorovSmirnovTest(values.map { $0[index] }, cdf: distribution.cdf)
      #expect((test?.pValue ?? 0) > 0.001, "\(index)")
    }
  }

  @Test(
    "a perfect correlation ranks both attributes alike, a negative one in reverse",
    arguments: [-1.0, 1.0])
  func perfectCorrelation(coefficient: Double) throws {
    let model = try attributedModel([
      .number("a", .exponential(mean: 3)),
      .number(
        "b", .uniform(minimum: -5, maximum: 5),
        correlation: AttributeModel.Correlation(attribute: 0, rank: coefficient)),
    ])
    let values = attributeValues(of: model, cases: 500)
    let (a, b) = (ranks(values.map { $0[0] }), ranks(values.map { coefficient * $0[1] }))
    #expect(a == b)
    // Numbers may be negative where their distribution is.
    #expect(values.contains { $0[1] < 0 })
  }

  @Test("an attribute given another has the distribution of that one's value")
  func given() throws {
    let means = [2.0, 30, 500]
    let model = try attributedModel([
      AttributeModel(
        name: "segment", domain: .categories(["a", "b", "c"]),
        value: .drawn(.position(shares: [0.5, 0.3, 0.2]))),
      AttributeModel(
        name: "amount", domain: .number,
        value: .given(
          attribute: 0,
          means.map { .number(SampledTime.of(.exponential(mean: $0)).sampler) })),
    ])
    let values = attributeValues(of: model, cases: 20_000)
    for (code, mean) in means.enumerated() {
      let sample = values.filter { $0[0] == Double(code) }.map { $0[1] }
      let distribution = try Distribution(.exponential(mean: mean))
      let test = KolmogorovSmirnovTest(sample, cdf: distribution.cdf)
      #expect((test?.pValue ?? 0) > 0.001, "\(code)")
    }
  }

  @Test("a case has the same attributes in every variant, and whatever else is declared")
  func sameLuck() throws {
    let amount = AttributeModel.number("amount", .exponential(mean: 100))
    let alone = try attributedModel([amount])
    var other = try attributedModel([.number("first", .exponential(mean: 1)), amount])
    other.stack.name = "other"
    other.flow = try FlowGraph(sequence(of: ["a", "b"]))
    other.stack.activities = [other.stack.activities[0], other.stack.activities[0]]
    other.stack.flowProbabilities = other.flow.flows.map { _ in 1 }
    let values = attributeValues(of: alone, cases: 300).map { $0[0] }
    #expect(attributeValues(of: other, cases: 300).map { $0[1] } == values)
    #expect(attributeValues(of: alone, cases: 300, seed: 6).map { $0[0] } != values)
  }

  @Test("attributes that nothing reads change no result", arguments: 0..<20 as Range<UInt64>)
  func changeNothing(seed: UInt64) throws {
    var model = try generatedModel(seed: seed * 2)
    let before = try runReplication(of: model, seed: seed, replication: 0)
    model.attributes = generatedAttributes()
    #expect(!model.hasCollidingStreams)
    #expect(try runReplication(of: model, seed: seed, replication: 0) == before)
  }

  /// sin(π/12) = (√6 − √2)/4, so rank ½ is a normal correlation of (√6 − √2)/2.
  @Test("a rank correlation is turned into one of normal scores exactly")
  func kruskal() {
    func coefficient(_ rank: Double) -> Double {
      AttributeModel.Correlation(attribute: 0, rank: rank).coefficient
    }
    #expect(coefficient(0) == 0)
    #expect(abs(coefficient(1) - 1) < 1e-15 && abs(coefficient(-1) + 1) < 1e-15)
    let half = (6.0.squareRoot() - 2.0.squareRoot()) / 2
    #expect(abs(coefficient(0.5) - half) < 1e-15)
  }
}
