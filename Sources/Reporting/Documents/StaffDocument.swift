internal import EventEngine
internal import Experiments
public import Scenarios
internal import Simulation

/// What `rehearse scenario check --format json` prints: the teams of each variant and what they are
/// expected to have to do; every field is defined in `docs/reference/outputs.md`.
public struct StaffDocument: Encodable, Sendable {
  /// The scenario file.
  public var scenario: String
  /// Runs of each variant.
  public var replications: Int
  /// Variants in file order.
  public var variants: [Variant]
  /// Things that should be looked at.
  public var warnings: [String]

  /// The teams of a variant.
  public struct Variant: Encodable, Sendable {
    /// Name.
    public var name: String
    /// Title.
    public var title: String
    /// Teams in file order.
    public var teams: [Team]
  }

  /// A team.
  public struct Team: Encodable, Sendable {
    /// Name.
    public var name: String
    /// Number of people.
    public var people: Int
    /// Hours that they are on shift together in a week, the mean over the horizon.
    public var hoursPerWeek: Double
    /// Hours of work at a speed of 100 % that they do in these hours.
    public var capacityPerWeek: Double
    /// People who have each skill that anybody of the team has, most first.
    public var skills: [Skill]
    /// Expected work over capacity in the first week of the horizon.
    public var firstWeekUtilisation: Double
    /// The same in the last week.
    public var lastWeekUtilisation: Double
  }

  /// A skill and how many have it.
  public struct Skill: Encodable, Sendable {
    /// Name.
    public var name: String
    /// Number of people.
    public var people: Int
  }

  /// Sums up the teams of a compiled scenario.
  ///
  /// - Parameter path: the scenario file, as shown to people.
  public init(_ scenario: CompiledScenario, path: String) {
    self.scenario = path
    replications = scenario.replications
    warnings = scenario.warnings.map(\.description)
    variants = scenario.variants.map { variant in
      Variant(
        name: variant.name, title: variant.title,
        teams: variant.model.stack.teams.indices.map {
          Team($0, of: variant.model, skillNames: scenario.skills)
        })
    }
  }
}

extension StaffDocument.Team {
  fileprivate init(_ index: Int, of model: SimulationModel, skillNames: [String]) {
    let team = model.stack.teams[index]
    let horizon = model.timeline.horizon
    let weeks = Double(horizon) / 604_800e6
    // Large teams have many people and few calendars.
    let hours = model.calendars.map { Double($0.workTime(from: 0, to: horizon)) / 3600e6 }
    let forecast = FluidForecast(team: index, model: model)
    var counts = [Int](repeating: 0, count: skillNames.count)
    for person in team.people {
      for skill in person.skills { counts[skill] += 1 }
    }
    let skills = counts.indices.filter { counts[$0] > 0 }
      .sorted { (-counts[$0], skillNames[$0]) < (-counts[$1], skillNames[$1]) }
    name = team.name
    people = team.people.count
    hoursPerWeek = team.people.reduce(0) { $0 + hours[$1.calendar] } / weeks
    capacityPerWeek = team.people.reduce(0) { $0 + hours[$1.calendar] * $1.speed } / weeks
    self.skills = skills.map { StaffDocument.Skill(name: skillNames[$0], people: counts[$0]) }
    firstWeekUtilisation = forecast.firstWeekIntensity
    lastWeekUtilisation = forecast.lastWeekIntensity
  }
}
