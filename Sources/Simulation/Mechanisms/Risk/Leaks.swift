internal import EventEngine
internal import Statistics

// Mechanism *risk*, leaks: a case carries data of classes, from its start or from the activity that collects
// them. Whoever does an activity, and every application that is touched, gets them; whoever of these is not
// cleared for the class may leak them. Brief row 99.

/// A class of data at one activity.
struct LeakRow: BitwiseCopyable {
  /// Which class: a bit of a case.
  var bit: UInt64
  /// −1 for all cases.
  var condition: Int32
  var collectsHere: Bool
  /// Whether a case has them from its start.
  var isCarriedFromStart: Bool
  /// Automations that are cleared, as bits; those beyond 63 share the last.
  var cleared: UInt64
  /// Applications touched that are not cleared, by hand and by runs.
  var byHand: Double
  var byRuns: Double
  var share: Double
  var byPeople: Double
  var incident: IncidentRow
  var stream: RandomStream

  /// - Parameter condition: its number.
  init(
    _ model: LeakModel, number: Int, at activity: Int, _ id: String, in stack: StackModel,
    condition: Int32, firstErrand: Int32
  ) {
    func uncleared(byAutomation: Bool) -> Double {
      Double(
        stack.touches(ofActivity: activity, byAutomation: byAutomation).count {
          !model.clearedApplications.contains($0.application)
        })
    }
    bit = 1 << UInt64(number)
    self.condition = condition
    collectsHere = model.collectedAt.contains(activity)
    isCarriedFromStart = model.collectedAt.isEmpty
    cleared = automationMask(model.clearedAutomations)
    byHand = uncleared(byAutomation: false)
    byRuns = uncleared(byAutomation: true)
    share = model.share
    byPeople = model.byPeople
    incident = IncidentRow(
      model.incident, name: Self.incidentName(model.name, id),
      errand: stack.riskErrand(.incident, RiskErrand.firstLeak + number, first: firstErrand))
    stream = Self.stream(of: model.name, at: id)
  }

  static func stream(of name: String, at id: String) -> RandomStream {
    RandomStream("data \(name)", "leaks at \(id)")
  }

  static func incidentName(_ name: String, _ id: String) -> String { "leak of \(name) at \(id)" }
}

extension StackModel {
  /// The errands that leaks may give.
  func leakErrands(_ risk: RiskModel) -> [ErrandModel] {
    risk.leaks.enumerated().compactMap { number, model in
      model.incident.work.map { work in
        ErrandModel(
          .incident, number: RiskErrand.firstLeak + number, name: "leak of \(model.name)",
          team: work.team, isTicket: true, component: .incidents, event: .dataLeaked)
      }
    }
  }
}

extension Replication {
  /// Completion effect: data of a class come to whoever did the activity, and may leak there.
  mutating func handleData(_ leak: Int32, on token: Int32) -> EffectOutcome {
    let row = risk.leaks[Int(leak)]
    let caseSlot = tokens[token].caseSlot
    if row.collectsHere { risk.cases[caseSlot, 0].carried |= row.bit }
    guard row.isCarriedFromStart || risk.cases[caseSlot, 0].carried & row.bit != 0,
      row.condition < 0 || holds(row.condition, caseSlot: caseSlot)
    else { return .proceed }
    let kept: Double
    if tokens[token].isDoneByAutomation {
      let activity = nodes[Int(tokens[token].node)].detail
      let automation = performer(of: token, activityIndex(of: token, activity))
      let isCleared = row.cleared & (1 << UInt64(min(automation, 63))) != 0
      kept = power(1 - row.share, row.byRuns + (isCleared ? 0 : 1))
    } else {
      kept = (1 - row.byPeople) * power(1 - row.share, row.byHand)
    }
    if happens(shifted(1 - kept, by: securityShift(token)), row.stream, token) {
      sufferIncident(
        row.incident, .dataLeaked, caseSlot: caseSlot, visit: tokens[token].visit)
    }
    return .proceed
  }
}
