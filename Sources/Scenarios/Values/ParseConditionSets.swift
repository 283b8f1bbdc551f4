internal import Simulation

// What `in` and `between` say: lists and ranges.

extension ConditionParser {
  /// What follows `in`: `(a | b)`, `[a, b]`, `1000..5000`, `(1000..5000]`.
  mutating func membership(of index: Int) throws(ValueError) -> CaseCondition {
    let place = position
    var opening: String?
    if next < tokens.count, case .sign(let sign) = tokens[next].kind, "([]".contains(sign) {
      opening = sign
      next += 1
    }
    let first = try value(for: index)
    if accept("..") {
      let last = try value(for: index)
      var excludes = (lower: false, upper: false)
      if opening != nil {
        guard next < tokens.count, case .sign(let closing) = tokens[next].kind,
          ")][".contains(closing)
        else { throw failure("the range is not closed", at: position) }
        next += 1
        excludes = (opening != "[", closing != "]")
      }
      return try range(of: index, first, last, excludes: excludes, at: place)
    }
    var values = [first]
    while accept("|", ",") { values.append(try value(for: index)) }
    if opening != nil, !accept(")", "]") {
      throw failure("the list is not closed", at: position)
    }
    return .any(values.map { .compares(attribute: index, .equal, $0) })
  }

  func range(
    of index: Int, _ lower: Double, _ upper: Double,
    excludes: (lower: Bool, upper: Bool) = (false, false), at place: Int
  ) throws(ValueError) -> CaseCondition {
    try requireOrder(vocabulary.attributes[index], false, at: place)
    guard lower <= upper else {
      throw failure(
        "the range runs backwards, from \(written(lower)) to \(written(upper))", at: place)
    }
    return .all([
      .compares(attribute: index, excludes.lower ? .more : .atLeast, lower),
      .compares(attribute: index, excludes.upper ? .less : .atMost, upper),
    ])
  }
}
