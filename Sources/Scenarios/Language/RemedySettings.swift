public import Simulation
public import Statistics

extension GuardrailSettings {
  /// What it means that a reviewer has the skills of the decision, or not.
  public struct Expertise: Sendable, Hashable {
    /// Who has them all is qualified.
    public var skills: [String]
    /// Reviews by somebody qualified.
    public var matched: ExpertiseModel.Effect
    /// Reviews by anybody else.
    public var unmatched: ExpertiseModel.Effect
  }

  /// Periodic review of what a guardrail costs and prevents, and its redesign.
  public struct Redesign: Sendable, Hashable {
    /// Time from one look to the next, in seconds.
    public var every: Double
    /// Team that looks; `nil` where that takes no people.
    public var reviewTeam: String?
    /// Working time of a look, in seconds; `nil` for none.
    public var reviewTime: Distribution?
    /// Fewest tickets answered before anything is decided.
    public var minimum: Int
    /// Confidence of the interval of what is prevented.
    public var confidence: Double
    /// Which end of it the cost must exceed.
    public var bound: RedesignModel.Bound
    /// Share of needed firings that still make tickets afterwards.
    public var keepsNeeded: Double
    /// Share of all others that still do.
    public var keepsNeedless: Double
    /// Work of the redesign, in seconds; `nil` for none.
    public var work: Distribution?
    /// Team whose work that is; `nil` for none.
    public var workTeam: String?
    /// Time from then until it takes effect, in seconds; `nil` for none.
    public var leadTime: Distribution?
    /// Price of the redesign, in the currency's main unit.
    public var price: Double
  }
}
