internal import EventEngine
internal import Statistics

/// One run of a model: clock, queue of events, state of all cases, tokens, work and people.
///
/// Nothing in it is shared or counted by reference; its extensions in `Replication/` and `Mechanisms/`
/// act on it. The tables of the two stacks stand one after the other: row `stack · count + index`.
struct Replication<Observer: SimulationObserver>: ~Copyable {
  /// Of a type that the compiler can only refer to, so that it refers to the whole and never moves it: it
  /// would copy all 13 KB to the stack for each call of a method that does not mutate.
  private let isReadInPlace: Any = ()

  let model: SimulationModel
  let random: DrawSource<Observer>
  var observer: Observer
  var record: ReplicationRecord

  var now: Int64
  var events = EventQueue()
  /// Stack at work: 0 during the run-in, 1 from day 0 on; 0 only where there is no run-in.
  var stack: UInt8 = 0
  var hasEnded = false
  var failure: SimulationError?

  // Flow.
  let nodes: FlatArray<FlowGraph.Node>
  let flows: FlatArray<FlowGraph.Flow>
  let scopeStarts: FlatArray<Int32>
  let scopeTable: FlatArray<FlowGraph.Scope>
  let flowProbabilities: FlatArray<Double>
  let handlers: FlatArray<FlowGraph.EventHandler>
  let throwers: FlatArray<FlowGraph.Thrower>
  let repetitions: FlatArray<FlowGraph.Repetition>
  let compensations: FlatArray<Int32>
  let joins: FlatArray<Int32>
  let joinReach: FlatArray<UInt64>
  let delayTable: FlatArray<DelayRow>
  let repetitionTable: FlatArray<RepetitionRow>
  let nodeCount: Int
  let hasInclusiveJoins: Bool
  let hasRepetitions: Bool

  // Tables of the stacks.
  /// Changed only by the response, which may change shares.
  var activityTable: FlatArray<ActivityRow>
  let laneTable: LaneTable
  let queueingTable: FlatArray<QueueingRow>
  let queueingOfActivities: FlatArray<Int32>
  let queueingOfExceptions: FlatArray<Int32>
  let queueingOfGuardrails: FlatArray<Int32>
  let personTimes: FlatArray<PersonTime>
  let batchTable: FlatArray<BatchRow>
  let teamTable: FlatArray<TeamRow>
  let automationTable: FlatArray<AutomationRow>
  let guardrailTable: FlatArray<GuardrailRow>
  let guardrailTeams: FlatArray<Int32>
  let effectTable: EffectTable
  var layers: FlatArray<LayerRow>
  let samplerTable: SamplerTable
  let startCalendars: StartCalendars
  let rules: CaseRules
  let calendars: [WorkCalendar]
  /// Classes of urgency.
  let classTable: FlatArray<UrgencyClass>
  let hasPriorityRules: Bool
  /// Position of urgency 0 among the classes.
  let standardClass: Int32
  let activityCount: Int
  let guardrailCount: Int
  let stationCount: Int
  let teamCount: Int
  let automationCount: Int

  // Applications and outages; see `ApplicationRows`.
  let hasApplications: Bool
  let applicationCount: Int
  let applicationTable: FlatArray<ApplicationRow>
  let touchTable: TouchTable
  let outageTable: FlatArray<OutageRow>
  let unitCanFail: FlatArray<Bool>
  let maintenance: [WorkCalendar?]
  var applicationStates: FlatArray<ApplicationState>
  var units: FlatArray<UnitState>
  var uses = FlatRows(blank: UseState(), columns: 1)
  /// Work in service that has a row in `uses`, in the order in which it was taken.
  var firstEngaged: Int32 = -1
  var lastEngaged: Int32 = -1

