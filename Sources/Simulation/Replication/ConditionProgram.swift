internal import EventEngine

// Conditions on the attributes of cases, as flat postfix programs. Evaluating one touches plain memory only.

/// A step of a postfix program on a stack of truth values.
struct ConditionStep: BitwiseCopyable {
  var act: Act
  var comparison: CaseCondition.Comparison
  var attribute: Int32
  var other: Int32
  var value: Double

  enum Act: UInt8, BitwiseCopyable {
    case pushTrue, pushFalse, compare, compareAttributes, compareCount, compareCounts, and, or, not
  }

  init(
    _ act: Act, _ comparison: CaseCondition.Comparison = .equal, attribute: Int = 0,
    other: Int = 0, value: Double = 0
  ) {
    self.act = act
    self.comparison = comparison
    self.attribute = Int32(attribute)
    self.other = Int32(other)
    self.value = value
  }
}

/// Conditions as postfix programs, one behind the other.
struct ConditionProgram {
  var steps: [ConditionStep] = []
  var firstSteps: [Int32] = []

  /// Compiles a condition and returns its number.
  mutating func add(_ condition: CaseCondition) -> Int32 {
    firstSteps.append(Int32(steps.count))
    append(condition)
    return Int32(firstSteps.count - 1)
  }

  private mutating func append(_ condition: CaseCondition) {
    switch condition {
    case .always: steps.append(ConditionStep(.pushTrue))
    case .compares(let attribute, let comparison, let value):
      steps.append(
        ConditionStep(
          attribute < 0 ? .compareCount : .compare, comparison, attribute: attribute, value: value))
    case .comparesAttributes(let left, let comparison, let right):
      steps.append(
        ConditionStep(
          min(left, right) < 0 ? .compareCounts : .compareAttributes, comparison, attribute: left,
          other: right))
    case .all(let parts): fold(parts, ConditionStep(.and), ofNone: ConditionStep(.pushTrue))
    case .any(let parts): fold(parts, ConditionStep(.or), ofNone: ConditionStep(.pushFalse))
    case .not(let part):
      append(part)
      steps.append(ConditionStep(.not))
    }
  }

  private mutating func fold(
    _ parts: [CaseCondition], _ step: ConditionStep, ofNone none: ConditionStep
  ) {
    if parts.isEmpty { steps.append(none) }
    for (position, part) in parts.enumerated() {
      append(part)
      if position > 0 { steps.append(step) }
    }
  }
}

extension CaseCondition {
  /// Truth values that are kept at one time while it is evaluated; at most 64 can be.
  var depth: Int {
    switch self {
    case .always, .compares, .comparesAttributes: 1
    case .not(let part): part.depth
    case .all(let parts), .any(let parts):
      parts.enumerated().map { $0.element.depth + ($0.offset > 0 ? 1 : 0) }.max() ?? 1
    }
  }
}

extension Replication {
  /// Whether a condition holds for a case, with the attributes it has now.
  ///
  /// - Parameter scope: the instances that the condition of a repetition counts; −1 for any other.
  func holds(_ condition: Int32, caseSlot: Int32, scope: Int32 = -1) -> Bool {
    var stack: UInt64 = 0
    for index in rules.firstSteps[Int(condition)]..<rules.firstSteps[Int(condition) + 1] {
      let step = rules.steps[Int(index)]
      switch step.act {
      case .pushTrue: stack = stack << 1 | 1
      case .pushFalse: stack = stack << 1
      case .compare:
        let value = attributes.values[caseSlot, Int(step.attribute)]
        stack = stack << 1 | (step.comparison.holds(value, step.value) ? 1 : 0)
      case .compareAttributes:
        let left = attributes.values[caseSlot, Int(step.attribute)]
        let right = attributes.values[caseSlot, Int(step.other)]
        stack = stack << 1 | (step.comparison.holds(left, right) ? 1 : 0)
      case .compareCount:
        let value = operand(step.attribute, caseSlot: caseSlot, scope: scope)
        stack = stack << 1 | (step.comparison.holds(value, step.value) ? 1 : 0)
      case .compareCounts:
        let left = operand(step.attribute, caseSlot: caseSlot, scope: scope)
        let right = operand(step.other, caseSlot: caseSlot, scope: scope)
        stack = stack << 1 | (step.comparison.holds(left, right) ? 1 : 0)
      case .and: stack = stack >> 1 & (stack | ~1)
      case .or: stack = stack >> 1 | (stack & 1)
      case .not: stack ^= 1
      }
    }
    return stack & 1 != 0
  }

  /// An attribute of a case, or a count of the instances in a scope.
  private func operand(_ index: Int32, caseSlot: Int32, scope: Int32) -> Double {
    if index >= 0 { return attributes.values[caseSlot, Int(index)] }
    let state = scopes[scope]
    switch RepetitionCount(rawValue: Int(index)) {
    case .instances: return Double(state.total)
    case .completed: return Double(state.completed)
    case .active: return Double(state.started - state.completed)
    case nil: return 0
    }
  }
}
