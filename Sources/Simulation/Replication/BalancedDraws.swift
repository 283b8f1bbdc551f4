internal import EventEngine

extension Replication {
  /// Cases that share out the probability among them.
  private static var strata: Int { 16 }

  /// A draw that is uniform for each case, and of 16 cases that arrive one after the other lies in each
  /// sixteenth once.
  ///
  /// A Latin hypercube: each gateway, attribute, visit and group of cases has a permutation of its own, keyed by their
  /// names, so that what one draws says nothing of what another does. Source: McKay, Beckman and Conover,
  /// Technometrics 21 (1979), doi:10.2307/1268522.
  mutating func balancedDraw(_ stream: RandomStream, for token: Int32) -> Double {
    let state = tokens[token]
    return balancedDraw(
      stream, ordinal: cases[state.caseSlot].ordinal, visit: state.visit)
  }

  /// The same for a case by its ordinal.
  mutating func balancedDraw(_ stream: RandomStream, ordinal: UInt32, visit: Int64) -> Double {
    let group = ordinal / UInt32(Self.strata)
    // Fisher and Yates: the place of a stratum is settled once it was exchanged; attempts from 1 on are keys
    // that no draw of a case has here.
    var order: UInt64 = 0xFEDC_BA98_7654_3210
    func stratum(_ place: Int) -> UInt64 { order >> UInt64(place * 4) & 0xF }
    var place = Self.strata - 1
    while place > 0 {
      let uniform = random.uniform(
        stream, ordinal: group, visit: visit, attempt: Int32(place))
      let other = min(place, Int(uniform * Double(place + 1)))
      let (a, b) = (stratum(place), stratum(other))
      if place != other {
        order &= ~(0xF << UInt64(place * 4) | 0xF << UInt64(other * 4))
        order |= b << UInt64(place * 4) | a << UInt64(other * 4)
      }
      place -= 1
    }
    let within = random.uniform(stream, ordinal: ordinal, visit: visit, attempt: 0)
    return (Double(stratum(Int(ordinal % UInt32(Self.strata)))) + within) / Double(Self.strata)
  }
}
