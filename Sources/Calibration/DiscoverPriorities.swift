internal import Scenarios
internal import Statistics

/// An attribute by which some cases are served before others that came earlier.
public struct PriorityFit: Sendable {
  /// Name of the attribute.
  public var attribute: String
  /// Conditions with the class that cases of which they hold have; all others have class 0, which goes first.
  public var rules: [Rule]
  /// Times that a case which goes first came while one that does not was waiting, and how often it was served
  /// first.
  public var count: Int
  /// Times that it was served first.
  public var overtakes: Int
  /// How often it was the other way round.
  public var reverse: Share
  /// p-value that either overtakes the other as often (two proportions), for the number of comparisons made.
  public var pValue: Double

  /// A condition and the class of cases of which it holds; lower goes first.
  public struct Rule: Sendable, Hashable {
    /// The condition, as scenarios write it.
    public var condition: String
    /// Its class.
    public var urgency: Int
  }

  /// A count of a total.
  public struct Share: Sendable, Hashable {
    /// The count.
    public var count: Int
    /// Of how many.
    public var total: Int
  }
}

/// A chance to be served before somebody who came earlier.
private struct Meeting {
  var later: Double
  var earlier: Double
  var overtook: Bool
}

/// How often the later one was served first.
private struct Tally {
  var met = 0
  var overtook = 0
  var share: Double { met > 0 ? Double(overtook) / Double(met) : 0 }
}

extension CalibrationLog {
  /// The attribute by which cases overtake others, where one does.
  ///
  /// Of each piece of work and the next of its activity that comes, with another value, while it waits, it is
  /// noted which was begun first. In order of arrival the later one never is, and by chance either as often. A
  /// value goes before another where its cases overtake at least half of the time and in ten cases, those of the
  /// other at most a tenth of the time, and where chance would not make that difference: two proportions,
  /// below 0.1 % after Bonferroni.
  ///
  /// - Parameter batches: activities done in batches, of which the order says nothing.
  func discoverPriority(
    _ teams: [DiscoveredTeam], _ values: CaseValues, leavingOut batches: Set<Int>
  ) -> (fit: PriorityFit, column: Int)? {
    var best: (fit: PriorityFit, column: Int)?
    let usable = values.columns.indices.filter { values.columns[$0].isConstant }
    guard !usable.isEmpty, hasStartTimes else { return nil }
    let queues = waitingLines(teams, leavingOut: batches)
    for index in usable {
      let column = values.columns[index]
      let meetings = meetings(queues, column)
      guard meetings.count >= 20 else { continue }
      let fit =
        column.categories == nil
        ? numberPriority(meetings, column, columns: usable.count)
        : categoryPriority(meetings, column, columns: usable.count)
      if let fit, fit.pValue < best?.fit.pValue ?? 1 { best = (fit, index) }
    }
    return best
  }

  /// For each activity of people who are named, its work in the order in which it came.
  private func waitingLines(
    _ teams: [DiscoveredTeam], leavingOut batches: Set<Int>
  ) -> [[Work]] {
    var named = [Bool](repeating: false, count: activities.count)
    for team in teams where !team.isUnnamed {
      for activity in team.activities { named[activity] = true }
    }
    var lines = [[Work]](repeating: [], count: activities.count)
    for index in 0..<caseCount {
      for place in range(ofCase: index) {
        var work = works[place]
        guard named[work.activity], !batches.contains(work.activity) else { continue }
        // What a case begins with it may have waited for.
        if place == range(ofCase: index).lowerBound {
          work.enabled = min(work.enabled, came[index])
        }
        lines[work.activity].append(work)
      }
    }
    return lines.map { line in
      line.sorted { ($0.enabled, $0.start, $0.event) < ($1.enabled, $1.start, $1.event) }
    }
  }

  private func meetings(_ lines: [[Work]], _ column: CaseValues.Column) -> [Meeting] {
    var found: [Meeting] = []
    for line in lines {
      for (position, work) in line.enumerated() where work.start > work.enabled {
        let own = column.initial[work.caseIndex]
        for other in line[(position + 1)...].prefix(50) {
          if other.enabled >= work.start { break }
          let value = column.initial[other.caseIndex]
          guard other.enabled > work.enabled, value != own, other.start != work.start else {
            continue
          }
          found.append(Meeting(later: value, earlier: own, overtook: other.start < work.start))
          break
        }
      }
    }
    return found
  }
}

