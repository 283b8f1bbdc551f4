package import Auditing
import Facts
import Inventory

/// Files and gaps that a page shows; the JSON report has all.
private let limit = 100

/// What the audit could see and what it could not.
package func coverageMarkup(_ report: AuditReport) -> Markup {
  var markup = element(
    "ul", [:], containing: coverageSentences(report).map { element("li", [:], "\($0)") })
  if !report.remarks.isEmpty {
    markup += element("h3", ["id": "remarks"], "What could not be concluded")
    markup += element(
      "ul", [:],
      containing: report.remarks.map {
        element("li", [:], element("code", [:], "\($0.check)"), " \($0.text)")
      })
  }
  if let others = report.coverage.files?.others, !others.isEmpty {
    markup += element("h3", [:], "Files that were not read whole") + filesMarkup(others)
  }
  if !report.coverage.limits.isEmpty {
    markup += element("h3", [:], "What formats cannot tell") + limitsMarkup(report.coverage.limits)
  }
  return markup
}

private func filesMarkup(_ files: [AuditCoverage.File]) -> Markup {
  tableMarkup(
    heads: [.head("File"), .head("What became of it"), .head("Why")],
    rows: files.prefix(limit).map { file in
      let more = file.problems - file.reasons.count
      let why =
        file.reasons.isEmpty
        ? "the format cannot tell everything"
        : file.reasons.joined(separator: "; ")
          + (more > 0 ? "; and \(plural(more, "other problem"))" : "")
      let cells: [Cell] = [
        .head(element("span", ["class": "path"], "\(file.path)")),
        .text("\(statusText(file.status))"),
        .text(
          "\(file.status == .notInventory && file.reasons.isEmpty ? "none of the known formats" : why)"
        ),
      ]
      return (cells: cells, isChosen: false)
    }, caption: more(files.count))
}

private func limitsMarkup(_ limits: [AuditCoverage.Limit]) -> Markup {
  tableMarkup(
    heads: [.head("What their files cannot tell"), .number("Systems"), .head("Which")],
    rows: limits.prefix(limit).map { item in
      let cells: [Cell] = [
        .head("\(item.text)"), .number("\(item.systems.count)"),
        .text("\(namesText(item.systems.map(\.name)))"),
      ]
      return (cells: cells, isChosen: false)
    }, caption: more(limits.count))
}

private func more(_ count: Int) -> Markup? {
  count > limit ? "The first \(limit) of \(count); the JSON report has all." : nil
}