  // State.
  var cases = FlatPool(blank: CaseState())
  var scopes = FlatPool(blank: ScopeState())
  var tokens = FlatPool(blank: TokenState())
  var items = FlatPool(blank: WorkItem())
  var watches = FlatPool(blank: EventWatch())
  var compensationRecords = FlatPool(blank: CompensationRecord())
  var attributes: CaseAttributes
  var drawsAhead: DrawsAhead
  /// How often rules chose each flow; empty unless a forecast asks.
  var choiceCounts: FlatArray<Int64>
  /// How often nodes that rules steer acted, and instances began; empty unless a forecast asks.
  var passCounts: FlatArray<Int64>
  var visits: FlatRows<UInt16>
  var joinTokens: FlatRows<UInt16>
  /// Visits within an instance of a repeated activity, by scope.
  var instanceVisits: FlatRows<UInt16>
  /// Messages thrown within a case that nobody has caught yet, by event name.
  var heldMessages: FlatRows<UInt16>
  /// Scopes whose inclusive joins are to be looked at when the moves of the instant are made.
  var scopesToSettle: [Int32] = []
  /// Watches and completions so far, for their order.
  var lastOrder: Int64 = 0
  var stations: FlatArray<StationState>
  var lanes: FlatArray<LaneState>
  var people: FlatArray<PersonState>
  var staff: TeamStaff
  var formers = FlatPool(blank: BatchFormer())
  /// Chains of forming batches, by activity or guardrail and team.
  var firstFormer: FlatArray<Int32>
  var nextSequence: Int64 = 0
  /// Moves of tokens still to be made at this instant.
  var moves = FlatList<TokenMove>()
  var movesAtInstant = 0
  /// Days sampled so far.
  var samplesTaken = 0

  /// When work that has been interrupted was first begun.
  var firstStarts = FlatPool(blank: Int64(0))
  let workRows: WorkRecordRows
  /// Counts of work done, as `workRows` orders them.
  var workDone: FlatArray<WorkRecord>
  /// Runs of each automation of counted cases, and those of them that failed.
  var automationRuns: FlatArray<Int>
  var automationFailures: FlatArray<Int>

  // Mechanisms.
  let errandTable: FlatArray<ErrandRow>
  let agents: AgentTable
  /// What the calls of a token's run came to.
  var runDetails = FlatRows(blank: RunDetail(), columns: 1)
  /// How often asks of automations apply, 1 + 16 columns each; empty unless a forecast asks.
  var askCounts: FlatArray<Int64>
  let careTable: CareTable
  /// Breakage, changes and upkeep by automation; empty where nothing of it is on.
  var careStates: FlatArray<CareState>
  var releaseStates: FlatArray<ReleaseState>
  /// Calendar of each stack's automations, −1 for around the clock; empty where none has hours.
  let runnerHours: FlatArray<Int32>
  /// What mechanisms did, indexed by `MechanismEvent`.
  var ledger: FlatArray<LedgerEntry>
  /// Whether tickets have more to them than being answered, or load changes reviews.
  let hasTicketRules: Bool
  let hasPredictions: Bool
  let hasFatigue: Bool
  let ticketTable: FlatArray<TicketRow>
  let fatigueTable: FlatArray<FatigueRow>
  /// By item; by token.
  var ticketNotes = FlatRows(blank: TicketNote(), columns: 1)
  var ticketTracks = FlatRows(blank: TicketTrack(), columns: 1)
  var laterTickets = FlatPool(blank: LaterTicket())
  var busyStates: FlatArray<BusyState>
  /// Whether the skills of reviewers tell, or tickets are routed by them.
  let hasExpertise: Bool
  let expertise: ExpertiseTable
  var redesigns: RedesignTable
  var learning: LearningTable
  var drifts: DriftTable
  /// Whether anybody asks when tickets are due.
  let tracksDue: Bool
  let dueOfGuardrails: FlatArray<DueRow>
  let dueOfTeams: FlatArray<DueRow>
  let serviceLevel: DueRow
  /// Weeks for which each team's tickets due are counted.
  let serviceWeeks: Int
  var serviceTallies: FlatArray<ServiceTally>

  let caseCosts: CaseCostRow
  /// See `OrchestrationState`.
  var orchestration: OrchestrationState
  let hasStormControl: Bool
  /// See `OversightState`.
  var oversight: OversightState
  /// See `RolloutState`.
  var rollout: RolloutState
  /// See `RiskState`.
  var risk: RiskState

  /// See `ResponseState`.
  var responses: ResponseState

  /// See `AdoptionTable`.
  var adoption: AdoptionTable

  /// See `AbsenceTable`.
  var absences: AbsenceTable

  private var lastStamp: UInt32 = 0

  // Arrivals.
  var arrivals: ArrivalState
  var nextOrdinal: UInt32 = 1
  /// Cohort of the cases that arrive before `cohortEnd`.
  var cohort: Int32 = 0
  var cohortEnd: Int64 = 0
  /// Counted cases in progress.
  var countedInside = 0
  var cohortTallies: FlatArray<CohortTally>
  /// One account for each cohort.
  var cohortAccounts: FlatRows<Int64>
  let horizon: Int64
  let followUp: Int64
  let cohortLength: Int64
  let liveCaseLimit: Int
  let lastCohort: Int32
  /// Cases still to be counted; without end where the horizon bounds them.
  var casesToCount: Int
  /// Arrivals from here on do not count, and costs from here on are work owed.
  let countingEnd: Int64

