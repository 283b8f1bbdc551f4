import Facts
import Inventory
import ProcessModel

extension AuditCheck {
  static let decisionTableFlaws = AuditCheck(
    id: "decision-table-flaws",
    summary: "Decision tables with overlapping, shadowed or duplicate rules, or with gaps",
    matters: "Nobody can say from such a table how a case is decided, or the engine stops on it."
  ) { context in
    var outcome = Outcome()
    for review in context.tables.reviews {
      outcome.findings += review.flaws.map { finding($0, review.decision, context) }
    }
    outcome.remarks = remarks(context.tables.reviews)
    return outcome
  }
}

private func finding(
  _ flaw: TableFlaw, _ decision: EstateDecision, _ context: AuditContext
) -> Finding {
  let text = FlawText(flaw, decision.table)
  let isInUse = context.system(named: decision.system)?.isAlive ?? true
  let table = decision.table
  return Finding(
    check: AuditCheck.decisionTableFlaws.id, isInUse ? text.severity : .info, text.title,
    subjects: [EntityReference(.system, decision.system)],
    topic: "\(nameKey(table.id))-\(text.topic)",
    evidence: flaw.instances.isEmpty
      ? [Evidence(.imported, table.location)]
      : flaw.instances.flatMap { $0 }.map { evidence(table, $0) },
    why: text.why, remedy: text.remedy,
    example: flaw.values.isEmpty ? nil : text.example)
}

/// What a flaw of a table is called, and what to do about it.
private struct FlawText {
  private let flaw: TableFlaw
  private let table: DecisionTable

  init(_ flaw: TableFlaw, _ table: DecisionTable) {
    self.flaw = flaw
    self.table = table
  }

  private var policy: String {
    table.actsInTurn == true
      ? "all matching rules act" : "the hit policy is \(table.hitPolicy.rawValue)"
  }

  /// The case of the first instance.
  private var theCase: String {
    flaw.values.isEmpty ? "any case" : flaw.values.joined(separator: ", ")
  }

  private var numbers: [Int] { flaw.rules.map { $0 + 1 } }

  private var pair: String { "rules \(numbers[0]) and \(numbers[1])" }

  private func says(_ rule: Int) -> String {
    let outputs = table.rules[rule].outputs.filter { !$0.isEmpty }
    return outputs.isEmpty ? "nothing" : outputs.joined(separator: ", ")
  }

  private func many(_ noun: String, less told: Double = 0) -> String {
    (flaw.isLowerBound ? "at least " : "") + counted(Int(min(flaw.count - told, 1e15)), noun)
  }

  var topic: String {
    switch flaw.kind {
    case .contradiction: "contradiction"
    case .undecided: "undecided"
    case .shadowed: "shadowed"
    case .overlap: "overlap"
    case .duplicate: "duplicate"
    case .impossible: "impossible"
    case .masked: "masked"
    case .gap: "gap"
    }
  }

  var severity: Severity {
    switch flaw.kind {
    case .contradiction:
      switch table.hitPolicy {
      // The table promises what it does not keep, for a case that its own rules name.
      case .unique, .any: flaw.isPlain ? .high : .medium
      default: .medium
      }
    case .undecided: .medium
    case .shadowed: saysSame ? .low : .medium
    case .impossible: .medium
    case .overlap, .gap: .low
    case .duplicate: isCounted ? .medium : .low
    case .masked: .info
    }
  }

  /// What the first rule asks, as far as it asks anything.
  private var asked: String {
    let rule = table.rules[flaw.rules[0]]
    let tests = zip(table.inputs, rule.tests).filter { $1.isRestricting }
    return listText(tests.map { "\($0.shownName): `\($1.feel.prefix(60))`" })
  }

  /// Whether the rule that never counts says what the one before it says.
  private var saysSame: Bool {
    flaw.rules.dropFirst().allSatisfy {
      table.rules[$0].outputs == table.rules[flaw.rules[0]].outputs
    }
  }

  /// Whether the answers of matching rules are added up or counted.
  private var isCounted: Bool { ["SUM", "COUNT", "+", "#"].contains(table.aggregation ?? "") }

  var title: String {
    switch flaw.kind {
    case .contradiction: "\(table.name): \(pair) both match \(theCase) and say different things"
    case .undecided, .overlap: "\(table.name): \(pair) both match \(theCase)"
    case .shadowed: "\(table.name): rule \(numbers[0]) never counts"
    case .duplicate: "\(table.name): \(pair) are the same"
    case .impossible: "\(table.name): no case can match rule \(numbers[0])"
    case .masked: "\(table.name): only their order decides between \(pair)"
    case .gap:
      "\(table.name): no rule covers \(theCase)"
        + (flaw.count > 1 ? ", nor \(many("other", less: 1))" : "")
    }
  }

