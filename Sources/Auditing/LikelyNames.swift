import Facts

/// Names among which the one that somebody meant is looked for again and again.
///
/// Gives what `closestName(to:among:)` gives, but only looks at names that can be near enough: the
/// letters that one of two words has more of than the other are a lower bound of their distance.
struct LikelyNames {
  private let names: [String]
  private let letters: [[UInt8]]

  init(_ names: [String]) {
    self.names = names
    letters = names.map(Self.counts)
  }

  /// The name that most resembles a misspelt one; `nil` where none is near.
  func closest(to name: String) -> String? {
    let wanted = Self.counts(name)
    let limit = max(1, name.lowercased().count / 3)
    let near = names.indices.filter { Self.distance(wanted, letters[$0]) <= limit }
    return closestName(to: name, among: near.map { names[$0] })
  }

  /// How often each letter occurs, letters by their last six bits, which keeps the bound a bound.
  private static func counts(_ name: String) -> [UInt8] {
    var counts = Array(repeating: UInt8(0), count: 64)
    for character in name.lowercased() {
      // One character is one edit, however many scalars it has: the first one stands for it.
      let slot = Int((character.unicodeScalars.first?.value ?? 0) % 64)
      if counts[slot] < .max { counts[slot] += 1 }
    }
    return counts
  }

  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var more = 0
    var less = 0
    for (x, y) in zip(a, b) {
      if x > y { more += Int(x - y) } else { less += Int(y - x) }
    }
    return max(more, less)
  }
}