  init(
    model: SimulationModel, seed: UInt64, replication: Int, observer: Observer,
    countsChoices: Bool = false
  ) {
    self.model = model
    random = DrawSource(seed: seed, replication: replication, observer: observer)
    self.observer = observer
    now = model.timeline.runInStart
    let stacks = [model.runInStack, model.stack].compactMap { $0 }
    let flow = model.flow
    nodes = FlatArray(flow.nodes)
    flows = FlatArray(flow.flowsTaken)
    scopeStarts = FlatArray(flow.startsTaken)
    scopeTable = FlatArray(flow.scopes)
    flowProbabilities = FlatArray(stacks.flatMap(\.flowProbabilities))
    handlers = FlatArray(flow.handlers)
    throwers = FlatArray(flow.throwers)
    repetitions = FlatArray(flow.repetitions)
    compensations = FlatArray(flow.compensations)
    joins = FlatArray(flow.joins)
    joinReach = FlatArray(flow.joinReach)
    delayTable = FlatArray(stacks.flatMap { DelayRow.rows(of: $0, flow: flow) })
    repetitionTable = FlatArray(stacks.flatMap { RepetitionRow.rows(of: $0, flow: flow) })
    nodeCount = flow.nodes.count
    hasInclusiveJoins = !flow.inclusiveJoins.isEmpty
    hasRepetitions = !flow.repetitions.isEmpty
    activityTable = FlatArray(stacks.flatMap { ActivityRow.rows(of: $0, flow: flow) })
    automationTable = FlatArray(OrchestrationState.automationRows(of: stacks))
    let guardrails = GuardrailRow.rows(of: stacks)
    guardrailTeams = FlatArray(guardrails.teams)
    effectTable = EffectTable(stacks: stacks, activityCount: flow.activities.count)
    layers = FlatArray(stacks.map { LayerRow($0.layer) })
    rules = CaseRules(stacks: stacks, flow: flow)
    var guardrailRows = guardrails.rows
    for index in guardrailRows.indices {
      guardrailRows[index].condition = rules.guardrailConditions[index]
    }
    OrchestrationState.number(thresholdsOf: &guardrailRows, of: stacks)
    guardrailTable = FlatArray(guardrailRows)
    drawsAhead = DrawsAhead(activities: activityTable.count)
    attributes = CaseAttributes(model: model, stacks: stacks)
    choiceCounts = FlatArray(repeating: 0, count: countsChoices ? flow.flows.count : 0)
    passCounts = FlatArray(repeating: 0, count: countsChoices ? flow.nodes.count : 0)
    samplerTable = model.samplerTable
    teamCount = model.stack.teams.count
    automationCount = model.stack.automations.count
    activityCount = flow.activities.count
    guardrailCount = model.stack.guardrails.count
    stationCount = teamCount + automationCount + 1
    startCalendars = StartCalendars(stacks: stacks, calendars: model.calendars)
    calendars = startCalendars.calendars
    laneTable = LaneTable(stacks: stacks, stationCount: stationCount)
    let queueing = QueueingTable(stacks: stacks, flow: flow, lanes: laneTable)
    queueingTable = FlatArray(queueing.rows)
    queueingOfActivities = FlatArray(queueing.firstActivity)
    queueingOfExceptions = FlatArray(queueing.firstException)
    queueingOfGuardrails = FlatArray(queueing.firstGuardrail)
    personTimes = FlatArray(queueing.personTimes)
    batchTable = FlatArray(queueing.batches)
    teamTable = FlatArray(stacks.flatMap { $0.teams.map(TeamRow.init) })
    classTable = FlatArray(laneTable.classes)
    hasPriorityRules = stacks.contains { !$0.priorityRules.isEmpty }
    standardClass = Int32(
      laneTable.classes.firstIndex(of: UrgencyClass(urgency: 0, after: 0)) ?? 0)
    applicationCount = model.stack.applications.count
    applicationTable = FlatArray(stacks.flatMap { $0.applications.map(ApplicationRow.init) })
    touchTable = TouchTable(stacks: stacks, flow: flow)
    let outages = stacks.map(\.outagesByUnit)
    outageTable = FlatArray(
      zip(stacks, outages).flatMap { stack, outages in
        zip(outages, stack.unitNames).map { OutageRow($0, name: $1) }
      })
    let canFail = model.stack.unitNames.indices.map { unit in
      outages.contains { $0[unit] != nil } || stacks.contains { $0.takesDown(unit) }
    }
    unitCanFail = FlatArray(canFail)
    maintenance = stacks.flatMap { $0.applications.map(\.maintenance) }
    hasApplications = !touchTable.isEmpty || canFail.contains(true)
    applicationStates = FlatArray(repeating: ApplicationState(), count: applicationCount)
    units = FlatArray(repeating: UnitState(), count: canFail.count)
    let cohortCount = model.timeline.cohortCount
    cohortTallies = FlatArray(repeating: CohortTally(), count: cohortCount)
    cohortAccounts = FlatRows(blank: 0, columns: AccountColumn.count)
    for cohort in 0..<Int32(cohortCount) { cohortAccounts.clear(row: cohort) }
    horizon = model.timeline.horizon
    followUp = model.timeline.followUp
    cohortLength = model.timeline.cohortLength
    lastCohort = Int32(cohortCount - 1)
    liveCaseLimit = model.limits.liveCases
    visits = FlatRows(blank: 0, columns: flow.nodes.count)
    joinTokens = FlatRows(blank: 0, columns: flow.joinSlotCount)
    instanceVisits = FlatRows(blank: 0, columns: hasRepetitions ? flow.nodes.count : 0)
    heldMessages = FlatRows(blank: 0, columns: flow.eventNames.count)
    stations = FlatArray(laneTable.stations)
    lanes = FlatArray(laneTable.lanes { TeamStaff.words(of: $0, in: stacks) })
    staff = TeamStaff(stacks: stacks, lanes: laneTable, calendars: calendars, at: now)
    people = FlatArray(staff.initialPeople)
    responses = ResponseState(stacks: stacks, staff: staff)
    absences = AbsenceTable(stacks: stacks, people: staff.initialPeople.count)
    firstFormer = FlatArray(
      repeating: -1, count: (guardrailCount + activityCount) * max(1, teamCount))
    arrivals = ArrivalState(model: model)
    casesToCount = model.timeline.caseLimit ?? .max
    countingEnd = model.timeline.caseLimit == nil ? model.timeline.horizon : .max
    let errands = ErrandRow.rows(of: stacks, queueing: queueing)
    errandTable = FlatArray(errands.rows)
    agents = AgentTable(
      stacks: stacks, flow: flow, conditions: rules.askConditions,
      firstErrand: errands.firstOfStack
    ) { [random] stream in random.uniform(stream, ordinal: 0) }
    askCounts = FlatArray(
      repeating: 0, count: countsChoices ? automationCount * (askLimit + 1) : 0)
    careTable = CareTable(stacks: stacks, firstErrand: errands.firstOfStack)
    let hasCare = careTable.rows.count > 0
    careStates = FlatArray(repeating: CareState(), count: hasCare ? automationCount : 0)
    releaseStates = FlatArray(repeating: ReleaseState(), count: hasCare ? applicationCount : 0)
    let hours = stacks.flatMap { $0.automations.map { Int32($0.hours ?? -1) } }
    runnerHours = FlatArray(hours.contains { $0 >= 0 } ? hours : [])
    ledger = FlatArray(repeating: LedgerEntry(), count: MechanismEvent.allCases.count)
    ticketTable = FlatArray(
      TicketRow.rows(of: stacks, firstErrands: errands.firstOfStack, conditions: rules))
    fatigueTable = FlatArray(stacks.flatMap { $0.teams.map { FatigueRow($0.fatigue) } })
    hasFatigue = stacks.contains { $0.teams.contains { $0.fatigue != nil } }
    // A local value, for what captures a part of `self` before the whole of it is there goes wrong.
    let weighsExpertise = stacks.contains { $0.guardrails.contains { $0.expertise != nil } }
    expertise = ExpertiseTable(stacks: stacks)
    hasExpertise = weighsExpertise
    redesigns = RedesignTable(stacks: stacks, firstErrands: errands.firstOfStack)
    learning = LearningTable(stacks: stacks, flow: flow)
    drifts = DriftTable(stacks: stacks, flow: flow, firstErrands: errands.firstOfStack)
    hasTicketRules =
      hasFatigue || weighsExpertise
      || stacks.contains { $0.guardrails.contains { $0.handling != nil } }
    hasPredictions = stacks.contains {
      $0.guardrails.contains { $0.handling?.prediction != nil }
    }
    busyStates = FlatArray(
      repeating: BusyState(share: 0, since: model.timeline.runInStart),
      count: hasFatigue ? people.count : 0)
    let dueOfGuardrails = stacks.flatMap {
      $0.guardrails.map { DueRow($0.due, isStated: true) }
    }
    let dueOfTeams = stacks.flatMap { $0.teams.map { DueRow($0.due, isStated: true) } }
    serviceLevel = DueRow(model.serviceLevel, isStated: false)
    tracksDue =
      serviceLevel.time > 0 || (dueOfGuardrails + dueOfTeams).contains { $0.time > 0 }
    self.dueOfGuardrails = FlatArray(dueOfGuardrails)
    self.dueOfTeams = FlatArray(dueOfTeams)
    serviceWeeks = model.timeline.cohortCount + serviceConfirmationWeeks
    serviceTallies = FlatArray(
      repeating: ServiceTally(), count: tracksDue ? teamCount * serviceWeeks : 0)
    workRows = WorkRecordRows(
      activities: flow.activities.count, guardrails: model.stack.guardrails.count,
      errands: model.stack.errands.count)
    workDone = FlatArray(repeating: WorkRecord(), count: workRows.count)
    automationRuns = FlatArray(repeating: 0, count: automationCount)
    automationFailures = FlatArray(repeating: 0, count: automationCount)
    caseCosts = CaseCostRow(model.stack.costs)
    orchestration = OrchestrationState(model: model, stacks: stacks, flow: flow)
    hasStormControl = orchestration.hasStormControl
    oversight = OversightState(
      stacks: stacks, firstErrands: errands.firstOfStack, conditions: rules.oversightConditions)
    rollout = RolloutState(stacks: stacks, flow: flow, firstErrands: errands.firstOfStack)
    risk = RiskState(model: model, stacks: stacks, conditions: rules.riskConditions)
    adoption = AdoptionTable(stacks: stacks, firstErrands: errands.firstOfStack)
    record = ReplicationRecord(
      replication: replication,
      cohorts: Array(repeating: CohortRecord(), count: model.timeline.cohortCount),
      completionTimes: Array(
        repeating: LogLinearHistogram(),
        count: (model.timeline.cohortCount + cohortsPerGroup - 1) / cohortsPerGroup),
      teams: Array(repeating: TeamSeries(), count: teamCount),
      guardrails: Array(repeating: GuardrailRecord(), count: model.stack.guardrails.count),
      automationRuns: [], automationFailures: [],
      applications: Array(repeating: ApplicationRecord(), count: applicationCount),
      outages: Array(repeating: OutageRecord(), count: canFail.count), totalCost: 0, eventCount: 0)
    record.countedUntil = model.timeline.horizon
  }

