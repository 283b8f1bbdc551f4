internal import EventEngine

/// A mechanism that acts on a case at an activity.
///
/// **A new mechanism is a case here, a line in `EffectTable`, a line in `perform(_:on:)`, and a
/// file under `Mechanisms/`.**
enum Mechanism: UInt8, BitwiseCopyable {
  case orchestrationHop
  case replacedTask
  case attributeUpdate
  case decision
  case silentErrors
  case agentAsking
  case guardrailFiring
  case policyReevaluation
  case firingRoute
  case ticketRaising
  case assignment
  case handOver
  case repeatedPull
  case repeatedRequest
  case awaitedAnswer
  case delegation
  case handOverDone
  case agentConflicts
  case supervision
  case synthesis
  case falseAlarm
  case dualRunning
  case oversight
  case check
  case checkResult
  case policyDecision
  case compromisedWork
  case dataHandling
}

/// One act of a mechanism in the chain of an activity.
struct Effect: BitwiseCopyable {
  var mechanism: Mechanism
  /// Which one of its kind: the guardrail, for guardrails.
  var parameter: Int32
}

/// What a chain of effects does next.
enum EffectOutcome {
  /// Go on with the next effect.
  case proceed
  /// The token is held; the mechanism resumes it later, which goes on with the next effect.
  case hold
  /// The activity falls away: leave it at once.
  case skipActivity
}

/// For each stack and activity, two chains of effects: before the work begins (admission) and after
/// it is done (completion).
///
/// A chain is a range of `effects`.
struct EffectTable: ~Copyable {
  let effects: FlatArray<Effect>
  /// Four numbers a row, row = stack · activities + activity: admission from, to, completion from, to.
  let ranges: FlatArray<Int32>

  init(stacks: [StackModel], activityCount: Int) {
    var effects: [Effect] = []
    var ranges: [Int32] = []
    // Updates and decisions are numbered in the order in which `CaseAttributes` and `CaseRules`
    // list them.
    var updates: Int32 = 0
    var decisions: Int32 = 0
    var risks = RiskRows()
    for stack in stacks {
      for activity in 0..<activityCount {
        ranges.append(Int32(effects.count))
        effects += Self.admission(of: activity, in: stack)
        ranges.append(Int32(effects.count))
        ranges.append(Int32(effects.count))
        if Self.mayAsk(at: activity, in: stack) {
          effects.append(Effect(mechanism: .agentAsking, parameter: Int32(activity)))
        }
        for _ in stack.activities[activity].updates {
          effects.append(Effect(mechanism: .attributeUpdate, parameter: updates))
          updates += 1
        }
        if stack.activities[activity].decision != nil {
          effects.append(Effect(mechanism: .decision, parameter: decisions))
          decisions += 1
        }
        effects += Self.completion(of: activity, in: stack, risks)
        ranges.append(Int32(effects.count))
      }
      risks.skip(stack)
    }
    self.effects = FlatArray(effects)
    self.ranges = FlatArray(ranges)
  }

  private static func admission(of activity: Int, in stack: StackModel) -> [Effect] {
    var chain: [Effect] = []
    if let guardrail = stack.guardrails.firstIndex(where: { $0.replacesActivity == activity }) {
      chain.append(Effect(mechanism: .replacedTask, parameter: Int32(guardrail)))
    }
    if stack.layer != nil { chain.append(Effect(mechanism: .orchestrationHop, parameter: 0)) }
    return chain + orchestrationAdmission(of: activity, in: stack)
  }

  private static func completion(
    of activity: Int, in stack: StackModel, _ risks: RiskRows
  ) -> [Effect] {
    var chain: [Effect] = []
    let row = stack.activities[activity]
    // A layer may give the activity to an automation that errs.
    let mayErr = stack.automations.contains { $0.errorProbability > 0 }
    let isRouted = stack.layer.map { $0.routing != nil || !$0.reroutes.isEmpty } ?? false
    let automationErrs =
      row.automation.map {
        stack.automations[$0].errorProbability > 0 || (isRouted && mayErr)
      } ?? false
    if row.errorProbability > 0 || automationErrs || mayTaint(at: activity, in: stack) {
      chain.append(Effect(mechanism: .silentErrors, parameter: Int32(activity)))
    }
    if stack.rollout?.runsBeside == true {
      chain.append(Effect(mechanism: .dualRunning, parameter: Int32(activity)))
    }
    chain += orchestrationCompletion(of: activity, in: stack)
    chain += risk(at: activity, in: stack, risks)
    for (index, guardrail) in stack.guardrails.enumerated()
    where guardrail.afterActivity == activity {
      chain.append(Effect(mechanism: .guardrailFiring, parameter: Int32(index)))
      if guardrail.oversight != nil {
        chain.append(Effect(mechanism: .oversight, parameter: Int32(index)))
      }
      if guardrail.reevaluation != nil {
        chain.append(Effect(mechanism: .policyReevaluation, parameter: Int32(index)))
      }
      if guardrail.handling?.opinion != nil || guardrail.handling?.documents != nil {
        chain.append(Effect(mechanism: .firingRoute, parameter: Int32(index)))
      }
      chain.append(Effect(mechanism: .ticketRaising, parameter: Int32(index)))
    }
    return chain
  }
}

