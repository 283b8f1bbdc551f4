import Facts
import Scenarios

/// Every value the study ran with and where it comes from: what was assumed first, then all by section.
/// - Parameter path: The scenario file; values that stand in it are shown with their line alone.
func assumptionSheet(_ parameters: [ParameterRecord], scenarioPath path: String) -> Markup {
  guard !parameters.isEmpty else { return element("p", [:], "No parameter was recorded.") }
  let counts = Provenance.allCases.compactMap { provenance -> String? in
    let count = parameters.count { $0.provenance == provenance }
    return count == 0 ? nil : "\(countText(count)) \(provenance.rawValue)"
  }
  let assumed = parameters.filter { $0.provenance == .assumed }
  let sections = parameters.map { section(of: $0.path) }
  let ordered = sections.enumerated().filter { sections.firstIndex(of: $0.element) == $0.offset }
    .map(\.element)
  let blocks = ordered.map { name in
    let mine = parameters.filter { section(of: $0.path) == name }
    let count = mine.count { $0.provenance == .assumed }
    let note = count == 0 ? "" : ", \(countText(count)) assumed"
    return element(
      "details", [:], element("summary", [:], "\(name): \(plural(mine.count, "value"))\(note)"),
      parameterTable(mine, scenarioPath: path, within: name))
  }
  let first =
    assumed.isEmpty
    ? Markup.none
    : element(
      "details", ["open": "open"],
      element("summary", [:], "Assumed: \(plural(assumed.count, "value"))"),
      parameterTable(assumed, scenarioPath: path, within: nil))
  return element(
    "div", ["class": "sheet"],
    element(
      "p", [:],
      "\(plural(parameters.count, "value")): \(listText(counts)). Nobody has measured or declared what "
        + "is assumed, and the result is only as good as that."),
    first + element("h3", [:], "All values by section of the scenario") + blocks.joined())
}

private func parameterTable(
  _ parameters: [ParameterRecord], scenarioPath path: String, within section: String?
) -> Markup {
  let hasSamples = parameters.contains { $0.sample != nil }
  let heads: [Cell] =
    [.head("Parameter"), .head("Value")] + (section == nil ? [] : [.head("How it is known")])
    + [.head("Source")]
    + (hasSamples ? [.number("Sample")] : []) + [.head("Stands in")]
  return tableMarkup(
    heads: heads,
    rows: parameters.map { parameter in
      let name = section.map { String(parameter.path.dropFirst($0.count + 1)) } ?? parameter.path
      let place =
        parameter.location.path == path
        ? parameter.location.line.map { "line \($0)" } : nil
      let cells: [Cell] =
        [
          .head(element("code", [:], "\(name.isEmpty ? parameter.path : name)")),
          .text("\(parameter.text)"),
        ] + (section == nil ? [] : [.text("\(parameter.provenance.rawValue)")])
        + [.text("\(parameter.note ?? "–")")]
        + (hasSamples ? [.number("\(parameter.sample.map(countText) ?? "–")")] : [])
        + [
          .text(
            element("span", ["class": "path"], "\(place ?? parameter.location.description)"))
        ]
      return (cells: cells, isChosen: parameter.provenance == .assumed && section != nil)
    },
    caption: hasSamples ? "Sample: number of observations behind a value." : nil)
}

/// The first word of a dotted path: the section of the scenario.
private func section(of path: String) -> String {
  path.split(separator: ".", maxSplits: 1).first.map(String.init) ?? path
}
