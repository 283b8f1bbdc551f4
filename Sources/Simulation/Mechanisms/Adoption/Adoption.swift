internal import EventEngine
internal import Statistics

// Mechanism *adoption*: people hand cases to agents, or do them themselves, as far as they trust them. Bad
// surprises lower the share that is handed over, good experience raises it, and both count for more or less
// as people can follow what happened. Brief rows 122, 123, 181.

/// Adoption under one stack, as a plain row.
struct AdoptionRow: BitwiseCopyable {
  var isOn = false
  var least = 0.0
  var most = 1.0
  var gain = 0.0
  var losses = AdoptionLosses()
  var transparency = 1.0
  var explainedLoss = 1.0
  var opaqueLoss = 0.0
  var noticed = 1.0
  var noticedAfter = SampledTime.zero.sampler
  var trained = 0.0
  /// Row of the errand of communication; −1 for none.
  var errand: Int32 = -1
  var work = SampledTime.zero.sampler
  var every: Int64 = 0
  var communicated = 0.0

  init(_ stack: StackModel, firstErrand: Int32) {
    guard let model = stack.adoption else { return }
    isOn = true
    least = model.least
    most = model.most
    gain = model.gain
    losses = model.losses
    transparency = model.transparency
    explainedLoss = model.explainedLoss
    opaqueLoss = model.opaqueLoss
    noticed = model.noticed
    noticedAfter = model.noticedAfter.sampler
    trained = model.trained
    guard let communication = model.communication,
      let position = stack.errandIndex(.communication)
    else { return }
    errand = firstErrand + Int32(position)
    work = communication.work.sampler
    every = communication.every
    communicated = communication.gain
  }

  func loss(_ surprise: TrustSurprise) -> Double {
    switch surprise {
    case .released: losses.released
    case .found: losses.found
    case .needless: losses.needless
    case .failure: losses.failure
    }
  }
}

/// What people did not expect of an agent; the raw value names the draws of its kind.
enum TrustSurprise: Int64 {
  case released
  case found
  case needless
  case failure
}

/// What is known of a case for adoption.
struct AdoptionCase: BitwiseCopyable {
  var choice: Choice = .open
  /// The stack under which it was decided.
  var stack: UInt8 = 0
  /// Bad surprises so far.
  var surprises: Int32 = 0

  /// Who does it.
  enum Choice: UInt8, BitwiseCopyable {
    /// It has come to nothing yet that both could do.
    case open
    case agents
    case people
  }
}

/// The rows of all stacks and the state; empty where no stack has adoption.
struct AdoptionTable: ~Copyable {
  let isOn: Bool
  /// By stack.
  let rows: FlatArray<AdoptionRow>
  /// Share handed over at present, by stack.
  var shares: FlatArray<Double>
  /// Whether both could do an activity: row = stack · activities + activity.
  let isOpen: FlatArray<Bool>
  /// By case.
  var cases = FlatRows(blank: AdoptionCase(), columns: 1)
  /// Rounds of communication so far.
  var rounds: UInt32 = 0
  /// Whether what is learnt before day 0 goes on after it.
  let goesOn: Bool

  init(stacks: [StackModel], firstErrands: [Int32]) {
    isOn = stacks.contains { $0.adoption != nil }
    goesOn = isOn && stacks.count > 1 && stacks[0].name == stacks[1].name
    guard isOn else {
      rows = FlatArray([])
      shares = FlatArray([])
      isOpen = FlatArray([])
      return
    }
    rows = FlatArray(
      zip(stacks, firstErrands).map { AdoptionRow($0, firstErrand: $1) })
    shares = FlatArray(stacks.map { $0.adoption?.start ?? 1 })
    isOpen = FlatArray(
      stacks.flatMap { stack in stack.activities.indices.map(stack.isHandedOverByTrust) })
  }

  static let choice = RandomStream("adoption", "hand-over")
  static let explained = RandomStream("adoption", "explained")
  static let noticed = RandomStream("adoption", "noticed")
  static let noticedAfter = RandomStream("adoption", "noticed after")
  static let communication = RandomStream("adoption", "communication")

  /// All streams, for the check that none collide.
  static let streams = [choice, explained, noticed, noticedAfter, communication]
}

/// Visit that names the draw whether a good experience is understood.
private let goodExperience: Int64 = 100

extension Replication {
  // MARK: Handing over

  /// Whether people do a token's activity themselves, although an agent could; decided where a case first
  /// comes to such an activity.
  mutating func isKeptByPeople(_ token: Int32, _ row: Int) -> Bool {
    guard adoption.isOpen[row] else { return false }
    let caseSlot = tokens[token].caseSlot
    if adoption.cases[caseSlot, 0].choice == .open {
      let stack = tokens[token].stack
      let uniform = random.uniform(AdoptionTable.choice, ordinal: cases[caseSlot].ordinal)
      let isHandedOver = uniform < adoption.shares[Int(stack)]
      adoption.cases[caseSlot, 0].choice = isHandedOver ? .agents : .people
      adoption.cases[caseSlot, 0].stack = stack
      note(isHandedOver ? .handedToAgents : .keptByPeople, caseSlot: caseSlot)
    }
    return adoption.cases[caseSlot, 0].choice == .people
  }

