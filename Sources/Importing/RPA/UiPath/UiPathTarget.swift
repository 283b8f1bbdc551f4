import DocumentReading
import Facts

/// What windows and pages a part of a workflow acts on, as its selectors and addresses say.
struct UiPathTarget {
  /// An application, by the name its window, page or file gives.
  struct Application: Hashable {
    var name: String
    var aliases: [String] = []
    var provenance = Provenance.imported
    var note: String?
  }

  private(set) var applications: [Application] = []
  /// An address that is given and that the project's files do not determine.
  private(set) var unresolvedAddress: UiPathExpression?

  /// The targets of an activity, nested activities left out.
  init(of activity: XMLElement, in workflow: UiPathWorkflow, _ values: UiPathValues) {
    var addresses: [(host: String, note: String?)] = []
    var titles: [String] = []
    var executables: [String] = []

    func addAddress(_ expression: UiPathExpression?) {
      guard let expression, !expression.text.isEmpty, expression.text != "*" else { return }
      guard let resolved = values.resolve(expression, in: workflow) else {
        unresolvedAddress = expression
        return
      }
      if let host = host(ofAddress: resolved.text) { addresses.append((host, resolved.note)) }
    }
    func addSelector(_ selector: UiPathExpression?) {
      guard let selector else { return }
      let attributes = selectorAttributes(selector.text)
      if let address = attributes["url"], let host = host(ofAddress: address) {
        addresses.append((host, nil))
      }
      guard let executable = attributes["app"] else { return }
      if KnownApplication.isBrowser(executable: executable) {
        if selector.text.contains("<html"), let title = attributes["title"] { titles.append(title) }
      } else {
        executables.append(executable)
      }
    }
    for part in Self.ownParts(of: activity) {
      addAddress(part.argument("Url"))
      addAddress(part.argument("BrowserURL"))
      for property in ["FilePath", "FileName"] where part.name != "TargetAnchorable" {
        guard let path = part.argument(property).flatMap({ values.resolve($0, in: workflow) }),
          path.text.lowercased().hasSuffix(".exe"),
          !KnownApplication.isBrowser(executable: path.text)
        else { continue }
        executables.append(path.text)
      }
      addSelector(part.argument("Selector"))
      addSelector(part.argument("ScopeSelectorArgument"))
    }
    applications = Self.applications(addresses: addresses, titles: titles, executables: executables)
  }

  /// Whether an address or an executable names the applications.
  var isCertain: Bool {
    unresolvedAddress == nil && applications.contains { $0.provenance == .imported }
  }

  /// These targets and others, each application once; what is certain displaces mere titles.
  func merged(with others: [UiPathTarget]) -> UiPathTarget {
    var merged = self
    if others.contains(where: \.isCertain) {
      merged.applications.removeAll { $0.provenance != .imported }
    }
    for application in others.flatMap(\.applications)
    where !merged.applications.contains(where: { $0.name == application.name }) {
      merged.applications.append(application)
    }
    return merged
  }

  /// An activity and the elements inside it that are not activities of their own.
  static func ownParts(of activity: XMLElement) -> [XMLElement] {
    var parts = [activity]
    func add(_ element: XMLElement) {
      for child in element.children where !UiPathActivity.isActivity(child) {
        parts.append(child)
        add(child)
      }
    }
    add(activity)
    return parts
  }

  private static func applications(
    addresses: [(host: String, note: String?)], titles: [String], executables: [String]
  ) -> [Application] {
    var found: [Application] = []
    // A title is a second name of a page only where it is surely the page's: one host, one title.
    let names = Set(titles.filter(isTelling))
    let hosts = Set(addresses.map(\.host))
    for (host, note) in addresses {
      var application = Application(name: host, note: note)
      if let known = KnownApplication.named(byHost: host) {
        application = Application(name: known, aliases: [host], note: note)
      } else if hosts.count == 1, names.count == 1 {
        application.aliases += names
      }
      found.append(application)
    }
    if addresses.isEmpty {
      for title in names.sorted() {
        found.append(
          Application(name: title, provenance: .inferred, note: "named by the title of its page"))
      }
    }
    for executable in executables {
      let file = lastComponent(of: executable)
      let known = KnownApplication.named(byExecutable: file)
      found.append(
        Application(name: known ?? stem(of: file), aliases: [file.lowercased()], note: nil))
    }
    var seen: Set<String> = []
    return found.filter { seen.insert($0.name).inserted }
  }

  /// Whether the title of a page names the application, and is neither a pattern nor a common word.
  private static func isTelling(_ title: String) -> Bool {
    let common = [
      "login", "log in", "sign in", "signin", "home", "dashboard", "new tab", "save as", "open",
      "untitled", "index", "welcome", "search", "error",
    ]
    let isName = title.allSatisfy { $0.isLetter || $0.isNumber || " -&'/".contains($0) }
    return isName && title.split(separator: " ").count <= 4 && title.contains { $0.isLetter }
      && !common.contains(title.lowercased())
  }
}

/// Attributes of the first tag of a selector such as `<html app='chrome.exe' title='Orders' />`.
private func selectorAttributes(_ selector: String) -> [String: String] {
  guard let start = selector.firstIndex(of: "<") else { return [:] }
  var attributes: [String: String] = [:]
  var rest = selector[selector.index(after: start)...].drop { !$0.isWhitespace && $0 != ">" }
  while true {
    rest = rest.drop { $0.isWhitespace }
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == ":" }
    let equals = rest.dropFirst(name.count)
    guard !name.isEmpty, equals.first == "=", let quote = equals.dropFirst().first,
      quote == "'" || quote == "\""
    else { return attributes }
    let value = equals.dropFirst(2)
    guard let end = value.firstIndex(of: quote) else { return attributes }
    attributes[name.lowercased()] = String(value[..<end])
    rest = value[value.index(after: end)...]
  }
}
