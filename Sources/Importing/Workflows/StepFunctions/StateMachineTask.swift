import DocumentReading
import Facts
import Inventory

/// What a task of a state machine calls.
///
/// Source: AWS Step Functions developer guide, "Integrating services with Step Functions": optimised
/// integrations, `aws-sdk:` integrations, the patterns `.sync` and `.waitForTaskToken`, activities.
struct StateMachineTask {
  var target: EntityReference?
  var kind = Connection.Kind.invokes
  var channel = Connection.Channel.api
  var action: String?
  var data: [String] = []
  var models: [String] = []
  var credentials: [String] = []
  var note: String?
  /// What a person does, where the task waits for one.
  var person: HumanTouchPoint.Kind?
  /// Whether another automation is called.
  var isCall = false
  /// Whether the task waits until somebody hands its token back.
  var isCallback = false

  private let parameters: DataNode?
  private let substitutions: [String: String]

  private let machine: String

  /// Reads a task.
  ///
  /// - Parameters:
  ///   - node: The state, or another object with a resource.
  ///   - name: Name of the state.
  ///   - machine: Name of the state machine.
  ///   - substitutions: What placeholders stand for.
  init(
    _ node: DataNode, named name: String, of machine: String, substitutions: [String: String]
  ) {
    self.machine = machine
    self.substitutions = substitutions
    parameters = node["Arguments"] ?? node["Parameters"]
    guard let resource = node["Resource"].flatMap(templateText(of:))?.trimmedOrNil else { return }
    var waits = false
    if let service = resource.ranges(of: ":states:::").first {
      var call = String(resource[service.upperBound...])
      waits = call.hasSuffix(".waitForTaskToken")
      // `aws-sdk:s3:getObject` is getObject, `states:startExecution.sync:2` is startExecution.sync:2.
      let parts = call.split(separator: ":").drop { $0 == "aws-sdk" }.dropFirst()
      action = parts.joined(separator: ":").trimmedOrNil
      if let dot = call.firstIndex(of: ".") { call = String(call[..<dot]) }
      integrate(call.split(separator: ":").map(String.init))
    } else if resource.contains(":activity:") {
      let activity = resolved(Self.lastPart(of: resource)) ?? Self.lastPart(of: resource)
      target = Self.activity(activity)
      action = "activity"
      note = "a worker asks for its tasks"
      (channel, isCall, waits) = (.queue, true, true)
    } else {
      direct(resource)
    }
    if waits {
      isCallback = true
      person = Self.humanAct(
        [name, node["Comment"]?.string, target?.name].compactMap(\.self) + data)
    }
  }

  /// The resource is a function, or a placeholder for one.
  private mutating func direct(_ resource: String) {
    isCall = true
    if resource.hasPrefix("{%") || resource.hasPrefix("$.") { return }
    let isPlaceholder = resource.hasPrefix("${") && !resource.contains(":function:")
    guard isPlaceholder else {
      target = EntityReference(.system, Self.function(resource, resolved))
      action = "invoke"
      return
    }
    guard let symbol = resolved(resource) else { return }
    let inner = symbol.lowercased()
    // Placeholders for service integrations are named after them; what is asked shows which one.
    if inner.hasSuffix("action") || parameters?["TopicArn"] != nil || parameters?["QueueUrl"] != nil
      || parameters?["TableName"] != nil
    {
      if parameters?["TopicArn"] != nil {
        integrate(["sns", "publish"])
      } else if parameters?["QueueUrl"] != nil {
        integrate(["sqs", "sendMessage"])
      } else if parameters?["TableName"] != nil {
        integrate(["dynamodb", symbol])
      } else if let function = text("FunctionName") {
        target = EntityReference(.system, Self.function(function, resolved))
      } else {
        target = EntityReference(.application, symbol)
      }
      if target?.kind == .application { isCall = false }
      note = "the resource is the placeholder '\(symbol)'"
      return
    }
    target = EntityReference(.system, symbol)
    note = Self.openName
    if inner.hasSuffix("activity") || inner.hasPrefix("activity of ") {
      (action, channel) = ("activity", .queue)
      target = Self.activity(symbol)
    }
  }

  // MARK: Service integrations

