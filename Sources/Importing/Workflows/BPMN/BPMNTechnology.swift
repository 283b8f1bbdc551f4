import DocumentReading

/// The product that runs the processes of a file, or else the one that wrote it, as far as the file
/// tells.
///
/// Extensions of an engine tell it more surely than the name of the drawing tool.
func bpmnTechnology(_ root: XMLElement) -> String? {
  if let platform = executionPlatform(root) { return platform }
  let used = namespaces(in: root)
  let engines = [
    (BPMNDialect.camunda8, "Camunda 8"), (BPMNDialect.uiPath, "UiPath Maestro"),
    (BPMNDialect.camunda7, "Camunda 7"), (BPMNDialect.flowable, "Flowable"),
    (BPMNDialect.jbpm, "jBPM"), (BPMNDialect.w4, "W4 BPMN+"), (BPMNDialect.activiti, "Activiti"),
  ]
  if let engine = engines.first(where: { used.contains($0.0) }) { return engine.1 }
  if let exporter = exportingProduct(root) { return exporter }
  let tools = [("trisotech.com", "Trisotech"), ("signavio.com", "Signavio")]
  return tools.first { tool in used.contains { $0.contains(tool.0) } }?.1
}
