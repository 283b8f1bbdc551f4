import DocumentReading

/// The product that runs the processes of a file, or else the one that wrote it, as far as the file
/// tells.
///
/// Extensions of an engine tell it more surely than the name of the drawing tool.
func bpmnTechnology(_ root: XMLElement) -> String? {
  if let platform = root["executionPlatform"] {
    switch platform {
    case "Camunda Cloud": return "Camunda 8"
    case "Camunda Platform": return "Camunda 7"
    default: return platform
    }
  }
  var namespaces: Set<String> = []
  collectNamespaces(root, into: &namespaces)
  let engines = [
    (BPMNDialect.camunda8, "Camunda 8"), (BPMNDialect.uiPath, "UiPath Maestro"),
    (BPMNDialect.camunda7, "Camunda 7"), (BPMNDialect.flowable, "Flowable"),
    (BPMNDialect.jbpm, "jBPM"), (BPMNDialect.w4, "W4 BPMN+"), (BPMNDialect.activiti, "Activiti"),
  ]
  if let engine = engines.first(where: { namespaces.contains($0.0) }) { return engine.1 }
  // Such as "Signavio Process Editor, http://www.signavio.com" or "bpmn-js (https://demo.bpmn.io)".
  let exporter = root["exporter"]?.split { $0 == "," || $0 == "(" }.first.map(String.init)
  if let exporter = singleLine(exporter) { return exporter }
  let tools = [("trisotech.com", "Trisotech"), ("signavio.com", "Signavio")]
  return tools.first { tool in namespaces.contains { $0.contains(tool.0) } }?.1
}

private func collectNamespaces(_ element: XMLElement, into namespaces: inout Set<String>) {
  if let namespace = element.namespace { namespaces.insert(namespace) }
  for attribute in element.attributes {
    if let namespace = attribute.namespace { namespaces.insert(namespace) }
  }
  for child in element.children { collectNamespaces(child, into: &namespaces) }
}
