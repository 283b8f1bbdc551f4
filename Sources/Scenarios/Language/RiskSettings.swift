public import Simulation
public import Statistics

/// What can go badly wrong.
public struct RiskSettings: Sendable {
  /// Factors on losses, by condition.
  public var criticality: [CriticalityModel] = []
  /// Errors that spread and are looked for; `nil` for neither.
  public var errors: Errors?
  /// Policies in file order.
  public var violations: [Violation] = []
  /// Automations that somebody gets hold of; `nil` for none.
  public var compromise: Compromise?
  /// Classes of data in file order.
  public var leaks: [Leak] = []
  /// Failures that take others down; `nil` for none.
  public var cascade: Cascade?

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

  /// A policy that may be violated.
  public struct Violation: Sendable, Hashable {
    /// Name.
    public var name: String
    /// Element ids of the activities that decide.
    public var at: [String]
    /// Probability for automations.
    public var share: Double
    /// Probability for people.
    public var byPeople: Double
    /// Audits; `nil` for none.
    public var audited: Audit?
    /// How it comes out otherwise; `nil` for never.
    public var exposed: Exposure?
  }

  /// Audits of decisions.
  public struct Audit: Sendable, Hashable {
    /// Period in seconds.
    public var every: Double
    /// Share of decisions.
    public var share: Double
    /// Probability of finding a violation.
    public var finds: Double
    /// Who audits.
    public var work: TeamWorkSettings
    /// Who puts right what is found; `nil` for nobody.
    public var correction: TeamWorkSettings?
  }

  /// How a violation comes out.
  public struct Exposure: Sendable, Hashable {
    /// Probability.
    public var share: Double
    /// In seconds.
    public var after: Distribution
    /// What it costs.
    public var incident: Incident
  }

  /// Automations that somebody gets hold of.
  public struct Compromise: Sendable, Hashable {
    /// Those that are attacked.
    public var of: [String]
    /// In seconds.
    public var every: Distribution
    /// Who trusts whom: by the one that is trusted.
    public var trustedBy: [String: [String]]
    /// Probability of spreading along trust.
    public var spread: Double
    /// Probability through applications in common.
    public var sharedApplications: Double
    /// Probability through the layer.
    public var layer: Double
    /// In seconds; `nil` for at once.
    public var spreadAfter: Distribution?
    /// Probability that work affects its case.
    public var affects: Double
    /// In seconds.
    public var foundAfter: Distribution
    /// In seconds; `nil` where nothing is stopped.
    public var containedFor: Distribution?
    /// Who looks into it; `nil` for nobody.
    public var investigation: TeamWorkSettings?
    /// What a case costs; `nil` for nothing.
    public var cases: Incident?
  }

  /// A class of data.
  public struct Leak: Sendable, Hashable {
    /// Name.
    public var name: String
    /// Which cases; `nil` for all.
    public var condition: CaseCondition?
    /// Element ids of the activities that collect them; empty where cases come with them.
    public var collectedAt: [String]
    /// Automations and applications that are cleared.
    public var cleared: [String]
    /// Probability for each of the others.
    public var share: Double
    /// Probability for people.
    public var byPeople: Double
    /// What a leak costs.
    public var incident: Incident
  }

  /// Failures that take others down.
  public struct Cascade: Sendable, Hashable {
    /// Automations that the failure of an automation or application takes down.
    public var couples: [String: [String]]
    /// Probability for those.
    public var share: Double
    /// Probability through applications in common.
    public var sharedApplications: Double
    /// In seconds; `nil` for at once.
    public var after: Distribution?
    /// In seconds.
    public var lasts: Distribution
    /// Probability of an inconsistent state.
    public var inconsistent: Double
    /// Who rolls back; `nil` for nobody.
    public var rollBack: TeamWorkSettings?
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
    for policy in violations {
      let audits = [policy.audited?.work, policy.audited?.correction].compactMap(\.self)
      needs += audits.map { ($0.team, "audits of '\(policy.name)'") }
      if let work = policy.exposed?.incident.work {
        needs.append((work.team, "violations of '\(policy.name)'"))
      }
    }
    if let work = compromise?.investigation { needs.append((work.team, "investigations")) }
    if let work = compromise?.cases?.work { needs.append((work.team, "cleaning up")) }
    if let work = cascade?.rollBack { needs.append((work.team, "inconsistent states")) }
    for leak in leaks {
      if let work = leak.incident.work { needs.append((work.team, "leaks of '\(leak.name)'")) }
    }
    return needs
  }
}
