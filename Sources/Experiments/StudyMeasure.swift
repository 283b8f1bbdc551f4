internal import Simulation

/// Something that each replication of a variant has one number of: a headline figure, what remains to be
/// done at the end, or when queues are exhausted.
public enum StudyMeasure: Sendable, Hashable {
  /// A headline figure.
  case figure(Figure)
  /// Work that remains with the watched teams at the close of the horizon's last working day, in hours.
  case backlog
  /// Whether a watched team is exhausted within the horizon by the definition that decides: 1 or 0.
  case exhaustion
  /// Working days until that, the length of the horizon where it does not happen.
  case daysToExhaustion

  /// All measures: the figures in their order, then the others.
  public static let all =
    Figure.allCases.map(StudyMeasure.figure) + [.backlog, .exhaustion, .daysToExhaustion]

  /// Name in files and on the command line.
  public var name: String {
    switch self {
    case .figure(let figure): figure.rawValue
    case .backlog: "backlog_hours"
    case .exhaustion: "exhaustion"
    case .daysToExhaustion: "days_to_exhaustion"
    }
  }

  /// The measure of a name; `nil` where there is none.
  public init?(name: String) {
    guard let measure = Self.all.first(where: { $0.name == name }) else { return nil }
    self = measure
  }

  /// Name for people.
  public var title: String {
    switch self {
    case .figure(let figure): figure.title
    case .backlog: "Backlog at the end"
    case .exhaustion: "P(exhaustion)"
    case .daysToExhaustion: "Working days to exhaustion"
    }
  }

  /// Unit of the values; `currency` is the scenario's ISO code.
  public func unit(currency: String) -> String {
    switch self {
    case .figure(let figure): figure.unit(currency: currency)
    case .backlog: "h of work"
    case .exhaustion: "share"
    case .daysToExhaustion: "working days"
    }
  }

  /// Whether less is better.
  public var lessIsBetter: Bool {
    switch self {
    case .figure(let figure): figure.lessIsBetter
    case .backlog, .exhaustion: true
    case .daysToExhaustion: false
    }
  }
}

extension StudyMeasure: Codable {
  /// Reads its name.
  public init(from decoder: any Decoder) throws {
    let name = try decoder.singleValueContainer().decode(String.self)
    guard let measure = StudyMeasure(name: name) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "'\(name)' is no measure"))
    }
    self = measure
  }

  /// Writes its name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}

/// The measures of all variants, replication by replication.
struct MeasuredStudy: Sendable {
  /// By variant, then by replication; `nil` where a replication has no such number.
  private var values: [[StudyMeasure: [Double?]]]

  /// Reads them out of records: of each variant as many replications as there are of all.
  ///
  /// - Parameter measures: which are wanted; exhaustion takes a while.
  init(
    _ design: StudyDesign, records: [[ReplicationRecord]],
    measures: [StudyMeasure] = StudyMeasure.all
  ) {
    let needsDates = measures.contains(.exhaustion) || measures.contains(.daysToExhaustion)
    values = design.variants.indices.map { index in
      let model = design.variants[index].model
      let own = records[index]
      var result: [StudyMeasure: [Double?]] = [:]
      let dates: [Int?]? =
        needsDates
        ? ExhaustionDates(
          model: model, records: own, baseline: records[design.baseline],
          isBaseline: index == design.baseline, rule: design.exhaustion
        ).decidingDates : nil
      let days = model.timeline.horizonDays
      for measure in measures {
        switch measure {
        case .figure(let figure):
          result[measure] = own.map { figure.value(in: $0, of: model) }
        case .backlog:
          result[measure] = own.map { record in
            guard days > 0 else { return nil }
            return design.exhaustion.watchedTeams.reduce(0) {
              $0 + Double(record.teams[$1].remainingContent[days - 1]) / 3600e6
            }
          }
        case .exhaustion:
          result[measure] = (dates ?? []).map { $0 == nil ? 0 : 1 }
        case .daysToExhaustion:
          let stride = Double(model.timeline.daysPerSample)
          result[measure] = (dates ?? []).map { Double($0 ?? days) * stride }
        }
      }
      return result
    }
  }

  /// The values of a measure of a variant, by replication.
  func values(_ measure: StudyMeasure, ofVariant index: Int) -> [Double?] {
    values[index][measure] ?? []
  }

  /// Pairs of two variants, where both have the number.
  func pairs(
    _ measure: StudyMeasure, _ first: Int, _ second: Int
  ) -> [(first: Double, second: Double)] {
    zip(values(measure, ofVariant: first), values(measure, ofVariant: second))
      .compactMap { a, b in
        guard let a, let b else { return nil }
        return (a, b)
      }
  }
}
