import DocumentReading
import Facts

/// Global elements of an application, to which operations refer by name: where a connector leads to.
struct MuleConfigurations {
  private var byName: [String: XMLElement] = [:]

  init(_ roots: [XMLElement]) {
    for root in roots {
      for element in root.children {
        guard let name = element["name"], !["flow", "sub-flow"].contains(element.name) else {
          continue
        }
        byName[name] = byName[name] ?? element
      }
    }
  }

  /// The configuration that an operation names.
  func configuration(of operation: XMLElement) -> XMLElement? {
    (operation["config-ref"] ?? operation["connector-ref"]).flatMap { byName[$0] }
  }

  /// Addresses in a configuration or operation; computed ones are kept as they are.
  func address(of operation: XMLElement) -> String? {
    let places = [operation, configuration(of: operation)].compactMap { $0 }
    for place in places {
      for element in [place] + place.children {
        for key in Self.addressKeys {
          guard let text = element[key]?.trimmedOrNil else { continue }
          // A path stands alone in an operation, and its host in the configuration.
          if key == "path" || key == "address", !text.contains("://") { continue }
          return text
        }
      }
    }
    return nil
  }

  private static let addressKeys = [
    "url", "host", "serverUrl", "serviceAddress", "baseUri", "baseUrl", "baseURL", "endpoint",
    "wsdlLocation", "address", "serviceEndpoint", "tenant", "hostname", "instanceUrl",
  ]

  /// The provider of a connection, such as `openai` of `openai-connection`.
  func connectionKind(of operation: XMLElement) -> String? {
    configuration(of: operation)?.children.first { $0.name.hasSuffix("-connection") }.map {
      String($0.name.dropLast("-connection".count))
    }
  }
}

/// Whether a text is computed when the application runs: a placeholder or an expression.
func isComputedInMule(_ text: String) -> Bool { text.contains("${") || text.contains("#[") }

/// Attributes whose values are secrets, by what their names end in.
func isSecretAttribute(_ name: String) -> Bool {
  let name = name.lowercased()
  return [
    "password", "apikey", "secret", "token", "passphrase", "accesskey", "secretkey",
    "privatekey", "sharedaccesskey", "credentials",
  ].contains { name.hasSuffix($0) }
    && !["maxtoken", "maxtokens"].contains(name)
}

/// Names of properties in `${…}`, without the prefix of encrypted ones.
func placeholders(in text: String) -> [String] {
  var names: [String] = []
  var rest = Substring(text)
  while let start = rest.firstRange(of: "${") {
    rest = rest[start.upperBound...]
    guard let end = rest.firstIndex(of: "}") else { break }
    let name = rest[..<end]
    names.append(String(name.hasPrefix("secure::") ? name.dropFirst(8) : name))
    rest = rest[end...]
  }
  return names
}

/// An address without query, fragment and user, any of which may hold a secret.
func plainAddress(_ address: String) -> String {
  var plain = String(address.prefix { $0 != "?" && $0 != "#" })
  if let scheme = plain.firstRange(of: "://"),
    let at = plain[scheme.upperBound...].prefix(while: { $0 != "/" }).lastIndex(of: "@")
  {
    plain.removeSubrange(scheme.upperBound...at)
  }
  return plain
}
