public import DocumentReading

/// How many calls an application gets in its busiest hour, as a simulation has it.
///
/// A plain value, so that the audit needs no simulation: whoever ran one fills it in.
public struct SimulatedLoad: Hashable, Sendable, Codable {
  /// Name or another name of the application.
  public var application: String
  /// Calls in the busiest hour; not negative.
  public var peakCallsPerHour: Double
  /// Where the figure is from, such as the name of a scenario.
  public var source: String

  /// Creates a load.
  public init(application: String, peakCallsPerHour: Double, source: String) {
    self.application = application
    self.peakCallsPerHour = peakCallsPerHour
    self.source = source
  }
}

extension PolicySection {
  /// Busiest hours of applications, as a rehearsal or a measurement has them.
  static let load = PolicySection(key: "load") { node, policy, reading in
    for member in reading.members(node) {
      let found = reading.group(member.value, keys: ["peak_calls_per_hour", "from"])
      guard let peak = found["peak_calls_per_hour"] else {
        reading.refuse(
          member.value, "'\(member.key)' has no 'peak_calls_per_hour'; say how many calls there are"
        )
        continue
      }
      let source = found["from"].flatMap { reading.text($0) }
      if let calls = reading.number(peak, in: 0...Double.greatestFiniteMagnitude) {
        policy.load.append(
          SimulatedLoad(
            application: member.key, peakCallsPerHour: calls, source: source ?? "the policy file"))
      }
    }
  }
}

/// The busiest hours of applications in the results of a study, of all its variants.
///
/// - Parameters:
///   - bytes: what `rehearse simulate` or `rehearse compare` wrote as JSON.
///   - path: The file's path, as shown to people.
/// - Throws: `DocumentError` where the file holds no such results, or no variant uses an application.
public func readSimulatedLoads(
  _ bytes: [UInt8], path: String
) throws(DocumentError) -> [SimulatedLoad] {
  let root = try parseJSON(bytes, path: path)
  var variants: [(name: String, node: DataNode)] = []
  if let one = root["variant"] {
    variants = [(root["name"]?.string ?? "", one)]
  } else if let all = root["variants"] {
    variants = (all.object ?? []).map { ($0.key, $0.value) }
  }
  guard !variants.isEmpty, let replications = root["replications"]?.int else {
    throw DocumentError(
      .malformed,
      "this is not what a study wrote, since it has no variants and replications; make it with: "
        + "rehearse compare SCENARIO --format json --output FILE", at: root.location)
  }
  var loads: [SimulatedLoad] = []
  for variant in variants {
    for node in variant.node["applications"]?.array ?? [] {
      guard let name = node["name"]?.string, let peak = node["busiestHourCalls"]?["mean"]?.double,
        peak >= 0, peak.isFinite
      else {
        throw DocumentError(
          .malformed,
          "an application has no name or no 'busiestHourCalls'; make the results anew with this "
            + "version of Rehearse", at: node.location)
      }
      let source =
        "\(path), variant '\(variant.name)', mean of \(counted(replications, "replication"))"
      loads.append(SimulatedLoad(application: name, peakCallsPerHour: peak, source: source))
    }
  }
  guard !loads.isEmpty else {
    throw DocumentError(
      .malformed,
      "no variant of this study uses an application; say under 'applications' and 'touches' of the "
        + "scenario what its activities call", at: root.location)
  }
  return loads
}
