public import Facts

/// An element of an XML document with everything in it, namespaces resolved.
public struct XMLElement: Hashable, Sendable {
  /// Local name, without prefix.
  public var name: String
  /// URI of the namespace; `nil` where there is none or the prefix is not declared.
  public var namespace: String?
  /// Attributes in document order, without namespace declarations and without defaults of a DTD.
  public var attributes: [XMLAttribute]
  /// Child elements in document order.
  public var children: [XMLElement]
  /// Own character data and CDATA, joined, untrimmed; empty where it is only white space between
  /// child elements.
  public var text: String
  /// Where the start tag begins; `element` is the value of the attribute `id`, if there is one.
  public var location: SourceLocation

  /// Creates an element.
  public init(
    name: String, namespace: String? = nil, attributes: [XMLAttribute] = [],
    children: [XMLElement] = [], text: String = "", location: SourceLocation
  ) {
    self.name = name
    self.namespace = namespace
    self.attributes = attributes
    self.children = children
    self.text = text
    self.location = location
  }

  /// Value of the attribute of a local name: the one without namespace, else the first of any.
  public subscript(_ attribute: String) -> String? {
    var other: String?
    for candidate in attributes where candidate.name == attribute {
      if candidate.namespace == nil { return candidate.value }
      other = other ?? candidate.value
    }
    return other
  }

  /// Value of the attribute of a local name in a namespace.
  public func attribute(_ name: String, namespace: String) -> String? {
    attributes.first { $0.name == name && $0.namespace == namespace }?.value
  }

  /// The first child of a local name.
  public func first(_ localName: String) -> XMLElement? {
    children.first { $0.name == localName }
  }

  /// All children of a local name.
  public func all(_ localName: String) -> [XMLElement] {
    children.filter { $0.name == localName }
  }

  /// All descendants of a local name in document order, this element not included.
  public func descendants(_ localName: String) -> [XMLElement] {
    var found: [XMLElement] = []
    collect(localName, into: &found)
    return found
  }

  private func collect(_ localName: String, into found: inout [XMLElement]) {
    for child in children {
      if child.name == localName { found.append(child) }
      child.collect(localName, into: &found)
    }
  }

  /// Own text and that of all descendants: own first, then child by child.
  public var deepText: String {
    children.isEmpty ? text : children.reduce(text) { $0 + $1.deepText }
  }
}

/// An attribute of an XML element.
public struct XMLAttribute: Hashable, Sendable {
  /// Local name, without prefix.
  public var name: String
  /// URI of the namespace; `nil` for an attribute without prefix.
  public var namespace: String?
  /// Value, references resolved.
  public var value: String

  /// Creates an attribute.
  public init(name: String, namespace: String? = nil, value: String) {
    self.name = name
    self.namespace = namespace
    self.value = value
  }
}
