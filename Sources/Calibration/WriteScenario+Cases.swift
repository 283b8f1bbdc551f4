internal import Facts
internal import Scenarios
internal import Statistics

// What a scenario says of cases: attributes, urgency, batches, and the ways that cases take; and the intervals that
// stand beside values.

extension LogCalibration {
  func writeAttributes(_ text: inout ScenarioText, _ source: String) {
    guard !attributes.isEmpty else { return }
    text.line(0, "attributes")
    for attribute in attributes {
      text.line(1, attribute.name)
      text.line(2, "measured", source)
      text.line(2, "sample", "\(attribute.count)")
      text.line(2, attribute.isNumber ? "number" : "categories", attribute.draw)
      if let (other, rank) = attribute.correlation {
        text.line(2, "correlation", "{ with: \(other), rank: \(plainNumber(rank)) }")
      }
    }
    text.blank()
  }

  func writePriority(_ text: inout ScenarioText, _ source: String) {
    guard let priority else { return }
    text.comment(
      "Cases that go first were served before one that came earlier \(priority.overtakes) of \(priority.count) "
        + "times, the others \(priority.reverse.count) of \(priority.reverse.total) times; p "
        + small(priority.pValue))
    text.line(0, "priorities")
    for rule in priority.rules {
      text.item(1, "when", ScenarioText.quoted(rule.condition))
      text.line(2, "class", "\(rule.urgency)")
      text.line(2, "measured", source)
      text.line(2, "sample", "\(priority.count)")
    }
    text.blank()
  }

  func write(_ batch: BatchFit, _ text: inout ScenarioText, _ source: String) {
    text.line(
      2, "batch",
      comment:
        "\(percent(batch.share)) done together, p of chance \(small(batch.pValue)); the rule explains "
        + percent(batch.explained))
    text.line(3, "measured", source)
    text.line(3, "sample", "\(batch.count)")
    text.line(3, "size", "\(batch.size) cases")
    if let wait = batch.wait {
      text.line(3, "wait", "\(plainNumber((wait / 60 * 1000).rounded() / 1000)) working minutes")
      if batch.minimum > 1 { text.line(3, "minimum", "\(batch.minimum) cases") }
    }
    if batch.setup > 0 {
      let comment = batch.setupInterval.map {
        "95 % \(plainNumber(($0.lower).rounded())) s to \(plainNumber(($0.upper).rounded())) s"
      }
      text.line(3, "setup", durationText(roundedTime(batch.setup)), comment: comment)
    }
    if let same = batch.same { text.line(3, "same", same) }
  }

  func writeBranching(_ text: inout ScenarioText, _ source: String) {
    guard !process.branching.isEmpty || !process.rules.isEmpty else { return }
    text.line(0, "branching")
    for (gateway, rule, flows) in process.rules {
      text.line(
        1, gateway,
        comment:
          "beats the plain shares by \(plainNumber((rule.gain * 1e4).rounded() / 1e4)) nats a visit on "
          + "cases left out, p \(small(rule.pValue))")
      text.line(2, "measured", source)
      text.line(2, "sample", "\(rule.count)")
      for (leaf, flow) in zip(rule.leaves, flows) {
        text.line(
          2, flow, leaf.condition.map(ScenarioText.quoted) ?? "otherwise",
          comment: "n = \(leaf.counts.reduce(0, +))")
      }
    }
    for (gateway, flows, same) in process.branching {
      let total = flows.reduce(0) { $0 + $1.count }
      text.line(
        1, gateway, comment: same.map { "the same in all quarters of the log: p \(small($0))" })
      text.line(2, "measured", source)
      text.line(2, "sample", "\(total)")
      let shares = sharesOfWhole(flows.map { Double($0.count) / Double(total) })
      for (flow, share) in zip(flows, shares) {
        text.line(
          2, flow.id, share, comment: "95 % " + range(.share(flow.count, of: total)))
      }
    }
    text.blank()
  }

  /// Dates as calendars have them, those of a row as one.
  func holidayList(_ days: [Int]) -> String {
    var rows: [ClosedRange<Int>] = []
    for day in days {
      if let last = rows.last, last.upperBound + 1 == day {
        rows[rows.count - 1] = last.lowerBound...day
      } else {
        rows.append(day...day)
      }
    }
    let texts = rows.map { row in
      row.count == 1
        ? "\(CalendarDay(number: row.lowerBound))"
        : "\(CalendarDay(number: row.lowerBound))..\(CalendarDay(number: row.upperBound))"
    }
    return "[\(texts.joined(separator: ", "))]"
  }

  /// The interval of the cases of a week, and how well the pattern fits.
  var arrivalComment: String? {
    guard let interval = arrivals.interval else { return nil }
    func one(_ value: Double) -> String { plainNumber((value * 10).rounded() / 10) }
    var text =
      "\(one(interval.estimate)) a week, 95 % \(one(interval.lower)) to \(one(interval.upper))"
    if let distance = arrivals.distance, let p = arrivals.pValue {
      text += "; Poisson: KS \(plainNumber((distance * 1e4).rounded() / 1e4)), p \(small(p))"
    }
    return text
  }

  /// How many instants lie in hours, and between what their edges lie.
  func hoursComment(_ fit: HoursFit) -> String? {
    guard fit.count > 0 else { return nil }
    func clock(_ minutes: Double) -> String {
      // To the second, so that an interval is not empty.
      let seconds = Int((minutes * 60).rounded())
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      return "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
    var text = "\(percent(.share(fit.within, of: fit.count))) of the instants lie in them"
    if let opening = fit.opening {
      text +=
        "; open from 95 % \(clock(max(0, opening.lowerBound))) to \(clock(opening.upperBound))"
    }
    if let closing = fit.closing {
      text += "; until 95 % \(clock(closing.lowerBound)) to \(clock(min(1440, closing.upperBound)))"
    }
    return text
  }

  private func small(_ p: Double) -> String {
    p < 1e-4 ? "below 0.0001" : plainNumber((p * 1e4).rounded() / 1e4)
  }

  private func percent(_ share: ConfidenceInterval) -> String {
    "\(plainNumber((share.estimate * 1000).rounded() / 10)) %"
  }

  private func range(_ share: ConfidenceInterval) -> String {
    func one(_ value: Double) -> String { "\(plainNumber((value * 1000).rounded() / 10)) %" }
    return "\(one(share.lower)) to \(one(share.upper))"
  }
}
