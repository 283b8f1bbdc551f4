import DocumentReading
import Facts
import Inventory

/// What single actions of a flow mean.
extension PowerAutomateFlow {
  /// A connector and what is asked of it.
  struct Connector {
    var application: String
    /// Identifier of the connector, as it may occur elsewhere.
    var alias: String?
    var operation: String?
    /// Identifier without `shared_`.
    var id = ""

    var isMail: Bool {
      ["office365", "outlook", "gmail", "sendmail", "smtp", "exchange"].contains(id)
    }
  }

  func connector(of node: DataNode) -> Connector? {
    guard let inputs = node["inputs"], let id = connectorID(inputs) else { return nil }
    let host = inputs["host"]
    let provided = inputs["serviceProviderConfiguration"]
    let operation =
      host?["operationId"]?.string ?? provided?["operationId"]?.string
      ?? inputs["operationId"]?.string
      ?? node["metadata"]?["flowSystemMetadata"]?["swaggerOperationId"]?.string
    let full = lastComponent(of: id)
    let short = full.hasPrefix("shared_") ? String(full.dropFirst(7)) : full
    // A second connection of the same kind has a number: `sharepointonline_1`.
    let plain = withoutNumber(short)
    for id in [short, plain] {
      if let known = KnownApplication.named(byConnector: id) {
        return Connector(
          application: known, alias: "shared_\(id)", operation: operation, id: id.lowercased())
      }
    }
    // Connectors of the organisation's own: `shared_<name>-<hash>-<hash>`.
    let given = connectorNames["shared_\(short)"] ?? connectorNames[short]
    let words = plain.split(separator: "-").prefix { !isHash($0) }.joined(separator: "-")
    return Connector(
      application: given ?? (words.isEmpty ? plain : withMarks(inConnector: words)),
      alias: "shared_\(short)", operation: operation, id: short.lowercased())
  }

  /// The identifier of a connector, from the first of the places where the generations of the format
  /// have it.
  private func connectorID(_ inputs: DataNode) -> String? {
    let host = inputs["host"]
    // "/providers/Microsoft.PowerApps/apis/shared_sharepointonline", a reference, or the older
    // "https://….azure-apim.net/apim/sharepointonline".
    let connection = host?["connection"]
    let reference =
      host?["connectionName"]?.string ?? host?["connectionReferenceName"]?.string
      ?? connection?["referenceName"]?.string ?? connection?["name"]?.string.flatMap(connectionKey)
    let values = root["properties"]?["parameters"]?["$connections"]?["value"]
    let referred = reference.flatMap { key in
      root["properties"]?["connectionReferences"]?[key] ?? root["connectionReferences"]?[key]
        ?? values?[key]
    }
    let candidates: [String?] = [
      host?["apiId"]?.string, referred?["id"]?.string, referred?["api"]?["name"]?.string,
      referred?["api"]?["id"]?.string, host?["api"]?["runtimeUrl"]?.string,
      inputs["serviceProviderConfiguration"]?["serviceProviderId"]?.string,
      reference.flatMap { connections[$0] }, reference,
    ]
    return candidates.lazy.compactMap { $0?.trimmedOrNil }.compactMap(Self.identifier).first
  }

  /// `office365` in `@parameters('$connections')['office365']['connectionId']`, however the list of
  /// connections is reached.
  private func connectionKey(_ expression: String) -> String? {
    guard let list = expression.firstRange(of: "$connections'") else { return nil }
    let parts = expression[list.upperBound...].split(
      separator: "'", omittingEmptySubsequences: false)
    return parts.count > 1 ? String(parts[1]).trimmedOrNil : nil
  }

  private func withoutNumber(_ id: String) -> String {
    guard let mark = id.lastIndex(where: { $0 == "_" || $0 == "-" }), mark != id.startIndex,
      case let digits = id[id.index(after: mark)...], !digits.isEmpty, digits.count <= 3,
      digits.allSatisfy(\.isNumber)
    else { return id }
    return String(id[..<mark])
  }