  private mutating func integrate(_ parts: [String]) {
    var parts = parts
    if parts.first == "aws-sdk" { parts.removeFirst() }
    guard let service = parts.first else { return }
    let operation = parts.count > 1 ? parts[1] : ""
    if action == nil { action = operation }
    switch (service.lowercased(), operation) {
    case ("lambda", "invoke"), ("lambda", "invokeAsync"):
      isCall = true
      target = text("FunctionName").map { EntityReference(.system, Self.function($0, resolved)) }
      noteOpenName("FunctionName")
    case ("states", _), ("sfn", "startExecution"), ("sfn", "startSyncExecution"):
      isCall = true
      target = (text("StateMachineArn") ?? text("stateMachineArn")).map {
        EntityReference(.system, resolved(Self.lastPart(of: $0)) ?? $0)
      }
      noteOpenName(text("StateMachineArn") == nil ? "stateMachineArn" : "StateMachineArn")
    case ("bedrockagentruntime", "invokeAgent"):
      isCall = true
      target = EntityReference(.system, text("AgentId").flatMap(resolved) ?? "Amazon Bedrock agent")
      noteOpenName("AgentId")
    case ("http", _):
      request()
    default:
      target = EntityReference(.application, Self.application(service))
      kind = Self.direction(operation)
      channel = Self.channel(service.lowercased())
      collectData()
      if service.lowercased() == "secretsmanager", let secret = text("SecretId") {
        credentials.append(resolved(Self.lastPart(of: secret)) ?? secret)
      }
      if service.lowercased().hasPrefix("bedrock"),
        let model = text("ModelId") ?? text("ModelIdentifier"),
        !model.contains("${")
      {
        models.append(model.contains("/") ? lastComponent(of: model) : model)
      }
      if service == "apigateway", let endpoint = text("ApiEndpoint") {
        let shown = resolved(endpoint) ?? host(ofAddress: endpoint) ?? endpoint
        data.append(shown + (text("Path") ?? ""))
        kind = httpDirection(text("Method"))
      }
    }
  }

  /// Says where the name of what is called is a placeholder that a deployment fills in.
  private mutating func noteOpenName(_ key: String) {
    guard note == nil, let text = text(key), let open = text.ranges(of: "${").first else { return }
    let inner = String(text[open.upperBound...].prefix { $0 != "}" })
    let plain = inner.split(separator: ".").first.map(String.init) ?? inner
    if substitutions[inner] == nil, substitutions[plain] == nil { note = Self.openName }
  }

  /// The note on a connection to something that only a deployment names.
  static let openName = "named after a placeholder"

  private mutating func request() {
    kind = httpDirection(text("Method"))
    action = text("Method") ?? action
    if let connection = (parameters?["Authentication"] ?? parameters?["InvocationConfig"])?[
      "ConnectionArn"],
      let connection = Self.constant(connection)
    {
      // arn:aws:events:<region>:<account>:connection/<name>/<id>
      let parts = connection.split(separator: "/").map(String.init)
      credentials.append(parts.count > 1 ? parts[1] : resolved(connection) ?? connection)
    }
    guard let endpoint = text("ApiEndpoint") else {
      // JSONata joins a path to a literal beginning.
      if let host = parameters?["ApiEndpoint"]?.string.flatMap(host(inExpression:)) {
        target = EntityReference(.application, KnownApplication.named(byHost: host) ?? host)
      }
      return
    }
    if let host = host(ofAddress: endpoint) {
      target = EntityReference(.application, KnownApplication.named(byHost: host) ?? host)
    } else if let symbol = resolved(endpoint.replacing("https://", with: "")) {
      target = EntityReference(.application, symbol)
      note = Self.openName
    }
  }

  /// Names of tables, queues, topics, jobs and files that a call is about.
  private mutating func collectData() {
    for key in [
      "TableName", "QueueUrl", "TopicArn", "Bucket", "JobName", "JobDefinition", "TaskDefinition",
      "ProjectName", "StreamName", "DeliveryStreamName", "CrawlerName", "TrainingJobName",
      "EndpointName", "WorkflowName", "KnowledgeBaseId", "DatabaseName", "ClusterId", "DbName",
    ] {
      guard let text = text(key) else { continue }
      let short = resolved(lastComponent(of: Self.lastPart(of: text)))
      if let short, !data.contains(short) { data.append(short) }
    }
    for entry in parameters?["Entries"]?.array ?? [] {
      guard let type = entry["DetailType"]?.string, !Self.isComputed(type), !data.contains(type)
      else { continue }
      data.append(type)
    }
  }

  // MARK: Values

  /// A parameter as a text; `nil` where it is computed or missing.
  private func text(_ key: String) -> String? {
    Self.constant(parameters?[key])
  }

  /// A text that is not computed; JSONata may write one as `{% 'text' %}`.
  private static func constant(_ node: DataNode?) -> String? {
    guard let text = node.flatMap(templateText(of:))?.trimmedOrNil else { return nil }
    guard isComputed(text) else { return text }
    let inner = text.dropFirst(2).dropLast(2).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    guard text.hasPrefix("{%"), text.hasSuffix("%}"), let quote = inner.first, inner.count > 2,
      quote == "'" || quote == "\"", inner.last == quote,
      !inner.dropFirst().dropLast().contains(quote)
    else { return nil }
    return String(inner.dropFirst().dropLast())
  }

