internal import EventEngine
internal import Statistics

// Mechanism *guardrails*, routing: not every firing goes to a person at once. A second agent may look at the
// case, or the customer be asked for documents; what neither resolves goes to the person all the same.
// Brief row 83.

/// Where the firings of a guardrail go that do not go to a person at once.
public struct RoutingModel: Sendable {
  /// Look of another automation; `nil` for none.
  public var secondAgent: SecondAgent?
  /// Documents that the customer is asked for; `nil` for none.
  public var documents: Documents?

  /// A look of another automation: a run of it, with its runners, time and price.
  public struct SecondAgent: Sendable, Hashable {
    /// Index of the automation.
    public var automation: Int
    /// Share of firings that go to it.
    public var share: Double
    /// Probability that it resolves one.
    public var resolves: Double

    /// Creates a look.
    public init(automation: Int, share: Double, resolves: Double) {
      self.automation = automation
      self.share = share
      self.resolves = resolves
    }
  }

  /// Documents from outside; the case waits for them in calendar time.
  public struct Documents: Sendable {
    /// Share of firings for which they are asked for.
    public var share: Double
    /// Time until they come, in seconds.
    public var wait: SampledTime
    /// Probability that they resolve one.
    public var resolves: Double
    /// Cost of asking, in millionths of the currency unit.
    public var cost: Double

    /// Creates a request.
    public init(share: Double, wait: SampledTime, resolves: Double, cost: Double = 0) {
      self.share = share
      self.wait = wait
      self.resolves = resolves
      self.cost = cost
    }
  }

  /// Creates a routing; the rest goes to a person at once.
  public init(secondAgent: SecondAgent? = nil, documents: Documents? = nil) {
    self.secondAgent = secondAgent
    self.documents = documents
  }

  /// Share of firings that make no ticket.
  var resolved: Double {
    (secondAgent.map { $0.share * $0.resolves } ?? 0)
      + (documents.map { $0.share * $0.resolves } ?? 0)
  }
}

/// The routing of a guardrail as a plain row.
struct RoutingRow: BitwiseCopyable {
  /// −1 for none.
  var automation: Int32
  var runTime: CompiledSampler
  var agentShare: Double
  var agentResolves: Double
  var documentShare: Double
  var documentWait: CompiledSampler
  var documentResolves: Double
  var documentCost: Double
  var routeStream: RandomStream
  var resolveStream: RandomStream
  var waitStream: RandomStream

  init(_ guardrail: GuardrailModel, in stack: StackModel) {
    let agent = guardrail.routing?.secondAgent
    let documents = guardrail.routing?.documents
    automation = agent.map { Int32($0.automation) } ?? -1
    runTime =
      agent.map { stack.automations[$0.automation].runTime.sampler } ?? SampledTime.zero.sampler
    agentShare = agent?.share ?? 0
    agentResolves = agent?.resolves ?? 0
    documentShare = documents?.share ?? 0
    documentWait = (documents?.wait ?? .zero).sampler
    documentResolves = documents?.resolves ?? 0
    documentCost = documents?.cost ?? 0
    let streams = Self.streams(of: guardrail.name)
    routeStream = streams[0]
    resolveStream = streams[1]
    waitStream = streams[2]
  }

  static func streams(of name: String) -> [RandomStream] {
    ["route", "resolution", "time of second look or documents"].map {
      RandomStream("guardrail \(name)", $0)
    }
  }
}

extension Replication {
  /// Completion effect between re-evaluation and tickets: sends a firing to a second agent, or asks for
  /// documents.
  mutating func routeFiring(_ guardrail: Int32, on token: Int32) -> EffectOutcome {
    guard tokens[token].guardrailFired else { return .proceed }
    let row = routingTable[Int(tokens[token].stack) &* guardrailCount &+ Int(guardrail)]
    let caseSlot = tokens[token].caseSlot
    let route = draw(row.routeStream, for: token)
    let isForAgent = route < row.agentShare
    guard isForAgent || route < row.agentShare + row.documentShare else { return .proceed }
    let resolves = isForAgent ? row.agentResolves : row.documentResolves
    if draw(row.resolveStream, for: token) < resolves {
      tokens[token].guardrailFired = false
      note(.guardrailResolved, caseSlot: caseSlot)
    }
    let uniform = draw(row.waitStream, for: token)
    if isForAgent {
      note(
        .guardrailToSecondAgent, caseSlot: caseSlot,
        cost: automationTable[automationIndex(tokens[token].stack, row.automation)].costPerRun)
      let item = newItem(
        .look, source: guardrail, station: teamCount &+ Int(row.automation), caseSlot: caseSlot,
        token: token, content: microseconds(row.runTime, uniform))
      items[item].stack = tokens[token].stack
      tokens[token].item = item
      enqueue(item)
    } else {
      note(.guardrailToCustomer, caseSlot: caseSlot, cost: row.documentCost)
      charge(caseSlot, .coordination, row.documentCost)
      holdToken(token, for: microseconds(row.documentWait, uniform))
    }
    return .hold
  }

  /// A second agent has looked at a firing: its run is paid for.
  mutating func payLook(_ work: WorkItem) {
    let automation = automationIndex(work.stack, work.station - Int32(teamCount))
    charge(work.caseSlot, .automation, automationTable[automation].costPerRun)
  }
}
