internal import EventEngine

// Mechanism *risk*, errors that beget errors: whoever works on a case with an error that nobody has noticed
// may err because of it, or notice it. A case that is done with an error has let it escape: that is counted
// by the number of automations that met the case, and costs what it costs. Brief rows 96, 196.

/// Errors under one stack.
struct ErrorRiskRow: BitwiseCopyable {
  var isOn: Bool
  var spread: Double
  var spreadToPeople: Double
  var noticed: Double
  var hasEscape: Bool
  var escape: IncidentRow

  init(_ stack: StackModel, firstErrand: Int32) {
    let model = stack.risk?.errors
    isOn = model != nil
    spread = model?.spread ?? 0
    spreadToPeople = model?.spreadToPeople ?? 0
    noticed = model?.noticed ?? 0
    hasEscape = model?.escape != nil
    escape = IncidentRow(
      model?.escape ?? IncidentModel(), name: RiskState.escapeName,
      errand: stack.riskErrand(.incident, RiskErrand.escape, first: firstErrand))
  }
}

/// Streams of an activity that taint draws from.
struct TaintStreams: BitwiseCopyable {
  var noticed: RandomStream

  init(_ id: String) { noticed = Self.all(of: id)[0] }

  static func all(of id: String) -> [RandomStream] { [RandomStream(id, "taint noticed")] }
}

/// Numbers of the errands of incidents.
enum RiskErrand {
  static let escape = 0
  static let investigation = 1
  static let cleanUp = 2
  /// Those of the policies follow, one for each.
  static let firstExposure = 1_000
  /// Those of the classes of data, one for each.
  static let firstLeak = 2_000
}

extension StackModel {
  /// The errands that errors and their checks may give.
  func errorErrands(_ risk: RiskModel) -> [ErrandModel] {
    var errands: [ErrandModel] = []
    for (number, check) in (risk.errors?.checks ?? []).enumerated() {
      if case .team(let team) = check.checker {
        errands.append(
          ErrandModel(
            .check, number: number, name: "check: \(check.name)", team: team, isTicket: true,
            component: .review, event: .checkMade))
      }
      if let correction = check.correction {
        errands.append(
          ErrandModel(
            .checkAlarm, number: number, name: "alarm of \(check.name)", team: correction.team,
            isTicket: true, component: .review, event: .checkAlarm))
      }
    }
    if let work = risk.errors?.escape?.work {
      errands.append(
        ErrandModel(
          .incident, number: RiskErrand.escape, name: "escaped error", team: work.team,
          isTicket: true, component: .incidents, event: .errorEscaped))
    }
    return errands
  }
}

extension EffectTable {
  /// Whether work on an activity may leave an error because the case has one, or people may notice it.
  static func mayTaint(at activity: Int, in stack: StackModel) -> Bool {
    guard let errors = stack.risk?.errors else { return false }
    let row = stack.activities[activity]
    return (row.automation != nil && errors.spread > 0)
      || (row.team != nil && (errors.spreadToPeople > 0 || errors.noticed > 0))
  }
}

extension MechanismEvent {
  /// A case done that so many automations met.
  static func done(afterAutomations count: Int) -> MechanismEvent {
    let events: [MechanismEvent] = [
      .doneAfterNone, .doneAfterOne, .doneAfterTwo, .doneAfterThree, .doneAfterFour, .doneAfterMore,
    ]
    return events[min(count, 5)]
  }

  /// A case done with an error, of which the same is known.
  static func escaped(afterAutomations count: Int) -> MechanismEvent {
    let events: [MechanismEvent] = [
      .escapedAfterNone, .escapedAfterOne, .escapedAfterTwo, .escapedAfterThree, .escapedAfterFour,
      .escapedAfterMore,
    ]
    return events[min(count, 5)]
  }
}

extension Replication {
  /// Probability of an error where the case may have one: its own, or that of spreading.
  @inline(__always)
  func tainted(_ own: Double, by spread: Double) -> Double { own + (1 - own) * spread }

  /// Completion effect: draws whether the work just done on a token left an error, of its own or
  /// because the case had one.
  mutating func leaveTaintedError(_ token: Int32, activity: Int32, row: Int) -> EffectOutcome {
    let caseSlot = tokens[token].caseSlot
    let taint = risk.errors[Int(tokens[token].stack)]
    var (own, probability, attempt) = (0.0, 0.0, Int32(0))
    var (isDrawnBefore, hasErred) = (false, false)
    var sampled: Int32 = -1
    if tokens[token].isDoneByAutomation {
      let automation = automationIndex(tokens[token].stack, performer(of: token, row))
      own = ownErrorProbability(ofAutomation: automation, token: token)
      probability = errorProbability(ofAutomation: automation, token: token)
      isDrawnBefore = automationTable[automation].traits.contains(.asks)
      if automationTable[automation].traits.contains(.drifts) { sampled = Int32(automation) }
    } else {
      let noticed = risk.taintStreams[Int(activity)].noticed
      if cases[caseSlot].errors > 0, happens(taint.noticed, noticed, token) {
        cases[caseSlot].errors = 0
        note(.errorNoticed, caseSlot: caseSlot)
      }
      own = activityTable[row].errorProbability
      probability = cases[caseSlot].errors > 0 ? tainted(own, by: taint.spreadToPeople) : own
      // Who takes over from a run that was right has luck of their own.
      attempt = tokens[token].attempt == takenOver ? 1 : 0
    }
    var uniform = 1.0
    if probability > 0 {
      uniform =
        isDrawnBefore
        ? runDetails[token, 0].luck
        : draw(activityTable[row].errorStream, for: token, attempt: attempt)
      hasErred = isDrawnBefore ? runDetails[token, 0].hasErred : uniform < probability
    }
    if sampled >= 0 {
      sampleOutcome(token, activity: activity, automation: Int(sampled), hasErred: hasErred)
    }
    guard hasErred else { return .proceed }
    cases[caseSlot].errors &+= 1
    if uniform >= own { note(.errorSpread, caseSlot: caseSlot) }
    risk.cases[caseSlot, 0].luck = tokens[token].isDoneByAutomation ? uniform : -1
    return .proceed
  }

  /// A case is done: an error that it still has has escaped.
  mutating func letErrorsEscape(_ caseSlot: Int32) {
    let row = risk.errors[Int(stack)]
    guard row.isOn else { return }
    let met = cases[caseSlot].automationsMet.nonzeroBitCount
    note(.done(afterAutomations: met), caseSlot: caseSlot)
    guard cases[caseSlot].errors > 0 else { return }
    note(.escaped(afterAutomations: met), caseSlot: caseSlot)
    if row.hasEscape {
      sufferIncident(row.escape, .errorEscaped, caseSlot: caseSlot)
    } else {
      note(.errorEscaped, caseSlot: caseSlot)
    }
  }
}
