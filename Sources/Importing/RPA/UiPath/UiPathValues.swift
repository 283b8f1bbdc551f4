import DocumentReading
import Facts
import Inventory

/// Values of a project that its expressions refer to.
///
/// In projects built on the Robotic Enterprise Framework nearly every queue and address is an
/// expression such as `[in_Config("OrchestratorQueueName").ToString]`, whose value stands in
/// `Data/Config.xlsx`, or an argument that another workflow passes. Only what the files determine is
/// resolved: literals, values of `Config.xlsx`, defaults, and arguments for which all invocations pass
/// the same value.
struct UiPathValues {
  private var settings: [String: (value: String, place: SourceLocation)] = [:]
  /// Assets that the workbooks of the project list, to be read at the start.
  let assets: [String]
  private var workflows: [String: UiPathWorkflow] = [:]
  private var defaults: [String: [String: UiPathExpression]] = [:]
  private var passed: [String: [String: [(value: UiPathExpression, by: UiPathWorkflow)]]] = [:]

  /// A value and where it was found.
  struct Resolved: Equatable {
    var text: String
    /// Why it is known, where it does not stand in the workflow itself.
    var note: String?
  }

  init(workflows: [UiPathWorkflow], configurations: [UiPathConfiguration]) {
    assets = configurations.flatMap { $0.assets.map(\.asset) }
    for configuration in configurations {
      for setting in configuration.settings where settings[setting.name.lowercased()] == nil {
        settings[setting.name.lowercased()] = (setting.value, setting.place)
      }
    }
    for workflow in workflows {
      self.workflows[workflow.key] = workflow
      defaults[workflow.key] = Self.defaults(of: workflow.root)
    }
    for workflow in workflows {
      for invocation in workflow.invocations where !invocation.path.isComputed {
        let callee = UiPathWorkflow.key(invocation.path.text)
        for argument in invocation.arguments {
          passed[callee, default: [:]][argument.name.lowercased(), default: []].append(
            (argument.value, workflow))
        }
      }
    }
  }

  /// Literal defaults of variables and arguments, by name in lower case; of doubtful ones none.
  private static func defaults(of root: XMLElement) -> [String: UiPathExpression] {
    var defaults: [String: UiPathExpression] = [:]
    var assigned: Set<String> = []
    for variable in root.descendants("Variable") {
      guard let name = variable["Name"]?.lowercased(), let value = variable.argument("Default")
      else { continue }
      // The same name in two scopes may mean two things.
      if defaults[name] != nil { assigned.insert(name) }
      defaults[name] = value
    }
    // Defaults of arguments stand at the root as `this:Main.in_X="…"`.
    for attribute in root.attributes where attribute.name.contains(".") {
      let name = attribute.name.split(separator: ".").last.map { $0.lowercased() } ?? ""
      if name.hasPrefix("in_") || name.hasPrefix("io_") {
        defaults[name] = UiPathExpression(attribute: attribute.value)
      }
    }
    for reference in root.descendants("Assign.To") {
      let target = UiPathExpression(reference).text.lowercased()
      assigned.insert(target)
    }
    return defaults.filter { !assigned.contains($0.key) }
  }

  /// The value of an expression in a workflow; `nil` where the files do not determine it.
  func resolve(_ expression: UiPathExpression, in workflow: UiPathWorkflow) -> Resolved? {
    resolve(expression, in: workflow, depth: 0)
  }

  private func resolve(
    _ expression: UiPathExpression, in workflow: UiPathWorkflow, depth: Int
  ) -> Resolved? {
    guard depth < 8 else { return nil }
    guard expression.isComputed else { return Resolved(text: expression.text) }
    let text = withoutConversions(expression.text)
    if let literal = stringLiteral(text) { return Resolved(text: literal) }
    if !text.isEmpty, text.allSatisfy(\.isNumber) { return Resolved(text: text) }
    if let key = configurationKey(text) {
      guard let setting = settings[key.lowercased()], !setting.value.isEmpty else { return nil }
      return Resolved(text: setting.value, note: "'\(key)' of \(setting.place)")
    }
    guard isIdentifier(text) else { return nil }
    let name = text.lowercased()
    if let invocations = passed[workflow.key]?[name] {
      var values: [Resolved] = []
      for (value, caller) in invocations {
        guard let resolved = resolve(value, in: caller, depth: depth + 1) else { return nil }
        values.append(resolved)
      }
      guard let first = values.first, values.allSatisfy({ $0.text == first.text }) else {
        return nil
      }
      let caller = invocations[0].by.name
      return Resolved(text: first.text, note: first.note ?? "argument \(text), passed by \(caller)")
    }
    guard let value = defaults[workflow.key]?[name] else { return nil }
    let resolved = resolve(value, in: workflow, depth: depth + 1)
    return resolved.map { Resolved(text: $0.text, note: $0.note ?? "default of \(text)") }
  }
}

