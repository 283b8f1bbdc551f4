import DocumentReading
public import Facts

/// What the organisation says of one system beyond the seven audit fields, since no export holds it.
///
/// What is `nil` was not said and stays unknown.
public struct SystemDeclaration: Hashable, Sendable, Codable {
  /// Name of the system or application.
  public var name: String
  /// Where it stands.
  public var location: SourceLocation
  /// What is written to its audit trail; empty for nothing.
  public var auditTrail: Fact<[String]>?
  /// Whose rights it works with.
  public var identity: Fact<Identity>?
  /// Who is on record as its owner.
  public var recordOwner: Fact<String>?
  /// How long it keeps data, in days.
  public var retention: Fact<Double>?
  /// Where it keeps data.
  public var residency: Fact<String>?
  /// Whether it notes for what purpose it read data.
  public var purposeLog: Fact<Bool>?
  /// Whether it watches or listens to people all the time.
  public var monitorsPeople: Fact<Bool>?
  /// Whether those concerned have consented to that.
  public var consent: Fact<Bool>?
  /// Whether it is run by somebody outside the organisation.
  public var external: Fact<Bool>?
  /// Whether what goes to it is encrypted on the way.
  public var encrypted: Fact<Bool>?
  /// Whether answers from outside are checked before they are used.
  public var validated: Fact<Bool>?
  /// Domain it works in.
  public var domain: Fact<String>?
  /// To whom it gives what it cannot or must not decide.
  public var escalatesTo: Fact<String>?
  /// From which figure on it does so, in words.
  public var escalationThreshold: Fact<String>?
  /// Day on which somebody else last reviewed it.
  public var reviewedOn: Fact<CalendarDay>?
  /// Who reviewed it.
  public var reviewedBy: Fact<String>?
  /// Day on which it went into use.
  public var since: Fact<CalendarDay>?
  /// Whether its decisions can be traced from step to step.
  public var traced: Fact<Bool>?
  /// Whether it is checked for drift.
  public var driftChecked: Fact<Bool>?

  /// Creates a declaration that says nothing yet.
  public init(name: String, location: SourceLocation) {
    self.name = name
    self.location = location
  }

  /// Whose rights a system works with.
  public enum Identity: String, Hashable, Sendable, Codable, CaseIterable {
    /// An account of its own.
    case own
    /// An account that several systems use.
    case shared
    /// The account of whoever calls it.
    case caller
    /// The account of whoever made it.
    case maker
  }

  /// What a complete audit trail holds.
  ///
  /// Source: *From impressive demos to operational chaos* (logs of prompts, responses, tool calls and
  /// code, tamper-evident).
  public static let trailItems = ["prompts", "responses", "tool calls", "code", "tamper-evident"]
}

extension PolicySection {
  /// Declared facts of systems and applications.
  static let systems = PolicySection(key: "systems") { node, policy, reading in
    for member in reading.members(node) {
      let keys = DeclaredField.all
      let found = reading.group(member.value, keys: keys.map(\.key))
      var said = SystemDeclaration(name: member.key, location: member.keyLocation)
      for field in keys { if let value = found[field.key] { field.read(value, &said, &reading) } }
      policy.systems.append(said)
    }
  }
}

/// A key of the section `systems`.
struct DeclaredField: Sendable {
  let key: String
  let read: @Sendable (DataNode, inout SystemDeclaration, inout PolicyReading) -> Void

  private init<Value>(
    _ key: String, _ path: any WritableKeyPath<SystemDeclaration, Fact<Value>?> & Sendable,
    _ value: @escaping @Sendable (DataNode, inout PolicyReading) -> Value?
  ) {
    self.key = key
    read = { node, said, reading in
      guard let value = value(node, &reading) else { return }
      said[keyPath: path] = Fact(value, Evidence(.declared, node.location))
    }
  }

  private static func truth(
    _ key: String, _ path: any WritableKeyPath<SystemDeclaration, Fact<Bool>?> & Sendable
  ) -> DeclaredField { DeclaredField(key, path) { node, reading in reading.truth(node) } }

  private static func text(
    _ key: String, _ path: any WritableKeyPath<SystemDeclaration, Fact<String>?> & Sendable
  ) -> DeclaredField { DeclaredField(key, path) { node, reading in reading.text(node) } }

  private static func day(
    _ key: String, _ path: any WritableKeyPath<SystemDeclaration, Fact<CalendarDay>?> & Sendable
  ) -> DeclaredField { DeclaredField(key, path) { node, reading in reading.day(node) } }

  /// Every key; docs/reference/audit-policy.md has them all.
  static let all: [DeclaredField] = [
    DeclaredField("audit_trail", \.auditTrail) { node, reading in trail(node, &reading) },
    DeclaredField("identity", \.identity) { node, reading in
      reading.choice(node, SystemDeclaration.Identity.self)
    },
    text("record_owner", \.recordOwner),
    DeclaredField("retention", \.retention) { node, reading in reading.days(node) },
    text("residency", \.residency),
    truth("purpose_log", \.purposeLog),
    truth("monitors_people", \.monitorsPeople),
    truth("consent", \.consent),
    truth("external", \.external),
    truth("encrypted", \.encrypted),
    truth("validated", \.validated),
    text("domain", \.domain),
    text("escalates_to", \.escalatesTo),
    text("escalation_threshold", \.escalationThreshold),
    day("reviewed_on", \.reviewedOn),
    text("reviewed_by", \.reviewedBy),
    day("since", \.since),
    truth("traced", \.traced),
    truth("drift_checked", \.driftChecked),
  ]

  /// What a trail holds: all of it, nothing, or a list.
  private static func trail(_ node: DataNode, _ reading: inout PolicyReading) -> [String]? {
    if let truth = node.bool { return truth ? SystemDeclaration.trailItems : [] }
    let texts = reading.texts(node)
    for (text, item) in zip(texts, reading.items(node))
    where !SystemDeclaration.trailItems.contains(text) {
      reading.refuse(
        item,
        "'\(text)' is none of \(SystemDeclaration.trailItems.joined(separator: ", ")); true or false "
          + "say all or nothing")
    }
    return texts
  }
}
