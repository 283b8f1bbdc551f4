internal import EventEngine
internal import Statistics

// Applications and outages as plain rows for the hot path, and their state in a replication.
//
// Whatever can be down is a *unit*: first the applications, then the automations, then the layer.

/// A use of an application by work on an activity.
struct TouchRow: BitwiseCopyable {
  var application: Int32
  var requests: Int64
  var latencyStream: RandomStream
}

/// For each stack and activity, what human work on it touches, and what runs for it touch; each in the
/// order of the applications.
struct TouchTable: ~Copyable {
  let touches: FlatArray<TouchRow>
  /// Four numbers a row, row = stack · activities + activity: by hand from, to, by runs from, to.
  let ranges: FlatArray<Int32>
  /// Calls of others, row = stack · applications + application.
  let others: FlatArray<OtherLoadRow>
  /// Whether anything is touched at all.
  let isEmpty: Bool

  init(stacks: [StackModel], flow: FlowGraph) {
    var rows: [TouchRow] = []
    var ranges: [Int32] = []
    for stack in stacks {
      for index in stack.activities.indices {
        for isRun in [false, true] {
          ranges.append(Int32(rows.count))
          for touch in stack.touches(ofActivity: index, byAutomation: isRun) {
            let stream = Self.latencyStream(
              stack.applications[touch.application].name, flow.activityID(index), isRun: isRun)
            rows.append(
              TouchRow(
                application: Int32(touch.application), requests: Int64(touch.requests),
                latencyStream: stream))
          }
          ranges.append(Int32(rows.count))
        }
      }
    }
    isEmpty = rows.isEmpty
    others = FlatArray(
      stacks.flatMap { stack in
        stack.applications.indices.map { index in
          let row = OtherLoadRow(stack, application: index, touch: Int32(rows.count))
          if row.isOn {
            rows.append(
              TouchRow(application: Int32(index), requests: 1, latencyStream: row.timeStream))
          }
          return row
        }
      })
    touches = FlatArray(rows)
    self.ranges = FlatArray(ranges)
  }

  /// Human work and runs have their own draws: an exception after a run is another use.
  static func latencyStream(_ application: String, _ activity: String, isRun: Bool) -> RandomStream
  {
    RandomStream(
      "application \(application)", "latency \(isRun ? "of runs" : "by hand") at \(activity)")
  }
}

extension StackModel {
  /// What work on an activity touches, in the order of the applications, each once: by hand what the
  /// activity says, by its automation what either says, with the larger number of requests.
  func touches(ofActivity index: Int, byAutomation: Bool) -> [TouchModel] {
    let activity = activities[index]
    var requests: [Int: Int] = [:]
    let own = byAutomation ? activity.automation.map { automations[$0].touches } ?? [] : []
    for touch in activity.touches + own {
      requests[touch.application] = max(requests[touch.application] ?? 1, touch.requests)
    }
    return requests.keys.sorted().map { TouchModel(application: $0, requests: requests[$0] ?? 1) }
  }

  /// Whether any work touches an application.
  func isTouched(_ application: Int) -> Bool {
    activities.indices.contains { index in
      [false, true].contains { isRun in
        touches(ofActivity: index, byAutomation: isRun).contains { $0.application == application }
      }
    }
  }

  /// Outages of what is used and has any: of the applications, then the automations, then the layer.
  public var outagesByUnit: [OutageModel?] {
    applications.indices.map { isTouched($0) ? applications[$0].outages : nil }
      + automations.indices.map { index in
        activities.contains { $0.automation == index && $0.automationShare > 0 }
          || guardrails.contains { $0.handling?.opinion?.automation == index }
          || helpers.contains(index)
          ? automations[index].outages : nil
      } + [layer?.outages]
  }

  /// Names of the units, for their random numbers.
  var unitNames: [String] {
    applications.map { "application \($0.name)" } + automations.map { "automation \($0.name)" }
      + ["layer \(layer?.name ?? "")"]
  }
}

struct ApplicationRow: BitwiseCopyable {
  /// `Int32.max` for no limit.
  var concurrent: Int32
  var hasRateLimit: Bool
  var hasLatency: Bool
  var latency: CompiledSampler
  /// Parts of a token that come in a microsecond, parts of a token, and parts in a full bucket: counted
  /// in whole parts, the bucket is exact.
  var refill: Int64
  var token: Int64
  var capacity: Int64

