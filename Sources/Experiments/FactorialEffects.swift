internal import Scenarios
internal import Simulation

/// What the factors of a full factorial design do, alone and together.
public struct FactorialEffects: Sendable, Codable, Equatable {
  /// Names of the factors.
  public var factors: [String]
  /// Effects on each figure: single factors first, then pairs, and so on.
  public var effects: [FactorialEffect]
}

/// The effect of a factor, or the interaction of several, on a figure.
///
/// The mean of the figure over the variants in which the product of the factors' signs is positive (a
/// factor that is there counts +1, one that is not −1), less its mean over the others. For one factor
/// that is what it brings on average over the presence and absence of the others; for two, half of how
/// much more one brings where the other is there. Computed replication by replication, under common
/// random numbers, so that the interval is that of paired data. Source: Box, Hunter & Hunter, Statistics
/// for Experimenters, 2nd ed. 2005, ch. 5.
public struct FactorialEffect: Sendable, Codable, Equatable {
  /// The factors: one for a main effect, several for an interaction.
  public var factors: [String]
  /// The figure.
  public var figure: Figure
  /// Unit of the effect.
  public var unit: String
  /// The effect with its interval.
  public var estimate: Estimate
}

extension FactorialEffects {
  /// `nil` where the study has no such design, or too few replications.
  init?(design: StudyDesign, records: [[ReplicationRecord]]) {
    guard let factorial = design.factorial else { return nil }
    let positions = factorial.variants.compactMap { name in
      design.variants.firstIndex { $0.name == name }
    }
    // One variant of the design may have been left out of the run.
    guard positions.count == 1 << factorial.factors.count else { return nil }
    let subsets = (1..<positions.count).sorted {
      ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1)
    }
    factors = factorial.factors
    effects = Figure.allCases.flatMap { figure -> [FactorialEffect] in
      let values = positions.map { position in
        records[position].map { figure.value(in: $0, of: design.variants[position].model) }
      }
      return subsets.compactMap { subset in
        let contrasts = Self.contrasts(of: subset, values)
        guard contrasts.count >= 2 else { return nil }
        return FactorialEffect(
          factors: factorial.factors.indices.filter { subset & 1 << $0 != 0 }
            .map { factorial.factors[$0] },
          figure: figure, unit: figure.unit(currency: design.currency),
          estimate: Estimate(of: contrasts))
      }
    }
    if effects.isEmpty { return nil }
  }

  /// The effect of a subset of the factors in each replication in which all variants have the figure.
  ///
  /// - Parameters:
  ///   - subset: Bits of the factors.
  ///   - values: By combination of factors, then by replication.
  static func contrasts(of subset: Int, _ values: [[Double?]]) -> [Double] {
    (0..<(values.map(\.count).min() ?? 0)).compactMap { replication in
      var sum = 0.0
      for combination in values.indices {
        guard let value = values[combination][replication] else { return nil }
        // The product of signs is positive where an even number of the factors is absent.
        let absent = (subset & ~combination).nonzeroBitCount
        sum += absent % 2 == 0 ? value : -value
      }
      return sum / Double(values.count / 2)
    }
  }
}
