import Facts
import Scenarios

/// Every value the study ran with and where it comes from.
struct AssumptionSheet: Sendable {
  /// The values, in the order of the scenario.
  var parameters: [ParameterRecord]
  /// The scenario file; values that stand in it are shown with their line alone.
  var scenarioPath: String

  /// The values as a table: what was assumed first.
  var table: ReportTable {
    let assumed = parameters.filter { $0.provenance == .assumed }
    let others = parameters.filter { $0.provenance != .assumed }
    return ReportTable(
      "assumptions", title: "Assumption sheet",
      columns: [
        .text("parameter", "Parameter", "Dotted path of the value in the scenario."),
        .text("value", "Value", "The value as written."),
        .number("number", "Number", unit: nil, "The value as one number; a distribution's mean."),
        .text("known", "How it is known", "Measured, declared, imported, inferred or assumed."),
        .text("source", "Source", "Source of the value or reason of the assumption."),
        .number("sample", "Sample", unit: "", "Number of observations behind it."),
        .text("place", "Stands in", "File and line."),
      ],
      rows: (assumed + others).map { parameter in
        ReportTable.Row(
          [
            .code(parameter.path), .text(parameter.text), number(parameter),
            .text(parameter.provenance.rawValue), .text(parameter.note ?? "–"),
            .number(parameter.sample.map(Double.init), to: 0),
            .text(parameter.location.description),
          ], isChosen: parameter.provenance == .assumed)
      })
  }

  private func number(_ parameter: ParameterRecord) -> ReportTable.Cell {
    guard let value = parameter.value, value.isFinite else { return .missing }
    // A value of the scenario is not rounded but for what binary fractions add.
    let decimals = min(9, max(0, supportedDecimals(halfWidth: 0, value: value) + 6))
    return .figure(
      FigureText(
        value: numberText(value, decimals: decimals), interval: "",
        numbers: FigureText.Numbers(value, decimals: decimals, unit: parameter.unit)))
  }
}

/// The sheet for people: what was assumed first, then all by section.
func assumptionMarkup(_ sheet: AssumptionSheet) -> Markup {
  let (parameters, path) = (sheet.parameters, sheet.scenarioPath)
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

/// The sheet on paper: what was assumed, then everything else, each value once.
func printedAssumptions(_ sheet: AssumptionSheet) -> Markup {
  guard !sheet.parameters.isEmpty else { return assumptionMarkup(sheet) }
  let assumed = sheet.parameters.filter { $0.provenance == .assumed }
  let others = sheet.parameters.filter { $0.provenance != .assumed }
  func part(_ title: String, _ parameters: [ParameterRecord]) -> Markup {
    parameters.isEmpty
      ? .none
      : element("h3", [:], "\(title): \(plural(parameters.count, "value"))")
        + parameterTable(parameters, scenarioPath: sheet.scenarioPath, within: nil)
  }
  return element(
    "div", ["class": "sheet"],
    element(
      "p", [:],
      "A place without a file is a line of \(sheet.scenarioPath). Nobody has measured or declared what is "
        + "assumed, and the result is only as good as that."),
    part("Assumed", assumed), part("Known", others))
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
