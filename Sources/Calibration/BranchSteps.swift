/// Steps of two branches that go on side by side.
struct BranchSteps: Hashable {
  /// The earlier step on either branch.
  var earlier: [Int]
  /// The later one on either branch.
  var later: [Int]
}

/// How two couples of activities follow each other.
private struct FollowedOrder {
  /// Cases with both couples, each activity once, of which neither ends or begins together.
  var count = 0
  /// Those in which the first activity of the earlier couple ends first.
  var firstEndsFirst = 0
  /// Those in which the first activity of the later couple then begins first.
  var isKept = 0
  /// Those in which each activity follows the one of its own place.
  var follows = 0
  /// Those in which each follows the one of the other place.
  var followsAcross = 0

  mutating func add(_ earlier: (Work, Work), _ later: (Work, Work)) {
    guard earlier.0.end != earlier.1.end, later.0.start != later.1.start else { return }
    let isFirst = earlier.0.end < earlier.1.end
    count += 1
    if isFirst { firstEndsFirst += 1 }
    if isFirst == (later.0.start < later.1.start) { isKept += 1 }
    if earlier.0.end <= later.0.start, earlier.1.end <= later.1.start { follows += 1 }
    if earlier.0.end <= later.1.start, earlier.1.end <= later.0.start { followsAcross += 1 }
  }

  /// Whether either order is seen often enough to tell.
  private var tells: Bool {
    count >= 20 && 10 * min(firstEndsFirst, count - firstEndsFirst) >= count
  }
  /// Whether the later ones begin in the order in which those of their places end.
  var isStraight: Bool { tells && 20 * min(isKept, follows) >= 19 * count }
  /// The same with those of the other places.
  var isAcross: Bool { tells && 20 * min(count - isKept, followsAcross) >= 19 * count }
}

extension CalibrationLog {
  /// Which of two couples of activities are steps of two branches.
  ///
  /// Two activities that go on side by side may wait for both of two others, or each for one. Where they wait for both,
  /// they can begin at the same time, and which of the others ended first says nothing. So where they begin in the order
  /// in which the others end, in 19 of 20 cases, they are later steps of the same branches. Cases are counted with each
  /// activity once; where one of a hundred has an activity again, it is left at what waits for both.
  ///
  /// - Parameter couples: activities that are side by side with each other and with no third.
  func branchSteps(_ couples: [[Int]]) -> Set<BranchSteps> {
    guard couples.count > 1 else { return [] }
    var coupleOf: [Int: Int] = [:]
    for (index, couple) in couples.enumerated() {
      for activity in couple { coupleOf[activity] = index }
    }
    var cases = [Int](repeating: 0, count: couples.count)
    var repeated = [Int](repeating: 0, count: couples.count)
    var orders: [Int: FollowedOrder] = [:]
    for index in 0..<caseCount {
      var places: [Int: [Int]] = [:]
      var again: Set<Int> = []
      for place in range(ofCase: index) {
        guard let couple = coupleOf[works[place].activity] else { continue }
        let side = couples[couple][0] == works[place].activity ? 0 : 1
        var pair = places[couple] ?? [-1, -1]
        if pair[side] >= 0 { again.insert(couple) }
        pair[side] = place
        places[couple] = pair
      }
      for couple in places.keys { cases[couple] += 1 }
      for couple in again { repeated[couple] += 1 }
      let whole = places.filter { !again.contains($0.key) && !$0.value.contains(-1) }
      for (earlier, a) in whole {
        for (later, b) in whole where later != earlier {
          orders[earlier * couples.count + later, default: FollowedOrder()].add(
            (works[a[0]], works[a[1]]), (works[b[0]], works[b[1]]))
        }
      }
    }
    var found: Set<BranchSteps> = []
    for (key, order) in orders {
      let (earlier, later) = (key / couples.count, key % couples.count)
      guard 100 * repeated[earlier] < cases[earlier], 100 * repeated[later] < cases[later] else {
        continue
      }
      if order.isStraight {
        found.insert(BranchSteps(earlier: couples[earlier], later: couples[later]))
      } else if order.isAcross {
        found.insert(BranchSteps(earlier: couples[earlier], later: couples[later].reversed()))
      }
    }
    return closed(found)
  }

  /// What follows a later step follows the earlier one, too.
  private func closed(_ steps: Set<BranchSteps>) -> Set<BranchSteps> {
    var all = steps
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      // In one order, since of two that contradict each other the first is kept.
      let known = all.sorted {
        ($0.earlier + $0.later).lexicographicallyPrecedes($1.earlier + $1.later)
      }
      for a in known {
        for b in known where b.earlier == a.later || b.earlier == a.later.reversed() {
          let later = b.earlier == a.later ? b.later : b.later.reversed()
          let turned = BranchSteps(earlier: a.earlier.reversed(), later: later.reversed())
          let step = BranchSteps(earlier: a.earlier, later: later)
          if later.contains(where: a.earlier.contains) || all.contains(turned) { continue }
          if all.insert(step).inserted { isGrowing = true }
        }
      }
    }
    return all
  }
}
