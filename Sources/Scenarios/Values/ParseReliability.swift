internal import Simulation

/// Reads the shapes of a Beta distribution: `beta 95 5`.
func parseBeta(_ text: String) throws(ValueError) -> CalibrationModel.Shapes {
  let words = valueWords(text)
  guard words.first == "beta", words.count == 3 else {
    throw ValueError("it is no Beta distribution; write `beta` and its two shapes")
  }
  let (alpha, beta) = (try parseNumber(words[1]), try parseNumber(words[2]))
  guard (0.01...1e6).contains(alpha), (0.01...1e6).contains(beta) else {
    throw ValueError("the shapes of a Beta distribution lie between 0.01 and 1,000,000")
  }
  return CalibrationModel.Shapes(alpha, beta)
}

/// Reads a reliability: a share, or counts as `beta 95 5`.
func parseReliability(_ text: String) throws(ValueError) -> ReliabilityModel.Success {
  guard valueWords(text).first == "beta" else { return .certain(try parseShare(text)) }
  let shapes = try parseBeta(text)
  return .uncertain(alpha: shapes.alpha, beta: shapes.beta)
}
