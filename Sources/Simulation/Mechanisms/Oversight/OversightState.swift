internal import EventEngine
internal import Statistics

// Mechanism *oversight*, its tables and state. Brief rows 66, 114–120, 133–135.

/// The oversight of a guardrail, as a plain row.
struct OversightRow: BitwiseCopyable {
  var isOn = false
  var firstRung: Int32 = 0
  var rungCount: Int32 = 0
  var start: Int32 = 0
  var firstTier: Int32 = 0
  var tierCount: Int32 = 0
  var isControlled = false
  var controller = OversightController(promoteBelow: 0, demoteAbove: 1)
  /// 0 for none.
  var designEvery: Int64 = 0
  var designWork: CompiledSampler
  var designErrand: Int32 = -1
  var shareStream: RandomStream
  var designStream: RandomStream
}

/// A tier, as a plain row.
struct OversightTierRow: BitwiseCopyable {
  /// −1 holds always.
  var condition: Int32
  var share: Double
}

/// Where the oversight of a guardrail stands.
struct OversightPlace: BitwiseCopyable {
  var rung: Int32
  /// Reviews since it came here, and those that found an error; halved now and then.
  var checks: Int64 = 0
  var errors: Int64 = 0
  var designs: UInt32 = 0
  var awaitsDesign = false
}

/// Tables and state of oversight; row = stack · guardrails + guardrail.
struct OversightState: ~Copyable {
  let isOn: Bool
  let rows: FlatArray<OversightRow>
  let rungs: FlatArray<OversightRung>
  let tiers: FlatArray<OversightTierRow>
  var places: FlatArray<OversightPlace>

  /// - Parameter conditions: of the tiers of all stacks' guardrails, one after the other; −1 holds always.
  init(stacks: [StackModel], firstErrands: [Int32], conditions: [Int32]) {
    var rows: [OversightRow] = []
    var rungs: [OversightRung] = []
    var tiers: [OversightTierRow] = []
    for (index, stack) in stacks.enumerated() {
      for (number, guardrail) in stack.guardrails.enumerated() {
        let streams = Self.streams(of: guardrail.name)
        var row = OversightRow(
          designWork: (guardrail.oversight?.design?.work ?? .zero).sampler,
          shareStream: streams[0], designStream: streams[1])
        if let model = guardrail.oversight {
          row.isOn = true
          row.firstRung = Int32(rungs.count)
          row.rungCount = Int32(model.rungs.count)
          row.start = Int32(model.start)
          row.firstTier = Int32(tiers.count)
          row.tierCount = Int32(model.tiers.count)
          if let controller = model.controller {
            row.isControlled = true
            row.controller = controller
          }
          row.designEvery = model.design?.every ?? 0
          row.designErrand =
            stack.errandIndex(.oversightDesign, number: number)
            .map { firstErrands[index] + Int32($0) } ?? -1
          rungs += model.rungs
          for tier in model.tiers {
            tiers.append(OversightTierRow(condition: conditions[tiers.count], share: tier.share))
          }
        }
        rows.append(row)
      }
    }
    isOn = rows.contains(where: \.isOn)
    self.rungs = FlatArray(rungs)
    self.tiers = FlatArray(tiers)
    places = FlatArray(isOn ? rows.map { OversightPlace(rung: $0.start) } : [])
    self.rows = FlatArray(isOn ? rows : [])
  }

  /// Whether a firing is looked at, and the work of design.
  static func streams(of guardrail: String) -> [RandomStream] {
    ["overseen", "design work"].map { RandomStream("guardrail \(guardrail)", $0) }
  }
}

extension StackModel {
  /// Work on the design of what is overseen.
  var oversightErrands: [ErrandModel] {
    guardrails.enumerated().compactMap { number, guardrail in
      guardrail.oversight?.design.map { design in
        ErrandModel(
          .oversightDesign, number: number, name: "design for \(guardrail.name)",
          team: design.team, isTicket: false, component: .upkeep, event: .designWork)
      }
    }
  }
}
