import Inventory

/// What the type of a module tells of it, such as `google-sheets:addRow`.
///
/// Source: Make documentation, tools and flow control (help.make.com).
struct MakeModule {
  /// Type as written.
  let written: String
  /// Application part.
  let app: String
  /// Module part.
  let name: String

  init(_ written: String) {
    self.written = written
    let parts = written.split(separator: ":", maxSplits: 1).map(String.init)
    app = parts.first?.lowercased() ?? written
    name = parts.count > 1 ? parts[1] : written
  }

  /// What the editor shows where nobody named the module.
  var label: String { words(ofIdentifier: name) }

  /// Whether the module runs another scenario.
  var callsScenario: Bool {
    ["scenario-service", "scenarios", "make"].contains(app)
      && ["call", "run", "subscenario"].contains { name.lowercased().contains($0) }
  }

  /// Whether it is a plain web request, whose host is the application.
  var isRequest: Bool {
    app == "http" && !["parsexml", "parsecsv"].contains(name.lowercased()) || app == "soap"
  }

  /// Whether everything that the module does stays within Make.
  var isInternal: Bool {
    [
      "builtin", "gateway", "util", "json", "xml", "csv", "regexp", "math", "datetime",
      "text-parser", "archive", "image", "markdown", "html", "html-to-text", "scenario-service",
      "scenarios", "phonenumber", "return", "code", "human-in-the-loop",
    ].contains(app)
  }

  var isSleep: Bool { app == "util" && name.lowercased().contains("sleep") }

  /// Whether the module waits for what happens in its application.
  var watches: Bool {
    let name = name.lowercased()
    return name.hasPrefix("watch") || name.hasPrefix("trigger") || name.hasPrefix("new")
      || name.hasPrefix("instant") || name.hasSuffix("trigger")
  }

  var kind: Step.Kind {
    if callsScenario { return .call }
    if isSleep { return .wait }
    switch app {
    case "builtin":
      switch name.lowercased() {
      case "basicrouter", "basicifelse", "ifelse", "switch": return .decision
      case "basicfeeder", "basicaggregator", "basicrepeater", "basicmerge", "merge", "noop":
        return .group
      case "break", "ignore", "resume", "commit", "rollback": return .errorHandling
      case "basicscheduler": return .wait
      default: return .action
      }
    case "gateway": return name.lowercased().contains("respon") ? .action : .wait
    default: return .action
    }
  }

  /// What a person does at the module; `nil` where none is asked.
  var humanAct: HumanTouchPoint.Kind? {
    let lowered = written.lowercased()
    if app.contains("human-in-the-loop") { return .review }
    guard lowered.contains("approval") else { return nil }
    return ["request", "wait", "create"].contains { lowered.contains($0) } ? .approval : nil
  }

  /// The name of the application behind the module.
  var application: String {
    let joined = app.filter { $0.isLetter || $0.isNumber }
    if let known = KnownApplication.named(byConnector: app)
      ?? KnownApplication.named(byConnector: joined)
    {
      return known
    }
    // Later versions of an application carry a number: `openai-gpt-3`, `hubspotcrm2`.
    let bare = app.prefix { !$0.isNumber }.split(separator: "-").map(String.init)
    let plain = bare.joined(separator: "-")
    if let known = KnownApplication.named(byConnector: plain)
      ?? KnownApplication.named(byConnector: bare.joined())
    {
      return known
    }
    let spaced = words(ofIdentifier: plain.isEmpty ? app : plain)
    if let known = KnownApplication.named(spaced) { return known }
    if let vendor = bare.first, bare.count > 1, let known = KnownApplication.named(vendor) {
      return known
    }
    return spaced
  }

  var direction: Connection.Kind {
    let lowered = name.lowercased()
    let plain = ["action", "a_"].first { lowered.hasPrefix($0) }.map { lowered.dropFirst($0.count) }
    if let found = Importing.direction(ofOperation: plain.map(String.init) ?? name) { return found }
    return lowered.hasPrefix("watch") ? .reads : .invokes
  }

  var channel: Connection.Channel {
    func has(_ parts: [String]) -> Bool { parts.contains(where: app.contains) }
    if has(["mcp"]) { return .mcp }
    if has(["mail", "outlook", "smtp", "imap", "sendgrid", "mailgun", "postmark"]) { return .mail }
    if has(["mysql", "postgres", "mssql", "mongodb", "snowflake", "oracle", "redis", "dynamodb"]) {
      return .database
    }
    if has(["ftp", "local-files"]) { return .file }
    return has(["kafka", "rabbitmq", "sqs", "pubsub", "mqtt", "service-bus"]) ? .queue : .api
  }
}