  // MARK: Experience

  /// Something that people did not expect of an agent has happened to a case.
  mutating func surprise(_ surprise: TrustSurprise, caseSlot: Int32) {
    let state = adoption.cases[caseSlot, 0]
    guard state.choice == .agents else { return }
    let row = adoption.rows[Int(state.stack)]
    let loss = row.loss(surprise)
    guard loss > 0 else { return }
    adoption.cases[caseSlot, 0].surprises &+= 1
    let isExplained = isUnderstood(
      caseSlot, row, visit: surprise.rawValue, attempt: state.surprises)
    note(.trustSurprise, caseSlot: caseSlot)
    if isExplained { note(.surpriseExplained, caseSlot: caseSlot) }
    loseTrust(in: state.stack, loss * (isExplained ? row.explainedLoss : 1))
  }

  private func isUnderstood(
    _ caseSlot: Int32, _ row: AdoptionRow, visit: Int64, attempt: Int32 = 0
  ) -> Bool {
    if row.transparency >= 1 { return true }
    return row.transparency > 0
      && random.uniform(
        AdoptionTable.explained, ordinal: cases[caseSlot].ordinal, visit: visit, attempt: attempt)
        < row.transparency
  }

  /// A case is done: nothing bad until then is a good experience, and an error that it still has may be
  /// noticed later.
  mutating func experienceEnd(of caseSlot: Int32) {
    let state = adoption.cases[caseSlot, 0]
    guard state.choice == .agents else { return }
    let row = adoption.rows[Int(state.stack)]
    if state.surprises == 0 {
      if isUnderstood(caseSlot, row, visit: goodExperience) {
        note(.trustGained, caseSlot: caseSlot)
        gainTrust(in: state.stack, row.gain)
      } else {
        note(.trustUnexplained, caseSlot: caseSlot)
        loseTrust(in: state.stack, row.opaqueLoss)
      }
    }
    guard cases[caseSlot].errors > 0, row.losses.released > 0, row.noticed > 0 else { return }
    let ordinal = cases[caseSlot].ordinal
    guard
      row.noticed >= 1 || random.uniform(AdoptionTable.noticed, ordinal: ordinal) < row.noticed
    else { return }
    let isExplained = isUnderstood(
      caseSlot, row, visit: TrustSurprise.released.rawValue, attempt: state.surprises)
    let wait = microseconds(
      row.noticedAfter, random.uniform(AdoptionTable.noticedAfter, ordinal: ordinal))
    schedule(
      .errorNoticed, number: Int32(state.stack) << 1 | (isExplained ? 1 : 0), at: now &+ wait)
  }

  /// An error of a case that was done is noticed.
  mutating func noticeReleasedError(_ number: Int32) {
    let (stack, isExplained) = (UInt8(number >> 1), number & 1 == 1)
    let row = adoption.rows[Int(stack)]
    note(.trustSurprise, caseSlot: -1)
    if isExplained { note(.surpriseExplained, caseSlot: -1) }
    loseTrust(in: stack, row.losses.released * (isExplained ? row.explainedLoss : 1))
  }

  private mutating func loseTrust(in stack: UInt8, _ part: Double) {
    let share = adoption.shares[Int(stack)]
    adoption.shares[Int(stack)] = share - part * (share - adoption.rows[Int(stack)].least)
  }

  private mutating func gainTrust(in stack: UInt8, _ part: Double) {
    let share = adoption.shares[Int(stack)]
    adoption.shares[Int(stack)] = share + part * (adoption.rows[Int(stack)].most - share)
  }

  // MARK: Training and communication

  /// Somebody was trained for a stage of the rollout.
  mutating func trustAfterTraining() {
    guard adoption.isOn, adoption.rows[Int(stack)].isOn else { return }
    gainTrust(in: stack, adoption.rows[Int(stack)].trained)
  }

  /// Start of the run and day 0: what was learnt goes on, and the first communication is scheduled.
  mutating func startAdoption() {
    guard adoption.isOn else { return }
    if stack > 0, adoption.goesOn { adoption.shares[1] = adoption.shares[0] }
    scheduleCommunication()
  }

  private mutating func scheduleCommunication() {
    let row = adoption.rows[Int(stack)]
    guard row.errand >= 0 else { return }
    schedule(.communicationDue, stamp: UInt32(stack) + 1, at: now &+ row.every)
  }

  /// It is time to tell people what the agents do.
  mutating func giveCommunication(stamp: UInt32) {
    // That of the stack before day 0 has gone with it.
    guard stamp == UInt32(stack) + 1 else { return }
    let row = adoption.rows[Int(stack)]
    adoption.rounds &+= 1
    note(.trustCommunicated, caseSlot: -1)
    let uniform = random.uniform(
      AdoptionTable.communication, ordinal: adoption.rounds, visit: Int64(stack))
    giveErrand(row.errand, caseSlot: -1, content: microseconds(row.work, uniform))
    scheduleCommunication()
  }

  /// People have been told.
  mutating func finishCommunication() {
    guard adoption.rows[Int(stack)].isOn else { return }
    gainTrust(in: stack, adoption.rows[Int(stack)].communicated)
  }
}
