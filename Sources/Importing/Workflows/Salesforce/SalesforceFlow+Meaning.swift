import DocumentReading
import Facts
import Inventory

/// What single elements of a flow reach.
extension SalesforceFlow {
  // MARK: Records

  /// Objects of record variables, of lookups that keep their result, of loops and of the start.
  static func objects(in root: XMLElement) -> [String: String] {
    var objects: [String: String] = [:]
    for element in root.children {
      let key = element.name == "variables" ? "objectType" : "object"
      guard let object = element.first(key)?.text.trimmedOrNil else { continue }
      if element.name == "start" {
        objects["$Record"] = object
        objects["$Record__Prior"] = object
      } else if let name = element.first("name")?.text.trimmedOrNil {
        objects[name] = object
      }
    }
    // A loop's own name stands for one record of its collection.
    for loop in root.all("loops") + root.all("collectionProcessors") {
      guard let name = loop.first("name")?.text.trimmedOrNil,
        let collection = loop.first("collectionReference")?.text.trimmedOrNil
      else { continue }
      objects[name] = objects[name] ?? objects[collection]
    }
    return objects
  }

  mutating func addRecordAccess(_ element: XMLElement) {
    let kind: Connection.Kind
    switch element.name {
    case "recordLookups": kind = .reads
    case "recordCreates", "recordUpdates", "recordDeletes": kind = .writes
    default: return
    }
    let reference = element.first("inputReference")?.text.trimmedOrNil
    let object = element.first("object")?.text.trimmedOrNil ?? reference.flatMap { objects[$0] }
    let isEvent = object?.hasSuffix("__e") == true
    connect(
      kind, to: EntityReference(.application, "Salesforce"), isEvent ? .queue : .internalCall,
      element.name, element, data: [object].compactMap { $0 })
    if object == nil {
      result.note(
        .info,
        "which object '\(element.first("name")?.text.trimmedOrNil ?? element.name)' is about is not"
          + " told by the flow", at: element.location)
    }
  }

  /// Calls that elements other than actions make.
  mutating func addCall(_ element: XMLElement) {
    switch element.name {
    case "subflows":
      guard let flow = element.first("flowName")?.text.trimmedOrNil else {
        result.note(.medium, "the subflow names no flow that it calls", at: element.location)
        return
      }
      connect(.invokes, to: EntityReference(.system, flow), .internalCall, "subflow", element)
    case "apexPluginCalls":
      guard let type = element.first("apexClass")?.text.trimmedOrNil else { return }
      connect(.invokes, to: EntityReference(.system, type), .internalCall, "apexPlugin", element)
    case "waits":
      for event in element.all("waitEvents") {
        guard let type = event.first("eventType")?.text.trimmedOrNil, type.hasSuffix("__e") else {
          continue
        }
        connect(
          .reads, to: EntityReference(.application, "Salesforce"), .queue, "wait", element,
          data: [type])
      }
    default: break
    }
  }

  // MARK: Actions

  /// Products that standard actions lead to, by the beginning of their type.
  private static let products: [(String, String, Connection.Channel)] = [
    ("slack", "Slack", .api), ("chatter", "Salesforce Chatter", .people),
    ("email", "Salesforce", .mail), ("sendEmail", "Salesforce", .mail),
    ("customNotification", "Salesforce", .people), ("mulesoft", "MuleSoft", .api),
    ("tableau", "Tableau", .api), ("docusign", "DocuSign", .api),
  ]

  /// Types of action whose name is that of an automation or of code in the org.
  private static let automations: Set<String> = [
    "apex", "flow", "executeIntegrationProcedure", "runExpressionSet", "runDecisionMatrix",
    "decisionTableAction", "generateAiAgentResponse", "invokeOmniScript", "invokeBatchJob",
    "generatePromptResponse", "createPromptFlow",
  ]

