/// The truncation point that MSER-5 chooses for a series that may begin far from its steady state.
///
/// The series is averaged in batches of five; the point is where the marginal standard error of what
/// remains, Σ(z − z̄)²/(m − d)², is smallest. A point in the second half of the series says that the series
/// is too short to show a steady state. Source: White, Cobb and Spratt, Winter Simulation Conference
/// 2000, 755–760, doi:10.1109/WSC.2000.899867.
public struct WarmUp: Hashable, Sendable, Codable {
  /// Observations to leave out at the beginning; a multiple of five.
  public var truncated: Int
  /// Observations used: the largest multiple of five in the series.
  public var used: Int
  /// Mean of those that are kept.
  public var mean: Double
  /// Whether the point lies in the first half, so that the rest may count as steady.
  public var isSettled: Bool { 2 * truncated <= used }

  /// Length of the batches.
  public static let batch = 5

  /// The point for a series; `nil` of fewer than ten batches, which show nothing.
  public init?(_ series: [Double]) {
    let count = series.count / Self.batch
    guard count >= 10 else { return nil }
    let batches = (0..<count).map { index in
      series[(index * Self.batch)..<((index + 1) * Self.batch)].reduce(0, +) / Double(Self.batch)
    }
    // From the end, so that each tail is looked at once. The last five batches are no tail: a few
    // values that happen to be alike would always win.
    var moments = RunningMoments()
    var best: (error: Double, start: Int, mean: Double)?
    for start in stride(from: count - 1, through: 0, by: -1) {
      moments.add(batches[start])
      let kept = count - start
      guard kept >= 5, let mean = moments.mean, let variance = moments.variance else { continue }
      let error = variance * Double(kept - 1) / (Double(kept) * Double(kept))
      // Of equal errors the earliest start keeps most.
      if error <= best?.error ?? .infinity { best = (error, start, mean) }
    }
    guard let best else { return nil }
    truncated = best.start * Self.batch
    used = count * Self.batch
    mean = best.mean
  }
}

/// Welch's moving average over the mean of several replications' series: a curve that flattens where the
/// warm-up ends.
///
/// Near the beginning the window is as wide as fits. Source: Welch in Lavenberg, *Computer Performance
/// Modeling Handbook*, 1983; Law, *Simulation Modeling and Analysis*, 5th ed., sec. 9.5.1.
/// - Parameters:
///   - series: by replication, equally long.
///   - window: observations on each side, ≥ 0.
/// - Returns: as many values as the series have observations, less the window.
public func welchAverage(_ series: [[Double]], window: Int) -> [Double] {
  precondition(window >= 0, "A window has no negative width")
  let length = series.map(\.count).min() ?? 0
  guard length > window, !series.isEmpty else { return [] }
  let means = (0..<length).map { position in
    series.reduce(0) { $0 + $1[position] } / Double(series.count)
  }
  return (0..<(length - window)).map { position in
    let reach = min(window, position)
    return means[(position - reach)...(position + reach)].reduce(0, +) / Double(2 * reach + 1)
  }
}
