import Experiments
import Hummingbird
import Reporting
import Workbench
import Workspace

/// All studies, latest first, and two of them to be compared.
@Sendable func studiesPage(_ exchange: Exchange) async throws -> Response {
  let page = WorkbenchPage(exchange, "Studies", here: "/studies")
  let studies = Array(try allStudies(exchange).map(line).reversed())
  guard !studies.isEmpty else {
    let begin = paragraph([
      Markup("None yet. Choose "), anchor("a scenario", to: "/scenarios"), Markup(" and run it."),
    ])
    return page.response([heading("Studies"), begin])
  }
  let rows: [PageRow] = studies.prefix(200).map { study in
    let title = study.title.isEmpty ? "Study \(study.number)" : study.title
    return row([
      .number(Markup("\(Int(study.number))")),
      .head(anchor(title, to: "/studies/\(study.number)")), .text(timeMarkup(study.recorded)),
      .number(Markup(replicationsText(study))), .text(Markup(study.state)),
      .text(pathText(study.scenario)),
    ])
  }
  let heads: [Cell] = [
    .number(Markup("No.")), .head(Markup("Study")), .head(Markup("When")),
    .number(Markup("Rehearsals")), .head(Markup("State")), .head(Markup("Scenario")),
  ]
  let caption: Markup? =
    studies.count > 200 ? Markup("The last 200 of \(studies.count).") : nil
  var content = [
    heading("Studies"), tableMarkup(heads: heads, rows: rows, caption: caption),
  ]
  let whole = studies.filter(\.hasResult)
  if whole.count > 1 {
    content.append(subheading("Compare two"))
    content.append(
      comparisonForm(whole, before: whole[1].number, after: whole[0].number))
  }
  return page.response(content)
}

private func replicationsText(_ study: StudyLine) -> String {
  guard let asked = study.replications else { return "?" }
  guard let done = study.done, done < asked else { return countText(asked) }
  return "\(countText(done)) of \(countText(asked))"
}

private func comparisonForm(
  _ studies: [StudyLine], before: Int64, after: Int64
) -> Markup {
  let options: [(value: String, text: String)] = studies.prefix(200).map { study in
    ("\(study.number)", "\(study.number) · \(timeText(study.recorded)) · \(study.title)")
  }
  return element(
    "form", ["method": "get", "action": "/change", "class": "fields", "aria-label": "Compare"],
    WorkbenchPage.choice("Before", "before", options, chosen: "\(before)"),
    WorkbenchPage.choice("After", "after", options, chosen: "\(after)"),
    WorkbenchPage.button("What changed"))
}

/// What a study showed: its report, drawn, with all files and what can be done with it.
@Sendable func studyPage(_ exchange: Exchange) async throws -> Response {
  let entry = try found(exchange)
  let number = entry.study.id
  let workspace = exchange.workbench.workspace
  let title = entry.study.title.isEmpty ? "Study \(number)" : entry.study.title
  var page = WorkbenchPage(exchange, title, here: "/studies")
  var content = [heading(title), actsMarkup(entry, page)]
  if let mark = try keptReportMark(ofStudy: number, inWorkspace: workspace) {
    let drawn = exchange.workbench.charts != nil
    let report = try await exchange.workbench.reports.answer("\(number)", stamp: mark) {
      try await onThread { () throws -> Markup in
        try reportMarkup(
          ReportDocument(try keptReport("\(number)", inWorkspace: workspace)), drawn: drawn)
      }
    }
    page.hasCharts = true
    content += [filesMarkup(number), report]
  } else {
    content.append(
      paragraph(
        entry.result == nil
          ? "It has no result yet: run it again, and it goes on where it was."
          : "An earlier version kept its results alone; run it again for a report.",
        class: "problem"))
  }
  content.append(subheading("How it was asked for"))
  content.append(try detailsMarkup(entry))
  let others = try allStudies(exchange).map(line).filter { $0.hasResult }
  if entry.result != nil, let before = others.last(where: { $0.number < number }) {
    content.append(subheading("Compare with another"))
    content.append(
      comparisonForm(others.reversed(), before: before.number, after: number))
  }
  return page.response(content)
}

