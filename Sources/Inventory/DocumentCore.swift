internal import Facts

/// What a document says of systems and how they hang together, without what lies inside them.
///
/// Estates of ten thousand files are merged of these in a fraction of the memory that whole documents
/// take; steps are kept as numbers that tell them apart.
public struct DocumentCore: Hashable, Sendable, Codable {
  /// The document, less its problems, steps, triggers, guardrails, permissions, credentials, processes
  /// and decisions.
  public var document: SourceDocument
  /// Its steps, as one number each, by the system they belong to.
  public var steps: [StepNumbers]

  /// The steps of one system, apart from their places.
  public struct StepNumbers: Hashable, Sendable, Codable {
    /// Name of the system as the document has it.
    public var system: String
    /// A hash of each step.
    public var numbers: [UInt64]
  }

  /// The core of a document.
  public init(_ whole: SourceDocument) {
    document = whole
    document.problems = []
    document.fragment.removeDetails()
    var positions: [String: Int] = [:]
    steps = []
    for step in whole.fragment.steps {
      if let position = positions[step.system] {
        steps[position].numbers.append(step.number)
      } else {
        positions[step.system] = steps.count
        steps.append(StepNumbers(system: step.system, numbers: [step.number]))
      }
    }
  }
}

extension EstateFragment {
  /// Takes away what lies inside systems.
  fileprivate mutating func removeDetails() {
    steps = []
    triggers = []
    guardrails = []
    permissions = []
    credentials = []
    processes = []
    decisions = []
  }

  /// What `DocumentCore` leaves out.
  public var details: EstateFragment {
    var details = self
    details.systems = []
    details.applications = []
    details.teams = []
    details.connections = []
    details.touchPoints = []
    return details
  }

  /// Puts back what `DocumentCore` left out.
  public mutating func add(details: EstateFragment) {
    steps = details.steps
    triggers = details.triggers
    guardrails = details.guardrails
    permissions = details.permissions
    credentials = details.credentials
    processes = details.processes
    decisions = details.decisions
  }
}

extension Step {
  /// A number that equal steps share, wherever they stand, on every machine.
  fileprivate var number: UInt64 {
    var hash = StableHash()
    hash.add(id)
    hash.add(name ?? "\u{0}")
    hash.add(kind.rawValue)
    hash.add(retries.map(String.init) ?? "")
    hash.add(timeout.map { String($0.microseconds) } ?? "")
    return hash.value
  }
}

/// FNV-1a of 64 bits over texts, each closed by a zero byte.
///
/// Source: Fowler, Noll & Vo, RFC 9923.
struct StableHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0)
  }

  private mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
  }
}