  private static func isComputed(_ text: String) -> Bool {
    text.hasPrefix("{%") || text.hasPrefix("$.") || text.hasPrefix("$$.")
  }

  /// A text in which a placeholder is replaced by what it stands for, or by its own name.
  private func resolved(_ text: String) -> String? {
    guard let open = text.ranges(of: "${").first,
      let close = text[open.upperBound...].firstIndex(of: "}")
    else { return Self.isComputed(text) ? nil : text.trimmedOrNil }
    let inner = String(text[open.upperBound..<close])
    var plain = inner.split(separator: ".").first.map(String.init) ?? inner
    if let known = substitutions[inner] ?? substitutions[plain] { return known }
    for suffix in ["FunctionArn", "Arn", "ARN", "_arn"]
    where plain.hasSuffix(suffix) && plain.count > suffix.count {
      plain.removeLast(suffix == "FunctionArn" ? 3 : suffix.count)
      break
    }
    // What is called nothing but "function" in one file is another one in the next.
    let generic = [
      "activity", "function", "lambda", "lambdafunction", "functionname", "statemachine",
    ]
    return generic.contains(nameKey(plain)) ? "\(plain) of \(machine)" : plain.trimmedOrNil
  }

  /// Name of a function from its ARN, without version or alias.
  private static func function(_ text: String, _ resolve: (String) -> String?) -> String {
    var name = text
    if let mark = text.ranges(of: ":function:").first { name = String(text[mark.upperBound...]) }
    if name.hasPrefix("${") { return resolve(name) ?? name }
    return name.split(separator: ":").first.map { resolve(String($0)) ?? String($0) } ?? name
  }

  /// What stands after the last colon of an ARN, and after the last stroke of a role's.
  static func lastPart(of arn: String) -> String {
    guard arn.hasPrefix("arn:") else { return arn }
    // Placeholders such as ${AWS::Region} have colons too.
    let part = arn.replacing("::", with: "\u{1}").split(separator: ":").last.map {
      $0.replacing("\u{1}", with: "::")
    }
    return lastComponent(of: part.map(String.init) ?? arn)
  }

  /// What the words of a name say that a person does; `nil` where they say nothing of people.
  static func humanAct(_ labels: [String]) -> HumanTouchPoint.Kind? {
    let words = labels.flatMap { label in
      Importing.words(ofIdentifier: label).lowercased().split { !$0.isLetter }.map(String.init)
    }
    func says(_ stems: [String]) -> Bool {
      words.contains { word in stems.contains { word.hasPrefix($0) } }
    }
    if says(["approv", "signoff", "authoris", "authoriz"]) { return .approval }
    if says(["escalat"]) { return .exception }
    if says(["review", "verif", "confirm", "inspect", "moderat"]) { return .review }
    if says(["manual", "human", "operator", "person", "employee", "clerk", "staff"]) {
      return .work
    }
    // A person who is asked answers.
    if words.contains(where: {
      ["ask", "user", "customer", "manager", "email", "mail"].contains($0)
    })
      || words.contains(where: { $0.hasSuffix("customer") || $0.hasSuffix("user") })
    {
      return .form
    }
    return nil
  }

  /// An activity is a list of tasks, from which workers of any kind take theirs.
  private static func activity(_ name: String) -> EntityReference {
    EntityReference(.data, name)
  }

  // MARK: Services

  static func application(_ service: String) -> String {
    KnownApplication.named(byConnector: service)
      ?? KnownApplication.named(byConnector: service.lowercased())
      ?? "AWS \(words(ofIdentifier: service))"
  }

  private static func direction(_ operation: String) -> Connection.Kind {
    let name = operation.lowercased()
    if ["describe", "head", "scan", "detect", "recognize", "batchget", "select", "receive"]
      .contains(where: name.hasPrefix)
    {
      return .reads
    }
    if name.hasPrefix("publish") || name.hasPrefix("batchwrite") { return .writes }
    return Importing.direction(ofOperation: operation) ?? .invokes
  }

  private static func channel(_ service: String) -> Connection.Channel {
    switch service {
    case "sqs", "sns", "events", "eventbridge", "kinesis", "firehose": .queue
    case "dynamodb", "rdsdata", "redshiftdata", "athena", "timestreamquery", "timestreamwrite":
      .database
    case "s3": .file
    case "ses", "sesv2": .mail
    default: .api
    }
  }
}
