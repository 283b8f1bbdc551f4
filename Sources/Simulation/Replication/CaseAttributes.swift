internal import EventEngine
internal import Statistics

// Mechanism *attributes*: what is known of a case, drawn when it arrives and changed by activities.
// Conditions, urgency, guardrails and batches read it. A case has the same attributes in every variant,
// since the draws are keyed by the attribute's name and the case.

/// How attributes are drawn, and their present values, one row for each case.
struct CaseAttributes: ~Copyable {
  let count: Int
  /// Values by case slot and attribute.
  var values: FlatRows<Double>
  fileprivate let rows: FlatArray<AttributeRow>
  fileprivate let draws: FlatArray<DrawRow>
  /// Cumulative shares of all draws of positions.
  fileprivate let cumulative: FlatArray<Double>
  fileprivate let updates: FlatArray<UpdateRow>
  /// Normal scores of the case that arrives.
  fileprivate var scores: FlatArray<Double>
  /// Values that cases bring with them, by ordinal, for so many cases and in so many columns.
  fileprivate let listed: FlatArray<Double>
  fileprivate let listedCases: Int
  fileprivate let listedColumns: Int

  /// Updates stand in the order of stacks, activities and updates, as `EffectTable` numbers them.
  init(model: SimulationModel, stacks: [StackModel]) {
    count = model.attributes.count
    values = FlatRows(blank: 0, columns: count)
    scores = FlatArray(repeating: 0, count: count)
    let demand = model.demand
    let first = demand.firstInstant(notBefore: model.timeline.runInStart)
    let list = demand.listed.map { $0.rows(first..<$0.count) }
    listed = FlatArray(list?.values ?? [])
    listedCases = list?.count ?? 0
    listedColumns = list?.attributes.count ?? 0
    var draws: [DrawRow] = []
    var cumulative: [Double] = []
    func add(_ draw: AttributeDraw) {
      switch draw {
      case .number(let sampler):
        draws.append(DrawRow(sampler: sampler, firstShare: 0, shareCount: 0))
      case .position(let shares):
        draws.append(
          DrawRow(
            sampler: SampledTime.zero.sampler, firstShare: Int32(cumulative.count),
            shareCount: Int32(shares.count)))
        var sum = 0.0
        for share in shares {
          sum += share
          cumulative.append(sum)
        }
      }
    }
    let scored = Set(model.attributes.compactMap { $0.correlation?.attribute })
    var rows: [AttributeRow] = []
    for attribute in model.attributes {
      let rho = attribute.correlation?.coefficient ?? 0
      var row = AttributeRow(
        stream: Self.stream(of: attribute.name), firstDraw: Int32(draws.count), given: -1,
        correlatedWith: Int32(attribute.correlation?.attribute ?? -1), coefficient: rho,
        residual: max(0, 1 - rho * rho).squareRoot(),
        hasScore: attribute.correlation != nil || scored.contains(rows.count),
        column: Int32(list?.attributes.firstIndex(of: rows.count) ?? -1))
      switch attribute.value {
      case .drawn(let draw): add(draw)
      case .given(let given, let choices):
        row.given = Int32(given)
        for choice in choices { add(choice) }
      }
      rows.append(row)
    }
    var updates: [UpdateRow] = []
    for stack in stacks {
      for (index, activity) in stack.activities.enumerated() {
        for update in activity.updates {
          updates.append(
            UpdateRow(
              attribute: Int32(update.attribute), draw: Int32(draws.count),
              stream: Self.stream(
                ofUpdate: model.attributes[update.attribute].name,
                at: model.flow.activityID(index))))
          add(update.draw)
        }
      }
    }
    self.rows = FlatArray(rows)
    self.draws = FlatArray(draws)
    self.cumulative = FlatArray(cumulative)
    self.updates = FlatArray(updates)
  }

  private static func stream(of name: String) -> RandomStream {
    RandomStream("attribute \(name)", "value")
  }

  private static func stream(ofUpdate name: String, at element: String) -> RandomStream {
    RandomStream(element, "sets \(name)")
  }