/// One-sided p-value of two proportions; 1 where the first is not the larger.
private func twoProportions(_ a: Tally, _ b: Tally) -> Double {
  guard a.met > 0, b.met > 0, a.share > b.share else { return 1 }
  let all = Double(a.overtook + b.overtook) / Double(a.met + b.met)
  let error = (all * (1 - all) * (1 / Double(a.met) + 1 / Double(b.met))).squareRoot()
  return error > 0 ? normalSurvival((a.share - b.share) / error) : 1
}

private func goesFirst(_ a: Tally, _ b: Tally) -> Bool {
  a.overtook >= 10 && a.share >= 0.5 && b.share <= 0.1
}

private func categoryPriority(
  _ meetings: [Meeting], _ column: CaseValues.Column, columns: Int
) -> PriorityFit? {
  let count = column.categories?.count ?? 0
  var tallies = [[Tally]](repeating: [Tally](repeating: Tally(), count: count), count: count)
  for meeting in meetings {
    tallies[Int(meeting.later)][Int(meeting.earlier)].met += 1
    if meeting.overtook { tallies[Int(meeting.later)][Int(meeting.earlier)].overtook += 1 }
  }
  let comparisons = Double(columns * count * (count - 1))
  var before: [(first: Int, second: Int)] = []
  var fit = PriorityFit(
    attribute: column.name, rules: [], count: 0, overtakes: 0, reverse: .init(count: 0, total: 0),
    pValue: 1)
  for first in 0..<count {
    for second in 0..<count where first != second {
      let (a, b) = (tallies[first][second], tallies[second][first])
      guard goesFirst(a, b) else { continue }
      let p = min(1, twoProportions(a, b) * comparisons)
      guard p < 0.001 else { continue }
      before.append((first, second))
      fit.count += a.met
      fit.overtakes += a.overtook
      fit.reverse.count += b.overtook
      fit.reverse.total += b.met
      fit.pValue = min(fit.pValue, p)
    }
  }
  guard !before.isEmpty else { return nil }
  // Classes: one more than the highest class of those that go before.
  var classes = [Int](repeating: 0, count: count)
  for _ in 0..<count {
    for pair in before where classes[pair.second] <= classes[pair.first] {
      classes[pair.second] = classes[pair.first] + 1
    }
  }
  // In a circle nobody goes first.
  guard classes.allSatisfy({ $0 < count }) else { return nil }
  fit.rules = (0..<count).filter { classes[$0] > 0 }.map { value in
    .init(
      condition: "\(column.name) = \(column.text(Double(value)))", urgency: classes[value])
  }
  return fit
}

private func numberPriority(
  _ meetings: [Meeting], _ column: CaseValues.Column, columns: Int
) -> PriorityFit? {
  let seen = (meetings.map(\.later) + meetings.map(\.earlier)).sorted()
  var limits: [Double] = []
  for step in 1..<20 {
    let limit = seen[seen.count * step / 20]
    if limit < seen[seen.count - 1], limits.last != limit { limits.append(limit) }
  }
  var best: PriorityFit?
  for limit in limits {
    var (low, high) = (Tally(), Tally())
    for meeting in meetings where (meeting.later <= limit) != (meeting.earlier <= limit) {
      if meeting.later <= limit {
        low.met += 1
        if meeting.overtook { low.overtook += 1 }
      } else {
        high.met += 1
        if meeting.overtook { high.overtook += 1 }
      }
    }
    for (a, b, second) in [(low, high, ">"), (high, low, "<=")] where goesFirst(a, b) {
      let p = min(1, twoProportions(a, b) * Double(columns * limits.count * 2))
      guard p < 0.001, p < best?.pValue ?? 1 else { continue }
      best = PriorityFit(
        attribute: column.name,
        rules: [.init(condition: "\(column.name) \(second) \(plainNumber(limit))", urgency: 1)],
        count: a.met, overtakes: a.overtook, reverse: .init(count: b.overtook, total: b.met),
        pValue: p)
    }
  }
  return best
}
