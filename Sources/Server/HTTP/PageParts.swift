import Reporting

/// The title of a page.
func heading(_ text: String) -> Markup { element("h1", [:], Markup(text)) }

/// The title of a part of a page.
func subheading(_ text: String, id: String? = nil) -> Markup {
  element("h2", ["id": id], Markup(text))
}

/// A paragraph of plain text.
func paragraph(_ text: String, class name: String? = nil) -> Markup {
  element("p", ["class": name], Markup(text))
}

/// A paragraph of several parts.
func paragraph(class name: String? = nil, _ parts: [Markup]) -> Markup {
  element("p", ["class": name], containing: parts)
}

/// A link with a plain text.
func anchor(_ text: String, to place: String) -> Markup {
  element("a", ["href": place], Markup(text))
}

/// A path or an identifier, in the type of files.
func pathText(_ text: String) -> Markup { element("span", ["class": "path"], Markup(text)) }

/// A moment as people write it, with the moment as programs write it.
///
/// - Parameter moment: ISO 8601, in UTC, such as `2026-11-22T08:14:15Z`; what is none stays as it is.
func timeMarkup(_ moment: String) -> Markup {
  element("time", ["datetime": moment], Markup(timeText(moment)))
}

/// A moment as people write it: `22 Nov 2026, 08:14 UTC`.
func timeText(_ moment: String) -> String {
  let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  guard let found = moment.wholeMatch(of: /(\d{4})-(\d\d)-0?(\d+)T(\d\d:\d\d):\d\d(\.\d+)?Z/),
    let month = Int(found.2), months.indices.contains(month - 1)
  else { return moment }
  return "\(found.3) \(months[month - 1]) \(found.1), \(found.4) UTC"
}

/// What was found wrong, one paragraph for each sentence.
func problemText(_ sentences: [String]) -> Markup {
  sentences.map { paragraph($0, class: "problem") }.joined()
}

/// A list of sentences.
func listMarkup(_ items: [Markup], class name: String? = nil) -> Markup {
  element("ul", ["class": name], containing: items.map { element("li", [:], $0) })
}

/// What a page says where nothing has been imported yet.
func nothingImported(_ title: String) -> [Markup] {
  let more = paragraph(
    class: "answer",
    [
      Markup("Nothing has been imported yet. Begin with "), anchor("an import", to: "/import"),
      Markup(": the files that your products export, as they are."),
    ])
  return [heading(title), more]
}

/// A row of a table of the pages.
typealias PageRow = (cells: [Cell], isChosen: Bool)

/// A row of some cells.
func row(_ cells: [Cell], isChosen: Bool = false) -> PageRow { (cells: cells, isChosen: isChosen) }
