/// What it means for a guardrail's reviews that the reviewer has the skills of the decision, or has not.
///
/// Brief row 59. It acts on each review when a person takes it up, however the ticket came to them.
public struct ExpertiseModel: Sendable, Hashable {
  /// Skills, as numbers that people's refer to: who has them all is qualified.
  public var skills: Set<Int>
  /// Reviews by somebody qualified.
  public var matched: Effect
  /// Reviews by anybody else.
  public var unmatched: Effect

  /// What the reviewer's skills do to a review.
  public struct Effect: Sendable, Hashable {
    /// Factor on the working time, reconstruction included, ≥ 0.
    public var time: Double
    /// Factor on the probability to find the errors of a case, ≥ 0; the product is at most 1.
    public var catches: Double
    /// Probability that the decision is wrong, which leaves an error in the case.
    public var wrong: Double

    /// Creates an effect; without arguments: none.
    public init(time: Double = 1, catches: Double = 1, wrong: Double = 0) {
      self.time = time
      self.catches = catches
      self.wrong = wrong
    }
  }

  /// Creates a model.
  public init(skills: Set<Int>, matched: Effect = Effect(), unmatched: Effect = Effect()) {
    self.skills = skills
    self.matched = matched
    self.unmatched = unmatched
  }
}

/// Contextual routing: tickets wait for somebody qualified for the decision.
///
/// Whom they wait for is said by the guardrail's `queueing.skills`, how long by its `queueing.expedite`
/// that drops them, and where by its teams.
public struct ContextualRoutingModel: Sendable, Hashable {
  /// Price of routing one ticket, in millionths of the currency unit.
  public var price: Double

  /// Creates a model.
  public init(price: Double = 0) { self.price = price }
}

/// Elimination through redesign: what a guardrail costs and prevents is looked at time and again, and one
/// that costs more is redesigned or removed, once.
///
/// Brief row 61. With n tickets answered, k of them not approved as they were, mean cost c of a review
/// and value v of a needed one: it acts once c > v · (bound of the Wilson interval of k/n).
public struct RedesignModel: Sendable {
  /// Time from one look to the next, in microseconds of calendar time, > 0.
  public var every: Int64
  /// Index of the team that looks; `nil` where that takes no people.
  public var reviewTeam: Int?
  /// Working time of a look, in seconds.
  public var reviewTime: SampledTime
  /// Fewest tickets answered before anything is decided, ≥ 1.
  public var minimum: Int
  /// Confidence of the interval, in 0..<1 and more than 0.
  public var confidence: Double
  /// Which end of the interval the cost must exceed.
  public var bound: Bound
  /// Share of firings that are needed which still make tickets after the redesign.
  public var keepsNeeded: Double
  /// Share of all others that still do; 0 of both is removal.
  public var keepsNeedless: Double
  /// Work of the redesign, in seconds: of a team, or of calendar time without one.
  public var work: SampledTime
  /// Index of the team whose work it is; `nil` where it begins at once and passes by itself.
  public var workTeam: Int?
  /// Time from the end of the work until it takes effect, in seconds of calendar time.
  public var leadTime: SampledTime
  /// Price of the redesign, in millionths of the currency unit.
  public var price: Double

  /// An end of an interval.
  public enum Bound: String, Sendable, Hashable, Codable, CaseIterable, BitwiseCopyable {
    /// The most that may be prevented: acts only where it is sure.
    case upper
    /// What was observed.
    case estimate
    /// The least that may be prevented: acts where it cannot be excluded.
    case lower
  }

  /// Creates a model; without further arguments it removes.
  public init(
    every: Int64, reviewTeam: Int? = nil, reviewTime: SampledTime = .zero, minimum: Int = 1,
    confidence: Double = 0.95, bound: Bound = .upper, keepsNeeded: Double = 0,
    keepsNeedless: Double = 0, work: SampledTime = .zero, workTeam: Int? = nil,
    leadTime: SampledTime = .zero, price: Double = 0
  ) {
    self.every = every
    self.reviewTeam = reviewTeam
    self.reviewTime = reviewTime
    self.minimum = minimum
    self.confidence = confidence
    self.bound = bound
    self.keepsNeeded = keepsNeeded
    self.keepsNeedless = keepsNeedless
    self.work = work
    self.workTeam = workTeam
    self.leadTime = leadTime
    self.price = price
  }
}

extension GuardrailModel {
  /// Mean loss that a ticket prevents which is not approved as it is, in millionths of the currency
  /// unit: `lossPrevented` is the mean over all.
  var lossPreventedIfNeeded: Double {
    approvedUnchanged < 1 ? lossPrevented / (1 - approvedUnchanged) : lossPrevented
  }

  /// Working time of a review relative to what it is without any skills, over who may do it; people who
  /// may each count alike, and tickets that overflow as the others.
  func expertiseFactor(in stack: StackModel, team: Int) -> Double {
    guard let expertise else { return 1 }
    let able = stack.teams[team].people(withSkills: queueing.skills)
    guard !able.isEmpty else { return 1 }
    return able.reduce(0) {
      $0
        + (expertise.skills.isSubset(of: $1.skills)
          ? expertise.matched.time : expertise.unmatched.time)
    } / Double(able.count)
  }
}

extension SimulationModel {
  /// Stops on remedies that contradict themselves or name what is not there.
  func requireConsistentRemedies(of guardrail: GuardrailModel, in stack: StackModel) {
    for effect in [guardrail.expertise?.matched, guardrail.expertise?.unmatched] {
      guard let effect else { continue }
      precondition(
        effect.time >= 0 && effect.time.isFinite && effect.catches >= 0
          && (0...1).contains(effect.wrong), "what skills do are factors and a share")
    }
    precondition(
      guardrail.contextualRouting == nil || guardrail.expertise != nil,
      "who routes by skills says which")
    guard let redesign = guardrail.redesign else { return }
    precondition(
      redesign.every > 0 && redesign.minimum >= 1 && redesign.confidence > 0
        && redesign.confidence < 1, "a ledger is looked at now and then, with some confidence")
    precondition(
      (0...1).contains(redesign.keepsNeeded) && (0...1).contains(redesign.keepsNeedless),
      "what is left after a redesign are shares")
    precondition(
      [redesign.reviewTeam, redesign.workTeam].compactMap(\.self)
        .allSatisfy(stack.teams.indices.contains), "teams that redesign exist")
  }
}
