public import IntegrationGraph

/// The map as `renderSVG` returns it, and what its signs mean.
public struct DrawnMap: Sendable, Hashable {
  /// The drawing.
  public var svg: String
  /// What shapes, lines and borders stand for; `nil` to show none.
  public var legend: MapLegend?

  /// Creates a map.
  public init(svg: String, legend: MapLegend? = nil) {
    self.svg = svg
    self.legend = legend
  }
}

/// The map with its legend, on white paper by day and by night; `nil` where it is no drawing.
package func mapMarkup(_ map: DrawnMap, for medium: PageMedium = .browser) -> Markup? {
  guard let drawing = svgElement(in: map.svg) else { return nil }
  if medium == .paper {
    return element(
      "div", ["class": "white"], map.legend.map(legendMarkup) ?? .none,
      element("div", ["class": "map", "id": "chart-map"], Markup(trusted: drawing)))
  }
  return element(
    "div", ["class": "white"], map.legend.map(legendMarkup) ?? .none,
    element("input", ["type": "checkbox", "class": "whole", "id": "whole-map"]),
    element("label", ["for": "whole-map"], " full size, to be scrolled"),
    element("div", ["class": "map"], Markup(trusted: drawing)))
}

private func legendMarkup(_ legend: MapLegend) -> Markup {
  let lines = legend.lines.map { line in
    // Colours and widths are constants of the map's style.
    element(
      "li", [:],
      Markup(
        trusted: "<svg viewBox=\"0 0 24 16\" aria-hidden=\"true\" "
          + "xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 8H24\" stroke=\"\(escapedText(line.colour))\" "
          + "stroke-width=\"\(line.width)\"\(dashes(line.style)) /></svg>"), "\(line.meaning)")
  }
  let sensitive = legend.sensitive.map { classes in
    element(
      "li", [:],
      Markup(
        trusted: "<svg viewBox=\"0 0 24 16\" aria-hidden=\"true\" "
          + "xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 6H24M0 10H24\" "
          + "stroke=\"\(MapStyle.sensitiveColour)\" stroke-width=\"1.2\" /></svg>"),
      "carries \(classes.joined(separator: ", ")) (inferred from names)")
  }
  let owners = legend.owners.map { owner in
    element(
      "li", [:],
      Markup(
        trusted: "<svg viewBox=\"0 0 24 16\" aria-hidden=\"true\" "
          + "xmlns=\"http://www.w3.org/2000/svg\"><rect x=\"2\" y=\"2\" width=\"20\" height=\"12\" "
          + "fill=\"none\" stroke=\"\(escapedText(owner.colour))\" stroke-width=\"2\" /></svg>"),
      "\(owner.name) (\(plural(owner.systems, "system")))")
  }
  let shapes = legend.shapes.map { "\($0.meaning): \(MapStyle.word(for: $0))" }
  let ghosts = legend.hasGhosts ? "; dashed outline: named, but nowhere described" : ""
  return element("ul", ["class": "legend"], containing: lines + (sensitive.map { [$0] } ?? []))
    + element("ul", ["class": "legend"], containing: owners)
    + element(
      "p", [:],
      "Shapes: \(shapes.joined(separator: ", "))\(ghosts). Borders: the owner's group. Numbers: findings."
    )
}

private func dashes(_ style: String) -> String {
  switch style {
  case "dashed": " stroke-dasharray=\"5 3\""
  case "dotted": " stroke-dasharray=\"1 3\""
  default: ""
  }
}
