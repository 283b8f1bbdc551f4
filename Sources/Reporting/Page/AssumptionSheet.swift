import Facts
import Scenarios

/// Every value the study ran with, by section of the scenario, with where it comes from.
func assumptionSheet(_ parameters: [ParameterRecord]) -> Markup {
  guard !parameters.isEmpty else { return element("p", [:], "No parameter was recorded.") }
  let counts = Provenance.allCases.compactMap { provenance -> String? in
    let count = parameters.count { $0.provenance == provenance }
    return count == 0 ? nil : "\(countText(count)) \(provenance.rawValue)"
  }
  let sections = parameters.map { section(of: $0.path) }
  let ordered = sections.enumerated().filter { sections.firstIndex(of: $0.element) == $0.offset }
    .map(\.element)
  let blocks = ordered.map { name in
    let mine = parameters.filter { section(of: $0.path) == name }
    let assumed = mine.count { $0.provenance == .assumed }
    return element(
      "details", ["open": assumed > 0 ? "open" : nil],
      element("summary", [:], "\(name): \(plural(mine.count, "value")), \(assumed) assumed"),
      tableMarkup(
        heads: [
          .head("Parameter"), .head("Value"), .head("How it is known"), .head("Source"),
          .number("Sample"), .head("Stands in"),
        ],
        rows: mine.map { (cells: cells($0), isChosen: $0.provenance == .assumed) }))
  }
  return element(
    "p", [:],
    "\(plural(parameters.count, "value")): \(listText(counts)). Assumed values are shaded: nobody has measured "
      + "or declared them, and the result is only as good as they are.")
    + blocks.joined()
}

private func cells(_ parameter: ParameterRecord) -> [Cell] {
  [
    .head(element("code", [:], "\(parameter.path)")), .text("\(parameter.text)"),
    .text("\(parameter.provenance.rawValue)"), .text("\(parameter.note ?? "–")"),
    .number("\(parameter.sample.map(countText) ?? "–")"),
    .text(element("span", ["class": "path"], "\(parameter.location.description)")),
  ]
}

/// The first word of a dotted path: the section of the scenario.
private func section(of path: String) -> String {
  path.split(separator: ".", maxSplits: 1).first.map(String.init) ?? path
}
