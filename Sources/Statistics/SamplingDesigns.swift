// Points at which a model with several uncertain inputs is tried; coordinates lie in 0...1.

/// A Latin hypercube: each input takes each of `count` equal parts of its range once.
///
/// Source: McKay, Beckman and Conover, Technometrics 21(2), 1979, doi:10.1080/00401706.1979.10489755.
/// - Parameter uniform: A number in (0, 1) for an input and the number of the draw for it, 0 ..< 2·count.
/// - Returns: `count` points.
public func latinHypercube(
  count: Int, inputs: Int, uniform: (_ input: Int, _ draw: Int) -> Double
) -> [[Double]] {
  var points = [[Double]](repeating: [Double](repeating: 0, count: inputs), count: count)
  for input in 0..<inputs {
    var order = Array(0..<count)
    // Fisher and Yates.
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, min(Int(uniform(input, last) * Double(last + 1)), last))
    }
    for point in 0..<count {
      points[point][input] =
        (Double(order[point]) + uniform(input, count + point)) / Double(count)
    }
  }
  return points
}

/// A path through the inputs' space that changes one input after the other, each by the same step.
public struct MorrisTrajectory: Hashable, Sendable {
  /// Its points, one more than there are inputs.
  public var points: [[Double]]
  /// The input that each step changes, and by how much.
  public var steps: [(input: Int, change: Double)] { zip(inputs, changes).map { ($0, $1) } }
  private var inputs: [Int]
  private var changes: [Double]

  /// A random path on a grid of `levels` (even) levels; the step is levels/(2(levels − 1)).
  ///
  /// Source: Morris, Technometrics 33(2), 1991, doi:10.1080/00401706.1991.10484804.
  /// - Parameter uniform: A number in (0, 1) for the number of the draw, 0 ..< 3·inputs.
  public init(inputs count: Int, levels: Int = 4, uniform: (_ draw: Int) -> Double) {
    precondition(levels >= 2 && levels % 2 == 0, "Levels are an even number")
    let step = Double(levels) / (2 * Double(levels - 1))
    var point = (0..<count).map { input -> Double in
      let base = min(Int(uniform(input) * Double(levels / 2)), levels / 2 - 1)
      return Double(base) / Double(levels - 1)
    }
    let rises = (0..<count).map { uniform(count + $0) < 0.5 }
    for input in 0..<count where !rises[input] { point[input] += step }
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, min(Int(uniform(2 * count + last) * Double(last + 1)), last))
    }
    points = [point]
    inputs = order
    changes = order.map { rises[$0] ? step : -step }
    for input in order {
      point[input] += rises[input] ? step : -step
      points.append(point)
    }
  }
}

/// Saltelli's design: two independent samples A and B, and for each input A with that input of B.
public struct SaltelliDesign: Hashable, Sendable {
  /// First sample.
  public var a: [[Double]]
  /// Second sample.
  public var b: [[Double]]
  /// For each input the points of A with that input taken from B.
  public var mixed: [[[Double]]]

  /// All points in the order A, B, then the mixed ones by input.
  public var points: [[Double]] { a + b + mixed.flatMap(\.self) }

  /// A design from two samples of equal shape.
  ///
  /// Source: Saltelli et al., Computer Physics Communications 181, 2010,
  /// doi:10.1016/j.cpc.2009.09.018.
  public init(a: [[Double]], b: [[Double]]) {
    precondition(a.count == b.count, "Both samples have as many points")
    self.a = a
    self.b = b
    mixed = (0..<(a.first?.count ?? 0)).map { input in
      zip(a, b).map { first, second in
        var point = first
        point[input] = second[input]
        return point
      }
    }
  }
}
