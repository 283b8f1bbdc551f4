import DocumentReading
import ProcessModel

extension BPMNContainerReader {
  /// What a flow node is; `nil` for everything that is not a flow node.
  func kind(of element: XMLElement) -> FlowElement.Kind? {
    switch element.name {
    case "startEvent": .startEvent(trigger(of: element))
    case "endEvent": .endEvent(trigger(of: element))
    case "intermediateCatchEvent": .intermediateCatch(trigger(of: element))
    case "intermediateThrowEvent": .intermediateThrow(trigger(of: element))
    case "boundaryEvent":
      .boundary(
        trigger(of: element), attachedTo: withoutPrefix(element["attachedToRef"] ?? ""),
        interrupting: element["cancelActivity"] != "false")
    case "task": .task(.abstract)
    case "userTask": .task(.user)
    case "manualTask": .task(.manual)
    case "serviceTask": .task(.service)
    case "sendTask": .task(.send)
    case "receiveTask": .task(.receive)
    case "scriptTask": .task(.script)
    case "businessRuleTask": .task(.businessRule)
    case "callActivity": .callActivity(calledElement: calledElement(of: element))
    case "subProcess": .subProcess(element["triggeredByEvent"] == "true" ? .event : .embedded)
    case "transaction": .subProcess(.transaction)
    case "adHocSubProcess": .subProcess(.adHoc)
    case "exclusiveGateway": .gateway(.exclusive)
    case "inclusiveGateway": .gateway(.inclusive)
    case "parallelGateway": .gateway(.parallel)
    case "eventBasedGateway": .gateway(.eventBased)
    case "complexGateway": .gateway(.complex)
    default: nil
    }
  }

  /// `@calledElement`, else that of Camunda 8; prefixes of qualified names removed.
  private func calledElement(of element: XMLElement) -> String? {
    let called =
      element["calledElement"]
      ?? element.first("extensionElements")?.first("calledElement")?["processId"]
    guard let called, !called.isEmpty else { return nil }
    return isExpression(called) ? called : withoutPrefix(called)
  }

  // MARK: Events

  private func trigger(of event: XMLElement) -> FlowElement.EventTrigger {
    var definitions = event.children.filter {
      $0.namespace == namespace && $0.name.hasSuffix("EventDefinition")
    }
    for reference in event.all("eventDefinitionRef") {
      if let definition = shared.events[withoutPrefix(reference.text)] {
        definitions.append(definition)
      }
    }
    guard let definition = definitions.first else { return .none }
    if definitions.count > 1 { return .multiple }
    switch definition.name {
    case "messageEventDefinition": return .message(name(definition["messageRef"]))
    case "timerEventDefinition": return timer(definition)
    case "errorEventDefinition": return .error(name(definition["errorRef"]))
    case "escalationEventDefinition": return .escalation(name(definition["escalationRef"]))
    case "signalEventDefinition": return .signal(name(definition["signalRef"]))
    case "conditionalEventDefinition":
      return .conditional(definition.first("condition").flatMap { singleLine($0.deepText) })
    case "terminateEventDefinition": return .terminate
    case "compensateEventDefinition": return .compensation
    case "cancelEventDefinition": return .cancel
    case "linkEventDefinition": return .link(singleLine(definition["name"]))
    default: return .none
    }
  }

  private func timer(_ definition: XMLElement) -> FlowElement.EventTrigger {
    let kinds: [(String, FlowElement.TimerKind)] = [
      ("timeDate", .date), ("timeDuration", .duration), ("timeCycle", .cycle),
    ]
    for (element, kind) in kinds {
      if let expression = definition.first(element) {
        return .timer(kind, singleLine(expression.deepText))
      }
    }
    return .timer(.unspecified, nil)
  }

  /// Name or code of what is referred to; the reference itself where it leads nowhere.
  private func name(_ reference: String?) -> String? {
    guard let reference, let id = singleLine(withoutPrefix(reference)) else { return nil }
    return shared.names[id] ?? (shared.nameless.contains(id) ? nil : id)
  }

