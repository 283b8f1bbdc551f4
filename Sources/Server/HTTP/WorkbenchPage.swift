import HTTPTypes
import Hummingbird
import Reporting
import Workbench

/// What stands around the content of a page of the workbench: head, navigation and foot.
struct WorkbenchPage {
  private let workbench: WorkbenchState
  private let session: String
  private let title: String
  private let here: String?
  /// Whether charts are drawn on it.
  var hasCharts = false
  /// Whether something on it brings styles of its own: charts and maps do.
  var allowsStyles = false

  /// Creates a page.
  ///
  /// - Parameter here: The path of the place in the navigation that it belongs to.
  init(_ workbench: WorkbenchState, session: String, title: String, here: String?) {
    self.workbench = workbench
    self.session = session
    self.title = title
    self.here = here
  }

  /// A page for a request.
  init(_ exchange: Exchange, _ title: String, here: String?) {
    self.init(exchange.workbench, session: exchange.session, title: title, here: here)
  }

  private static let places: [(path: String, name: String)] = [
    ("/estate", "Estate"), ("/import", "Import"), ("/map", "Map"), ("/audit", "Audit"),
    ("/questionnaires", "Questionnaires"),
    ("/scenarios", "Scenarios"), ("/studies", "Studies"), ("/jobs", "Jobs"),
  ]

  /// What a page may load and run: our own files, nothing inline and nothing from elsewhere.
  static func policy(allowsStyles: Bool) -> String {
    let style = allowsStyles ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'"
    return [
      "default-src 'none'", "script-src 'self'", style, "img-src 'self' data:",
      "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")
  }

  /// The page as an answer.
  func response(
    _ main: [Markup], status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) -> Response {
    let body = element(
      "body", [:], element("a", ["class": "skip", "href": "#content"], "To the content"),
      element("header", ["class": "bar-top"], navigation),
      element("main", ["id": "content", "tabindex": "-1"], containing: main),
      element("footer", [:], foot))
    let html = element("html", ["lang": "en"], Markup(trusted: "\n"), head, body)
    var response = Response(
      text: "<!DOCTYPE html>\n\(html.source)\n", "text/html; charset=utf-8", status: status)
    response.headers.append(contentsOf: headers)
    response.headers[.contentSecurityPolicy] = Self.policy(
      allowsStyles: allowsStyles || hasCharts)
    return response
  }

  private var head: Markup {
    var scripts = [script("workbench.js")]
    if hasCharts, workbench.charts != nil {
      scripts += [script("charts.js"), script("charts-drawing.js")]
    }
    return element(
      "head", [:], element("meta", ["charset": "utf-8"]),
      element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      element("meta", ["name": "csrf", "content": formToken]),
      element("title", [:], "\(title) · Rehearse"),
      element("link", ["rel": "icon", "href": "data:,"]),
      element("link", ["rel": "stylesheet", "href": place("workbench.css")]), scripts.joined())
  }

  private func script(_ name: String) -> Markup {
    element("script", ["src": place(name), "defer": "defer"])
  }

  private func place(_ name: String) -> String {
    "/assets/\(name)?v=\(workbench.assets[name]?.mark ?? "")"
  }

  private var navigation: Markup {
    element(
      "nav", ["aria-label": "Workbench"],
      element(
        "ul", [:],
        containing: Self.places.map { place in
          element(
            "li", [:],
            element(
              "a", ["href": place.path, "aria-current": place.path == here ? "page" : nil],
              "\(place.name)"))
        }))
  }

  private var foot: Markup {
    element(
      "p", ["class": "small"],
      "Rehearse \(programVersion) · workspace ",
      element("span", ["class": "path"], "\(workbench.workspace)"),
      " · nothing on this page is loaded from elsewhere · ",
      element("a", ["href": "/api/v1/openapi.json"], "interface for programs"))
  }

  private var formToken: String {
    session.isEmpty ? "" : workbench.gate.formToken(of: session)
  }

  /// A form that changes something.
  func form(
    _ action: String, class name: String? = nil, label: String? = nil, _ content: Markup...
  ) -> Markup {
    element(
      "form", ["method": "post", "action": action, "class": name, "aria-label": label],
      element("input", ["type": "hidden", "name": "csrf", "value": formToken]), content.joined())
  }

  /// A hidden field of a form.
  static func hidden(_ name: String, _ value: String) -> Markup {
    element("input", ["type": "hidden", "name": name, "value": value])
  }

  /// A labelled field for one line of text.
  static func field(
    _ label: String, _ name: String, value: String = "", type: String = "text",
    isRequired: Bool = false, hint: String? = nil
  ) -> Markup {
    element(
      "label", [:], element("span", [:], "\(label)"),
      element(
        "input",
        [
          "type": type, "name": name, "value": value.isEmpty ? nil : value,
          "required": isRequired ? "required" : nil, "placeholder": hint,
          "maxlength": type == "text" || type == "search" ? "400" : nil,
        ]))
  }

  /// A labelled choice.
  static func choice(
    _ label: String, _ name: String, _ options: [(value: String, text: String)], chosen: String?
  ) -> Markup {
    element(
      "label", [:], element("span", [:], "\(label)"),
      element(
        "select", ["name": name],
        containing: options.map { option in
          element(
            "option",
            ["value": option.value, "selected": option.value == chosen ? "selected" : nil],
            "\(option.text)")
        }))
  }

  /// The button of a form.
  static func button(_ text: String, class name: String? = nil) -> Markup {
    element("button", ["type": "submit", "class": name], "\(text)")
  }
}
