extension ReportDocument.Block {
  /// The block in a page.
  ///
  /// - Parameter medium: what shows the page.
  func markup(for medium: PageMedium) throws -> Markup {
    switch self {
    case .paragraph(let text): element("p", [:], "\(text)")
    case .remark(let text): element("p", ["class": "quiet"], withCode(text))
    case .heading(let text): element("h3", [:], "\(text)")
    case .list(let items):
      element("ul", [:], containing: items.map { element("li", [:], "\($0)") })
    case .numbered(let items):
      element("ol", [:], containing: items.map { element("li", [:], "\($0)") })
    case .terms(let terms):
      element(
        "dl", ["class": "methods"],
        containing: terms.flatMap {
          [element("dt", [:], "\($0.term)"), element("dd", [:], "\($0.text)")]
        })
    case .table(let table) where table.id == "columns" && medium == .paper:
      dictionaryMarkup(table)
    case .table(let table): headed(table) + tableMarkup(table)
    case .figure(let figure): try figure.markup(for: medium)
    case .tiles(let screen): screen.tiles()
    case .questions(let questions): questionsMarkup(questions)
    case .findings(let findings): findingsMarkup(findings, for: medium)
    case .map(let map): mapMarkup(map, for: medium) ?? .none
    case .assumptions(let sheet):
      medium == .paper ? printedAssumptions(sheet) : assumptionMarkup(sheet)
    case .command(let command): element("pre", [:], element("code", [:], "\(command)"))
    }
  }

  /// A heading above a table that is not alone in its section.
  private func headed(_ table: ReportTable) -> Markup {
    [
      "saturation", "differences-paired", "implementation", "outages", "steps", "objectives",
      "front", "strain", "review-time", "signals", "changes-of-shares",
      "changes-of-times",
    ].contains(table.id)
      ? element("h3", [:], "\(table.title)") : .none
  }
}

/// The meanings of all columns in little room: ends of intervals, which their column explains, are left out.
private func dictionaryMarkup(_ table: ReportTable) -> Markup {
  var content: [Markup] = []
  var last: String?
  for row in table.rows {
    let words = zip(table.columns, row.cells).map { table.text($1, in: $0) }
    guard words.count == 4, !words[1].hasSuffix("_lower"), !words[1].hasSuffix("_upper") else {
      continue
    }
    if words[0] != last { content.append(element("h3", [:], "\(words[0])")) }
    last = words[0]
    let unit = row.cells[2] == .missing ? "" : " [\(words[2])]"
    content.append(
      element("p", [:], element("code", [:], "\(words[1])"), " \(words[3])\(unit)"))
  }
  return element(
    "p", ["class": "quiet"],
    "Columns of the workbook and of the CSV files; those that end in _lower and _upper hold the ends of an "
      + "interval.")
    + element("div", ["class": "dictionary"], containing: content)
}

/// What shows a page.
package enum PageMedium: Sendable, Hashable {
  /// A browser that draws the charts by script.
  case browser
  /// A browser without the script that draws charts.
  case withoutCharts
  /// Paper: charts are drawn before, everything folded stands open.
  case paper
}

/// Text in which passages between backquotes are code.
func withCode(_ text: String) -> Markup {
  text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, part in
    index % 2 == 0 ? "\(String(part))" : element("code", [:], "\(String(part))")
  }.joined()
}

/// Five questions, each with an answer for every leading variant.
private func questionsMarkup(_ questions: [StandingQuestion]) -> Markup {
  let blocks = questions.map { question in
    element(
      "div", [:], element("h3", [:], "\(question.question)"),
      element(
        "dl", [:],
        containing: question.answers.flatMap { answer in
          [
            element("dt", [:], swatch(answer.colour), "\(answer.variant)"),
            element("dd", [:], "\(answer.text)"),
          ]
        }))
  }
  return element("h2", ["id": "questions"], "Five standing questions")
    + element("div", ["class": "questions"], containing: blocks)
}
