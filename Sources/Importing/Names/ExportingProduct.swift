import DocumentReading

/// The program that wrote a model, by its attribute `exporter`, without version and address, such as
/// those of `Signavio Process Editor, http://www.signavio.com` or `bpmn-js (https://demo.bpmn.io)`.
func exportingProduct(_ root: XMLElement) -> String? {
  singleLine(root["exporter"]?.split { $0 == "," || $0 == "(" || $0 == ";" }.first.map(String.init))
}

/// The engine that the Camunda Modeler wrote a model for; `nil` where it says none.
func executionPlatform(_ root: XMLElement) -> String? {
  switch root["executionPlatform"] {
  case "Camunda Cloud": "Camunda 8"
  case "Camunda Platform": "Camunda 7"
  case let platform: singleLine(platform)
  }
}

/// Namespaces that elements and attributes of a document are in; those declared and not used say
/// nothing.
func namespaces(in element: XMLElement) -> Set<String> {
  var found: Set<String> = []
  collectNamespaces(element, into: &found)
  return found
}

private func collectNamespaces(_ element: XMLElement, into namespaces: inout Set<String>) {
  if let namespace = element.namespace { namespaces.insert(namespace) }
  for attribute in element.attributes {
    if let namespace = attribute.namespace { namespaces.insert(namespace) }
  }
  for child in element.children { collectNamespaces(child, into: &namespaces) }
}
