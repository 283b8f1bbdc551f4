/// A factor on the rate of arrivals in a part of the year.
public struct ArrivalSeason: Sendable, Hashable {
  /// When.
  public var part: Part
  /// The factor, ≥ 0.
  public var factor: Double

  /// Parts of the year.
  public enum Part: Sendable, Hashable {
    /// Months of every year, 1 to 12.
    case months(Set<Int>)
    /// From a date to a date, both included.
    case dates(ClosedRange<CivilDate>)
  }

  /// Whether a date lies in it.
  func contains(_ date: CivilDate) -> Bool {
    switch part {
    case .months(let months): months.contains(date.civil.month)
    case .dates(let dates): dates.contains(date)
    }
  }
}

private let monthNames = [
  "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
]

/// Reads `dec`, a row of months `nov-jan`, which may pass December, a date, or `2026-12-20 to 2027-01-06`.
func parseSeason(_ text: String) throws(ValueError) -> ArrivalSeason.Part {
  let words = text.split(whereSeparator: \.isWhitespace)
  if words.count == 3, words[1] == "to", let first = CivilDate(String(words[0])),
    let last = CivilDate(String(words[2]))
  {
    guard first <= last else { throw ValueError("its first date is after its last") }
    return .dates(first...last)
  }
  guard words.count == 1, let word = words.first else {
    throw ValueError("it is neither months nor dates")
  }
  if let date = CivilDate(String(word)) { return .dates(date...date) }
  let ends = word.split(separator: "-", omittingEmptySubsequences: false)
  let positions = ends.compactMap { monthNames.firstIndex(of: $0.lowercased()) }
  guard positions.count == ends.count, 1...2 ~= ends.count else {
    throw ValueError("it is neither months nor dates")
  }
  let (first, last) = (positions[0], positions[positions.count - 1])
  return .months(Set((0...((last - first + 12) % 12)).map { (first + $0) % 12 + 1 }))
}
