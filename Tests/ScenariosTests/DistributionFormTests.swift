import Statistics
import Testing

@testable import Scenarios

@Suite("Distributions as scenarios write them")
struct DistributionFormTests {
  private func parse(_ text: String) throws -> Distribution {
    try parseDistribution(text, clock: .work, workingDay: 28_800)
  }

  @Test(
    "have the parameters written, in seconds",
    arguments: [
      ("6 min", Distribution.Family.constant(value: 360)),
      ("constant 6 min", .constant(value: 360)),
      ("0 s", .constant(value: 0)),
      ("1 working day", .constant(value: 28_800)),
      ("uniform 2 min 4 min", .uniform(minimum: 120, maximum: 240)),
      ("triangular 2 min 3 min 6 min", .triangular(minimum: 120, mode: 180, maximum: 360)),
      ("exponential mean 10 min", .exponential(mean: 600)),
      ("erlang 2 mean 1 min", .erlang(phases: 2, mean: 60)),
      ("gamma mean 10 min cv 0.5", .gamma(shape: 4, scale: 150)),
      ("weibull shape 1.5 scale 10 min", .weibull(shape: 1.5, scale: 600)),
      ("normal mean 10 min sd 2 min", .truncatedNormal(mean: 600, standardDeviation: 120)),
      (
        "discrete 5 min 80 % 20 min 20 %",
        .discrete(values: [300, 1200], probabilities: [0.8, 0.2])
      ),
      ("exponential mean 10 min plus 2 min", .shifted(.exponential(mean: 600), by: 120)),
      (
        "exponential mean 10 min plus 2 min between 2 min and 1 h",
        .truncated(.shifted(.exponential(mean: 600), by: 120), minimum: 120, maximum: 3600)
      ),
      (
        "gamma mean 10 min cv 0.5 minus 1 min between 0 s and 1 h",
        .truncated(.shifted(.gamma(shape: 4, scale: 150), by: -60), minimum: 0, maximum: 3600)
      ),
      (
        "normal mean 10 min sd 8 min between 0 s and 30 min",
        .truncated(
          .truncatedNormal(mean: 600, standardDeviation: 480), minimum: 0, maximum: 1800)
      ),
      ("uniform 2 min 4 min between 3 min and 1 h", .uniform(minimum: 180, maximum: 240)),
    ])
  func families(text: String, family: Distribution.Family) throws {
    #expect(try parse(text).family == family)
  }

  @Test("lognormal by mean and coefficient of variation has both")
  func lognormalByVariation() throws {
    let distribution = try parse("lognormal mean 14 min cv 0.6")
    #expect(abs(distribution.mean - 840) < 1e-9)
    #expect(abs((distribution.coefficientOfVariation ?? 0) - 0.6) < 1e-12)
  }

  @Test("lognormal by mean and 95 % quantile has both")
  func lognormalByQuantile() throws {
    let distribution = try parse("lognormal mean 40 s p95 2 min")
    #expect(abs(distribution.mean - 40) < 1e-9)
    #expect(abs(distribution.quantile(0.95) - 120) < 1e-6)
  }

  @Test("lognormal with p95 at the mean or at its largest multiple is at the edge of what there is")
  func lognormalEdges() throws {
    #expect(try parse("lognormal mean 40 s p95 40 s").standardDeviation < 1e-6)
    #expect(throws: ValueError.self) { try parse("lognormal mean 40 s p95 39 s") }
    #expect(throws: Never.self) { try parse("lognormal mean 100 s p95 386 s") }
    #expect(throws: ValueError.self) { try parse("lognormal mean 100 s p95 387 s") }
  }

  @Test("every form of the reference page is read")
  func documentedForms() throws {
    for form in distributionForms { #expect(try parse(form.example).mean > 0, "\(form.name)") }
  }

  @Test(
    "say what is wrong with them",
    arguments: [
      ("lognorml mean 5 min cv 1", "did you mean 'lognormal'?"),
      ("lognormal mean 5 min", "'cv' or 'p95' is missing after the mean"),
      ("lognormal 5 min cv 1", "'5' stands where 'mean' is expected"),
      ("lognormal mean 5 min cv -1", "cv is -1, less than 0"),
      ("lognormal mean 0 min cv 1", "the mean is 0"),
      ("exponential mean -5 min", "-5 min is negative"),
      ("exponential mean 5 kg", "'kg' is no unit of time"),
      ("exponential mean 0 min", "expected a finite number greater than 0"),
      ("exponential 5 min", "'5' stands where 'mean' is expected"),
      ("triangular 3 min 2 min 6 min", "mode of the triangular distribution is 120.0"),
      ("uniform 4 min 2 min", "maximum of the uniform distribution is 120.0"),
      ("uniform 4 min", "a duration is missing"),
      ("erlang 2.5 mean 1 min", "the number of phases, 2.5, is no whole number"),
      ("gamma mean 10 min cv 0", "cv is 0, not greater than 0"),
      ("weibull shape 0 scale 1 min", "shape of the Weibull distribution is 0.0"),
      ("normal mean 10 min sd 4 min", "sd is more than a third of the mean"),
      ("exponential mean 5 min minus 2 min", "such times may be negative; end it with bounds"),
      ("exponential mean 5 min plus", "a duration is missing"),
      ("exponential mean 5 min between 2 min", "'and' is missing at its end"),
      ("exponential mean 5 min between 4 min and 2 min", "maximum of the truncated exponential"),
      ("exponential mean 1 min between 20 min and 30 min", "at least one in a million"),
      ("6 min between 7 min and 8 min", "at least one in a million"),
      ("discrete 5 min", "the time 300 s has no share in %"),
      ("discrete 5 min 80 % 6 min 10 %", "sum of the probabilities"),
      ("discrete", "there are no times with their shares"),
      ("beta 95 5", "'beta' is not in version 1 of the language"),
      ("6 min 7", "'7' at its end is not understood"),
      ("2 days", "'days' is no unit of work; write min, h or working days"),
      ("9e9 h", "it is longer than a century"),
      ("", "there is no time"),
    ])
  func errors(text: String, message: String) {
    do {
      _ = try parseDistribution(text, clock: .work, workingDay: 28_800)
      Issue.record("`\(text)` was read")
    } catch {
      #expect(error.message.contains(message), "\(error.message)")
    }
  }
}