  /// All streams of a model's attributes, for the check that none collide.
  static func streams(of model: SimulationModel) -> [RandomStream] {
    var streams = model.attributes.map { stream(of: $0.name) }
    for (index, activity) in model.stack.activities.enumerated() {
      let names = Set(activity.updates.map { model.attributes[$0.attribute].name }).sorted()
      streams += names.map { stream(ofUpdate: $0, at: model.flow.activityID(index)) }
    }
    return streams
  }
}

private struct AttributeRow: BitwiseCopyable {
  var stream: RandomStream
  /// First of its draws; further ones are for further values of the attribute it is given by.
  var firstDraw: Int32
  /// Attribute whose value chooses the draw; −1 for none.
  var given: Int32
  /// Attribute whose normal score it depends on; −1 for none.
  var correlatedWith: Int32
  var coefficient: Double
  /// √(1 − coefficient²).
  var residual: Double
  /// Whether its normal score counts, for itself or for one that is correlated with it.
  var hasScore: Bool
  /// Where cases bring its value with them; −1 where it is drawn for all.
  var column: Int32
}

private struct DrawRow: BitwiseCopyable {
  var sampler: CompiledSampler
  var firstShare: Int32
  /// 0 where a number is drawn.
  var shareCount: Int32
}

private struct UpdateRow: BitwiseCopyable {
  var attribute: Int32
  var draw: Int32
  var stream: RandomStream
}

extension Replication {
  /// Draws the attributes of a case that arrives.
  mutating func drawAttributes(of caseSlot: Int32) {
    let ordinal = cases[caseSlot].ordinal
    attributes.values.clear(row: caseSlot)
    for index in 0..<attributes.count {
      let row = attributes.rows[index]
      // Given cases have ordinals beyond those of any list.
      if row.column >= 0, Int(ordinal) <= attributes.listedCases {
        attributes.values[caseSlot, index] =
          attributes.listed[(Int(ordinal) - 1) * attributes.listedColumns + Int(row.column)]
        continue
      }
      var uniform =
        model.balancesBranching
        ? balancedDraw(row.stream, ordinal: ordinal, visit: 0)
        : random.uniform(row.stream, ordinal: ordinal)
      if row.hasScore {
        var score = normalQuantile(uniform)
        if row.correlatedWith >= 0 {
          // An attribute stands after the one it is correlated with, whose score is there.
          score =
            row.coefficient * attributes.scores[Int(row.correlatedWith)] + row.residual * score
          uniform = min(max(normalCDF(score), 0x1p-54), 1 - 0x1p-53)
        }
        attributes.scores[index] = score
      }
      let choice = row.given < 0 ? 0 : Int32(attributes.values[caseSlot, Int(row.given)])
      attributes.values[caseSlot, index] = attributeValue(row.firstDraw + choice, uniform)
    }
  }

  /// Completion effect: an activity gives an attribute a new value.
  mutating func updateAttribute(_ update: Int32, on token: Int32) -> EffectOutcome {
    let row = attributes.updates[Int(update)]
    let uniform =
      model.balancesBranching
      ? balancedDraw(row.stream, for: token) : draw(row.stream, for: token)
    attributes.values[tokens[token].caseSlot, Int(row.attribute)] = attributeValue(
      row.draw, uniform)
    return .proceed
  }

  private func attributeValue(_ draw: Int32, _ uniform: Double) -> Double {
    let row = attributes.draws[Int(draw)]
    if row.shareCount == 0 { return row.sampler.value(forUniform: uniform, in: samplerTable) }
    // The last share ends at 1, whatever rounding made of its sum; one without share is not chosen.
    var chosen: Int32 = 0
    var before = 0.0
    for position in 0..<row.shareCount {
      let until = attributes.cumulative[Int(row.firstShare + position)]
      if until > before { chosen = position }
      if uniform < until { break }
      before = until
    }
    return Double(chosen)
  }

  /// What cases of one batch must have in common: the bits of an attribute's value.
  @inline(__always)
  func similarityKey(of caseSlot: Int32, attribute: Int) -> UInt64 {
    // −0 and 0 are one value.
    (attributes.values[caseSlot, attribute] + 0).bitPattern
  }
}
