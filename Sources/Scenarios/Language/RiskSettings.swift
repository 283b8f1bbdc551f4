public import Simulation
public import Statistics

/// What can go badly wrong.
public struct RiskSettings: Sendable {
  /// Factors on losses, by condition.
  public var criticality: [CriticalityModel] = []
  /// Errors that spread and are looked for; `nil` for neither.
  public var errors: Errors?

  /// What an incident costs.
  public struct Incident: Sendable, Hashable {
    /// In the main unit of the currency; `nil` for none.
    public var loss: Distribution?
    /// In seconds; `nil` for at once.
    public var foundAfter: Distribution?
    /// Work that it makes; `nil` for none.
    public var work: TeamWorkSettings?
  }

  /// Errors nobody has noticed.
  public struct Errors: Sendable {
    /// Probability that an automation errs because of one.
    public var spread: Double
    /// The same for people.
    public var spreadToPeople: Double
    /// Probability that people notice.
    public var noticed: Double
    /// Checks in file order.
    public var checks: [Check]
    /// What one costs that escapes; `nil` for nothing.
    public var escaped: Incident?
  }

  /// Somebody who looks for errors.
  public struct Check: Sendable, Hashable {
    /// Name.
    public var name: String
    /// Element ids of the activities after which it is made.
    public var after: [String]
    /// The automation that checks; `nil` where people do.
    public var automation: String?
    /// The team that checks; `nil` where an automation does.
    public var team: String?
    /// Share of cases.
    public var share: Double
    /// In seconds.
    public var time: Distribution
    /// Price of a check.
    public var price: Double
    /// Sensitivity.
    public var finds: Double
    /// One less the specificity.
    public var falseAlarms: Double
    /// Of missing an error with making it.
    public var correlation: Double
    /// Who puts right what it finds; `nil` where that is done at once.
    public var correction: TeamWorkSettings?
  }

  /// Automations that check.
  var checkers: [String] { (errors?.checks ?? []).compactMap(\.automation) }

  /// What teams have to do.
  var needs: [(team: String, why: String)] {
    var needs: [(String, String)] = []
    for check in errors?.checks ?? [] {
      if let team = check.team { needs.append((team, "the check '\(check.name)'")) }
      if let work = check.correction {
        needs.append((work.team, "the alarms of the check '\(check.name)'"))
      }
    }
    if let work = errors?.escaped?.work { needs.append((work.team, "escaped errors")) }
    return needs
  }
}