  /// Adds what an action reaches; the kind of step that it is, where it is not a plain action.
  @discardableResult
  mutating func connectAction(_ element: XMLElement, at place: XMLElement) -> Step.Kind? {
    let type = element.first("actionType")?.text.trimmedOrNil ?? ""
    let target = element.first("actionName")?.text.trimmedOrNil
    let salesforce = EntityReference(.application, "Salesforce")
    switch type {
    case "externalService":
      // `Service.operation`, where the service is registered from an OpenAPI description.
      let parts = (target ?? "").split(separator: ".", maxSplits: 1).map(String.init)
      guard let service = parts.first else { break }
      connect(
        .invokes, to: EntityReference(.application, service), .api, parts.last ?? type, place)
      return nil
    case "submit":
      addTouchPoint(elementName(element), elementLabel(element), .approval, place)
      connect(
        .invokes, to: salesforce, .people, type, place,
        data: [input("processDefinitionNameOrId", of: element)].compactMap { $0 })
      return .human
    case "routeWork":
      return routeWork(element, place)
    case "quickAction":
      connect(.writes, to: salesforce, .internalCall, type, place, data: [target].compactMap { $0 })
      return nil
    default:
      break
    }
    if Self.automations.contains(type), let target {
      connect(.invokes, to: EntityReference(.system, target), .internalCall, type, place)
      if type == "generatePromptResponse" {
        let unknown = "Which language model answers a prompt template is set in the template."
        if result.fragment.systems.first?.unknowns.contains(unknown) == false {
          result.fragment.systems[0].unknowns.append(unknown)
        }
      }
      return .call
    }
    let product = Self.products.first { type.hasPrefix($0.0) }
    let action = type.isEmpty ? target : type
    let data = [target].compactMap { $0 }.filter { $0 != action }
    connect(
      product == nil ? .invokes : .writes,
      to: EntityReference(.application, product?.1 ?? "Salesforce"), product?.2 ?? .internalCall,
      action, place, data: data)
    return nil
  }

  /// Omni-Channel gives work to a queue, to a person by skill, or to a bot.
  private mutating func routeWork(_ element: XMLElement, _ place: XMLElement) -> Step.Kind? {
    if let agent = input("copilotLabel", of: element) ?? input("botLabel", of: element) {
      connect(.invokes, to: EntityReference(.system, agent), .internalCall, "routeWork", place)
      return .call
    }
    let queue = input("queueLabel", of: element)
    addTouchPoint(elementName(element), elementLabel(element), .work, place, team: queue)
    if let queue {
      connect(.handsOver, to: EntityReference(.team, queue), .people, "routeWork", place)
    } else {
      connect(
        .handsOver, to: EntityReference(.application, "Salesforce Omni-Channel"), .people,
        "routeWork", place)
    }
    return .human
  }

  // MARK: Orchestration

  /// A step of a stage: work of a person, or a flow in the background.
  mutating func addStageStep(_ step: XMLElement, in stage: String) {
    guard let id = step.first("name")?.text.trimmedOrNil else {
      result.note(
        .medium, "a step of the stage '\(stage)' has no name; it was left out", at: step.location)
      return
    }
    let type = step.first("actionType")?.text.trimmedOrNil ?? ""
    let subtype = step.first("stepSubtype")?.text.trimmedOrNil ?? ""
    let label = step.first("label")?.text.trimmedOrNil
    let isApproval = type == "stepApproval" || subtype == "ApprovalStep"
    let isWork =
      isApproval || ["stepInteractive", "createWorkItem"].contains(type)
      || subtype == "InteractiveStep"
    if isWork {
      let kind = isApproval ? .approval : touchPointKind(label: label ?? id, fallback: .work)
      addTouchPoint(id, label, kind, step, team: assignedTeam(step))
    }
    addStep(id, named: label, isWork ? .human : .call, step)
    if let flow = step.first("actionName")?.text.trimmedOrNil {
      if type == "externalService" || type == "apex" {
        connectAction(step, at: step)
      } else {
        connect(
          .invokes, to: EntityReference(.system, flow), isWork ? .people : .internalCall,
          type.isEmpty ? "step" : type, step)
      }
    }
    addConditionFlows(of: step)
  }

  /// Flows that decide whether a stage or step begins or is done.
  mutating func addConditionFlows(of element: XMLElement) {
    for key in ["entryActionName", "exitActionName"] {
      guard let flow = element.first(key)?.text.trimmedOrNil else { continue }
      connect(.invokes, to: EntityReference(.system, flow), .internalCall, key, element)
    }
  }

  /// The group or queue that a step is assigned to; people are no team.
  private func assignedTeam(_ step: XMLElement) -> String? {
    for assignee in step.all("assignees") {
      guard let type = assignee.first("assigneeType")?.text.trimmedOrNil,
        ["Group", "Queue"].contains(type)
      else { continue }
      if let team = assignee.first("assignee")?.first("stringValue")?.text.trimmedOrNil {
        return team
      }
    }
    return nil
  }

  // MARK: Values

  private func elementName(_ element: XMLElement) -> String {
    element.first("name")?.text.trimmedOrNil ?? "action"
  }

  private func elementLabel(_ element: XMLElement) -> String? {
    element.first("label")?.text.trimmedOrNil
  }

  /// A text that is passed to an action; values that are computed stay unknown.
  private func input(_ key: String, of element: XMLElement) -> String? {
    element.all("inputParameters").first { $0.first("name")?.text.trimmedOrNil == key }?
      .first("value")?.first("stringValue")?.text.trimmedOrNil
  }
}
