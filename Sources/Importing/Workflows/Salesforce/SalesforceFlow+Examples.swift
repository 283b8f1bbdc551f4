import DocumentReading
import Facts
import Inventory

/// What in a flow says that it stands in for a real one.
extension SalesforceFlow {
  /// Names of what it works with and of what it answers, and that it does nothing but answer constants.
  ///
  /// The names of its elements are steps, and not told again.
  var exampleSigns: [ExampleSign] {
    var signs: [ExampleSign] = []
    for element in root.children {
      switch element.name {
      case "variables", "constants", "formulas", "textTemplates":
        guard let name = element.first("name")?.text.trimmedOrNil,
          !standInWords(in: name).isEmpty
        else { continue }
        signs.append(ExampleSign(.named, name, evidence(element)))
      case "assignments":
        for item in element.all("assignmentItems") {
          guard let text = item.first("value")?.first("stringValue")?.text.trimmedOrNil,
            text.count <= 80, !standInWords(in: text).isEmpty
          else { continue }
          signs.append(ExampleSign(.named, text, evidence(element)))
        }
      default: break
      }
    }
    // A few say it as well as all of them.
    signs = Array(signs.prefix(3))
    if let place = constantsOnly {
      signs.append(ExampleSign(.constants, place.text, evidence(place.element)))
    }
    return signs
  }

  /// The first element of a flow that does nothing but set values to constants, and to how many; `nil` of any other.
  private var constantsOnly: (element: XMLElement, text: String)? {
    let drawn = root.children.filter {
      Self.elementKinds[$0.name] != nil
        || $0.name != "start" && $0.first("locationX") != nil && $0.first("name") != nil
    }
    guard let first = drawn.first, drawn.allSatisfy({ $0.name == "assignments" }) else {
      return nil
    }
    let values = drawn.flatMap { $0.all("assignmentItems") }.map {
      $0.first("value")?.children.first
    }
    guard !values.isEmpty, values.allSatisfy(isConstant) else { return nil }
    return (first, values.count == 1 ? "1 value" : "\(values.count) values")
  }

  private func isConstant(_ value: XMLElement?) -> Bool {
    guard let value else { return false }
    switch value.name {
    case "booleanValue", "numberValue", "dateValue", "dateTimeValue": return true
    // A text may have the value of something else within.
    case "stringValue": return !value.text.contains("{!")
    default: return false
    }
  }
}
