internal import EventEngine
internal import Statistics

// What a case is expected to take, by arithmetic instead of simulation: how often it comes to each node,
// how much work it brings to each team at a given time. Used for the fluid curve, for the refusal to start
// from a stack that saturates, and for the work owed by unfinished cases.

/// Expected visits of a case to the nodes of a flow.
public struct FlowExpectation: Sendable {
  /// Tokens that pass each node per case.
  public let visits: [Double]
  /// Whether the visits are finite: false where a loop is never left.
  public let isFinite: Bool

  /// Solves the visit equations for a flow of which only the branching is known.
  ///
  /// - Parameter probabilities: probability of each flow, indexed as `FlowGraph.flows`; used where cases
  ///   choose.
  public init(flow: FlowGraph, probabilities: [Double]) {
    self.init(
      law: FlowLaw(
        flow: flow, probabilities: probabilities, stack: nil, table: SamplerTable()))
  }

  /// Solves the visit equations of a stack of a model, events and repetitions included.
  public init(model: SimulationModel, stack: StackModel) {
    self.init(law: FlowLaw(model: model, stack: stack))
  }

  /// Solves the visit equations by iteration, and where a loop is hardly ever left by elimination.
  init(law: FlowLaw) {
    var visits = [Double](repeating: 0, count: law.flow.nodes.count)
    var isFinite = false
    // Each sweep propagates by at least one node; loops converge geometrically.
    for _ in 0..<20_000 {
      var next = [Double](repeating: 0, count: visits.count)
      for (node, weight) in law.starts { next[node] += weight }
      let activations = visits.indices.map { law.activations(of: $0, visits: visits) }
      for edge in law.edges { next[edge.target] += activations[edge.source] * edge.weight }
      let change = zip(visits, next).map { abs($0 - $1) }.max() ?? 0
      visits = next
      if change < 1e-13 {
        isFinite = true
        break
      }
      if (visits.max() ?? 0) > 1e9 { break }
    }
    if !isFinite, let solved = Self.eliminated(law, near: visits) {
      visits = solved
      isFinite = true
    }
    self.visits = visits
    self.isFinite = isFinite
  }

  /// The visits by elimination; `nil` where a loop is never left.
  ///
  /// How often a node acts for each token that comes is taken from visits nearby; for inclusive joins, where that is
  /// no constant, the solution gives it anew until it stays.
  private static func eliminated(_ law: FlowLaw, near visits: [Double]) -> [Double]? {
    var visits = visits
    for _ in 0..<20 {
      let share = visits.indices.map { node in
        visits[node] > 0 ? law.activations(of: node, visits: visits) / visits[node] : 0
      }
      var equations = VisitEquations(count: visits.count)
      for (node, weight) in law.starts { equations.add(start: weight, to: node) }
      for edge in law.edges where share[edge.source] > 0 {
        equations.add(share[edge.source] * edge.weight, from: edge.source, to: edge.target)
      }
      guard let next = equations.solution() else { return nil }
      let isStable = zip(visits.indices, next).allSatisfy { node, value in
        let acts = value > 0 ? law.activations(of: node, visits: next) / value : 0
        return abs(acts - share[node]) < 1e-9
      }
      visits = next
      if isStable { return visits }
    }
    return nil
  }
}

extension FlowLaw {
  /// The law of a stack of a model.
  ///
  /// Where events are raced against sub-processes, a first pass without
  /// them says how long those take.
  init(model: SimulationModel, stack: StackModel) {
    let flow = model.flow
    let first = FlowLaw(
      flow: flow, probabilities: stack.flowProbabilities, stack: stack, table: model.samplerTable)
    let races = flow.handlers.contains { $0.delay >= 0 }
    guard races else {
      self = first
      return
    }
    let visits = FlowExpectation(law: first).visits
    self.init(
      flow: flow, probabilities: stack.flowProbabilities, stack: stack, table: model.samplerTable,
      durations: flow.meanDurations(visits: visits, stack: stack))
  }
}

extension FlowGraph {
  /// Expected seconds of work and outside waits in each sub-process, per visit, one after the other.
  fileprivate func meanDurations(visits: [Double], stack: StackModel) -> [Double] {
    var seconds = [Double](repeating: 0, count: nodes.count)
    for node in nodes.indices where visits[node].isFinite {
      var own = 0.0
      switch nodes[node].kind {
      case .activity:
        let activity = stack.activities[Int(nodes[node].detail)]
        own = activity.handlingTime?.mean ?? 0
        if let automation = activity.automation {
          let share = stack.expectedAutomationShare(ofActivity: Int(nodes[node].detail))
          own = (1 - share) * own + share * stack.automations[automation].runTime.mean
        }
      case .delay: own = stack.delays[Int(nodes[node].detail)].time.mean
      default: continue
      }
      var owner = Int(scopes[Int(nodes[node].scope)].node)
      while owner >= 0 {
        if visits[owner] > 0 { seconds[owner] += own * visits[node] / visits[owner] }
        owner = Int(scopes[Int(nodes[owner].scope)].node)
      }
    }
    return seconds
  }
}