private func actsMarkup(_ entry: StudyEntry, _ page: WorkbenchPage) -> Markup {
  let number = entry.study.id
  let again = page.form(
    "/studies/\(number)/again", WorkbenchPage.button("Run it again, as the scenario is now"))
  let tornado = page.form(
    "/studies/\(number)/again", WorkbenchPage.hidden("tornado", "yes"),
    WorkbenchPage.button("Try the values that most matter, low and high"))
  let remove = page.form(
    "/studies/\(number)/remove", WorkbenchPage.button("Forget it", class: "quiet-button"))
  let details = element(
    "details", ["class": "edit"], opener("Remove", of: " study \(number)"), remove)
  return element("div", ["class": "acts"], again, tornado, details)
}

private func filesMarkup(_ number: Int64) -> Markup {
  let names = [
    "html": "Web page", "pdf": "PDF", "xlsx": "Workbook", "csv": "CSV tables", "json": "JSON",
    "md": "Markdown",
  ]
  let links: [Markup] = ReportDesk.forms.map { form in
    let place = link("/studies/\(number)/report", ["format": form, "download": "yes"])
    return anchor(names[form] ?? form, to: place)
  }
  let whole = anchor("Read it as one page", to: "/studies/\(number)/report")
  return paragraph(
    class: "downloads",
    [Markup("The report as a file: "), links.joined(by: Markup(" ")), Markup(" · "), whole])
}

private func detailsMarkup(_ entry: StudyEntry) throws -> Markup {
  let details = try entry.details()
  var items: [Markup] = []
  for (label, value) in details.facts {
    items.append(element("dt", [:], Markup(label)))
    items.append(
      element("dd", [:], label == "recorded" ? timeMarkup(value) : pathText(value)))
  }
  return element("dl", ["class": "terms"], containing: items)
}

/// What lies between two studies: inputs that differ, and figures that moved by more than noise.
@Sendable func changePage(_ exchange: Exchange) async throws -> Response {
  let page = WorkbenchPage(exchange, "What changed", here: "/studies")
  let change = try change(exchange)
  var content = [
    heading("What changed"),
    paragraph([
      Markup("From "), anchor("study \(change.before)", to: "/studies/\(change.before)"),
      Markup(" to "), anchor("study \(change.after)", to: "/studies/\(change.after)"), Markup("."),
    ]), subheading("Inputs that differ"),
  ]
  if change.inputs.isEmpty {
    content.append(paragraph("None."))
  } else {
    let rows: [PageRow] = change.inputs.map { input in
      row([
        .head(pathText(input.what)), .text(Markup(input.before ?? "nothing")),
        .text(Markup(input.after ?? "nothing")),
      ])
    }
    let heads = ["What", "Was", "Is"].map { Cell.head(Markup($0)) }
    content.append(tableMarkup(heads: heads, rows: rows))
  }
  for (label, names) in [
    ("Variants that are gone", change.variantsGone), ("Variants that are new", change.variantsNew),
  ] where !names.isEmpty {
    content.append(paragraph("\(label): \(names.joined(separator: ", "))"))
  }
  content.append(subheading("Figures"))
  content.append(movedTable(change))
  content.append(
    paragraph(
      "The two are taken as independent. A figure has moved where the 95 % interval of the "
        + "difference (Welch for means, Newcombe for probabilities) does not hold zero.",
      class: "facts"))
  return page.response(content)
}

private func movedTable(_ change: StudyChange) -> Markup {
  // What has moved stands first; the order of the variants stays within.
  let sorted =
    change.figures.filter { $0.isClear == true } + change.figures.filter { $0.isClear != true }
  let rows: [PageRow] = sorted.map { moved in
    let shown = moved.change.map { MovedText(moved, $0) }
    let difference = shown.map { "\($0.difference) \($0.interval)" } ?? "–"
    return row(
      [
        .head(Markup(moved.variant)), .text(Markup(figureTitle(moved.figure))),
        .number(Markup(shown?.before ?? "–")), .number(Markup(shown?.after ?? "–")),
        .number(Markup(difference)), .text(Markup(verdict(moved))),
      ], isChosen: moved.isClear == true)
  }
  let heads: [Cell] = [
    .head(Markup("Variant")), .head(Markup("Figure")), .number(Markup("Was")),
    .number(Markup("Is")), .number(Markup("Difference (95 % interval)")), .head(Markup("Verdict")),
  ]
  return tableMarkup(heads: heads, rows: rows)
}

private func figureTitle(_ name: String) -> String {
  Figure(rawValue: name)?.title ?? "Probability of exhaustion"
}

private func verdict(_ moved: StudyChange.Moved) -> String {
  switch moved.isClear {
  case true?: "● moved"
  case false?: "○ not told from noise"
  case nil: "– no interval"
  }
}
