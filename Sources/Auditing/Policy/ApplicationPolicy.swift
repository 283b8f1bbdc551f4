import DocumentReading
public import Facts
public import Inventory

/// What the organisation says of an application; what it does not say stays unknown.
public struct ApplicationPolicy: Hashable, Sendable, Codable {
  /// Name or another name of the application.
  public var name: String
  /// Releases of it a year that may change what users see; not negative.
  public var releasesPerYear: Double?
  /// Whether it has a programming interface.
  public var hasAPI: Bool?
  /// Whether that interface is documented.
  public var isAPIDocumented: Bool?
  /// Requests an hour that its interface takes; not negative.
  public var requestsPerHour: Double?
  /// Who makes it.
  public var vendor: String?
  /// How much depends on it.
  public var criticality: Criticality?
  /// Where it stands.
  public var location: SourceLocation

  /// Creates an entry of which only the name is said.
  public init(name: String, location: SourceLocation) {
    self.name = name
    self.location = location
  }
}

extension AuditPolicy {
  /// What is said of an application, by its name or one of its other names; `nil` where nothing is.
  func application(named names: [String]) -> ApplicationPolicy? {
    let keys = Set(names.map(nameKey))
    return applications.first { keys.contains(nameKey($0.name)) }
  }
}

extension PolicySection {
  /// Facts of applications that no export holds.
  static let applications = PolicySection(key: "applications") { node, policy, reading in
    for member in reading.members(node) {
      var application = ApplicationPolicy(name: member.key, location: member.keyLocation)
      let found = reading.group(
        member.value,
        keys: [
          "releases_per_year", "has_api", "documented_api", "requests_per_hour", "vendor",
          "criticality",
        ])
      let many = 0...Double.greatestFiniteMagnitude
      application.releasesPerYear = found["releases_per_year"].flatMap {
        reading.number($0, in: many)
      }
      application.hasAPI = found["has_api"].flatMap { reading.truth($0) }
      application.isAPIDocumented = found["documented_api"].flatMap { reading.truth($0) }
      application.requestsPerHour = found["requests_per_hour"].flatMap {
        reading.number($0, in: many)
      }
      application.vendor = found["vendor"].flatMap { reading.text($0) }
      application.criticality = found["criticality"].flatMap { reading.choice($0) }
      if policy.applications.contains(where: { nameKey($0.name) == nameKey(member.key) }) {
        reading.refuse(at: member.keyLocation, "'\(member.key)' stands here twice; keep one")
      }
      policy.applications.append(application)
    }
  }
}
