import Facts
import IntegrationGraph
import Inventory

/// A finding that somebody accepts.
public struct WaivedFinding: Hashable, Sendable, Codable {
  /// The finding.
  public var finding: Finding
  /// Who accepts it, why and how long.
  public var waiver: Waiver

  /// Creates a waived finding.
  public init(finding: Finding, waiver: Waiver) {
    self.finding = finding
    self.waiver = waiver
  }
}

/// What becomes of findings by the waivers of the policy file.
struct WaiverJudgement {
  /// Findings that nobody accepts, and what is wrong with the waivers.
  private(set) var open: [Finding] = []
  /// Findings that somebody accepts.
  private(set) var waived: [WaivedFinding] = []

  /// Holds waivers against findings.
  /// - Parameters:
  ///   - day: Day on which waivers must hold; `nil` to end none.
  ///   - isComplete: Whether all checks ran.
  ///   - checks: Checks that ran; of others nothing is known.
  init(
    of findings: [Finding], waivers: [Waiver], on day: CalendarDay?, context: AuditContext,
    isComplete: Bool, checks: [String]
  ) {
    guard !waivers.isEmpty else {
      open = findings
      return
    }
    var waiverOf: [String: Waiver] = [:]
    // Of several waivers of one finding the one that holds longest counts.
    for waiver in waivers {
      if let other = waiverOf[waiver.finding], !Self.outlasts(waiver, other) { continue }
      waiverOf[waiver.finding] = waiver
    }
    for finding in findings {
      guard let waiver = waiverOf[finding.id] else {
        open.append(finding)
        continue
      }
      guard let day, let expires = waiver.expires, expires < day else {
        waived.append(WaivedFinding(finding: finding, waiver: waiver))
        continue
      }
      open.append(finding)
      open.append(Self.expired(waiver, expires, day, finding))
    }
    let found = Set(findings.map(\.id))
    let ran = Set(checks)
    for waiver in waivers where !found.contains(waiver.finding) {
      let check = String(waiver.finding.prefix { $0 != "/" })
      // Whether a check would find it is known only where the check ran.
      guard isComplete || ran.contains(check) else { continue }
      open.append(Self.idle(waiver, check: check, among: found, context))
    }
    var seen: Set<String> = []
    open = open.filter { seen.insert($0.id).inserted }
  }

  private static func outlasts(_ a: Waiver, _ b: Waiver) -> Bool {
    guard let end = b.expires else { return false }
    return a.expires.map { $0 > end } ?? true
  }

  private static func expired(
    _ waiver: Waiver, _ expires: CalendarDay, _ day: CalendarDay, _ finding: Finding
  ) -> Finding {
    var result = Finding(
      check: AuditCheck.waiverExpired.id, .medium,
      "The waiver of \(finding.id) has ended",
      subjects: finding.subjects.isEmpty ? [] : Array(finding.subjects.prefix(1)),
      evidence: [evidence(waiver)] + finding.evidence.prefix(1),
      why:
        "\(waiver.owner) accepted the finding until \(expires) (“\(waiver.reason)”); the audit is of "
        + "\(day), \(counted(day.days(since: expires), "day")) later, and the finding is still there. It "
        + "counts again.",
      matters: AuditCheck.waiverExpired.matters,
      remedy: "Mend the finding, or let \(waiver.owner) accept it anew with a reason and a date.")
    result.id = "\(AuditCheck.waiverExpired.id)/\(waiver.finding)"
    result.actors = [.init(name: waiver.owner, role: .acceptedBy, subjects: result.subjects)]
    return result
  }

  private static func idle(
    _ waiver: Waiver, check: String, among found: Set<String>, _ context: AuditContext
  ) -> Finding {
    let isCheck = AuditCheck.listed.contains { $0.id == check }
    let near = closestName(
      to: waiver.finding,
      among: found.filter { !isCheck || $0.hasPrefix(check + "/") }.sorted())
    let reason =
      isCheck
      ? "The check \(check) ran and gave no finding of this identifier: it was mended, or what it was "
        + "about is called otherwise or is gone."
      : "There is no check “\(check)”; the identifier of a finding begins with its check."
    var result = Finding(
      check: AuditCheck.waiverUnmatched.id, .low,
      "The waiver of \(waiver.finding) matches no finding",
      subjects: subject(of: waiver, context).map { [$0] } ?? [], evidence: [evidence(waiver)],
      why: reason, matters: AuditCheck.waiverUnmatched.matters,
      remedy: near.map { "Remove the waiver, or correct it; the nearest finding is \($0)." }
        ?? "Remove the waiver.")
    result.id = "\(AuditCheck.waiverUnmatched.id)/\(waiver.finding)"
    result.actors = [.init(name: waiver.owner, role: .acceptedBy, subjects: result.subjects)]
    return result
  }

  /// The first system that the identifier in a waiver names, where it is known.
  private static func subject(of waiver: Waiver, _ context: AuditContext) -> EntityReference? {
    guard let colon = waiver.finding.firstRange(of: "/system:") else { return nil }
    let key = waiver.finding[colon.upperBound...].prefix { $0 != "+" && $0 != "/" && $0 != "~" }
    return context.system(named: String(key))?.reference
  }

  private static func evidence(_ waiver: Waiver) -> Evidence {
    Evidence(.declared, waiver.location, note: "the waiver")
  }
}

extension AuditCheck {
  /// What is checked of the waivers of the policy file, beside the estate; docs/reference/audit-policy.md
  /// describes it.
  public static let ofWaivers: [AuditCheck] = [waiverExpired, waiverUnmatched]

  /// All that a finding can be of: `all`, then `ofWaivers`.
  public static var listed: [AuditCheck] { all + ofWaivers }

  static let waiverExpired = AuditCheck(
    id: "waiver-expired", summary: "Accepted findings whose waiver has ended.",
    matters: "What was accepted for a while is no longer accepted by anybody, and is still there."
  ) { _ in Outcome() }

  static let waiverUnmatched = AuditCheck(
    id: "waiver-unmatched", summary: "Waivers that no finding matches.",
    matters:
      "A waiver of nothing hides the finding should it come back, without anybody deciding so."
  ) { _ in Outcome() }
}
