import Facts
public import IntegrationGraph
public import Inventory

/// What can be said for an answer without asking anybody: of the estate, its audit, and simulations.
public struct QuestionnaireEvidence: Sendable {
  /// Vendors of the products that automations in use run on, by name; inferred from product names.
  public var vendors: [String] = []
  /// Standards in use: MCP and A2A by connections, BPMN and DMN by processes and decision tables.
  public var standards: [String] = []
  /// What assessments of the audit say, by identifier.
  public var summaries: [String: String] = [:]
  /// Layers that were simulated.
  public var uses: [PlatformUse] = []

  /// Evidence of nothing.
  public init() {}

  /// Evidence of an estate and its audit.
  public init(estate: Estate, graph: IntegrationGraph, report: AuditReport) {
    var vendors: Set<String> = []
    for system in estate.systems where system.isAlive {
      if let technology = system.technology.value, !isPlaceholder(technology),
        !isOwnDevelopment(technology)
      {
        vendors.insert(productVendor(technology))
      }
    }
    self.vendors = vendors.sorted()
    if graph.edges.contains(where: { $0.channel == .mcp }) { standards.append("MCP") }
    if graph.edges.contains(where: { $0.channel == .a2a }) { standards.append("A2A") }
    if !estate.processes.isEmpty { standards.append("BPMN") }
    if !estate.decisions.isEmpty { standards.append("DMN") }
    for table in report.assessments { summaries[table.id] = table.summary }
  }
}

/// How a layer is used, as a simulation has it.
public struct PlatformUse: Hashable, Sendable {
  /// Where the figures are from: scenario, variant, replications.
  public var source: String
  /// Name of the layer in the scenario.
  public var layer: String
  /// Time of one hop, in seconds.
  public var latency: Double
  /// Hops that it handles at once.
  public var concurrent: Int
  /// Automations that ran.
  public var automations: Int
  /// Cases a year.
  public var cases: Volume
  /// Hops through the layer a year.
  public var hops: Volume

  /// A mean with its interval over replications.
  public struct Volume: Hashable, Sendable {
    /// The mean.
    public var mean: Double
    /// Ends of the 95 % interval.
    public var interval: ClosedRange<Double>

    /// Creates a volume.
    public init(_ mean: Double, _ interval: ClosedRange<Double>) {
      self.mean = mean
      self.interval = interval
    }
  }

  /// Creates the use of a layer.
  public init(
    source: String, layer: String, latency: Double, concurrent: Int, automations: Int,
    cases: Volume, hops: Volume
  ) {
    self.source = source
    self.layer = layer
    self.latency = latency
    self.concurrent = concurrent
    self.automations = automations
    self.cases = cases
    self.hops = hops
  }

  /// Share of the time that the layer's places are taken, on average over a year.
  public var load: Double {
    hops.mean * latency / (Double(concurrent) * 365.25 * 86_400)
  }
}
