public import Statistics

/// How work goes from those who do one activity to those who do the next.
public struct HandOver: Sendable {
  /// The activity before.
  public var from: String
  /// The activity after.
  public var to: String
  /// Times that one followed the other.
  public var count: Int
  /// Share of the hand-overs that go to other people than a common queue of the day would send them to.
  public var excess: Double
  /// Share that stays with the same person.
  public var samePerson: ConfidenceInterval
  /// Share that would stay with the same person by chance.
  public var expectedSamePerson: Double
  /// p-value that who goes on does not depend on who did it before (permutations within days).
  public var pValue: Double

  /// Whether people hand over to certain others, or keep the case, rather than to whoever is free.
  public var isPersonal: Bool { pValue < 0.001 && excess >= 0.2 }
}

/// Random numbers for permutations and bootstraps; the same in every run.
///
/// Source: Steele, Lea and Flood 2014, *Fast splittable pseudorandom number generators*,
/// doi:10.1145/2660193.2660195.
struct SampleRandom {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A whole number from 0 to one below `count`.
  mutating func below(_ count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// A number between 0 and 1, neither of them.
  mutating func share() -> Double { (Double(next() >> 11) + 0.5) / 9_007_199_254_740_992 }
}

/// Most pieces of a hand-over that are looked at.
private let mostHandOvers = 3_000
/// Permutations.
private let permutations = 2_000

extension CalibrationLog {
  /// How the most frequent hand-overs go, at most twenty: those with fifty pieces and several people on the
  /// receiving side.
  ///
  /// Who receives is exchanged at random among the hand-overs of a day, as often as tells a probability of 0.1 %;
  /// what counts is the sum of squares of the numbers of each pair of people.
  func handOvers() -> [HandOver] {
    var pairs: [[Int]: [(from: Int, to: Int, day: Int64)]] = [:]
    for index in 0..<caseCount {
      let range = range(ofCase: index)
      for (first, second) in zip(range, range.dropFirst()) {
        let (a, b) = (works[first], works[second])
        guard a.end <= b.start, a.resource < firstUnnamed, b.resource < firstUnnamed else {
          continue
        }
        pairs[[a.activity, b.activity], default: []].append(
          (a.resource, b.resource, floorDivide(b.start, 86_400_000_000)))
      }
    }
    let frequent = pairs.keys.filter { key in
      let all = pairs[key] ?? []
      return all.count >= 50 && Set(all.map(\.to)).count > 1 && Set(all.map(\.from)).count > 1
    }.sorted {
      let (a, b) = (pairs[$0]?.count ?? 0, pairs[$1]?.count ?? 0)
      return a != b ? a > b : $0.lexicographicallyPrecedes($1)
    }.prefix(20)
    return frequent.map { key in
      var all = pairs[key] ?? []
      let step = max(1, all.count / mostHandOvers)
      if step > 1 { all = stride(from: 0, to: all.count, by: step).map { all[$0] } }
      return handOver(all, from: activities[key[0]], to: activities[key[1]])
    }
  }

  private func handOver(
    _ all: [(from: Int, to: Int, day: Int64)], from: String, to: String
  ) -> HandOver {
    let sorted = all.sorted { ($0.day, $0.from, $0.to) < ($1.day, $1.from, $1.to) }
    func numbers(_ people: [Int]) -> (codes: [Int], count: Int) {
      let known = Set(people).sorted()
      let places = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, $0) })
      return (people.map { places[$0] ?? 0 }, known.count)
    }
    let (givers, giverCount) = numbers(sorted.map(\.from))
    let (receivers, takerCount) = numbers(sorted.map(\.to))
    var takers = receivers
    var days: [Range<Int>] = []
    var start = 0
    for index in 1...sorted.count
    where index == sorted.count || sorted[index].day != sorted[start].day {
      days.append(start..<index)
      start = index
    }
    func table() -> [Double] {
      var cells = [Double](repeating: 0, count: giverCount * takerCount)
      for index in givers.indices { cells[givers[index] * takerCount + takers[index]] += 1 }
      return cells
    }
    // What a common queue of each day would make.
    var expected = [Double](repeating: 0, count: giverCount * takerCount)
    var expectedSame = 0.0
    for day in days {
      var (rows, columns) = ([Int: Double](), [Int: Double]())
      for index in day {
        rows[givers[index], default: 0] += 1
        columns[takers[index], default: 0] += 1
      }
      for (row, a) in rows {
        for (column, b) in columns {
          expected[row * takerCount + column] += a * b / Double(day.count)
        }
      }
      var (froms, tos) = ([Int: Double](), [Int: Double]())
      for index in day {
        froms[sorted[index].from, default: 0] += 1
        tos[sorted[index].to, default: 0] += 1
      }
      for person in froms.keys.sorted() {
        expectedSame += (froms[person] ?? 0) * (tos[person] ?? 0) / Double(day.count)
      }
    }
    let seen = table()
    let statistic = seen.reduce(0) { $0 + $1 * $1 }
    let excess = zip(seen, expected).reduce(0) { $0 + max(0, $1.0 - $1.1) } / Double(all.count)
    var random = SampleRandom()
    var (asLarge, done) = (0, 0)
    // Where ten permutations are as large, it is no longer open whether one in a thousand is.
    while done < permutations, asLarge < 10 {
      for day in days where day.count > 1 {
        for index in day.dropFirst() {
          takers.swapAt(index, day.lowerBound + random.below(index - day.lowerBound + 1))
        }
      }
      if table().reduce(0, { $0 + $1 * $1 }) >= statistic { asLarge += 1 }
      done += 1
    }
    let same = sorted.count { $0.from == $0.to }
    return HandOver(
      from: from, to: to, count: all.count, excess: excess,
      samePerson: .share(same, of: all.count),
      expectedSamePerson: expectedSame / Double(all.count),
      pValue: Double(asLarge + 1) / Double(done + 1))
  }
}

/// What is to be said of hand-overs: the language has no key for them.
func handOverRemarks(_ handOvers: [HandOver]) -> [String] {
  func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
  var found = handOvers.filter(\.isPersonal).map { item in
    "\(item.to) after \(item.from) goes from person to person: \(percent(item.excess)) of the hand-overs go to "
      + "others than a common queue of the day would choose, \(percent(item.samePerson.estimate)) stay with who "
      + "did it before (by chance \(percent(item.expectedSamePerson))); the scenario hands over to whoever is free"
  }
  if found.count > 5 {
    found =
      Array(found.prefix(5)) + ["\(found.count - 5) further hand-overs go from person to person"]
  }
  return found
}
