/// A drawing by Graphviz, made fit for screen readers: the titles of its parts are their tooltips
/// instead of Graphviz' own names, and the whole has a role and a label.
///
/// Roles are those of https://www.w3.org/TR/graphics-aria-1.0/.
func readableSVG(_ drawing: String) -> String {
  var lines = drawing.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  var label: String?
  for (index, line) in lines.enumerated() where line.hasPrefix("<title>") {
    // A part with a tooltip goes on with: <g id="a_…"><a xlink:title="tooltip">
    guard line.hasSuffix("</title>"), index + 1 < lines.count,
      lines[index + 1].hasPrefix("<g id=\"a_"),
      let start = lines[index + 1].firstRange(of: "xlink:title=\""),
      let end = lines[index + 1][start.upperBound...].firstIndex(of: "\"")
    else { continue }
    let tooltip = lines[index + 1][start.upperBound..<end]
    guard !tooltip.isEmpty else { continue }
    lines[index] = "<title>\(tooltip)</title>"
    if label == nil { label = String(tooltip) }
  }
  guard let first = lines.first, first.hasPrefix("<svg") else { return drawing }
  let name = label.map { " aria-label=\"\($0)\"" } ?? ""
  lines[0] = "<svg role=\"graphics-document\"\(name)" + first.dropFirst(4)
  return lines.joined(separator: "\n")
}
