import DocumentReading
import Facts
import Inventory

/// Names of properties that modellers give the one who answers for a process.
let ownerProperties: Set = [
  "owner", "processowner", "businessowner", "accountable", "accountableperson", "systemowner",
]

/// Names of properties that modellers give the group that a process belongs to.
let teamProperties: Set = [
  "team", "responsibleteam", "department", "organizationalunit", "organisationalunit",
]

/// What a property of a process says that its modeller has added: `property` with `name` and `value` of Camunda's
/// and Zeebe's `properties`, or Signavio's meta data; `nil` where none has one of the names.
func ownProperty(of process: XMLElement, in names: Set<String>) -> Fact<String>? {
  let extensions = process.first("extensionElements")?.children ?? []
  for property in extensions.flatMap({ [$0] + $0.children }) {
    guard let name = property["name"] ?? property["metaKey"], names.contains(nameKey(name)),
      let value = singleLine(property["value"] ?? property["metaValue"])
    else { continue }
    return Fact(
      value, Evidence(.imported, property.location, note: "property “\(name)” of the process"))
  }
  return nil
}
