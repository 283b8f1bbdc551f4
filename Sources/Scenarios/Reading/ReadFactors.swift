internal import Facts

extension ScenarioAssembly {
  /// The factorial design that the variants make up; `nil` where none of them names factors, or where
  /// they are reported not to make one up.
  func readFactorial() -> FactorialSettings? {
    let named = reading.named(top, "variants").compactMap { name, section in
      ownFactors(of: name, section)
    }
    guard let first = named.first else { return nil }
    var factors: [String] = []
    for factor in named.flatMap(\.factors) where !factors.contains(factor) {
      factors.append(factor)
    }
    guard (2...4).contains(factors.count) else {
      reading.report(
        key: "variants.\(first.variant).factors",
        "the variants name \(factors.count) factors in all (\(factors.joined(separator: ", "))); a "
          + "factorial design has two to four", at: first.location)
      return nil
    }
    var variants: [String?] = Array(repeating: nil, count: 1 << factors.count)
    for one in named {
      let combination = factors.indices.filter { one.factors.contains(factors[$0]) }
        .reduce(0) { $0 | 1 << $1 }
      if let other = variants[combination] {
        reading.report(
          key: "variants.\(one.variant).factors",
          "the variants '\(other)' and '\(one.variant)' have the same factors; each combination is "
            + "one variant", at: one.location)
        return nil
      }
      variants[combination] = one.variant
    }
    let missing = variants.indices.filter { variants[$0] == nil }
    guard missing.isEmpty else {
      let combinations = missing.map { combination in
        let names = factors.indices.filter { combination & 1 << $0 != 0 }.map { factors[$0] }
        return names.isEmpty ? "none" : names.joined(separator: " and ")
      }
      reading.report(
        key: "variants.\(first.variant).factors",
        "no variant has \(combinations.joined(separator: ", nor ")); a factorial design has a variant "
          + "for every combination of \(factors.joined(separator: ", ")), that without any (`none`) "
          + "included", at: first.location)
      return nil
    }
    return FactorialSettings(factors: factors, variants: variants.compactMap(\.self))
  }

  /// What a variant says of its own factors, not of those of the variant that it extends.
  private func ownFactors(of variant: String, _ section: Section) -> VariantFactors? {
    guard let names = reading.names(section, "factors", among: nil), let first = names.first else {
      return nil
    }
    let own = names.map(\.name).filter { $0 != "none" }
    if own.count < names.count, !own.isEmpty {
      reading.report(
        key: "variants.\(variant).factors",
        "'none' stands beside other factors; leave it, or them, out", at: first.location)
      return nil
    }
    return VariantFactors(variant: variant, factors: own, location: first.location)
  }
}
