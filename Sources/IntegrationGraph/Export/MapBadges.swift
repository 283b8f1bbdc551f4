extension MapOptions {
  /// A plain label of DOT, or, with badges, a small table whose cells link to the findings.
  ///
  /// Sizes are fixed, in points, since Graphviz would stretch the badges to the width of the name.
  func label(_ name: [String], badges: [Int]?, of id: String) -> String {
    guard let badges, !badges.isEmpty else { return dotLabel(name) }
    let shown = badges.count <= 6 ? badges : Array(badges.prefix(5))
    var cells = shown.map { number in
      let note = notes[number]
      return BadgeCell(
        text: (note.map { "\($0.shape)" } ?? "") + "\(number)",
        title: "Finding \(number)" + (note.map { " (\($0.word)): \($0.text)" } ?? ""),
        link: badgeLink.map { "\($0)\(number)" }, id: "badge:\(id):\(number)")
    }
    let rest = badges.dropFirst(shown.count)
    if let next = rest.first {
      let list = rest.map(String.init).joined(separator: ", ")
      cells.append(
        BadgeCell(
          text: "+\(rest.count)", title: "Findings \(list)", link: badgeLink.map { "\($0)\(next)" })
      )
    }
    let width = cells.reduce(2) { $0 + $1.width + 2 }
    let text = name.map(dotTableText).joined(separator: "<BR/>")
    return
      "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"1\">"
      + "<TR><TD>\(text)</TD></TR><TR><TD><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"2\""
      + " CELLPADDING=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"\(width)\" HEIGHT=\"20\">"
      + "<TR>\(cells.map(\.markup).joined())</TR></TABLE></TD></TR></TABLE>>"
  }
}

private struct BadgeCell {
  var text: String
  var title: String
  var link: String?
  var id: String?

  /// Width in points: a sign of the font is about six points wide at this size.
  var width: Int { 8 + 6 * text.count }

  var markup: String {
    let id = id.map { " ID=\"\(xmlText($0))\"" } ?? ""
    let link = link.map { " HREF=\"\(xmlText($0))\"" } ?? ""
    return
      "<TD FIXEDSIZE=\"TRUE\" WIDTH=\"\(width)\" HEIGHT=\"16\" BGCOLOR=\"#404040\""
      + " STYLE=\"ROUNDED\"\(link) TITLE=\"\(dotTableText(title))\"\(id)>"
      + "<FONT POINT-SIZE=\"8\" COLOR=\"#FFFFFF\">\(text)</FONT></TD>"
  }
}
