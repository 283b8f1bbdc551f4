import Inventory

/// What the type of a task or trigger tells of it, such as `io.kestra.plugin.core.http.Request`.
///
/// Source: Kestra documentation, plugins (kestra.io/plugins), with the names of before 0.17
/// (`io.kestra.core.tasks.flows.Sequential`).
struct KestraTask {
  /// Type as written.
  let written: String
  /// Packages after `plugin` or `core`, without the class.
  let packages: [String]
  /// Class.
  let name: String

  init(_ written: String) {
    self.written = written
    var parts = written.split(separator: ".").map(String.init)
    name = parts.popLast() ?? written
    for prefix in [["io", "kestra", "plugin"], ["io", "kestra"]]
    where parts.starts(with: prefix) {
      parts.removeFirst(prefix.count)
      break
    }
    packages = parts
  }

  private var isCore: Bool { packages.first == "core" }

  var callsFlow: Bool {
    isCore && ["Subflow", "ForEachItem", "Flow", "Trigger"].contains(name)
      && packages.contains { $0.hasPrefix("flow") }
  }

  /// Whether the task runs a program of the user's.
  var runsCode: Bool {
    packages.first == "scripts" || packages.contains("scripts") || name == "Commands"
      || name == "Script" || name == "Bash"
  }

  var isRequest: Bool {
    packages.last == "http" && ["Request", "Download", "SseRequest", "Trigger"].contains(name)
  }

  /// Whether the task asks language models, or what searches for them.
  var usesModels: Bool { ["ai", "langchain4j"].contains(packages.first ?? "") }

  /// Whether everything that the task does stays within Kestra.
  var isOwn: Bool {
    guard !isRequest else { return false }
    return isCore
      || ["serdes", "compress", "transform", "graalvm", "debezium"].contains(packages.first ?? "")
      || runsCode || packages.isEmpty
  }

  var kind: Step.Kind {
    if callsFlow { return .call }
    if packages.contains("agent") || name == "AIAgent" { return .call }
    guard isCore else { return .action }
    switch name {
    case "If", "Switch": return .decision
    case "Sequential", "Parallel", "ForEach", "EachSequential", "EachParallel", "WorkingDirectory",
      "Dag", "AllowFailure", "Worker", "LoopUntil", "Template":
      return .group
    case "Sleep", "Pause", "WaitFor": return .wait
    case "Fail", "Assert": return .errorHandling
    default: return .action
    }
  }

  /// The name of the application behind the task.
  var application: String {
    // `gcp.bigquery` leads to BigQuery and `notifications.slack` to Slack; `fs`, `jdbc` and the like
    // only say by what means.
    let means: Set<String> = [
      "jdbc", "notifications", "fs", "ee", "cli", "models", "crypto", "messages", "trigger",
      "chat", "cloud", "completion", "provider", "rag", "incomingwebhook",
    ]
    let parts = packages.filter { !means.contains($0) }
    for part in parts.reversed() {
      if let vendor = parts.first, vendor != part,
        let known = KnownApplication.named(byConnector: vendor + part)
          ?? KnownApplication.named("\(vendor) \(part)")
      {
        return known
      }
      if let known = KnownApplication.named(byConnector: part) ?? KnownApplication.named(part) {
        return known
      }
    }
    let shown = parts.prefix(2).map { words(ofIdentifier: $0) }.joined(separator: " ")
    return shown.isEmpty ? words(ofIdentifier: packages.last ?? name) : shown
  }

  var channel: Connection.Channel {
    func has(_ parts: [String]) -> Bool { packages.contains(where: parts.contains) }
    if packages.contains("mail") || name.contains("Mail") { return .mail }
    if has(["jdbc", "mongodb", "bigquery", "snowflake", "cassandra", "elasticsearch", "redis"]) {
      return .database
    }
    if has(["kafka", "amqp", "mqtt", "pulsar", "sqs", "sns", "pubsub", "nats", "jms", "solace"]) {
      return .queue
    }
    return has(["fs", "sftp", "ftp", "ftps", "smb"]) ? .file : .api
  }
}
