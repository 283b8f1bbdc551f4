import Facts
import Inventory

/// A finding, one step less severe where it speaks of nothing but what may be examples or tests: an estate of examples
/// is not graded as one that people rely on.
///
/// That holds where only exports speak of all its systems and each lies in a folder for examples or says that it is one,
/// and, of what is no system, where every place that shows it lies in such a folder. What is low already stays so, but
/// where it lies is said.
func gradedAsExample(_ finding: Finding, _ context: AuditContext) -> Finding {
  let isPlaced =
    !finding.evidence.isEmpty
    && finding.evidence.allSatisfy { evidence in
      evidence.provenance != .declared && evidence.provenance != .corrected
        && !exampleWords(above: evidence.location).isEmpty
    }
  guard finding.severity < .low else {
    return isPlaced && !finding.why.contains(foldersSaying) ? placed(finding) : finding
  }
  var systems = 0
  for subject in finding.subjects where subject.kind == .system {
    guard let system = context.system(named: subject.name) else { continue }
    guard context.mayBeExample(system) else { return finding }
    systems += 1
  }
  let isOfSystems = systems > 0 && systems == finding.subjects.count
  guard isPlaced || isOfSystems,
    let next = Severity.allCases.first(where: { $0 > finding.severity })
  else { return finding }
  var finding = finding
  finding.severity = next
  let reason =
    isPlaced
    ? "every place that shows it lies in \(foldersSaying) that they hold examples or tests "
      + "(\(folderWords(finding)))"
    : "all that it speaks of may be examples or tests, by their folders, their names or what stands in them"
  finding.why += " One step less severe, since \(reason)."
  return finding
}

/// How it is said that folders tell of examples; what has said so of a finding is not repeated.
private let foldersSaying = "folders whose names say"

/// A finding with where all that shows it lies.
private func placed(_ finding: Finding) -> Finding {
  var finding = finding
  finding.why +=
    " Every place that shows it lies in \(foldersSaying) that they hold examples or tests "
    + "(\(folderWords(finding)))."
  return finding
}

private func folderWords(_ finding: Finding) -> String {
  let words = Set(finding.evidence.flatMap { exampleWords(above: $0.location) })
  return listText(words.sorted(), limit: 4)
}
