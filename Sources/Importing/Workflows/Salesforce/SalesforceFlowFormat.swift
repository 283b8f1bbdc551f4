import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Salesforce flows as the Metadata API writes them (`Flow`, developer.salesforce.com), in source
  /// and in package layout, with the `FlowDefinition` of older orgs beside them.
  static let salesforceFlow = ImportFormat(
    id: "salesforce-flow", title: "Salesforce Flow",
    isFormat: { file in
      guard let root = file.xmlRootName, ["Flow", "FlowDefinition"].contains(root.name) else {
        return false
      }
      if root.namespace == "http://soap.sforce.com/2006/04/metadata" { return true }
      return root.namespace == nil && file.contains("<processType>")
    },
    readFile: { file throws(DocumentError) in
      let root = try file.xml()
      if root.name == "FlowDefinition" { return readFlowDefinition(root, path: file.path) }
      var flow = SalesforceFlow(root, path: file.path)
      return flow.reading()
    })
}

/// Names under which a flow is known: its API name is its file's name, its label stands inside.
struct SalesforceFlowName {
  /// Under which it is shown.
  let shown: String
  /// Under which other metadata call it.
  let apiName: String
  /// Number of the version, where the file's name ends in one (before API version 44).
  let version: String?

  /// The names of the flow in a file.
  init(path: String, fullName: String?, label: String?) {
    var stem = fullName ?? lastComponent(of: path)
    if fullName == nil {
      let extensions = [
        "-meta.xml", ".xml", ".flowdefinition", ".flow",
      ]
      for ending in extensions where stem.lowercased().hasSuffix(ending) {
        stem = String(stem.dropLast(ending.count))
      }
    }
    // An API name has no hyphen of its own.
    let parts = stem.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 2, let number = parts.last, !number.isEmpty, number.allSatisfy(\.isNumber) {
      apiName = String(parts[0])
      version = String(number)
    } else {
      apiName = stem
      version = nil
    }
    // The label is for people, but only the API name is unique in an org.
    let name = apiName
    shown = label.flatMap { nameKey($0) == nameKey(name) ? $0 : nil } ?? name
  }
}

/// A `FlowDefinition` says of a flow which version is active, and nothing of what it does.
private func readFlowDefinition(_ root: XMLElement, path: String) -> FileReading {
  var reading = FileReading(path: path)
  let label = root.first("masterLabel")?.text.trimmedOrNil
  let name = SalesforceFlowName(
    path: path, fullName: root.first("fullName")?.text.trimmedOrNil, label: label)
  let whole = Evidence(.imported, root.location)
  var system = AutomationSystem(name: name.shown, source: whole)
  system.aliases = [name.apiName, label].compactMap { $0 }.filter { $0 != name.shown }
  system.kind.state(.workflow, whole)
  system.technology.state("Salesforce Flow", whole)
  if let text = root.first("description"), let purpose = text.text.trimmedOrNil {
    system.purpose.state(purpose, Evidence(.imported, text.location))
  }
  if let number = root.first("activeVersionNumber"), let text = number.text.trimmedOrNil {
    let evidence = Evidence(.imported, number.location, note: "number of the active version")
    system.status.state(text == "0" ? .disabled : .production, evidence)
    if text != "0" { system.version.state(text, evidence) }
  }
  reading.fragment.systems = [system]
  return reading
}
