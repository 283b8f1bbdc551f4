import Facts
import Inventory

/// By what systems that only exports speak of are told together, beside the gap that they share.
struct UnregisteredTrait: Hashable, Comparable {
  /// How bad the gap is, before it is asked whether they are examples.
  var severity: Severity
  /// Whether all that is known of each lies among examples or tests, or says that it is one; see
  /// `AuditContext.mayBeExample`.
  var mayBeExamples: Bool

  init(_ severity: Severity, of system: AutomationSystem, _ context: AuditContext) {
    self.severity = severity
    // What is low stays low, example or not.
    mayBeExamples = severity < .low && context.mayBeExample(system)
  }

  /// Worse ones first, and of those what is relied on.
  static func < (a: UnregisteredTrait, b: UnregisteredTrait) -> Bool {
    a.severity != b.severity ? a.severity < b.severity : !a.mayBeExamples && b.mayBeExamples
  }

  /// Part of an identifier.
  var topic: String { mayBeExamples ? "\(severity.rawValue)-examples" : severity.rawValue }

  /// What they may be, for a title; begins with a space, and is empty where there is nothing to say.
  var ending: String { mayBeExamples ? ", perhaps examples" : "" }
}
