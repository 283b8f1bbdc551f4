import DocumentReading
public import Inventory

/// What people's part of automated work takes; the defaults are assumed.
public struct HumanWorkPolicy: Hashable, Sendable, Codable {
  /// What one touch takes, by kind.
  public struct Touch: Hashable, Sendable, Codable {
    /// Minutes of people's work.
    public var handling: Double
    /// Minutes that the case waits for them, which nobody is paid for.
    public var wait: Double
    /// Whether the policy file says so; else both are assumed.
    public var isStated = false
  }

  /// A touch of each kind that the policy file speaks of, by the raw value of the kind.
  public var stated: [String: Touch] = [:]
  /// Share of the cases that reach a touch point, by `nameKey` of its label or of its system.
  public var touchRates: [String: Double] = [:]
  /// Minutes for one carrying of a case from one system to the next: finding, copying, checking.
  ///
  /// Default 5 (assumed).
  public var handOverMinutes = 5.0
  /// Whether the policy file says so.
  public var isHandOverStated = false
  /// Hours that one person works a year.
  ///
  /// Default 1,720 (the flat rate of Regulation (EU) 2021/1060, article 55(2)).
  public var hoursPerFTE = 1720.0

  /// Creates the documented defaults.
  public init() {}

  /// What one touch of a kind takes.
  public func touch(_ kind: HumanTouchPoint.Kind) -> Touch {
    if let touch = stated[kind.rawValue] { return touch }
    switch kind {
    case .approval: return Touch(handling: 10, wait: 240)
    case .form: return Touch(handling: 10, wait: 120)
    case .review: return Touch(handling: 15, wait: 240)
    case .exception: return Touch(handling: 20, wait: 120)
    case .work: return Touch(handling: 15, wait: 60)
    }
  }
}

extension PolicySection {
  /// Minutes of people's work and waiting.
  static let humanWork = PolicySection(key: "human_work") { node, policy, reading in
    let kinds = HumanTouchPoint.Kind.allCases
    let found = reading.group(
      node,
      keys: kinds.map(\.rawValue) + ["touch_rates", "hand_over_minutes", "hours_per_fte_year"])
    let many = 0...Double.greatestFiniteMagnitude
    for kind in kinds {
      guard let node = found[kind.rawValue] else { continue }
      var touch = policy.humanWork.touch(kind)
      let minutes = reading.group(node, keys: ["handling_minutes", "wait_minutes"])
      if let handling = minutes["handling_minutes"].flatMap({ reading.number($0, in: many) }) {
        touch.handling = handling
        touch.isStated = true
      }
      if let wait = minutes["wait_minutes"].flatMap({ reading.number($0, in: many) }) {
        touch.wait = wait
        touch.isStated = true
      }
      policy.humanWork.stated[kind.rawValue] = touch
    }
    for member in found["touch_rates"].map({ reading.members($0) }) ?? [] {
      guard let rate = reading.number(member.value, in: 0...1) else { continue }
      policy.humanWork.touchRates[nameKey(member.key)] = rate
    }
    if let minutes = found["hand_over_minutes"].flatMap({ reading.number($0, in: many) }) {
      policy.humanWork.handOverMinutes = minutes
      policy.humanWork.isHandOverStated = true
    }
    if let hours = found["hours_per_fte_year"].flatMap({ reading.number($0, in: 1...8784) }) {
      policy.humanWork.hoursPerFTE = hours
    }
  }
}