/// What one case is expected to bring, under one stack at one time.
///
/// Exact but for these things: a guardrail is counted as evaluated as if its activity were visited once,
/// which matters in loops only; all automations upstream of a guardrail count as met when a reviewer
/// reconstructs what happened; batches count as full; nobody loses patience; where people take times of
/// their own, each who may do the work counts alike.
public struct ExpectedLoad: Sendable {
  /// Human work per case and team, in seconds at a speed of 1.
  public let teamSeconds: [Double]
  /// Machine time per case and automation, in seconds.
  public let automationSeconds: [Double]
  /// Hops through the orchestration layer per case.
  public let hops: Double
  /// Time for which a case's work holds each application, in seconds; waits for others not counted.
  public let applicationSeconds: [Double]
  /// Requests per case to each application.
  public let applicationRequests: [Double]

  /// Works out the load of a case that arrives at an instant (microseconds).
  ///
  /// - Parameter expectation: visits of the stack's cases, which do not change with time.
  public init(
    model: SimulationModel, stack: StackModel, expectation: FlowExpectation, at time: Int64
  ) {
    let ways = PlannedWays(of: model, under: stack, at: time)
    var teams = [Double](repeating: 0, count: stack.teams.count)
    var automations = [Double](repeating: 0, count: stack.automations.count)
    var hops = 0.0
    var held = [Double](repeating: 0, count: stack.applications.count)
    var requests = held
    for index in stack.activities.indices {
      for way in ways.stacks {
        let share = ways.share(of: way, activity: index)
        if share == 0 { continue }
        let visits = expectation.visits[Int(model.flow.activities[index])] * share
        if way.stack.layer != nil { hops += visits }
        let parts = ActivityExpectation(
          of: index, stack: way.stack, guardrails: way.guardrails, flow: model.flow, time: time,
          calendars: model.calendars)
        for (team, seconds) in parts.teamSeconds { teams[team] += visits * seconds }
        for (automation, seconds) in parts.automationSeconds {
          automations[automation] += visits * seconds
        }
        hops += visits * parts.retryHops
        for use in parts.applications {
          held[use.touch.application] += visits * use.seconds
          requests[use.touch.application] += visits * use.uses * Double(use.touch.requests)
        }
      }
    }
    teamSeconds = teams
    automationSeconds = automations
    self.hops = hops
    applicationSeconds = held
    applicationRequests = requests
  }
}

/// What one visit to an activity is expected to bring.
struct ActivityExpectation {
  var teamSeconds: [(team: Int, seconds: Double)] = []
  var automationSeconds: [(automation: Int, seconds: Double)] = []
  /// Hops in which the layer decides on another attempt.
  var retryHops = 0.0
  /// Cost of runs, in millionths of the currency unit.
  var runCost = 0.0
  /// Uses of applications and the time for which they are held, in seconds.
  var applications: [(touch: TouchModel, uses: Double, seconds: Double)] = []