  @inline(__always)
  mutating func schedule(
    _ kind: EventKind, _ subject: Int32 = 0, stamp: UInt32 = 0, at time: Int64,
    _ priority: EventPriority
  ) {
    // Int64.max is never: the calendar has ended before the work is done.
    if time == .max { return }
    events.schedule(eventPayload(kind, subject, stamp: stamp), at: time, priority)
  }

  /// A stamp that no pending event carries: 24 bits, never 0.
  @inline(__always)
  mutating func newStamp() -> UInt32 {
    lastStamp = lastStamp >= 0xFF_FFFF ? 1 : lastStamp &+ 1
    return lastStamp
  }

  /// A draw for the case of a token at its present visit and attempt.
  @inline(__always)
  func draw(_ stream: RandomStream, for token: Int32, attempt: Int32 = 0) -> Double {
    let state = tokens[token]
    return random.uniform(
      stream, ordinal: cases[state.caseSlot].ordinal, visit: state.visit, attempt: attempt)
  }

  /// A sampled time in microseconds, at least 0.
  @inline(__always)
  func microseconds(_ sampler: CompiledSampler, _ uniform: Double) -> Int64 {
    microseconds(sampler.value(forUniform: uniform, in: samplerTable))
  }

  /// Seconds as whole microseconds, at least 0.
  @inline(__always)
  func microseconds(_ seconds: Double) -> Int64 {
    // A century bounds what a heavy tail can do to integer time.
    roundedToInteger(min(max(0, seconds * 1e6), Double(longestTime)))
  }
}

/// A number within ±2^62 rounded to the nearest integer, halves away from zero, without a call of the
/// C library.
///
/// Nor is there a branch on the fraction, which no processor could predict. The largest number below
/// 0.5 is added, as 0.5 itself would carry that very number up to 1.
@inline(__always)
func roundedToInteger(_ value: Double) -> Int64 {
  Int64(value + Double(signOf: value, magnitudeOf: 0.5.nextDown))
}

/// No single time is longer: about a century, in microseconds.
let longestTime: Int64 = 3_200_000_000_000_000

/// Cohorts whose times to completion are kept together: four weeks.
public let cohortsPerGroup = 4
