/// Names of applications that products only name by executable, connector, host or package.
///
/// What is not listed keeps the name its file gives it. The list is `known-applications.yaml` beside
/// this file; during an import, entries of `ImportOptions.applications` add to it.
enum KnownApplication {
  /// The catalogue in force: the built-in one, unless an import brings another.
  @TaskLocal static var catalogue = ApplicationCatalogue.builtIn

  /// The name of the application that an executable starts; `nil` where it is not listed.
  static func named(byExecutable executable: String) -> String? {
    catalogue.executables[lastComponent(of: executable).lowercased()]
  }

  /// The name of the application that a connector leads to; `nil` where it is not listed.
  ///
  /// - Parameter connector: Name with or without the prefix `shared_`.
  static func named(byConnector connector: String) -> String? {
    let lowered = connector.lowercased()
    return catalogue.connectors[
      lowered.hasPrefix("shared_") ? String(lowered.dropFirst(7)) : lowered]
  }

  /// The name of the application behind a host; `nil` where it is not listed.
  ///
  /// The longest listed domain counts: `docs.google.com` before `google.com`.
  static func named(byHost host: String) -> String? {
    var rest = Substring(host.lowercased())
    while true {
      if let name = catalogue.hosts[String(rest)] { return name }
      guard let dot = rest.firstIndex(of: ".") else { return nil }
      rest = rest[rest.index(after: dot)...]
    }
  }

  /// The name of the application that a code package leads to; `nil` where it is not listed.
  ///
  /// The longest listed beginning counts; a version after `@` or `:` is none of the name.
  static func named(byPackage package: String) -> String? {
    var rest = Substring(package.lowercased())
    while true {
      if let name = catalogue.packages[String(rest)] { return name }
      guard let end = rest.dropFirst().lastIndex(where: { ".@:".contains($0) }) else { return nil }
      rest = rest[..<end]
    }
  }

  /// The listed spelling of an application's name; `nil` where it is not listed.
  static func named(_ name: String) -> String? { catalogue.spellings[name.lowercased()] }

  /// Whether an executable is a web browser, which is a means and not a target.
  static func isBrowser(executable: String) -> Bool {
    ["chrome.exe", "msedge.exe", "firefox.exe", "iexplore.exe", "chromium.exe", "safari.exe"]
      .contains(lastComponent(of: executable).lowercased())
  }
}