  init(
    of index: Int, stack: StackModel, guardrails: [GuardrailRow], flow: FlowGraph, time: Int64,
    calendars: [WorkCalendar]
  ) {
    let activity = stack.activities[index]
    let byAutomation =
      activity.automation == nil ? 0 : stack.expectedAutomationShare(ofActivity: index)
    let stays = 1 - Self.shareReplaced(index, stack: stack, at: time)
    let touchedByHand = stack.touches(ofActivity: index, byAutomation: false)
    let latencyByHand = stack.latency(of: touchedByHand)
    if let team = activity.team, let mean = stack.meanContent(ofActivity: index) {
      let uses = stays * (1 - byAutomation)
      teamSeconds.append((team, uses * (mean + latencyByHand)))
      applications += touchedByHand.map { ($0, uses, uses * (mean + latencyByHand)) }
    }
    guard let automationIndex = activity.automation else { return }
    let automation = stack.automations[automationIndex]
    let attempts = AttemptExpectation(ofActivity: index, automation, in: stack, at: time)
    let expected = attempts.expected
    let runs = (1 - expected.givenAway) * expected.runs
    let touched = stack.touches(ofActivity: index, byAutomation: true)
    let work = expected.seconds * (1 - attempts.keptShare) + stack.latency(of: touched)
    let runSeconds = stays * byAutomation * runs * work
    automationSeconds.append((automationIndex, runSeconds))
    retryHops = stays * byAutomation * attempts.layerRetries
    addOrchestration(
      of: index, attempts, share: stays * byAutomation, automation: automationIndex, in: stack)
    applications += touched.map { ($0, stays * byAutomation * runs, runSeconds) }
    runCost = stays * byAutomation * runs * expected.cost
    let asked = stays * byAutomation * (1 - expected.givenAway) * (1 - expected.gaveUp)
    teamSeconds += expected.reviews.map { ($0.team, asked * $0.seconds) }
    let byPeople =
      flow.catchesFailure(of: index)
      ? expected.byPeople - (1 - expected.givenAway) * expected.gaveUp : expected.byPeople
    if byPeople > 0, let team = automation.exceptionTeam ?? activity.team,
      let time = automation.exceptionTime ?? activity.handlingTime
    {
      let uses = stays * byAutomation * byPeople
      teamSeconds.append((team, uses * (time.mean + latencyByHand)))
      applications += touchedByHand.map { ($0, uses, uses * (time.mean + latencyByHand)) }
    }
    for (position, guardrail) in stack.guardrails.enumerated()
    where guardrail.afterActivity == index && guardrail.raisedBy == automationIndex {
      let firings =
        stays * byAutomation * expected.done
        * Self.ticketProbability(
          guardrail, guardrails[position], at: time, calendars: calendars)
      let context = Self.contextSeconds(guardrail, stack: stack, flow: flow)
      guard let handling = guardrail.handling else {
        let seconds = Self.reviewSeconds(guardrail) + context
        for team in guardrail.teams {
          let factor = guardrail.expertiseFactor(in: stack, team: team)
          teamSeconds.append((team, firings * seconds * factor))
        }
        continue
      }
      add(
        TicketExpectation(
          guardrail, handling, stack: stack, review: Self.reviewSeconds(guardrail),
          context: context,
          firing: Self.firingShare(guardrail, guardrails[position], at: time, calendars: calendars)),
        of: guardrail, handling, evaluations: stays * byAutomation * expected.done,
        firings: firings, stack: stack)
    }
    repeatForRework(index, stack: stack, guardrails: guardrails, at: time, calendars: calendars)
  }

  /// Share of visits at which the planned task falls away because its guardrail was evaluated.
  static func shareReplaced(_ index: Int, stack: StackModel, at time: Int64) -> Double {
    guard let guardrail = stack.guardrails.first(where: { $0.replacesActivity == index }) else {
      return 0
    }
    let source = stack.activities[guardrail.afterActivity]
    guard source.automation == guardrail.raisedBy else { return 0 }
    let expected = AttemptExpectation(
      ofActivity: guardrail.afterActivity, stack.automations[guardrail.raisedBy], in: stack,
      at: time
    ).expected
    return stack.expectedAutomationShare(ofActivity: guardrail.afterActivity) * expected.done
  }

  /// Working time of a review as such, in seconds.
  static func reviewSeconds(_ guardrail: GuardrailModel) -> Double {
    guard let bulk = guardrail.bulkReview else { return guardrail.reviewTime.mean }
    return bulk.setup.mean / Double(bulk.size) + (bulk.each ?? guardrail.reviewTime).mean
  }

  /// Probability that a guardrail fires where its condition holds.
  static func firingShare(
    _ model: GuardrailModel, _ row: GuardrailRow, at time: Int64, calendars: [WorkCalendar]
  ) -> Double {
    switch model.firing {
    case .everyNthCase(let n): 1 / Double(max(1, n))
    case .probability: row.firingProbability(at: time, calendars: calendars)
    }
  }

  static func ticketProbability(
    _ model: GuardrailModel, _ row: GuardrailRow, at time: Int64, calendars: [WorkCalendar]
  ) -> Double {
    let applies =
      model.conditionShare * firingShare(model, row, at: time, calendars: calendars)
      * (model.oversight?.expectedShare ?? 1)
    guard let check = model.reevaluation else { return applies }
    return applies * (1 - check.unnecessary) * (1 - check.falsePass)
  }

  /// Reconstruction time: all automations that work at or before the guarded activity have touched the
  /// case by then.
  static func contextSeconds(
    _ model: GuardrailModel, stack: StackModel, flow: FlowGraph
  ) -> Double {
    guard model.contextPerAutomation > 0 else { return 0 }
    if let layer = stack.layer, layer.sharesContext { return 0 }
    let upstream = flow.activitiesThatReach(model.afterActivity)
    let met = Set(
      upstream.compactMap {
        stack.activities[$0].automationShare > 0 ? stack.activities[$0].automation : nil
      })
    return Double(model.contextPerAutomation) / 1e6 * Double(met.count)
  }
}

