public import Statistics

/// Work that is collected and done in one.
public struct BatchFit: Sendable {
  /// Cases of a full batch.
  public var size: Int
  /// Fewest cases seen in a batch that was not full.
  public var minimum: Int
  /// Longest wait of the first case for a full batch, in seconds of the team's working time; `nil` where batches
  /// wait until they are full.
  public var wait: Double?
  /// Working time once per batch, in seconds, with its interval; 0 where it cannot be told from none.
  public var setup: Double
  /// Its 95 % interval; `nil` where all batches are of one size, so that it cannot be told from the rest.
  public var setupInterval: ConfidenceInterval?
  /// Mean working time of each case's part, in seconds, with its interval; `nil` as before.
  public var eachInterval: ConfidenceInterval?
  /// Name of the attribute of which all cases of a batch have the same value; `nil` for none.
  public var same: String?
  /// Batches, those of one case included.
  public var count: Int
  /// Share of the pieces of work that were done together with another.
  public var share: ConfidenceInterval
  /// Probability that as many begin and end together by chance.
  public var pValue: Double
  /// Share of the batches that were released when they were full or when the wait was over, or later while
  /// nobody was free, but not before.
  public var explained: ConfidenceInterval
  /// Whether its cases are only collected together, and then done one after the other.
  public var isSequential = false
}

/// The batches of an activity: pieces of work by their places, those of a batch together.
struct BatchGroups {
  var groups: [[Int]]
  var pValue: Double
  var together: Int
  var total: Int
  /// Whether the pieces are done one after the other.
  var isSequential = false
}

extension CaseValues {
  /// The attribute of which the cases of each batch have the same value, though cases put together at random would
  /// not (below 0.1 %): that with the least probability; at most one batch in a hundred may differ.
  func sameInBatches(_ groups: [[Int]], _ data: CalibrationLog) -> String? {
    var best: (logarithm: Double, name: String)?
    let inOrder = groups.joined().map { data.works[$0].caseIndex }.sorted {
      (data.came[$0], $0) < (data.came[$1], $1)
    }
    for column in columns where column.isConstant && column.categories != nil {
      var counts: [Double: Int] = [:]
      for value in column.initial { counts[value, default: 0] += 1 }
      let random = counts.keys.sorted().reduce(0.0) { sum, key in
        let share = Double(counts[key] ?? 0) / Double(column.initial.count)
        return sum + share * share
      }
      // Cases that come after each other may be alike anyway.
      let row = inOrder.map { column.initial[$0] }
      let neighbours = zip(row, row.dropFirst()).count { $0 == $1 }
      let alike = max(random, Double(neighbours) / Double(max(1, row.count - 1)))
      var (mixed, several, logarithm) = (0, 0, 0.0)
      for group in groups where group.count > 1 {
        several += 1
        logarithm += Double(group.count - 1) * naturalLogarithm(alike)
        let first = column.initial[data.works[group[0]].caseIndex]
        if group.contains(where: { column.initial[data.works[$0].caseIndex] != first }) {
          mixed += 1
        }
      }
      guard several > 0, mixed * 100 <= several, logarithm < naturalLogarithm(0.001),
        logarithm < best?.logarithm ?? 0
      else { continue }
      best = (logarithm, column.name)
    }
    return best?.name
  }
}