  func isHash(_ part: Substring) -> Bool {
    part.count >= 16 && part.allSatisfy(\.isHexDigit)
  }

  /// What kind of step an action of a type, in lower case, is.
  func stepKind(
    _ type: String, _ node: DataNode, _ connector: Connector?, isHuman: Bool
  ) -> Step.Kind {
    if isHuman { return .human }
    if handlesErrors(node) { return .errorHandling }
    switch type {
    case "scope", "foreach", "until": return .group
    case "if", "switch", "expression": return .decision
    case "workflow", "invokeworkflow", "function", "invokefunction": return .call
    case "wait": return .wait
    case "terminate":
      return node["inputs"]?["runStatus"]?.string == "Failed" ? .errorHandling : .action
    default: return connector?.id == "uiflow" ? .call : .action
    }
  }

  /// Whether an action runs only after another one has failed or timed out.
  func handlesErrors(_ node: DataNode) -> Bool {
    let conditions = (node["runAfter"]?.object ?? []).flatMap { $0.value.array ?? [] }.compactMap {
      $0.string?.uppercased()
    }
    return conditions.contains { ["FAILED", "TIMEDOUT"].contains($0) }
      && !conditions.contains("SUCCEEDED")
  }

  func humanAct(
    _ connector: Connector?, _ action: String, _ node: DataNode
  ) -> HumanTouchPoint.Kind? {
    guard let connector else { return nil }
    guard let operation = connector.operation?.lowercased() else {
      // Logic Apps gives no operation, but the path of one.
      guard let path = node["inputs"]?["path"]?.string?.lowercased() else { return nil }
      if path.contains("approvalmail") { return .approval }
      let asks = ["optionsmail", "gatherinput", "flowcontinuation"].contains { path.contains($0) }
      return asks
        ? touchPointKind(label: action.replacing("_", with: " "), fallback: .form) : nil
    }
    if connector.id == "approvals" {
      // Creating an approval and waiting for it are one act of one person.
      let isAsked = operation.contains("wait") || operation.contains("startand")
      return isAsked || (operation.contains("create") && !waitsForApproval) ? .approval : nil
    }
    let waits = ["andwait", "waitforresponse", "requestforinformation", "flowcontinuation"]
    if waits.contains(where: operation.contains) {
      return touchPointKind(label: action.replacing("_", with: " "), fallback: .form)
    }
    if ["sendapprovalemail", "sendapprovalmail"].contains(operation) { return .approval }
    let options = ["sendmailwithoptions", "sendoptionsmail", "sendoptionsemail"]
    return options.contains(where: operation.hasPrefix) ? .form : nil
  }

  /// Whom an approval goes to, where that is a mailbox of a group.
  ///
  /// Addresses such as `first.last@…` are people's, and people are no team.
  func assignedTeam(_ inputs: DataNode?) -> String? {
    let candidates = [
      inputs?["parameters"]?["WebhookApprovalCreationInput/assignedTo"],
      inputs?["parameters"]?["ApprovalCreationInput/assignedTo"],
      inputs?["parameters"]?["assignedTo"], inputs?["body"]?["assignedTo"],
    ]
    return candidates.lazy.compactMap { $0?.string }.first.flatMap(groupMailbox(among:))
  }

  /// Names of lists, tables and entities that an operation is about; identifiers are left out.
  func dataNames(_ node: DataNode) -> [String] {
    let parameters = node["inputs"]?["parameters"]
    return ["entityName", "table", "listName", "queueName"].compactMap {
      guard let text = parameters?[$0]?.string?.trimmedOrNil, !text.hasPrefix("@"),
        !text.contains("@{"), !isGUID(text)
      else { return nil }
      return text
    }
  }

  func retries(_ policy: DataNode?) -> Int? {
    guard let policy else { return nil }
    return policy["type"]?.string == "none" ? 0 : policy["count"]?.int
  }
}