extension FlowGraph {
  /// Whether the final failure of an activity's automation goes to a boundary event, not to people.
  public func catchesFailure(of activity: Int) -> Bool {
    let node = nodes[Int(activities[activity])]
    if node.traits.contains(.instance) {
      return nodes[Int(scopes[Int(node.scope)].node)].traits.contains(.catchesErrors)
    }
    return node.traits.contains(.catchesErrors)
  }

  /// Activities from which a case can come to an activity, itself included.
  func activitiesThatReach(_ activity: Int) -> [Int] {
    var sources: [[Int32]] = Array(repeating: [], count: nodes.count)
    for node in nodes.indices {
      for flow in outgoing(of: node) { sources[Int(flows[flow].target)].append(Int32(node)) }
      for index in 0..<Int(nodes[node].handlerCount) {
        sources[Int(handlers[Int(nodes[node].firstHandler) + index].node)].append(Int32(node))
      }
    }
    for scope in scopes where scope.node >= 0 {
      for start in starts(of: scope) { sources[start].append(scope.node) }
    }
    var seen: Set<Int32> = [activities[activity]]
    var open = [activities[activity]]
    while let node = open.popLast() {
      for source in sources[Int(node)] where seen.insert(source).inserted { open.append(source) }
    }
    return activities.indices.filter { seen.contains(activities[$0]) }
  }
}

/// What is expected to come after each node, under the stack at work at an instant.
struct ExpectedRemainder {
  /// Cost, in millionths of the currency unit.
  let costAfterNode: [Double]
  /// Human work, in seconds.
  let secondsAfterNode: [Double]
  /// Cost of one visit to a node, with what lies within it.
  let costOfNode: [Double]
  /// Human work of one visit to a node, with what lies within it, in seconds.
  let secondsOfNode: [Double]

  init(model: SimulationModel, at time: Int64) {
    let stack = time < 0 ? model.runInStack ?? model.stack : model.stack
    let ways = PlannedWays(of: model, under: stack, at: time)
    var cost = [Double](repeating: 0, count: model.flow.nodes.count)
    var seconds = cost
    for index in stack.activities.indices {
      let node = Int(model.flow.activities[index])
      for way in ways.stacks {
        let share = ways.share(of: way, activity: index)
        if share == 0 { continue }
        let parts = ActivityExpectation(
          of: index, stack: way.stack, guardrails: way.guardrails, flow: model.flow, time: time,
          calendars: model.calendars)
        let activity = way.stack.activities[index]
        cost[node] += share * (parts.runCost + (way.stack.layer?.costPerHop ?? 0))
        for (team, content) in parts.teamSeconds {
          // Skills are asked of the activity's own team; who else takes part counts whole.
          let asked = team == activity.team ? activity.queueing.skills : []
          let effort = model.effort(of: stack.teams[team], skills: asked)
          cost[node] += share * content / 3600 * effort.cost
          seconds[node] += share * content * effort.hours
        }
      }
    }
    let law = FlowLaw(model: model, stack: stack)
    let visits = FlowExpectation(law: law).visits
    // Each token that waits for a join brings its share of what follows the join.
    let shares = visits.indices.map { node in
      visits[node] > 0 ? law.activations(of: node, visits: visits) / visits[node] : 1
    }
    (costAfterNode, costOfNode) = Self.solve(law, own: cost, shares: shares)
    (secondsAfterNode, secondsOfNode) = Self.solve(law, own: seconds, shares: shares)
  }

  /// Iterates the value-to-go backwards until it is stable: after a node comes what its flows lead to;
  /// coming to a node brings its own work, what lies within it, and what comes after it.
  private static func solve(_ law: FlowLaw, own: [Double], shares: [Double]) -> (
    after: [Double], of: [Double]
  ) {
    var after = [Double](repeating: 0, count: own.count)
    var within = after
    for _ in 0..<10_000 {
      var (nextAfter, nextWithin) = (
        [Double](repeating: 0, count: own.count), [Double](repeating: 0, count: own.count)
      )
      for edge in law.edges {
        let target = edge.target
        let value = edge.weight * shares[target] * (own[target] + within[target] + after[target])
        if edge.isInner {
          nextWithin[edge.source] += value
        } else {
          nextAfter[edge.source] += value
        }
      }
      let change = zip(after, nextAfter).map { abs($0 - $1) }.max() ?? 0
      let changeWithin = zip(within, nextWithin).map { abs($0 - $1) }.max() ?? 0
      (after, within) = (nextAfter, nextWithin)
      if max(change, changeWithin) < 1e-6 { break }
    }
    return (after, zip(own, within).map { $0 + $1 })
  }
}
