import Facts
import Inventory

/// A finding, one step less severe where it speaks of nothing but what may be examples or tests: an estate of examples
/// is not graded as one that people rely on.
///
/// That holds where only exports speak of all its systems and each lies in a folder for examples or says that it is one,
/// and, of what is no system, where every place that shows it lies in such a folder.
func gradedAsExample(_ finding: Finding, _ context: AuditContext) -> Finding {
  guard finding.severity < .low else { return finding }
  var systems = 0
  for subject in finding.subjects where subject.kind == .system {
    guard let system = context.system(named: subject.name) else { continue }
    guard system.mayBeExample else { return finding }
    systems += 1
  }
  let words = Set(finding.evidence.flatMap { exampleWords(above: $0.location) })
  let isPlaced =
    !finding.evidence.isEmpty
    && finding.evidence.allSatisfy { evidence in
      evidence.provenance != .declared && evidence.provenance != .corrected
        && !exampleWords(above: evidence.location).isEmpty
    }
  let isOfSystems = systems > 0 && systems == finding.subjects.count
  guard isPlaced || isOfSystems,
    let next = Severity.allCases.first(where: { $0 > finding.severity })
  else { return finding }
  var finding = finding
  finding.severity = next
  let reason =
    isPlaced
    ? "every place that shows it lies in folders whose names say that they hold examples or tests "
      + "(\(listText(words.sorted(), limit: 4)))"
    : "all that it speaks of may be examples or tests, by their folders or their own descriptions"
  finding.why += " One step less severe, since \(reason)."
  return finding
}
