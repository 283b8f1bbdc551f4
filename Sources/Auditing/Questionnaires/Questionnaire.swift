public import Facts

/// A questionnaire with its answers, as its file has them.
public struct Questionnaire: Hashable, Sendable {
  /// What it asks.
  public var kind: QuestionnaireKind
  /// Title; `nil` for the kind's own.
  public var title: String?
  /// The platforms that are looked at, in file order.
  public var platforms: [Platform] = []
  /// Weights of the criteria, by key, each 0 or more; a criterion without one has none.
  public var weights: [String: Double] = [:]
  /// How many workflows run on a platform, for prices per workflow; `nil` where it is not said.
  public var workflows: Double?
  /// Answers, in file order; at most one for each platform and item.
  public var answers: [Answer] = []

  /// Creates a questionnaire without answers.
  public init(_ kind: QuestionnaireKind) { self.kind = kind }

  /// The best score of a criterion.
  public static let bestScore = 5.0

  /// A platform, or the vendor of one.
  public struct Platform: Hashable, Sendable {
    /// Its key in the file.
    public var key: String
    /// Its name for people.
    public var title: String
    /// The layer of the scenario that stands for it; `nil` for the only one of the variant.
    public var layer: String?
    /// Vendors that it connects; `nil` where it is not said.
    public var connects: [String]?
    /// Standards that it keeps to; `nil` where it is not said.
    public var standards: [String]?
    /// Its prices, by model.
    public var prices: [PriceModel: Price] = [:]

    /// Creates a platform of which nothing is said.
    public init(_ key: String, title: String? = nil) {
      self.key = key
      self.title = title ?? key
    }
  }

  /// A price of a platform.
  public struct Price: Hashable, Sendable {
    /// Amount, in units of the currency.
    public var amount: Double
    /// ISO 4217 code.
    public var currency: String
    /// What it is paid for.
    public var unit: Unit

    /// What a price is paid for.
    public enum Unit: String, Hashable, Sendable, CaseIterable {
      /// A month, 1/12 of a year.
      case month
      /// A year.
      case year
      /// A hop through the layer.
      case hop
      /// A case.
      case `case`
    }

    /// Creates a price.
    public init(_ amount: Double, _ currency: String, per unit: Unit) {
      self.amount = amount
      self.currency = currency
      self.unit = unit
    }
  }

  /// An answer.
  public struct Answer: Hashable, Sendable {
    /// Key of the platform it is about.
    public var platform: String
    /// Key of the item it answers.
    public var item: String
    /// The score, 0...`bestScore`, with what is not known of it as its width; of a checklist from 0 (no) to
    /// `bestScore` (yes).
    public var score: ClosedRange<Double>
    /// What was shown of the artefact that the item demands; `nil` for nothing.
    public var artefact: String?
    /// Why.
    public var because: String?
    /// Who answered; `nil` for what was computed.
    public var by: String?
    /// When it was answered; `nil` for what was computed.
    public var on: CalendarDay?
    /// What it was computed of; `nil` for what somebody answered.
    public var basis: String?

    /// Creates an answer.
    public init(
      platform: String, item: String, score: ClosedRange<Double>, artefact: String? = nil,
      because: String? = nil, by: String? = nil, on: CalendarDay? = nil, basis: String? = nil
    ) {
      self.platform = platform
      self.item = item
      self.score = score
      self.artefact = artefact
      self.because = because
      self.by = by
      self.on = on
      self.basis = basis
    }
  }

  /// The answer of a platform to an item; `nil` where there is none, which is unknown and not zero.
  public func answer(_ platform: String, _ item: String) -> Answer? {
    answers.first { $0.platform == platform && $0.item == item }
  }

  /// Gives an answer; what somebody answered outweighs what is computed, and a new answer the one before.
  public mutating func give(_ answer: Answer) {
    if let position = answers.firstIndex(where: {
      $0.platform == answer.platform && $0.item == answer.item
    }) {
      if answer.basis != nil, answers[position].basis == nil { return }
      answers[position] = answer
    } else {
      answers.append(answer)
    }
  }
}
