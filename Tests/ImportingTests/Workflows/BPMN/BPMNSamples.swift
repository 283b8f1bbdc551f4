import DocumentReading

/// The document of a BPMN text; the five namespaces that the tests use are declared on its root.
func bpmn(_ content: String, attributes: String = "") throws -> XMLElement {
  let text = """
    <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
      xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
      xmlns:flowable="http://flowable.org/bpmn" xmlns:drools="http://www.jboss.org/drools"
      xmlns:uipath="http://uipath.org/schema/bpmn" \(attributes)>
    \(content)
    </bpmn:definitions>
    """
  return try parseXML(Array(text.utf8), path: "p.bpmn")
}

/// A process of the given content.
func bpmnProcess(_ content: String, attributes: String = "") throws -> XMLElement {
  try bpmn("<bpmn:process id=\"P\" name=\"Loan\">\(content)</bpmn:process>", attributes: attributes)
}
