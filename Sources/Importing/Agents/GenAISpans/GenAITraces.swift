import DocumentReading
import Facts
import Inventory

/// What the spans of a file say together: agents, and how often they used which model and tool.
struct GenAITraces {
  /// Calls of one kind from one system to one target.
  private struct Use {
    var kind: Connection.Kind
    var target: EntityReference
    var channel: Connection.Channel
    var action: String?
    var count = 0
    var failed = 0
    var timed = 0
    var seconds = 0.0
    var input = 0.0
    var output = 0.0
    var counted = 0
    var location: SourceLocation
  }

  /// Runs of one system.
  private struct Runs {
    var count = 0
    var failed = 0
    var timed = 0
    var seconds = 0.0
    var models: [String] = []
    var id: String?
    var purpose: String?
    var isAgent = false
    var location: SourceLocation
  }

  private let spans: [GenAISpan]
  private let path: String
  private var byID: [String: Int] = [:]
  private var order: [String] = []
  private var runs: [String: Runs] = [:]
  private var uses: [String: [Use]] = [:]
  private var first: Double?
  private var last: Double?
  private var unnamed = false

  init(_ spans: [GenAISpan], path: String) {
    self.spans = spans
    self.path = path
    for (index, span) in spans.enumerated() {
      if let id = span.id { byID[id] = index }
    }
  }

  /// What the spans say.
  mutating func reading() -> FileReading {
    for span in spans {
      for moment in [span.start, span.end].compactMap(\.self) {
        first = min(first ?? moment, moment)
        last = max(last ?? moment, moment)
      }
      let parent = owner(above: span)
      let owner = self.owner(of: span)
      note(owner, at: span)
      addRun(span, of: owner)
      addUse(span, of: owner, parent: parent)
    }
    return result()
  }

  // MARK: Who acts

  private func parent(of span: GenAISpan) -> GenAISpan? {
    span.parent.flatMap { byID[$0] }.map { spans[$0] }
  }

  /// The agent in whose run a span lies.
  private func owner(above span: GenAISpan) -> String? {
    var current = parent(of: span)
    var depth = 0
    while let above = current, depth < 200 {
      if let name = above.agent ?? above.text("ai.telemetry.functionId") { return name }
      current = parent(of: above)
      depth += 1
    }
    return nil
  }

  /// Who acts in a span: the agent, the function, the service, else the file.
  mutating func owner(of span: GenAISpan) -> String {
    span.agent ?? self.owner(above: span) ?? span.text("ai.telemetry.functionId") ?? fallback(span)
  }

  /// The service, else the file.
  private mutating func fallback(_ span: GenAISpan) -> String {
    if let service = span.service, !service.hasPrefix("unknown_service") { return service }
    unnamed = true
    return stem(of: lastComponent(of: path))
  }

  private mutating func note(_ owner: String, at span: GenAISpan) {
    guard runs[owner] == nil else { return }
    order.append(owner)
    runs[owner] = Runs(location: span.location)
  }

  // MARK: Runs

  /// A run is a span of the agent, or one that has no other of its kind above it.
  private mutating func addRun(_ span: GenAISpan, of owner: String) {
    let isAgent = span.operation == .agent
    let isTop = span.parent == nil || self.parent(of: span) == nil
    guard var run = runs[owner] else { return }
    defer { runs[owner] = run }
    if let model = span.model, !run.models.contains(model) { run.models.append(model) }
    if isAgent {
      if !run.isAgent {
        // Runs of an agent count by its own spans only.
        (run.count, run.failed, run.timed, run.seconds) = (0, 0, 0, 0)
      }
      run.isAgent = true
      run.id = span.text("gen_ai.agent.id") ?? run.id
      run.purpose = span.text("gen_ai.agent.description") ?? run.purpose
    } else if run.isAgent || !isTop {
      return
    }
    guard !isAgent || span.text("gen_ai.operation.name") != "create_agent" else { return }
    run.count += 1
    run.failed += span.isError ? 1 : 0
    guard let seconds = span.seconds else { return }
    run.timed += 1
    run.seconds += seconds
  }

  // MARK: Calls

  private mutating func addUse(_ span: GenAISpan, of owner: String, parent: String?) {
    switch span.operation {
    case .agent:
      guard let parent, parent != owner else { return }
      add(.invokes, EntityReference(.system, owner), .internalCall, "agent", by: parent, span)
    case .model, .embeddings:
      guard let target = span.provider ?? span.model else { return }
      add(
        .invokes, EntityReference(.application, target), .api,
        span.operation == .model ? "model" : "embeddings", by: owner, span)
    case .tool:
      let tool =
        span.text("gen_ai.tool.name", "tool.name", "ai.toolCall.name") ?? span.name.trimmedOrNil
      guard let tool else { return }
      let server = span.text("mcp.server.name", "server.address")
      let isServer = span.attributes.keys.contains { $0.hasPrefix("mcp.") }
      if isServer, let server {
        add(.invokes, EntityReference(.system, server), .mcp, tool, by: owner, span)
      } else {
        add(.invokes, EntityReference(.application, tool), .internalCall, "tool", by: owner, span)
      }
    case .retrieval:
      let store = span.text("gen_ai.data_source.id", "db.system.name", "db.system")
      guard let target = store.map({ knownService($0) ?? $0 }) ?? span.name.trimmedOrNil else {
        return
      }
      add(.reads, EntityReference(.application, target), .database, "retrieval", by: owner, span)
    case .guardrail, .other: return
    }
  }

