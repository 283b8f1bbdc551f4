import Inventory

extension IntegrationGraph {
  /// The map in a sentence, for those who cannot see it.
  public var mapDescription: String {
    let parts = EntityKind.allCases.compactMap { kind -> String? in
      let count = nodes.count { $0.kind == kind }
      return count == 0 ? nil : MapCluster.counted(count, kind)
    }
    let people = edges.count { $0.isHuman }
    return "Integration map: \(parts.isEmpty ? "nothing" : parts.joined(separator: ", ")), "
      + "\(edges.count) \(edges.count == 1 ? "edge" : "edges")"
      + (people > 0 ? ", \(people) of them by people" : "")
  }

  /// The key of a map as a table label of DOT: lines, shapes, owners and findings, in columns.
  ///
  /// Nothing in it is told by colour alone: lines have a pattern, owners their name, findings a shape.
  func legendLabel(_ options: MapOptions, _ plan: MapPlan) -> String {
    let legend = mapLegend(sensitive: options.sensitive)
    var columns = [
      column(
        "Lines",
        legend.lines.map { (MapStyle.sample(of: $0), $0.colour, $0.meaning) }
          + (legend.sensitive.map {
            [("══", MapStyle.sensitiveColour, "carries \($0.joined(separator: ", "))")]
          } ?? [])),
      column(
        "Shapes",
        legend.shapes.map { ("", "", "\($0.meaning): \(MapStyle.word(for: $0))") }
          + (legend.hasGhosts ? [("", "", "dashed outline: named, nowhere described")] : [])),
    ]
    if !legend.owners.isEmpty {
      let limit = 12
      let rest = legend.owners.count - limit
      columns.append(
        column(
          "Border: owner (systems)",
          legend.owners.prefix(limit).map { ("▢", $0.colour, "\($0.name) (\($0.systems))") }
            + (rest > 0 ? [("", "", "and \(rest) more")] : [])))
    }
    let numbers = Set(nodes.flatMap { options.badges[$0.id] ?? [] }).sorted()
    let limit = 24
    let told = numbers.prefix(limit).compactMap { number in
      options.notes[number].map { note in
        ("\(note.shape)\(number)", "#404040", "\(note.word): \(shownText(note.text, limit: 70))")
      }
    }
    if !told.isEmpty {
      let rest = numbers.count - told.count
      let more = rest > 0 ? [("", "", "and \(rest) more: rehearse audit")] : []
      let half = told.count > 12 ? (told.count + 1) / 2 : told.count
      columns.append(column("Findings (number and severity)", Array(told.prefix(half))))
      columns.append(column("", Array(told.dropFirst(half)) + more))
    }
    var rows =
      "<TR><TD ALIGN=\"LEFT\" COLSPAN=\"\(columns.count)\">"
      + "<FONT POINT-SIZE=\"12\">\(dotTableText(mapDescription))</FONT></TD></TR>"
    var notes: [String] = []
    if plan.isWideOverview {
      notes.append(
        "A line between clusters stands for edges of every kind; its number says how many.")
    }
    if let left = plan.omission {
      notes.append(
        "Between clusters the \(plan.bundles.count) strongest lines are drawn (edges ÷ √(edges of one "
          + "end × edges of the other)); \(left.lines) weaker ones, of \(left.edges) edges, are not."
      )
    }
    for note in notes {
      rows +=
        "<TR><TD ALIGN=\"LEFT\" COLSPAN=\"\(columns.count)\">\(dotTableText(note))</TD></TR>"
    }
    rows += "<TR>\(columns.joined())</TR>"
    return
      "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"8\" CELLPADDING=\"2\">\(rows)</TABLE>>"
  }

  private func column(
    _ head: String, _ entries: [(sign: String, colour: String, text: String)]
  ) -> String {
    let rows = entries.map { entry in
      let sign =
        entry.sign.isEmpty
        ? "" : "<FONT COLOR=\"\(entry.colour)\">\(entry.sign)</FONT> "
      return "<TR><TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"10\">\(sign)\(dotTableText(entry.text))"
        + "</FONT></TD></TR>"
    }
    let title =
      head.isEmpty ? "" : "<TR><TD ALIGN=\"LEFT\"><B>\(dotTableText(head))</B></TD></TR>"
    return
      "<TD VALIGN=\"TOP\"><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"1\">"
      + title + (rows.isEmpty ? "<TR><TD></TD></TR>" : rows.joined()) + "</TABLE></TD>"
  }
}

extension MapStyle {
  /// A line as signs of text.
  static func sample(of line: Line) -> String {
    let stroke =
      switch line.style {
      case "dashed": "╌╌"
      case "dotted": "┈┈"
      default: line.width > 2 ? "━━" : "──"
      }
    let head =
      switch line.arrow {
      case "empty": "▷"
      case "ediamond": "◇"
      case "vee": "&gt;"
      default: "▶"
      }
    return line.pointsBack ? "&lt;" + stroke : stroke + head
  }

  /// A Graphviz shape as people call it.
  public static func word(for shape: Shape) -> String {
    switch shape.shape {
    case "box" where shape.style == "rounded": "rounded box"
    case "box3d": "block"
    case "component": "box with tabs"
    case "doubleoctagon": "double octagon"
    case "note": "sheet"
    default: shape.shape
    }
  }
}
