internal import EventEngine
internal import Statistics

// Mechanism *risk*, checks: after an activity a verifier, a second agent or people look at a share of the
// cases, which wait. They find errors with a sensitivity, and take right cases for wrong ones; what they find
// is a ticket of whoever puts it right. A second agent may be blind to just what the first erred at: missing
// and erring share their luck. Brief rows 102, 109.

/// A check after one activity.
struct CheckRow: BitwiseCopyable {
  /// −1 for people.
  var automation: Int32
  /// Row of the check among the errands, where people make it; −1 else.
  var errand: Int32
  var share: Double
  var time: CompiledSampler
  var price: Double
  /// Probability that it misses an error.
  var misses: Double
  var falseAlarms: Double
  var correlation: Double
  var correction: ErrandWorkRow
  var streams: CheckStreams

  /// The rows of a stack, in the order of its checks and their activities.
  static func rows(of stack: StackModel, flow: FlowGraph, firstErrand: Int32) -> [CheckRow] {
    (stack.risk?.errors?.checks ?? []).enumerated().flatMap { number, check in
      check.activities.map { activity in
        func errand(_ purpose: ErrandPurpose) -> Int32 {
          stack.errandIndex(purpose, number: number).map { firstErrand + Int32($0) } ?? -1
        }
        var automation: Int32 = -1
        if case .automation(let index) = check.checker { automation = Int32(index) }
        return CheckRow(
          automation: automation, errand: errand(.check),
          share: check.share, time: check.time.sampler, price: check.price,
          misses: 1 - check.sensitivity, falseAlarms: check.falseAlarms,
          correlation: check.correlation,
          correction: ErrandWorkRow(check.correction, errand: errand(.checkAlarm)),
          streams: CheckStreams(check.name, at: flow.activityID(activity)))
      }
    }
  }
}

/// Streams of a check after one activity.
struct CheckStreams: BitwiseCopyable {
  var sampled: RandomStream
  var time: RandomStream
  var finds: RandomStream
  var correction: RandomStream

  init(_ name: String, at id: String) {
    let all = Self.all(of: name, at: id)
    sampled = all[0]
    time = all[1]
    finds = all[2]
    correction = all[3]
  }

  static func all(of name: String, at id: String) -> [RandomStream] {
    ["sampled", "time", "finds", "correction"].map { RandomStream("check \(name) at \(id)", $0) }
  }
}

extension EffectTable {
  /// The checks that follow an activity, each made and then judged.
  ///
  /// - Parameter first: row of the stack's first check.
  static func checks(after activity: Int, in stack: StackModel, first: Int32) -> [Effect] {
    var row = first
    var chain: [Effect] = []
    for check in stack.risk?.errors?.checks ?? [] {
      for own in check.activities {
        if own == activity {
          chain.append(Effect(mechanism: .check, parameter: row))
          chain.append(Effect(mechanism: .checkResult, parameter: row))
        }
        row += 1
      }
    }
    return chain
  }
}

extension StackModel {
  /// Number of rows of its checks.
  var checkCount: Int { (risk?.errors?.checks ?? []).reduce(0) { $0 + $1.activities.count } }

  /// Automations that check what others do.
  var checkers: Set<Int> {
    var indexes: Set<Int> = []
    for check in risk?.errors?.checks ?? [] where !check.activities.isEmpty {
      if case .automation(let index) = check.checker { indexes.insert(index) }
    }
    return indexes
  }
}

extension Replication {
  /// Completion effect: a check of a case begins, if it is one of those that are checked.
  mutating func check(_ token: Int32, check: Int32) -> EffectOutcome {
    let row = risk.checks[Int(check)]
    risk.tokens.clear(row: token)
    guard row.share >= 1 || happens(row.share, row.streams.sampled, token) else { return .proceed }
    risk.tokens[token, 0].isChecked = true
    let caseSlot = tokens[token].caseSlot
    note(.checkMade, caseSlot: caseSlot, cost: row.price)
    let content = microseconds(row.time, draw(row.streams.time, for: token))
    if row.automation >= 0 {
      giveAside(to: row.automation, token, content: content, cost: row.price)
    } else {
      charge(caseSlot, .review, row.price)
      giveErrand(row.errand, caseSlot: caseSlot, token: token, content: content)
    }
    return .hold
  }

  /// Completion effect: what a check has found.
  mutating func judgeCheck(_ token: Int32, check: Int32) -> EffectOutcome {
    guard risk.tokens[token, 0].isChecked else { return .proceed }
    risk.tokens[token, 0].isChecked = false
    let row = risk.checks[Int(check)]
    let caseSlot = tokens[token].caseSlot
    let isTainted = cases[caseSlot].errors > 0
    let uniform = draw(row.streams.finds, for: token)
    if isTainted {
      guard missing(uniform, row, luck: risk.cases[caseSlot, 0].luck) >= row.misses else {
        note(.checkMissed, caseSlot: caseSlot)
        return .proceed
      }
      note(.checkFound, caseSlot: caseSlot)
      if adoption.isOn { surprise(.found, caseSlot: caseSlot) }
    } else {
      guard uniform < row.falseAlarms else { return .proceed }
      note(.checkFalseAlarm, caseSlot: caseSlot)
    }
    guard row.correction.errand >= 0 else {
      cases[caseSlot].errors = 0
      return .proceed
    }
    note(.checkAlarm, caseSlot: caseSlot)
    giveErrand(
      row.correction.errand, caseSlot: caseSlot, token: token,
      content: microseconds(row.correction.time, draw(row.streams.correction, for: token)))
    return .hold
  }

  /// The uniform number by which a check misses an error: low where the luck was low with which the
  /// error was made, as far as the two are correlated.
  private func missing(_ uniform: Double, _ row: CheckRow, luck: Double) -> Double {
    guard row.correlation > 0, luck > 0 else { return uniform }
    if row.correlation >= 1 { return luck }
    let own = (1 - row.correlation * row.correlation).squareRoot()
    return normalCDF(row.correlation * normalQuantile(luck) + own * normalQuantile(uniform))
  }
}
