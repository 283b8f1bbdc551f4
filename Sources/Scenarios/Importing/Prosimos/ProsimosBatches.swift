internal import DocumentReading

extension ProsimosReading {
  /// Cases that are worked on together, where a scenario's batch is the same.
  ///
  /// Prosimos starts all cases of a parallel batch at once and ends them after size · time · factor; a
  /// scenario's batch takes size · `each`. The two are the same where the time does not vary.
  mutating func readBatches(
    _ document: DataNode, tasks: [ImportedModel.Task]
  ) -> [ImportedModel.Batch] {
    var batches: [ImportedModel.Batch] = []
    for node in optionalList(document, "batch_processing") {
      guard let id = text(node, "task_id") else { continue }
      guard let task = tasks.first(where: { $0.id == id }) else {
        note(node, "is left out: nobody does a task '\(shown(id))'")
        continue
      }
      let problems = errors.count
      checkType(node)
      let size = readSize(node)
      let factors = readFactors(node)
      guard errors.count == problems, let size, let factors else { continue }
      let times = Set(task.times.map(\.seconds))
      guard times.count == 1, let first = times.first, let seconds = first else {
        fail(
          node,
          "puts '\(shown(id))' into batches, whose time varies; Prosimos draws a time for each case "
            + "and ends each at its own, a scenario's batch is one piece of work; give all who do it "
            + "one fixed time")
        continue
      }
      batches.removeAll { $0.task == id }
      batches.append(
        ImportedModel.Batch(
          task: id, size: size, each: durationText(seconds * factor(for: size, factors))))
      note(
        node,
        "has an end: Prosimos does a batch that is not full when nothing else is left to do, here up "
          + "to \(size - 1) of the last cases go on waiting for it")
    }
    return batches
  }

  private mutating func checkType(_ node: DataNode) {
    guard let type = text(node, "type"), let place = node["type"] else { return }
    switch type {
    case "Parallel": break
    case "Sequential":
      fail(
        place,
        "is Sequential: its cases are done one after the other and go on one by one, those of a "
          + "scenario's batch all at its end; describe it by hand under 'batch' of the activity if "
          + "that is near enough")
    case "Concurrent":
      fail(place, "is Concurrent, which Prosimos itself does not run; expected Parallel")
    default: fail(place, "is '\(shown(type))'; expected Parallel")
    }
  }

  /// How many cases a batch has.
  private mutating func readSize(_ node: DataNode) -> Int? {
    let sizes = list(node, "size_distrib", of: "sizes with their shares")
    guard let firing = node["firing_rules"] else {
      missing("firing_rules", node)
      return nil
    }
    let rules = list(node, "firing_rules", of: "lists of conditions")
    if rules.isEmpty {
      guard firing.array != nil else { return nil }
      let taken = sizes.filter { ($0["value"]?.double ?? 1) > 0 }
      guard taken.count == 1, let size = number(taken[0], "key") else {
        fail(firing, "has no rule, so that the size of each batch is drawn; give one size")
        return nil
      }
      return wholeSize(size, taken[0])
    }
    // Prosimos takes the first share for that of cases that are done alone.
    if let first = sizes.first, let alone = number(first, "value"), alone > 0 {
      fail(
        first,
        "lets \(scenarioShare(alone)) of the cases be done alone, by chance; a scenario puts all or none "
          + "of an activity into batches")
      return nil
    }
    guard rules.count == 1, let rule = rules[0].array, rule.count == 1 else {
      fail(
        firing,
        "joins several conditions; only a batch that starts by its 'size' is the same in a scenario. "
          + "Describe others by hand under 'batch' of the activity, with 'wait' and 'minimum'")
      return nil
    }
    guard let name = text(rule[0], "attribute"), let comparison = text(rule[0], "comparison"),
      let value = rule[0]["value"]
    else {
      if rule[0]["value"] == nil { missing("value", rule[0]) }
      return nil
    }
    guard name == "size" else {
      fail(rule[0], reason(name))
      return nil
    }
    guard let size = number(value) else { return nil }
    switch comparison {
    case "=", ">=": return wholeSize(size, rule[0])
    case ">": return wholeSize(size + 1, rule[0])
    default:
      fail(rule[0], "compares the size by '\(shown(comparison))'; expected =, >= or >")
      return nil
    }
  }

  private func reason(_ attribute: String) -> String {
    switch attribute {
    case "large_wt":
      "starts a batch once its first case has waited for a time by the calendar, and then differs by "
        + "how many there are; 'wait' under 'batch' of an activity counts working time"
    case "ready_wt":
      "starts a batch by the time since the last case came, which a scenario's batch does not look at"
    case "daily_hour", "week_day":
      "starts a batch at an hour or on a day of the week, which a scenario's batch does not look at"
    default:
      "starts a batch by '\(shown(attribute))', which Prosimos does not know; expected size"
    }
  }

  private mutating func wholeSize(_ size: Double, _ node: DataNode) -> Int? {
    guard let whole = Int(exactly: size), 2...10_000 ~= whole else {
      fail(node, "makes batches of \(plainNumber(size)) cases; expected 2 to 10000")
      return nil
    }
    return whole
  }

  /// Factors on the time of each case, by the size of the batch.
  private mutating func readFactors(_ node: DataNode) -> [Int: Double]? {
    var factors = [1: 1.0]
    for item in list(node, "duration_distrib", of: "factors by size") {
      guard let size = number(item, "key"), let factor = number(item, "value") else { return nil }
      guard let whole = Int(exactly: size), whole >= 1, 0...1e6 ~= factor else {
        fail(item, "is no factor of a size; expected a whole 'key' and a 'value' of 0 or more")
        return nil
      }
      factors[whole] = factor
    }
    return factors
  }

  /// The factor of the size, else that of the nearest, of two as near the smaller.
  private func factor(for size: Int, _ factors: [Int: Double]) -> Double {
    let nearest = factors.keys.sorted().min { abs($0 - size) < abs($1 - size) }
    return nearest.flatMap { factors[$0] } ?? 1
  }
}