extension Replication {
  /// Performs one effect on a token.
  private mutating func perform(_ effect: Effect, on token: Int32) -> EffectOutcome {
    switch effect.mechanism {
    case .orchestrationHop: requestHop(for: token)
    case .replacedTask: skipReplacedTask(token, guardrail: effect.parameter)
    case .attributeUpdate: updateAttribute(effect.parameter, on: token)
    case .decision: decide(effect.parameter, on: token)
    case .silentErrors: leaveSilentError(token, activity: effect.parameter)
    case .agentAsking: askPerson(token, activity: effect.parameter)
    case .guardrailFiring: evaluateGuardrail(effect.parameter, on: token)
    case .policyReevaluation: reevaluatePolicy(effect.parameter, on: token)
    case .firingRoute: routeFiring(effect.parameter, on: token)
    case .ticketRaising: raiseTickets(effect.parameter, for: token)
    case .assignment: assign(token, activity: effect.parameter)
    case .handOver: handOver(token, activity: effect.parameter)
    case .repeatedPull: pullAgain(token, activity: effect.parameter)
    case .repeatedRequest: askAgain(token, activity: effect.parameter)
    case .awaitedAnswer: awaitAnswer(token, activity: effect.parameter)
    case .delegation: delegate(token, activity: effect.parameter)
    case .handOverDone: finishHandOver(token, activity: effect.parameter)
    case .agentConflicts: meet(token, activity: effect.parameter)
    case .supervision: supervise(token, activity: effect.parameter)
    case .synthesis: synthesise(token, activity: effect.parameter)
    case .falseAlarm: raiseFalseAlarm(token, activity: effect.parameter)
    case .dualRunning: runBeside(token, activity: effect.parameter)
    case .oversight: oversee(effect.parameter, on: token)
    case .check: check(token, check: effect.parameter)
    case .checkResult: judgeCheck(token, check: effect.parameter)
    case .policyDecision: decideUnderPolicy(effect.parameter, on: token)
    case .compromisedWork: doCompromisedWork(token, activity: effect.parameter)
    case .dataHandling: handleData(effect.parameter, on: token)
    }
  }

  /// Begins a token's activity: its admission chain, then the work.
  @inline(__always)
  mutating func beginActivity(_ token: Int32, activity: Int32) {
    tokens[token].stack = rollout.isOn ? way(of: token, activity) : stack
    tokens[token].attempt = 0
    tokens[token].stage = .admitted
    tokens[token].isDoneByAutomation = false
    let row = rangeRow(token, activity)
    let first = effectTable.ranges[row]
    tokens[token].effect = first
    // Most chains are empty.
    if first == effectTable.ranges[row + 1] {
      startWork(token, activity: activity)
    } else {
      continueChain(token)
    }
  }

  /// Begins the completion chain of a token whose work is done.
  @inline(__always)
  mutating func completeWork(_ token: Int32) {
    let row = rangeRow(token, nodes[Int(tokens[token].node)].detail)
    let first = effectTable.ranges[row + 2]
    tokens[token].stage = .completed
    tokens[token].effect = first
    if first == effectTable.ranges[row + 3] { finishActivity(token) } else { continueChain(token) }
  }

  /// Goes on with the chain a token is in; after its end, with the work or with the flow.
  mutating func continueChain(_ token: Int32) {
    let activity = nodes[Int(tokens[token].node)].detail
    let stage = tokens[token].stage
    let row = rangeRow(token, activity) + (stage == .admitted ? 1 : 3)
    let end = effectTable.ranges[row]
    while tokens[token].effect < end {
      let effect = effectTable.effects[Int(tokens[token].effect)]
      tokens[token].effect &+= 1
      switch perform(effect, on: token) {
      case .proceed: continue
      case .hold: return
      case .skipActivity:
        leave(token)
        return
      }
    }
    if stage == .admitted { startWork(token, activity: activity) } else { finishActivity(token) }
  }

  @inline(__always)
  private func rangeRow(_ token: Int32, _ activity: Int32) -> Int {
    (Int(tokens[token].stack) &* activityCount &+ Int(activity)) &* 4
  }
}
