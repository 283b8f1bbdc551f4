import DocumentReading
import Inventory

/// The application of an object's application model, and the names of its elements.
struct BluePrismTarget {
  /// The application by the name that its address, executable or model gives.
  private(set) var application: String?
  /// The host or executable, where the application is named otherwise.
  private(set) var alias: String?
  /// The object whose model this one shares.
  private(set) var sharedModel: String?
  /// Names of elements by their identifiers.
  private(set) var elements: [String: String] = [:]
  /// How elements are found, by their identifiers: a tag with the attributes that are in use, or the
  /// picture or point of a region.
  private(set) var selectors: [String: String] = [:]

  /// Reads the model of an object; `nil` where there is none.
  init?(_ body: XMLElement) {
    guard let model = body.first("appdef") else { return nil }
    sharedModel = model.first("parentobject")?.text.trimmedOrNil
    collect(model, depth: 0)
    let info = model.first("apptypeinfo")
    var parameters: [String: String] = [:]
    for parameter in info?.descendants("parameter") ?? [] {
      if let name = parameter.first("name")?.text.trimmedOrNil ?? parameter["name"],
        let value = parameter.first("value")?.text.trimmedOrNil ?? parameter["value"]?.trimmedOrNil
      {
        parameters[nameKey(name)] = value
      }
    }
    let root = model.first("element")?["name"]?.trimmedOrNil
    name(parameters, type: info?.first("id")?.text ?? "", root: root)
  }

  private mutating func collect(_ element: XMLElement, depth: Int) {
    guard depth < 250 else { return }
    for child in element.children where ["element", "group", "region"].contains(child.name) {
      if let id = child.first("id")?.text.trimmedOrNil, let name = child["name"]?.trimmedOrNil {
        elements[id.lowercased()] = name
        selectors[id.lowercased()] = Self.selector(of: child, named: name)
      }
      collect(child, depth: depth + 1)
    }
  }

  private static func selector(of element: XMLElement, named name: String) -> String? {
    let attributes = element.first("attributes")?.all("attribute") ?? []
    func value(_ attribute: XMLElement) -> String? {
      attribute.first("ProcessValue")?["value"]?.trimmedOrNil
    }
    if element.name == "region" {
      let values = Dictionary(
        attributes.compactMap { item in item["name"].map { (nameKey($0), value(item)) } },
        uniquingKeysWith: { first, _ in first })
      if values["locationmethod"] ?? nil == "Image" { return "image: \(name)" }
      guard let x = values["startx"] ?? nil, let y = values["starty"] ?? nil else { return nil }
      return "coordinates: \(x), \(y)"
    }
    // All attributes in use must match; the text that an element shows is none of its marks.
    let marks = attributes.compactMap { item -> String? in
      guard item["inuse"]?.lowercased() == "true", let mark = item["name"], mark != "Value",
        let value = item["dynamic"]?.lowercased() == "true" ? "*" : value(item)
      else { return nil }
      return "\(mark)='\(value)'"
    }
    guard !marks.isEmpty else { return nil }
    let type = element.first("type")?.text.trimmedOrNil ?? "element"
    return "<\(type) \(marks.joined(separator: " "))/>"
  }

  /// Address before executable before the name that the modeller gave.
  private mutating func name(_ parameters: [String: String], type: String, root: String?) {
    let keys = ["url", "starturl", "browserlaunchurl", "commandlineparams", "commandline"]
    for value in keys.compactMap({ parameters[$0] }) {
      for part in value.split(whereSeparator: { $0 == " " || $0 == "\"" || $0 == "=" }) {
        guard part.contains("://"), let host = host(ofAddress: String(part)) else { continue }
        application = KnownApplication.named(byHost: host) ?? host
        alias = host
        return
      }
    }
    let isGeneric =
      root.map {
        ["applicationroot", "root", "rootelement", "application", "element"].contains(nameKey($0))
      } ?? true
    if let path = parameters["path"] ?? parameters["processname"] {
      var executable = lastComponent(of: path)
      if pathExtension(of: executable).isEmpty { executable += ".exe" }
      if !KnownApplication.isBrowser(executable: executable) {
        application =
          KnownApplication.named(byExecutable: executable)
          ?? (isGeneric ? executable : root ?? executable)
        alias = executable
        return
      }
    }
    if !isGeneric { application = root }
    if application == nil, type.lowercased().contains("mainframe") { application = "Mainframe" }
    if application == nil, let title = parameters["windowtitle"] {
      let words = title.filter { $0 != "*" }
      application = words.trimmedOrNil
    }
  }
}
