import Experiments
import Foundation
import Hummingbird
import Reporting
import Scenarios
import Workbench

private let name: Route.Parameter = .text("name", "Name of the scenario.", most: 60).inPath
private let changeFields: [Route.Parameter] = [
  .text("changes", "Changed values, one path=value on each line.", most: 4000)
]

let previewRoutes: [Route] = [
  Route(
    method: .get, path: "/scenarios/{name}/preview",
    summary: "Tries values of a scenario with an answer at once.", parameters: [name],
    handle: previewPage),
  Route(
    method: .post, path: "/api/v1/scenarios/{name}/preview",
    summary:
      "What a scenario shows with other values, from as many replications as a second allows; nothing is kept.",
    parameters: [name], body: .fields(changeFields),
    answer: .json("The figures of each variant, with intervals and replications."),
    handle: previewForProgram),
]

/// What a preview showed.
struct PreviewDocument: Encodable {
  /// Always true: what this is made of is too little for a decision.
  var isPreview = true
  /// Replications of each variant.
  var replications: Int
  /// Of a study that runs, replications of each variant that were asked for.
  var requested: Int?
  /// Confidence level of all intervals.
  var level: Double
  var variants: [Variant]

  struct Variant: Encodable {
    var name: String
    var title: String
    var figures: [Entry]
  }

  /// A figure, rounded to what its interval supports.
  struct Entry: Encodable {
    var figure: String
    var value: String
    var interval: String
  }

  /// The document of a study.
  init(_ study: StudyResult) {
    replications = study.replications
    level = study.level
    variants = study.variants.map { variant in
      let risk = FigureText(variant.exhaustion.byHorizon)
      var entries = [
        Entry(figure: "Probability of exhaustion", value: risk.value, interval: risk.interval)
      ]
      for result in variant.figures
      where [.costPerCase, .timeToCompletion, .reviewHoursPerWeek].contains(result.figure) {
        let text = FigureText(result.estimate, unit: result.unit)
        entries.append(
          Entry(figure: result.figure.title, value: text.value, interval: text.interval))
      }
      return Variant(name: variant.name, title: variant.title, figures: entries)
    }
  }
}

@Sendable private func previewForProgram(_ exchange: Exchange) async throws -> Response {
  let text = try await exchange.fields()["changes"] ?? ""
  var changes: [(path: String, value: String)] = []
  for line in text.split(whereSeparator: \.isNewline) {
    let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw Problem(.badRequest, "'\(line.prefix(80))' is no change; write path=value")
    }
    changes.append((parts[0], parts[1]))
  }
  let loaded = try await loaded(exchange)
  let study = try await exchange.workbench.previews.preview(loaded, changes: changes)
  return try .json(PreviewDocument(study))
}

private func loaded(_ exchange: Exchange) async throws -> LoadedScenario {
  let shelf = ScenarioShelf(exchange.workbench)
  let path = try shelf.existing(try exchange.required("name")).path
  return try await onThread { () throws -> LoadedScenario in
    try readScenarioFile(path, within: shelf.roots)
  }
}

@Sendable private func previewPage(_ exchange: Exchange) async throws -> Response {
  let name = try exchange.required("name")
  let page = WorkbenchPage(exchange, "Try values of \(name)", here: "/scenarios")
  let shelf = ScenarioShelf(exchange.workbench)
  let loaded = try await loaded(exchange)
  let sheet = try await onThread { () throws -> ExplanationDocument in
    try shelf.explanation(of: name)
  }
  let sliders = Slider.sliders(of: sheet, loaded.scenario)
  let back = paragraph([anchor("Back to \(name)", to: "/scenarios/\(name)")])
  var content = [
    heading("Try values of \(name)"), back,
    paragraph(
      "A preview from as many rehearsals as a second allows, twelve at most: enough to see a direction, "
        + "too few to decide. Nothing of it is kept; run the scenario for a result.",
      class: "facts"),
  ]
  guard !sliders.isEmpty else {
    content.append(
      paragraph(
        "The scenario has no single numbers to try, such as people of a watched team.",
        class: "problem"))
    return page.response(content)
  }
  content.append(sliderForm(sliders, name))
  content.append(element("noscript", [:], paragraph("The sliders need JavaScript.")))
  content.append(
    element("p", ["id": "preview-state", "role": "status", "class": "facts"]))
  content.append(element("div", ["id": "preview"]))
  return page.response(content)
}

private func sliderForm(_ sliders: [Slider], _ name: String) -> Markup {
  let fields: [Markup] = sliders.enumerated().map { index, slider in
    let input = element(
      "input",
      [
        "type": "range", "id": "slider-\(index)", "min": Slider.text(slider.low),
        "max": Slider.text(slider.high), "step": Slider.text(slider.step),
        "value": Slider.text(slider.value),
        "data-path": slider.path, "data-suffix": slider.suffix,
        "data-start": Slider.text(slider.value), "aria-describedby": "slider-text-\(index)",
      ])
    let label = element(
      "label", ["for": "slider-\(index)"], pathText(slider.path),
      element("span", ["class": "small", "id": "slider-text-\(index)"], Markup(slider.summary)))
    let output = element(
      "output", ["for": "slider-\(index)"], Markup(Slider.text(slider.value) + slider.suffix))
    return element("div", ["class": "slider"], label, input, output)
  }
  return element(
    "section",
    [
      "id": "sliders", "aria-label": "Values",
      "data-place": "/api/v1/scenarios/\(name)/preview",
    ], containing: fields)
}
