import DocumentReading
public import Facts

/// A plan for rolling out agents and orchestration, as plain values.
///
/// Read from the section `plan` of the policy file, or made from the rollout of a scenario. What a plan
/// does not say is `nil` or empty: not said, which is neither zero nor no.
public struct RolloutPlan: Hashable, Sendable, Codable {
  /// Name under which it is shown.
  public var name: String
  /// Stages in the order of the file.
  public var stages: [Stage] = []
  /// What the plan is measured by, such as `cost` or `quality`.
  public var objectives: [String] = []
  /// How those concerned are told; `nil` where the plan does not say.
  public var communication: String?
  /// People's work that is set aside each month for what has gone live, in hours; `nil` where not said.
  public var upkeepHours: Double?
  /// The orchestration layer that decisions go through; `nil` where none is named.
  public var layer: String?
  /// Share of decisions that go through that layer, in 0...1; `nil` where not said.
  public var layerShare: Double?
  /// What the plan itself is silent on because where it comes from cannot say it.
  public var cannotSay: [Part] = []
  /// Where it stands.
  public var location: SourceLocation

  /// Creates a plan.
  public init(name: String, location: SourceLocation) {
    self.name = name
    self.location = location
  }

  /// A part of a plan that some origins, such as a scenario, have no place for.
  public enum Part: String, Hashable, Sendable, Codable, CaseIterable {
    /// What it is measured by.
    case objectives
    /// How those concerned are told.
    case communication
    /// Who answers for a stage.
    case owner
    /// When security is reviewed.
    case securityReview = "security review"
    /// Systems and processes that a stage touches.
    case touches
    /// Work set aside for what has gone live.
    case upkeep
  }

  /// A stage.
  public struct Stage: Hashable, Sendable, Codable {
    /// Name.
    public var name: String
    /// When it begins, in days from the beginning of the plan; `nil` where not said.
    public var starts: Double?
    /// When it ends, in days from the beginning of the plan; `nil` where not said, or never.
    public var ends: Double?
    /// Share of cases that go the new way, in 0...1; `nil` where not said.
    public var share: Double?
    /// Systems and processes that change.
    public var touches: [String] = []
    /// Training of each person concerned, in hours; `nil` where not said.
    public var trainingHours: Double?
    /// What must hold before the next stage begins.
    public var gates: [String] = []
    /// Who answers for it; `nil` where not said.
    public var owner: String?
    /// Whether security is reviewed before it goes live; `nil` where not said.
    public var securityReview: Bool?
    /// How one goes back; `nil` where not said.
    public var rollback: String?
    /// Where it stands.
    public var location: SourceLocation

    /// Creates a stage.
    public init(name: String, location: SourceLocation) {
      self.name = name
      self.location = location
    }
  }
}

extension PolicySection {
  /// A plan for rolling out agents and orchestration.
  static let plan = PolicySection(key: "plan") { node, policy, reading in
    let found = reading.group(
      node,
      keys: [
        "name", "stages", "objectives", "communication", "upkeep_hours", "layer", "layer_share",
      ])
    guard !found.isEmpty else { return }
    var plan = RolloutPlan(name: "Rollout plan", location: node.location)
    if let name = found["name"].flatMap({ reading.text($0) }) { plan.name = name }
    if let node = found["objectives"] { plan.objectives = reading.texts(node) }
    plan.communication = found["communication"].flatMap { reading.text($0) }
    plan.upkeepHours = found["upkeep_hours"].flatMap { reading.number($0, in: 0...1_000_000) }
    plan.layer = found["layer"].flatMap { reading.text($0) }
    plan.layerShare = found["layer_share"].flatMap { reading.number($0, in: 0...1) }
    guard let stages = found["stages"] else {
      reading.refuse(node, "the plan has no 'stages'; list at least one")
      return
    }
    var days: [(stage: Int, isStart: Bool, day: CalendarDay)] = []
    for (index, item) in reading.items(stages).enumerated() {
      plan.stages.append(stage(item, number: index, &days, &reading))
    }
    if plan.stages.isEmpty { reading.refuse(stages, "the plan has no stage; list at least one") }
    // Dates count from the first one that the plan names.
    let first = days.map(\.day).min()
    for (stage, isStart, day) in days {
      let distance = first.map { Double(day.days(since: $0)) }
      if isStart {
        plan.stages[stage].starts = distance
      } else {
        plan.stages[stage].ends = distance
      }
    }
    for (stage, node) in zip(plan.stages, stages.array ?? []) {
      if let starts = stage.starts, let ends = stage.ends, ends < starts {
        reading.refuse(node, "the stage '\(stage.name)' ends before it starts")
      }
    }
    policy.plan = plan
  }

  private static func stage(
    _ node: DataNode, number: Int, _ days: inout [(stage: Int, isStart: Bool, day: CalendarDay)],
    _ reading: inout PolicyReading
  ) -> RolloutPlan.Stage {
    let found = reading.group(
      node,
      keys: [
        "name", "starts", "ends", "share", "touches", "training_hours", "gates", "owner",
        "security_review", "rollback",
      ])
    var stage = RolloutPlan.Stage(name: "stage \(number + 1)", location: node.location)
    if let name = found["name"].flatMap({ reading.text($0) }) { stage.name = name }
    for (key, isStart) in [("starts", true), ("ends", false)] {
      if let day = found[key].flatMap({ reading.day($0) }) { days.append((number, isStart, day)) }
    }
    stage.share = found["share"].flatMap { reading.number($0, in: 0...1) }
    if let node = found["touches"] { stage.touches = reading.texts(node) }
    stage.trainingHours = found["training_hours"].flatMap { reading.number($0, in: 0...10_000) }
    if let node = found["gates"] { stage.gates = reading.texts(node) }
    stage.owner = found["owner"].flatMap { reading.text($0) }
    stage.securityReview = found["security_review"].flatMap { reading.truth($0) }
    stage.rollback = found["rollback"].flatMap { reading.text($0) }
    return stage
  }
}