  // MARK: Loops

  func loop(of element: XMLElement) -> FlowElement.Loop? {
    if let standard = element.first("standardLoopCharacteristics") {
      return .standard(
        condition: standard.first("loopCondition").flatMap { singleLine($0.deepText) })
    }
    guard let multiple = element.first("multiInstanceLoopCharacteristics") else { return nil }
    let collection = multiple.attributes.first {
      $0.namespace != nil && ["collection", "inputCollection"].contains($0.name)
    }
    let cardinality =
      multiple.first("loopCardinality").flatMap { singleLine($0.deepText) }
      ?? collection?.value
      ?? multiple.first("extensionElements")?.first("loopCharacteristics")?["inputCollection"]
      ?? multiple.first("loopDataInputRef").flatMap { singleLine($0.text) }
    return multiple["isSequential"] == "true"
      ? .multiInstanceSequential(cardinality: cardinality)
      : .multiInstanceParallel(cardinality: cardinality)
  }
}

/// Who is to do a human task, as BPMN itself or the engine's extension says.
struct HumanAssignment {
  /// Groups, else a person or expression, as written; `nil` where nobody is named.
  var text: String?
  /// Names of groups that are no expressions.
  var groups: [String]
  /// Whether a form is attached.
  var hasForm: Bool

  init(_ element: XMLElement, shared: BPMNSharedDefinitions) {
    let extensions = element.first("extensionElements")
    let camunda8 = extensions?.first("assignmentDefinition")
    var candidates: [String] = []
    var people: [String] = []
    for attribute in element.attributes where attribute.namespace != nil {
      switch attribute.name {
      case "candidateGroups": candidates.append(attribute.value)
      case "assignee", "candidateUsers": people.append(attribute.value)
      default: break
      }
    }
    candidates += [camunda8?["candidateGroups"]].compactMap(\.self)
    people += [camunda8?["assignee"], camunda8?["candidateUsers"]].compactMap(\.self)
    for owner in element.children
    where ["potentialOwner", "performer", "humanPerformer"]
      .contains(owner.name)
    {
      if let role = owner.first("resourceRef").flatMap({ shared.names[withoutPrefix($0.text)] }) {
        candidates.append(role)
      }
      let expression = owner.first("resourceAssignmentExpression")?.deepText
      for part in (expression ?? "").split(separator: ",").compactMap({ singleLine(String($0)) }) {
        // Activiti and Flowable write `user(kermit), group(accountancy)`.
        if part.hasPrefix("group("), part.hasSuffix(")") {
          candidates.append(String(part.dropFirst(6).dropLast()))
        } else {
          people.append(part)
        }
      }
    }
    // jBPM names the group as a constant input of the task.
    if let group = constantInputs(of: element)["GroupId"] { candidates.append(group) }
    let names = candidates.flatMap { text in
      isExpression(text) ? [text] : text.split(separator: ",").compactMap { singleLine(String($0)) }
    }
    groups = names.filter { !isExpression($0) }
    let all = names.isEmpty ? people.compactMap(singleLine) : names
    text = all.isEmpty ? nil : all.joined(separator: ", ")
    hasForm =
      extensions?.children.contains { ["formDefinition", "formData"].contains($0.name) } == true
      || element.attributes.contains { ["formKey", "formRef"].contains($0.name) }
  }
}

/// Constants that jBPM assigns to the inputs of a task, by the input's name.
func constantInputs(of element: XMLElement) -> [String: String] {
  var names: [String: String] = [:]
  for input in element.first("ioSpecification")?.all("dataInput") ?? [] {
    if let id = input["id"] { names[id] = input["name"] }
  }
  var constants: [String: String] = [:]
  for association in element.all("dataInputAssociation") {
    guard let target = association.first("targetRef").flatMap({ singleLine($0.text) }),
      let name = names[target], let value = association.first("assignment")?.first("from")
    else { continue }
    constants[name] = singleLine(value.deepText)
  }
  return constants
}
