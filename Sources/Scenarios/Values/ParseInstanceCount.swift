internal import Statistics

/// Reads a number of instances: a whole number, a range of equally likely ones such as `2 to 5`, or a
/// distribution of numbers whose values are rounded.
func parseInstanceCount(_ text: String) throws(ValueError) -> Distribution {
  let words = valueWords(text)
  if words.count == 3, words[1] == "to" {
    let (first, last) = (try parseNumber(words[0]), try parseNumber(words[2]))
    guard let lowest = Int(exactly: first), let highest = Int(exactly: last), 0 <= lowest,
      lowest < highest
    else { throw ValueError("its ends are no two rising whole numbers") }
    do {
      // Rounding gives each whole number an interval of length one.
      return try Distribution(.uniform(minimum: first - 0.5, maximum: last + 0.5))
    } catch {
      throw ValueError(error.description)
    }
  }
  let distribution = try parseNumberDistribution(text, unit: nil)
  if words.count == 1, Int(exactly: distribution.mean) == nil {
    throw ValueError("it is no whole number")
  }
  return distribution
}