  var why: String {
    let start = policy.prefix(1).uppercased() + policy.dropFirst()
    switch flaw.kind {
    case .contradiction:
      let (i, j) = (flaw.rules[0], flaw.rules[1])
      let unordered =
        table.hitPolicy == .priority
        ? ", and the output values do not say which of them comes first"
        : table.actsInTurn == true ? ", none ranks before the other, and the last one wins" : ""
      return
        "\(start), yet \(many("pair")) of rules match cases in common and say different things; "
        + "the first, \(pair), both match \(theCase) and say \(says(i)) and \(says(j))\(unordered)."
    case .undecided:
      return
        "\(start), yet \(many("pair")) of rules match cases in common, and whether they say the "
        + "same is not analysed, since outputs are worked out or left empty; the first, \(pair), both "
        + "match \(theCase)."
    case .overlap:
      return
        "\(start), yet \(many("pair")) of rules match cases in common, though they say the same; "
        + "the first, \(pair), both match \(theCase) and say \(says(flaw.rules[0]))."
    case .shadowed:
      let others = flaw.rules.dropFirst().map { "rule \($0 + 1)" }
      let before = table.hitPolicy == .priority ? "has a higher priority" : "stands before it"
      let cover =
        others.count == 1
        ? "every case that it matches is matched by \(others[0]), which \(before)"
        : "every case that it matches is matched by rules that come before it, \(listText(others)) "
          + "among them"
      return
        "\(start), and \(many("rule")) never count\(flaw.count == 1 ? "s" : ""); for the first, "
        + "rule \(numbers[0]) (\(says(flaw.rules[0]))), \(cover)."
    case .duplicate:
      return "\(many("pair")) of rules ask the same and say the same; the first is \(pair)"
        + (isCounted ? ", and their answers are added up, so that it counts twice." : ".")
    case .impossible:
      return
        "A test of \(many("rule")) accepts no value at all, or none that its input may take; the "
        + "first is rule \(numbers[0]), which asks \(asked)."
    case .masked:
      return "\(start): \(many("pair")) of rules match cases in common and say different things, "
        + "neither being an exception of the other, so that the order decides; the first, \(pair), "
        + "both match \(theCase)."
    case .gap:
      return "No rule matches \(many("combination")) of values between the bounds that the table "
        + "mentions; the first is \(theCase)."
    }
  }

  var remedy: String {
    switch flaw.kind {
    case .contradiction:
      return table.hitPolicy == .priority
        ? "List the output values in the order in which they count, or narrow rule \(numbers[1])."
        : "Narrow rule \(numbers[1]) so that it no longer matches \(theCase)."
    case .undecided, .masked:
      return
        "Narrow rule \(numbers[1]) so that it no longer matches \(theCase), or say in the table "
        + "that rule \(numbers[0]) comes first."
    case .overlap:
      return "Remove rule \(numbers[1]), or narrow it so that it no longer matches \(theCase)."
    case .shadowed:
      return "Remove rule \(numbers[0]), or move it up if it was meant to count."
    case .duplicate: return "Remove rule \(numbers[1])."
    case .impossible: return "Correct the bounds of rule \(numbers[0]), or remove it."
    case .gap:
      return flaw.count > 1
        ? "Give \(table.name) rules for all of them, or a default output; a rule for \(theCase) alone leaves the "
          + "others open."
        : "Add a rule for \(theCase) to \(table.name), or a default output."
    }
  }

  var example: String {
    guard flaw.rules.count > 1 else { return theCase }
    return theCase + ": "
      + flaw.rules.prefix(2).map { "rule \($0 + 1) says \(says($0))" }.joined(separator: ", ")
  }
}

private func remarks(_ reviews: [TableReview]) -> [String] {
  var remarks: [String] = []
  let opaque = reviews.filter { !$0.opaque.isEmpty }
  let cells = opaque.reduce(0) { $0 + $1.opaque.count }
  if let first = opaque.first, let test = first.opaque.first {
    let all = reviews.reduce(0) { $0 + $1.cellCount }
    let rule = first.decision.table.rules[test.rule]
    remarks.append(
      "Not analysed: \(cells) of \(counted(all, "test")) in \(counted(opaque.count, "table")), the first "
        + "`\(test.text.prefix(60))` (\(rule.location.description)); they are taken neither to match nor "
        + "not to match.")
  }
  for (end, text) in [
    (TableReview.OpenEnd.overlaps, "overlapping rules"), (.shadows, "rules that never count"),
    (.gaps, "gaps"),
  ] {
    let tables = reviews.filter { $0.openEnds.contains(end) }
    if tables.isEmpty { continue }
    remarks.append(
      "Not searched to the end for \(text), for their size: "
        + "\(listText(tables.prefix(5).map(\.decision.table.name)))"
        + (tables.count > 5 ? " and \(tables.count - 5) more." : "."))
  }
  return remarks
}
