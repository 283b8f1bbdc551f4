/// What stands around the content of a page: head, policy, style and script.
struct PageFrame: Sendable {
  var title: String
  /// Version of the program.
  var programVersion: String
  /// What draws the charts; `nil` where the page has none or they cannot be drawn.
  var charts: ChartBundle?
  /// SHA-256 of what the page was made from, lower-case hexadecimal; the nonce of its scripts.
  var contentDigest = ""

  /// The whole page.
  func page(header: Markup, main: Markup, footer: Markup) -> String {
    let body = element(
      "body", [:], owedHatch, element("header", [:], header), element("main", [:], main),
      element("footer", [:], footer), scripts)
    let html = element(
      "html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"], Markup(trusted: "\n"), head,
      body
    )
    return "<!DOCTYPE html>\n" + html.source + "\n"
  }

  private var head: Markup {
    element(
      "head", [:], element("meta", ["charset": "utf-8"]),
      element("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
      element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      element("meta", ["name": "generator", "content": "Rehearse \(programVersion)"]),
      element("meta", ["name": "referrer", "content": "no-referrer"]),
      element("title", [:], Markup(title)),
      element("style", [:], Markup(trusted: "\n\(pageStyle)\n")))
  }

  /// Nothing is loaded from anywhere, and no script runs but ours.
  ///
  /// Styles may stand inline, because Vega sets some; they cannot load anything either.
  private var policy: String {
    "default-src 'none'; script-src \(charts == nil ? "'none'" : "'nonce-\(nonce)'"); "
      + "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
  }

  /// The same page has the same nonce.
  ///
  /// What a scenario says cannot know it, since it is the digest of what the scenario says.
  private var nonce: String { String(contentDigest.prefix(32)) }

  private var scripts: Markup {
    guard let charts else { return .none }
    return element("script", ["nonce": nonce], inlineScript(charts.script))
      + element("script", ["nonce": nonce], inlineScript(drawingScript))
  }

  /// A script as HTML reads it: as it is, since `ChartBundle` admits nothing that would end it.
  private func inlineScript(_ script: String) -> Markup { Markup(trusted: "\n\(script)\n") }
}

/// The pattern of work owed, once for all charts of the page.
let owedHatch = Markup(
  trusted: """
    <svg class="apart" width="0" height="0" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">\
    <defs><pattern id="owed-hatch" width="6" height="6" patternUnits="userSpaceOnUse" \
    patternTransform="rotate(45)"><rect width="2" height="6" fill="#767676" /></pattern></defs></svg>

    """)
