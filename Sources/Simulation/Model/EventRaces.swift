internal import Statistics

// Which of several independent times is the shortest, by arithmetic.

/// A time that takes part in a race, or does not come at all.
struct Contender {
  /// When it comes, if it does: one of several laws, with their shares.
  var times: [(share: Double, time: SampledTime)]
  /// Probability that it comes.
  var probability: Double

  init(_ time: SampledTime, probability: Double = 1) {
    times = [(1, time)]
    self.probability = probability
  }

  init(mixture: [(share: Double, time: SampledTime)]) {
    times = mixture
    probability = 1
  }

  /// Probability that it has come by an instant, or strictly before it.
  func hasCome(by seconds: Double, strictly: Bool, table: SamplerTable) -> Double {
    var sum = 0.0
    for (share, time) in times {
      // The law's values rise with the uniform number: its probability is found by halving.
      var (low, high) = (0.0, 1.0)
      for _ in 0..<40 {
        let middle = (low + high) / 2
        let value = time.sampler.value(forUniform: middle, in: table)
        if strictly ? value < seconds : value <= seconds { low = middle } else { high = middle }
      }
      sum += share * (low > 1 - 1e-9 ? 1 : low < 1e-9 ? 0 : low)
    }
    return probability * sum
  }
}

/// The probability that each of several independent times is the shortest; ties go to the first.
///
/// The rest to 1 is the probability that none comes. Computed on 400 points of each law, so that it is
/// exact for constants and good to about three digits otherwise.
func raceProbabilities(_ contenders: [Contender], table: SamplerTable) -> [Double] {
  let points = 400
  return contenders.indices.map { index in
    var won = 0.0
    for (share, time) in contenders[index].times {
      let isConstant =
        time.sampler.value(forUniform: 0.001, in: table)
        == time.sampler.value(forUniform: 0.999, in: table)
      let count = isConstant ? 1 : points
      var sum = 0.0
      for point in 0..<count {
        let uniform = (Double(point) + 0.5) / Double(count)
        let seconds = time.sampler.value(forUniform: uniform, in: table)
        var product = 1.0
        for other in contenders.indices where other != index {
          product *=
            1 - contenders[other].hasCome(by: seconds, strictly: other > index, table: table)
        }
        sum += product
      }
      won += share * sum / Double(count)
    }
    return contenders[index].probability * won
  }
}
