internal import Statistics

/// How well hours fit what was seen, and between what instants they may begin and end.
public struct HoursFit: Sendable, Hashable {
  /// Instants at which work began or ended.
  public var count: Int
  /// Those of them that lie in the hours.
  public var within: Int
  /// When the first hours of a day begin at the earliest and at the latest, at 95 %, in minutes from midnight; `nil`
  /// where hours go on around midnight or days differ.
  public var opening: ClosedRange<Double>?
  /// When the last hours of a day end at the earliest and at the latest.
  public var closing: ClosedRange<Double>?
}

/// Looks how instants lie in hours.
///
/// Where instants lie evenly near an edge, the distance from the outermost to the edge is exponential with their
/// mean distance there, that of the outermost hour: it is below three times that mean (−ln 0.05) at 95 %.
func fitHours(_ hours: WeeklyHours, to instants: [Int64]) -> HoursFit {
  var fit = HoursFit(count: instants.count, within: 0, opening: nil, closing: nil)
  let edges = hours.sameEdges
  var minutes: [Double] = []
  for instant in instants {
    // What ends with the hours is within them.
    guard hours.isOpen(at: instant) || hours.isOpen(at: instant - 1) else { continue }
    fit.within += 1
    if edges != nil {
      let within = WeeklyHours.place(instant).within % 86_400_000_000
      // What ends at midnight ends the day.
      minutes.append(
        within == 0 && !hours.isOpen(at: instant) ? 1440 : Double(within) / 60_000_000)
    }
  }
  guard let edges, let first = minutes.min(), let last = minutes.max() else { return fit }
  let early = minutes.count { $0 < first + 60 }
  let late = minutes.count { $0 > last - 60 }
  let factor = -naturalLogarithm(0.05)
  if edges.lowerBound > 0 { fit.opening = (first - factor * 60 / Double(early))...first }
  if edges.upperBound < 1440 { fit.closing = last...(last + factor * 60 / Double(late)) }
  return fit
}

extension WeeklyHours {
  /// First and last minute of a day, where they are the same on all days that have hours; `nil` else.
  var sameEdges: ClosedRange<Int>? {
    var found: Set<[Int]> = []
    for day in 0..<7 {
      let own = spans.filter { $0.open < (day + 1) * 1440 && $0.close > day * 1440 }
      guard let first = own.first, let last = own.last else { continue }
      found.insert([
        max(0, first.open - day * 1440), min(1440, last.close - day * 1440),
      ])
    }
    guard found.count == 1, let only = found.first else { return nil }
    return only[0]...only[1]
  }
}