  private mutating func add(
    _ kind: Connection.Kind, _ target: EntityReference, _ channel: Connection.Channel,
    _ action: String?, by owner: String, _ span: GenAISpan
  ) {
    note(owner, at: span)
    let index = uses[owner]?.firstIndex { $0.target == target && $0.action == action }
    if index == nil {
      uses[owner, default: []].append(
        Use(kind: kind, target: target, channel: channel, action: action, location: span.location))
    }
    guard let place = index ?? uses[owner]?.indices.last else { return }
    let input = span.number(
      "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt",
      "ai.usage.promptTokens", "ai.usage.inputTokens", "ai.usage.tokens")
    let output = span.number(
      "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.token_count.completion",
      "ai.usage.completionTokens", "ai.usage.outputTokens")
    guard var use = uses[owner]?[place] else { return }
    use.count += 1
    use.failed += span.isError ? 1 : 0
    if let seconds = span.seconds {
      use.timed += 1
      use.seconds += seconds
    }
    if input != nil || output != nil {
      use.counted += 1
      use.input += input ?? 0
      use.output += output ?? 0
    }
    uses[owner]?[place] = use
  }

  // MARK: Result

  private var window: String {
    guard let first, let last, (0..<2.5e11).contains(first), last < 2.5e11 else { return "" }
    return ", \(Timestamp(seconds: first).date) to \(Timestamp(seconds: last).date)"
  }

  private func result() -> FileReading {
    var statements = AgentStatements(path: path)
    for name in order {
      guard let run = runs[name] else { continue }
      let place = Evidence(.measured, run.location, note: "n = \(run.count) runs\(window)")
      var system = AutomationSystem(
        name: name,
        source: unnamed && name == stem(of: lastComponent(of: path))
          ? Evidence(
            .inferred, run.location, note: "named after its file, for its spans name no service")
          : Evidence(.imported, run.location))
      system.kind.state(
        .agent,
        Evidence(
          run.isAgent ? .imported : .inferred, run.location,
          note: run.isAgent ? "an agent's span" : "a service that calls language models"))
      if let id = run.id { system.addAlias(id) }
      if let purpose = singleLine(run.purpose) {
        system.purpose.state(purpose, Evidence(.imported, run.location))
      }
      for model in run.models { system.addModel(model) }
      state(run, place, in: &system)
      statements.add(system)
      for use in uses[name] ?? [] { add(use, by: name, to: &statements) }
    }
    if statements.reading.fragment.connections.isEmpty {
      statements.reading.note(
        .info, "the spans name neither a provider nor a tool", at: SourceLocation(path: path))
    }
    return statements.reading
  }

  private func state(_ run: Runs, _ evidence: Evidence, in system: inout AutomationSystem) {
    if let first, let last, last - first >= 86_400, run.count > 0 {
      system.volume.state(
        Frequency(count: Double(run.count) / ((last - first) / 86_400), per: .day), evidence)
    } else {
      system.unknowns.append(
        "How often it runs: its spans cover less than a day, or have no times.")
    }
    if run.timed > 0, let mean = TimeSpan(seconds: run.seconds / Double(run.timed)) {
      system.runTime.state(
        mean,
        Evidence(.measured, run.location, note: "n = \(run.timed) runs with start and end\(window)")
      )
    }
    // One run tells nothing of how often runs fail.
    if run.count > 1, let rate = Probability(Double(run.failed) / Double(run.count)) {
      system.failureRate.state(rate, evidence)
    }
  }

  private func add(_ use: Use, by name: String, to statements: inout AgentStatements) {
    var note = "n = \(use.count) calls\(window)"
    if use.timed > 0 { note += ", mean \(rounded(use.seconds / Double(use.timed))) s" }
    if use.counted > 0 {
      note += ", mean \(rounded(use.input / Double(use.counted))) tokens in"
      note += " and \(rounded(use.output / Double(use.counted))) out (n = \(use.counted))"
    }
    if use.failed > 0 { note += ", \(use.failed) failed" }
    statements.connect(
      EntityReference(.system, name), use.kind, use.target, use.channel, use.action,
      Evidence(.measured, use.location, note: note))
  }

  /// With two decimals at most.
  private func rounded(_ number: Double) -> String {
    guard number.isFinite, number < 1e12 else { return "0" }
    let hundredths = (number * 100).rounded()
    let whole = (hundredths / 100).rounded(.down)
    let rest = Int(hundredths - whole * 100)
    if rest == 0 { return "\(Int(whole))" }
    return "\(Int(whole)).\(rest < 10 ? "0" : "")\(rest)"
  }
}
