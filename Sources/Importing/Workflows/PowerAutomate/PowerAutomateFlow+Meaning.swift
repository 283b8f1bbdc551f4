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
    guard let inputs = node["inputs"], let host = inputs["host"] else { return nil }
    let operation =
      host["operationId"]?.string ?? inputs["operationId"]?.string
      ?? node["metadata"]?["flowSystemMetadata"]?["swaggerOperationId"]?.string
    // "/providers/Microsoft.PowerApps/apis/shared_sharepointonline", a reference, or the older
    // "https://….azure-apim.net/apim/sharepointonline".
    let reference = host["connectionName"]?.string
    let referred = reference.flatMap { root["properties"]?["connectionReferences"]?[$0] }
    let id = [
      host["apiId"]?.string, referred?["id"]?.string, referred?["api"]?["name"]?.string,
      host["api"]?["runtimeUrl"]?.string, reference,
    ].lazy.compactMap { $0?.trimmedOrNil }.first
    guard let id else { return nil }
    let full = lastComponent(of: id)
    let short = full.hasPrefix("shared_") ? String(full.dropFirst(7)) : full
    if let known = KnownApplication.named(byConnector: short) {
      return Connector(
        application: known, alias: "shared_\(short)", operation: operation, id: short)
    }
    // Connectors of the organisation's own: `shared_<name>-<hash>-<hash>`.
    let given = connectorNames["shared_\(short)"] ?? connectorNames[short]
    let plain = short.split(separator: "-").prefix { !isHash($0) }.joined(separator: "-")
    return Connector(
      application: given ?? (plain.isEmpty ? short : plain.replacing("-20", with: " ")),
      alias: "shared_\(short)", operation: operation, id: short)
  }

  func isHash(_ part: Substring) -> Bool {
    part.count >= 16 && part.allSatisfy(\.isHexDigit)
  }

  func stepKind(
    _ type: String, _ node: DataNode, _ connector: Connector?, isHuman: Bool
  ) -> Step.Kind? {
    if isHuman { return .human }
    if handlesErrors(node) { return .errorHandling }
    switch type {
    case "Scope", "Foreach": return nil
    case "If", "Switch", "Until": return .decision
    case "Workflow": return .call
    case "Wait": return .wait
    case "Terminate":
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

  func humanAct(_ connector: Connector?, _ action: String) -> HumanTouchPoint.Kind? {
    guard let connector, let operation = connector.operation?.lowercased() else { return nil }
    if connector.id == "approvals" {
      // Creating an approval and waiting for it are one act of one person.
      return operation.contains("wait") || operation.contains("startand") ? .approval : nil
    }
    if operation.contains("andwait") || operation.contains("waitforresponse") {
      return touchPointKind(label: action.replacing("_", with: " "), fallback: .form)
    }
    if ["sendapprovalemail", "sendapprovalmail"].contains(operation) { return .approval }
    return operation.hasPrefix("sendmailwithoptions") || operation.hasPrefix("sendoptionsmail")
      ? .form : nil
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
    guard let text = candidates.lazy.compactMap({ $0?.string }).first, !text.contains("@{"),
      !text.hasPrefix("@")
    else { return nil }
    let first = text.split { $0 == ";" || $0 == "," }.first.map(String.init)?.trimmedOrNil
    guard let first, let at = first.firstIndex(of: "@"), !first[..<at].contains(".") else {
      return nil
    }
    return first
  }

  /// Names of lists, tables and entities that an operation is about; identifiers are left out.
  func dataNames(_ node: DataNode) -> [String] {
    let parameters = node["inputs"]?["parameters"]
    return ["entityName", "table", "listName", "queueName"].compactMap {
      guard let text = parameters?[$0]?.string?.trimmedOrNil, !text.hasPrefix("@"),
        !text.contains("@{"), !isGUIDText(text)
      else { return nil }
      return text
    }
  }

  func retries(_ policy: DataNode?) -> Int? {
    guard let policy else { return nil }
    return policy["type"]?.string == "none" ? 0 : policy["count"]?.int
  }
}
