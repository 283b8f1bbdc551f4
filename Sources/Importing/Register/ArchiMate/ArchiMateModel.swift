import DocumentReading
import Facts

extension ImportFormat {
  /// Architecture models in ArchiMate: the exchange format of The Open Group, or Archi's own file.
  static let archiMate = ImportFormat(
    id: "archimate", title: "ArchiMate model",
    isFormat: { file in
      guard let root = file.xmlRootName,
        ["model", "archimatemodel"].contains(root.name.lowercased())
      else {
        return false
      }
      return root.namespace?.contains("opengroup.org/xsd/archimate") == true
        || root.namespace?.contains("archimatetool.com/archimate") == true
    },
    readFile: { file throws(DocumentError) in
      let root = try file.xml()
      var reader = ArchiMateReader(ArchiMateModel(root), path: file.path)
      return reader.reading(root, of: file)
    })
}

/// Elements and relations of an architecture model, in either of its two file formats.
struct ArchiMateModel {
  /// An element of the model.
  struct Element {
    var id: String
    /// Type of ArchiMate, such as `ApplicationComponent`.
    var type: String
    var name: String
    var purpose: String?
    /// Property values by key, and the specialisations that somebody gave it as `specialization`.
    var properties: [(key: String, value: String)]
    var place: SourceLocation

    var evidence: Evidence { Evidence(.imported, place) }
  }

  /// A relation between two elements.
  struct Relation {
    /// Type of ArchiMate, without `Relationship`.
    var type: String
    var source: String
    var target: String
    var name: String?
    /// What an access does, in the words of the exchange format.
    var access: String?
    var place: SourceLocation

    var evidence: Evidence { Evidence(.imported, place) }
  }

  private(set) var elements: [Element] = []
  private(set) var relations: [Relation] = []
  private var indices: [String: Int] = [:]
  /// Relations whose ends are not in the file.
  private(set) var broken: [SourceLocation] = []

  init(_ root: XMLElement) {
    var keys: [String: String] = [:]
    for definition in root.descendants("propertyDefinition") {
      if let id = definition["identifier"] {
        keys[id] = definition.first("name")?.text ?? definition["name"] ?? id
      }
    }
    var profiles: [String: String] = [:]
    for profile in root.children where profile.name == "profile" {
      if let id = profile["id"], let name = profile["name"] { profiles[id] = name }
    }
    collect(root, keys, profiles, depth: 0)
    relations = relations.filter { relation in
      let isWhole = indices[relation.source] != nil && indices[relation.target] != nil
      // A relation may lead to another relation, which says nothing of the estate.
      if !isWhole, relation.type != "Association" { broken.append(relation.place) }
      return isWhole
    }
  }

  subscript(_ id: String) -> Element? { indices[id].map { elements[$0] } }

  private mutating func collect(
    _ parent: XMLElement, _ keys: [String: String], _ profiles: [String: String], depth: Int
  ) {
    guard depth < 200 else { return }
    for child in parent.children {
      switch child.name {
      case "elements", "relationships", "folder", "relations":
        collect(child, keys, profiles, depth: depth + 1)
      case "element", "relationship": add(child, keys, profiles)
      default: break
      }
    }
  }

  private mutating func add(
    _ node: XMLElement, _ keys: [String: String], _ profiles: [String: String]
  ) {
    guard let id = node["identifier"] ?? node["id"] else { return }
    let written = node.attribute("type", namespace: "http://www.w3.org/2001/XMLSchema-instance")
    guard let written = written ?? node["type"] else { return }
    var type = String(written.split(separator: ":").last ?? "")
    // Diagrams of Archi stand among its elements.
    guard !type.hasSuffix("DiagramModel"), !type.hasSuffix("SketchModel"), type != "CanvasModel"
    else { return }
    let name = singleLine(node["name"] ?? node.first("name")?.text ?? node.first("label")?.text)
    if let source = node["source"], let target = node["target"] {
      if type.hasSuffix("Relationship") { type = String(type.dropLast(12)) }
      // Of ArchiMate 2.
      if type == "UsedBy" { type = "Serving" }
      let accesses = ["0": "Write", "1": "Read", "2": "Access", "3": "ReadWrite"]
      let access = node["accessType"].map { accesses[$0] ?? $0 }
      relations.append(
        Relation(
          type: type, source: source, target: target, name: name,
          access: type == "Access"
            ? access ?? (node["identifier"] == nil ? "Write" : "Access") : nil,
          place: node.location))
      return
    }
    // Of ArchiMate 2, and of tools that still write so.
    if type.hasPrefix("Infrastructure") { type = "Technology" + type.dropFirst(14) }
    var properties: [(key: String, value: String)] = []
    for property in node.all("property") + (node.first("properties")?.all("property") ?? []) {
      let key =
        property["key"]
        ?? (property["propertyDefinitionRef"] ?? property["identifierref"]).flatMap { keys[$0] }
      let value = property["value"] ?? property.first("value")?.text
      if let key, let value = singleLine(value) { properties.append((key, value)) }
    }
    for profile in (node["profiles"] ?? "").split(separator: " ") {
      if let name = profiles[String(profile)] { properties.append(("specialization", name)) }
    }
    // Junctions need no name, and nothing else does without.
    guard let name = name ?? (type.hasSuffix("Junction") ? type : nil), indices[id] == nil else {
      return
    }
    indices[id] = elements.count
    elements.append(
      Element(
        id: id, type: type, name: name, purpose: singleLine(node.first("documentation")?.text),
        properties: properties, place: node.location))
  }
}
