internal import Facts

// What costs money beside work, runs and licences.

extension PartReading {
  /// Costs; `isWhole` is false where they are wrong, which is reported.
  func costs() -> (value: CostSettings?, isWhole: Bool) {
    let section = reading.group(sections, "costs")
    guard section.isPresent else {
      return (nil, sections.node?["costs"].map { reading.isEmpty($0) } ?? true)
    }
    let lines = implementation(section)
    let upkeep = reading.money(section, "upkeep").map(perWeek)
    let late = late(section)
    let delay = delay(section)
    let wrong = reading.money(section, "wrong")?.amount
    guard let lines, let upkeep, late.isWhole, delay.isWhole, let wrong else { return (nil, false) }
    return (
      CostSettings(
        implementation: lines, weeklyUpkeep: upkeep, late: late.value, delay: delay.value,
        wrong: wrong), true
    )
  }

  private func implementation(_ section: Section) -> [CostSettings.Line]? {
    let named = reading.named(section, "implementation")
    var lines: [CostSettings.Line] = []
    for (name, line) in named {
      guard implementationLines.contains(name) else {
        let hint =
          nearestName(to: name, among: implementationLines).map { "did you mean '\($0)'?" }
          ?? "expected one of \(implementationLines.joined(separator: ", "))"
        reading.report(
          key: line.path, "'\(shown(name))' is no line of a plan of implementation; \(hint)",
          at: line.location)
        return nil
      }
      guard line.isPresent else { return nil }
      let amount = reading.money(line, "amount")?.amount
      let after = reading.duration(line, "after")?.seconds
      let over = reading.duration(line, "over")?.seconds
      guard let amount, let after, let over else { return nil }
      lines.append(CostSettings.Line(name: name, amount: amount, after: after, over: over))
    }
    warnOfBlindPlan(lines, section)
    return lines
  }

  /// Warns where too little of a plan goes into seeing what the stack does: brief row 152 says 30 to 40 %.
  private func warnOfBlindPlan(_ lines: [CostSettings.Line], _ section: Section) {
    let total = lines.reduce(0) { $0 + $1.amount }
    let observability = lines.reduce(0) { $0 + ($1.name == "observability" ? $1.amount : 0) }
    guard total > 0, observability < 0.3 * total else { return }
    let share = (observability / total * 1000).rounded() / 10
    reading.report(
      .medium, key: section.path(of: "implementation"),
      "\(written(share)) % of the implementation goes into observability; the brief expects 30 to 40 %, "
        + "so plan more, or say why less will do",
      at: section.node?["implementation"]?.location ?? section.location)
  }

  private func late(_ section: Section) -> (value: CostSettings.Late?, isWhole: Bool) {
    let group = reading.group(section, "late")
    guard group.isPresent else { return (nil, section.node?["late"]?.text == nil) }
    let within = reading.due(group, "within")
    let price = reading.money(group, "price")
    guard let within, let price else { return (nil, false) }
    return (CostSettings.Late(within: within, price: price.amount), true)
  }

  private func delay(_ section: Section) -> (value: CostSettings.Delay?, isWhole: Bool) {
    let group = reading.group(section, "delay")
    guard group.isPresent else { return (nil, section.node?["delay"]?.text == nil) }
    let price = reading.money(group, "price")
    let after = reading.duration(group, "after")?.seconds
    guard let price, let after else { return (nil, false) }
    return (CostSettings.Delay(perDay: price.amount, after: after), true)
  }
}
