public import ProcessModel

/// A flow of events, tasks and gateways as a BPMN file.
///
/// Source: BPMN 2.0.2 (formal/2013-12-09), 15.3, the interchange format; without a diagram, which tools lay
/// out when they open it.
/// - Precondition: start events, end events without trigger, user and service tasks, exclusive and parallel
///   gateways, and flows only.
public func bpmnText(of process: BusinessProcess) -> String {
  var text = """
    <?xml version="1.0" encoding="UTF-8"?>
    <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
    id="definitions_\(escaped(process.id))" targetNamespace="rehearse">
      <bpmn:process id="\(escaped(process.id))"\(name(process.name)) isExecutable="false">

    """
  for element in process.elements {
    let tag =
      switch element.kind {
      case .startEvent: "startEvent"
      case .endEvent: "endEvent"
      case .task(.user): "userTask"
      case .task(.service): "serviceTask"
      case .gateway(.exclusive): "exclusiveGateway"
      case .gateway(.parallel): "parallelGateway"
      default: preconditionFailure("no element of a plain flow: \(element.id)")
      }
    text += "    <bpmn:\(tag) id=\"\(escaped(element.id))\"\(name(element.name)) />\n"
  }
  for flow in process.flows {
    text +=
      "    <bpmn:sequenceFlow id=\"\(escaped(flow.id))\" sourceRef=\"\(escaped(flow.source))\" "
      + "targetRef=\"\(escaped(flow.target))\" />\n"
  }
  return text + "  </bpmn:process>\n</bpmn:definitions>\n"
}

private func name(_ name: String?) -> String {
  name.map { " name=\"\(escaped($0))\"" } ?? ""
}

/// A text between the quotes of an attribute; what XML cannot hold is left out.
private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\n", "\t", "\r": result += " "
    default:
      if scalar.value >= 0x20, scalar.value != 0xFFFE, scalar.value != 0xFFFF {
        result.unicodeScalars.append(scalar)
      }
    }
  }
  return result
}
