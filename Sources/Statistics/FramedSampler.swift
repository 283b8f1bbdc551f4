// Samplers that keep more than four numbers keep them in their table.

extension CompiledSampler {
  /// This sampler for a part of the probabilities, shifted and held within bounds.
  func framed(
    below: Double, kept: Double, shift: Double, bounds: ClosedRange<Double>,
    table: inout SamplerTable
  ) -> CompiledSampler {
    let numbers = [
      below, kept, shift, bounds.lowerBound, bounds.upperBound, Double(kind.rawValue), a, b, c, d,
      Double(offset), Double(count),
    ]
    return CompiledSampler(.framed, 0, offset: table.add(numbers))
  }

  /// The value at probability `u` of a framed sampler.
  @usableFromInline
  func framedValue(_ u: Double, _ table: borrowing SamplerTable) -> Double {
    let start = Int(offset)
    let shift = table.values[start + 2]
    let inner = CompiledSampler(
      Kind(rawValue: UInt8(table.values[start + 5])) ?? .constant, table.values[start + 6],
      table.values[start + 7], table.values[start + 8], table.values[start + 9],
      offset: Int32(table.values[start + 10]), count: Int32(table.values[start + 11]))
    let p = innerProbability(u, below: table.values[start], kept: table.values[start + 1])
    let value = inner.value(forUniform: p, in: table) + shift
    return min(max(value, table.values[start + 3]), table.values[start + 4])
  }
}

extension SamplerTable {
  /// Adds the cumulative probabilities of ascending values, then the values.
  mutating func addDiscrete(_ list: [Double], _ probabilities: [Double]) -> Int32 {
    var sum = 0.0
    let cumulative = probabilities.map { probability in
      sum += probability
      return sum
    }
    // The last takes what rounding leaves.
    return add(cumulative.dropLast() + [1] + list)
  }

  /// The first of `count` values whose cumulative probability is at least `u`.
  @usableFromInline
  func discreteValue(_ u: Double, offset: Int32, count: Int32) -> Double {
    var low = Int(offset)
    var high = low + Int(count) - 1
    while low < high {
      let middle = low + (high - low) / 2
      if values[middle] >= u { high = middle } else { low = middle + 1 }
    }
    return values[low + Int(count)]
  }
}
