import DocumentReading
import Facts

/// A workflow file of a UiPath project.
struct UiPathWorkflow {
  /// Path as shown to people.
  let path: String
  /// Path within the project, as Studio shows it, with `/`.
  let name: String
  /// Root element, `Activity`.
  let root: XMLElement
  /// Workflows it invokes, in document order, those in disabled parts left out.
  let invocations: [Invocation]

  /// The namespace of Windows Workflow Foundation's own activities.
  static let activitiesNamespace = "http://schemas.microsoft.com/netfx/2009/xaml/activities"

  /// An `InvokeWorkflowFile`.
  struct Invocation {
    /// Which file, as written.
    var path: UiPathExpression
    /// Values passed, by name of the argument.
    var arguments: [(name: String, value: UiPathExpression)]
  }

  init(root: XMLElement, path: String, in folder: String) {
    self.path = path
    self.root = root
    name = path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
    var found: [Invocation] = []
    Self.collectInvocations(in: root, into: &found)
    invocations = found
  }

  /// The form in which paths within a project are compared: Windows knows no case, and both strokes.
  var key: String { Self.key(name) }

  /// The form in which paths within a project are compared.
  static func key(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(whereSeparator: { $0 == "/" || $0 == "\\" }) {
      switch part {
      case ".": continue
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return parts.joined(separator: "/").lowercased()
  }

  private static func collectInvocations(in element: XMLElement, into found: inout [Invocation]) {
    guard element.name != "CommentOut" else { return }
    if element.name == "InvokeWorkflowFile", let path = element.argument("WorkflowFileName") {
      let arguments = element.first("InvokeWorkflowFile.Arguments")?.children ?? []
      found.append(
        Invocation(
          path: path,
          arguments: arguments.compactMap { argument in
            guard let name = argument["Key"] else { return nil }
            return (name, UiPathExpression(argument))
          }))
    }
    for child in element.children { collectInvocations(in: child, into: &found) }
  }
}

extension XMLElement {
  /// The value of an activity's property, written as attribute or as property element.
  func argument(_ names: String...) -> UiPathExpression? {
    for name in names {
      if let value = self[name] {
        guard value != "{x:Null}" else { continue }
        return UiPathExpression(attribute: value)
      }
      if let property = first("\(self.name).\(name)") {
        let expression = UiPathExpression(property)
        if !expression.text.isEmpty { return expression }
      }
    }
    return nil
  }
}

/// A value as a workflow writes it: a literal, or an expression in VB or C#.
struct UiPathExpression {
  /// The literal or the expression, without brackets.
  let text: String
  /// Whether it is computed.
  let isComputed: Bool

  /// A value written as attribute: `[…]` is computed (XAML for VB).
  init(attribute: String) {
    let trimmed = attribute.trimmedOrNil ?? ""
    if trimmed.hasPrefix("["), trimmed.hasSuffix("]"), trimmed.count >= 2 {
      text = String(trimmed.dropFirst().dropLast())
      isComputed = true
    } else {
      text = trimmed
      isComputed = false
    }
  }

  /// A value written as element: `InArgument` with text, `Literal`, `CSharpValue` or
  /// `VisualBasicValue`.
  init(_ element: XMLElement) {
    if let literal = element.descendants("Literal").first?["Value"] {
      self.init(text: literal, isComputed: false)
    } else if let computed = element.descendants("CSharpValue").first
      ?? element.descendants("CSharpReference").first
    {
      self.init(text: computed.deepText.trimmedOrNil ?? "", isComputed: true)
    } else if let computed = element.descendants("VisualBasicValue").first {
      self.init(text: computed["ExpressionText"]?.trimmedOrNil ?? "", isComputed: true)
    } else {
      self.init(attribute: element.deepText)
    }
  }

  private init(text: String, isComputed: Bool) {
    self.text = text
    self.isComputed = isComputed
  }
}
