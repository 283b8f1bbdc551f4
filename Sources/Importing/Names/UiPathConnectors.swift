/// Names of the applications that connectors of UiPath's Integration Service lead to.
///
/// A connector's key is `uipath-<vendor>-<product>`, such as `uipath-salesforce-slack`; the name shown
/// in the designer is only sometimes beside it.
enum UiPathConnector {
  /// The application that a connector leads to, and the key under which other files name it.
  ///
  /// - Parameters:
  ///   - key: Key of the connector.
  ///   - name: Name that the file gives beside it.
  static func application(key: String, name: String? = nil) -> String {
    if let known = KnownApplication.named(byConnector: key) { return known }
    if let name = name?.trimmedOrNil { return KnownApplication.named(name) ?? name }
    var words = key.split { $0 == "-" || $0 == "_" || $0 == " " }.map(String.init)
    if words.first?.lowercased() == "uipath", words.count > 1 { words.removeFirst() }
    let whole = words.joined(separator: " ")
    if let known = KnownApplication.named(whole) ?? KnownApplication.named(byConnector: whole) {
      return known
    }
    // The vendor stands before the product: `salesforce-slack`, `microsoft-teams`.
    let product = words.dropFirst().joined(separator: " ")
    if !product.isEmpty,
      let known = KnownApplication.named(product) ?? KnownApplication.named(byConnector: product)
    {
      return known
    }
    let shown = words.map { word in
      word.lowercased() == "uipath" ? "UiPath" : word.prefix(1).uppercased() + word.dropFirst()
    }
    return shown.isEmpty ? key : shown.joined(separator: " ")
  }

  /// Whether a connector only carries plain web requests, whose host is the application.
  static func isPlainHTTP(key: String) -> Bool {
    ["uipath-uipath-http", "uipath-http", "http"].contains(key.lowercased())
  }
}
