import EventEngine
import Testing

@Suite("Keyed random numbers") struct KeyedRandomTests {
  /// Known answers of the Random123 distribution (kat_vectors, philox4x32, 10 rounds).
  @Test(
    "Philox gives the published known answers",
    arguments: [
      (
        0 as UInt64, 0 as UInt64, 0 as UInt64, [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
      ),
      (.max, .max, .max, [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
      (
        0x299f_31d0_a409_3822, 0x85a3_08d3_243f_6a88, 0x0370_7344_1319_8a2e,
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
      ),
    ] as [(UInt64, UInt64, UInt64, [UInt64])])
  func knownAnswers(key: UInt64, low: UInt64, high: UInt64, words: [UInt64]) {
    let block = Philox4x32.block(key: key, counterLow: low, counterHigh: high)
    #expect(block.low == words[1] << 32 | words[0])
    #expect(block.high == words[3] << 32 | words[2])
  }

  @Test("neighbours get together what each gets alone", arguments: [1, 8, 13])
  func neighbours(count: Int) {
    let numbers = FlatArray(repeating: 0.0, count: count)
    for seed in 0..<200 as Range<UInt64> {
      let random = KeyedRandom(seed: seed, replication: Int(seed % 7))
      let stream = RandomStream("step_\(seed)", "handling time")
      let ordinal = seed == 0 ? .max : UInt32(truncatingIfNeeded: seed &* 0x9E37_79B9_7F4A_7C15)
      random.fill(numbers.block, stream, from: ordinal)
      for position in 0..<UInt32(count) {
        #expect(
          numbers[Int(position)] == random.uniform(stream, ordinal: ordinal &+ position))
      }
    }
  }

  @Test("every part of a key changes the number, and the same key gives the same number")
  func keys() {
    let random = KeyedRandom(seed: 7, replication: 3)
    let stream = RandomStream("step_05", "service time")
    let draws = [
      random.uniform(stream, ordinal: 1),
      KeyedRandom(seed: 8, replication: 3).uniform(stream, ordinal: 1),
      KeyedRandom(seed: 7, replication: 4).uniform(stream, ordinal: 1),
      random.uniform(RandomStream("step_06", "service time"), ordinal: 1),
      random.uniform(RandomStream("step_05", "failure"), ordinal: 1),
      random.uniform(stream.within(instancePath: 1), ordinal: 1),
      random.uniform(stream, ordinal: 2),
      random.uniform(stream, ordinal: 1, visit: 1),
      random.uniform(stream, ordinal: 1, visit: 4_096),
      random.uniform(stream, ordinal: 1, visit: 1 << 40),
      random.uniform(stream, ordinal: 1, visit: 1 << 62),
      random.uniform(stream, ordinal: 1, visit: 1 << 62, attempt: 256),
      random.uniform(stream, ordinal: 1, attempt: 1),
      random.uniform(stream, ordinal: 1, attempt: 256),
      random.uniform(stream, ordinal: 1, counter: 1),
    ]
    #expect(Set(draws).count == draws.count)
    #expect(random.uniform(stream, ordinal: 1) == draws[0])
  }

  @Test("numbers lie strictly between 0 and 1 and have mean 1/2 and variance 1/12")
  func moments() {
    let random = KeyedRandom(seed: 1, replication: 0)
    let stream = RandomStream("a", "b")
    var sum = 0.0
    var squares = 0.0
    let n = 200_000
    for ordinal in 0..<UInt32(n) {
      let value = random.uniform(stream, ordinal: ordinal)
      #expect(value > 0 && value < 1)
      sum += value
      squares += (value - 0.5) * (value - 0.5)
    }
    // Five standard errors: 5 · √(1/12/n) and 5 · √(1/180/n).
    #expect(abs(sum / Double(n) - 0.5) < 5 * (1 / 12.0 / Double(n)).squareRoot())
    #expect(abs(squares / Double(n) - 1 / 12.0) < 5 * (1 / 180.0 / Double(n)).squareRoot())
  }

  @Test("names of streams do not run into one another")
  func streamNames() {
    #expect(RandomStream("ab", "c") != RandomStream("a", "bc"))
    #expect(duplicateStream(in: [RandomStream("a", "b"), RandomStream("b", "a")]) == nil)
    #expect(duplicateStream(in: [RandomStream("a", "b"), RandomStream("a", "b")]) == 1)
  }
}