/// An expression without `.ToString`, `CInt(…)`, `Convert.ToInt32(…)` and the like around it.
private func withoutConversions(_ expression: String) -> String {
  var text = expression.trimmedOrNil ?? ""
  var isChanged = true
  while isChanged {
    isChanged = false
    for suffix in [".ToString()", ".ToString", ".Trim()", ".Trim"]
    where text.lowercased().hasSuffix(suffix.lowercased()) {
      text = String(text.dropLast(suffix.count))
      isChanged = true
    }
    let conversions = [
      "cint(", "cstr(", "convert.toint32(", "convert.tostring(", "int32.parse(",
      "integer.parse(", "(string)", "(",
    ]
    for prefix in conversions where text.lowercased().hasPrefix(prefix) {
      if prefix == "(string)" {
        text = String(text.dropFirst(prefix.count))
        isChanged = true
      } else if closesAtEnd(text, from: prefix.count) {
        text = String(text.dropFirst(prefix.count).dropLast())
        isChanged = true
      }
      text = text.trimmedOrNil ?? ""
    }
  }
  return text
}

/// Whether the bracket opened just before an offset is closed by the last character.
private func closesAtEnd(_ text: String, from offset: Int) -> Bool {
  var depth = 1
  var isQuoted = false
  let characters = Array(text)
  for index in offset..<max(offset, characters.count) {
    switch characters[index] {
    case "\"": isQuoted.toggle()
    case "(" where !isQuoted: depth += 1
    case ")" where !isQuoted:
      depth -= 1
      if depth == 0 { return index == characters.count - 1 }
    default: break
    }
  }
  return false
}

/// The text of a string literal of VB or C#; `nil` where an expression is more than one literal.
private func stringLiteral(_ text: String) -> String? {
  var rest = Substring(text)
  if rest.hasPrefix("@") { rest = rest.dropFirst() }
  guard rest.count >= 2, rest.first == "\"", rest.last == "\"" else { return nil }
  let inner = rest.dropFirst().dropLast().replacing("\"\"", with: "\u{0}")
  guard !inner.contains("\"") else { return nil }
  return String(inner.replacing("\u{0}", with: "\""))
}

/// `X` in `in_Config("X")` or `config["X"]`; `nil` for every other expression.
private func configurationKey(_ text: String) -> String? {
  let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
  guard name.lowercased().hasSuffix("config") else { return nil }
  let rest = text.dropFirst(name.count)
  for (open, close) in [("(\"", "\")"), ("[\"", "\"]")]
  where rest.hasPrefix(open) && rest.hasSuffix(close) && rest.count > 4 {
    let key = rest.dropFirst(2).dropLast(2)
    return key.contains("\"") ? nil : String(key)
  }
  return nil
}

private func isIdentifier(_ text: String) -> Bool {
  guard let first = text.first, first.isLetter || first == "_" else { return false }
  return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
}

/// A workbook with the values of a project: sheets of names and values, and of assets.
struct UiPathConfiguration {
  /// Path as shown to people.
  let path: String
  /// Names with their values, in the order of the sheets.
  private(set) var settings: [(name: String, value: String, place: SourceLocation)] = []
  /// Orchestrator assets that are read at the start of each run.
  private(set) var assets: [(asset: String, place: SourceLocation)] = []

  /// Reads a workbook; `nil` where no sheet has the columns `Name` and `Value` or `Asset`.
  init?(_ workbook: Workbook, path: String) {
    self.path = path
    var isConfiguration = false
    for sheet in workbook.sheets {
      guard let header = sheet.rows.first?.map({ $0.trimmedOrNil?.lowercased() ?? "" }),
        let name = header.firstIndex(of: "name")
      else { continue }
      let asset = header.firstIndex(of: "asset")
      guard let column = asset ?? header.firstIndex(of: "value") else { continue }
      isConfiguration = true
      for row in sheet.rows.indices.dropFirst() {
        guard let key = sheet.cell(row, name).trimmedOrNil,
          let value = sheet.cell(row, column).trimmedOrNil
        else { continue }
        let place = SourceLocation(path: path, line: row + 1, element: "\(sheet.name): \(key)")
        if asset == nil {
          settings.append((key, value, place))
        } else {
          assets.append((value, place))
        }
      }
    }
    guard isConfiguration else { return nil }
  }

  /// What the workbook itself says: assets that are read, and how often a transaction is retried.
  func reading(system: String) -> FileReading {
    var reading = FileReading(path: path)
    reading.fragment.connections = assets.map { asset in
      Connection(
        .reads, from: EntityReference(.system, system), to: EntityReference(.data, asset.asset),
        channel: .api, action: "GetRobotAsset", evidence: Evidence(.imported, asset.place))
    }
    if let retries = settings.first(where: { $0.name == "MaxRetryNumber" }),
      let count = Int(retries.value)
    {
      reading.fragment.steps = [
        Step(
          system: system, id: retries.name, name: "Retry of a failed transaction",
          kind: .errorHandling, retries: count == 0 ? nil : count,
          evidence: Evidence(
            .imported, retries.place,
            note: count == 0
              ? "0: the robot itself does not retry; what the queue does is set in Orchestrator"
              : nil
          ))
      ]
    }
    return reading
  }
}
