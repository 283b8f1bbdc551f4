import IntegrationGraph

/// Names as findings show them: of one that is longer than a line the beginning, since it would hide what is said.
///
/// Identifiers, subjects and evidence keep the whole name.
struct ShownNames {
  private let long: [String]

  /// Longer names than this are shortened (assumed).
  static let limit = 120

  init(_ graph: IntegrationGraph) {
    long = graph.nodes.lazy.map(\.name).filter {
      $0.utf8.count > Self.limit && $0.count > Self.limit
    }
    .sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
  }

  /// A finding with the names in its sentences shortened.
  func shown(_ finding: Finding) -> Finding {
    guard !long.isEmpty else { return finding }
    var finding = finding
    finding.title = shown(finding.title)
    finding.why = shown(finding.why)
    finding.remedy = shown(finding.remedy)
    finding.example = finding.example.map(shown)
    return finding
  }

  private func shown(_ text: String) -> String {
    // A text no longer than the limit holds none of them.
    guard text.utf8.count > Self.limit else { return text }
    var text = text
    for name in long where name.utf8.count <= text.utf8.count && text.contains(name) {
      text = text.replacing(name, with: "\(name.prefix(Self.limit * 2 / 3))…")
    }
    return text
  }
}