  init(_ model: ApplicationModel) {
    concurrent = model.concurrent == 0 ? .max : Int32(clamping: model.concurrent)
    hasLatency = model.latency != nil
    latency = (model.latency ?? .zero).sampler
    hasRateLimit = model.rateLimit != nil
    let limit = model.rateLimit
    let divisor = greatestCommonDivisor(limit?.requests ?? 1, limit?.period ?? 1)
    refill = (limit?.requests ?? 1) / divisor
    token = (limit?.period ?? 1) / divisor
    capacity = (limit?.burst ?? 1) * token
  }

  func hasSameLimit(as other: ApplicationRow) -> Bool {
    refill == other.refill && token == other.token && capacity == other.capacity
  }

  /// Parts of tokens that a number of requests takes.
  func parts(of requests: Int64) -> Int64 {
    let product = requests.multipliedReportingOverflow(by: token)
    return product.overflow ? .max / 4 : min(product.partialValue, .max / 4)
  }
}

private func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return max(1, a)
}

/// An application in a replication.
struct ApplicationState: BitwiseCopyable {
  var inUse: Int32 = 0
  /// Queue of work that waits for it, through `UseState`.
  var head: Int32 = -1
  var tail: Int32 = -1
  /// Parts of tokens in the bucket when last looked at; negative in debt.
  var level: Int64 = 0
  var refilled: Int64 = 0
  /// Names the one event that is to wake the queue; 0 for none.
  var wakeStamp: UInt32 = 0
  var wakeAt: Int64 = 0
  /// Since when `inUse` has been what it is.
  var changed: Int64 = 0
  /// Calls of others so far, one that is scheduled included.
  var otherCalls: UInt32 = 0
  /// Hour of the clock in which it was last called, from day 0, and its calls in that hour.
  var hour: Int64 = -1
  var callsInHour: Int64 = 0
  var awaitsOtherCall = false
}

struct OutageRow: BitwiseCopyable {
  var isOn: Bool
  var every: CompiledSampler
  var repair: CompiledSampler
  var inProgress: InProgress
  /// −1 where the repair passes by itself.
  var repairTeam: Int32
  var everyStream: RandomStream
  var repairStream: RandomStream

  enum InProgress: UInt8, BitwiseCopyable {
    case resume
    case restart
    case fail
  }

  init(_ model: OutageModel?, name: String) {
    isOn = model != nil
    every = (model?.every ?? .zero).sampler
    repair = (model?.repair ?? .zero).sampler
    inProgress =
      switch model?.inProgress {
      case .restart: .restart
      case .fail: .fail
      default: .resume
      }
    repairTeam = model?.repairTeam.map(Int32.init) ?? -1
    everyStream = Self.streams(of: name)[0]
    repairStream = Self.streams(of: name)[1]
  }

  static func streams(of name: String) -> [RandomStream] {
    [RandomStream(name, "time to failure"), RandomStream(name, "time to repair")]
  }
}

/// Something that can be down, in a replication.
struct UnitState: BitwiseCopyable {
  var hasFailed = false
  var isInMaintenance = false
  /// Whether its next failure is scheduled.
  var awaitsFailure = false
  /// Failures so far, the one that is scheduled included.
  var occurrence: UInt32 = 0
  var downSince: Int64 = 0
  /// The repair in a team's queue or hands; −1 for none.
  var repairItem: Int32 = -1
  var maintenanceStamp: UInt32 = 0
  /// Servers of its station when it is up again.
  var capacity: Int32 = 0

  /// How many incidents keep it down.
  var forced: Int32 = 0

  var isDown: Bool { hasFailed || isInMaintenance || forced > 0 }
}

/// Work that a server took and that touches applications, or whose automation or layer can be down.
struct UseState: BitwiseCopyable {
  /// Its uses in the table of touches; those before `touch` are held.
  var first: Int32 = 0
  var touch: Int32 = 0
  var end: Int32 = 0
  /// Its automation or layer as a unit; −1 for people.
  var unit: Int32 = -1
  /// Work that it took when it was taken, in microseconds.
  var needed: Int64 = 0
  /// For machines: time that it still took when they last went on with it, and when that was.
  var remaining: Int64 = 0
  var since: Int64 = 0
  /// When it asked for the application that it waits for.
  var asked: Int64 = 0
  /// Neighbours among all such work, in the order in which it was taken.
  var previous: Int32 = -1
  var next: Int32 = -1
  /// Neighbours in the queue of the application that it waits for.
  var previousInQueue: Int32 = -1
  var nextInQueue: Int32 = -1
}
