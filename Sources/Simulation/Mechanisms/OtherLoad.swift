internal import EventEngine
internal import Statistics

// Mechanism *applications*, continued: what others than the process ask of an application. Their calls
// queue with the process's own and take sessions and requests from it. Brief row 40.

/// Calls of others at an application, for the hot path.
struct OtherLoadRow: BitwiseCopyable {
  var isOn: Bool
  /// Mean time from one to the next, in seconds.
  var gap: Double
  var time: CompiledSampler
  /// Calendar in whose hours they come; −1 for around the clock.
  var calendar: Int32
  /// Their use of the application, in the table of touches.
  var touch: Int32
  var gapStream: RandomStream
  var timeStream: RandomStream

  /// Off where nobody would notice: without a limit, or where the process does not touch it.
  init(_ stack: StackModel, application index: Int, touch: Int32) {
    let application = stack.applications[index]
    let rate = application.others?.perSecond ?? 0
    isOn =
      rate > 0 && stack.isTouched(index)
      && (application.concurrent > 0 || application.rateLimit != nil)
    gap = rate > 0 ? 1 / rate : 0
    time = (application.others?.time ?? .zero).sampler
    calendar = application.others?.calendar.map(Int32.init) ?? -1
    self.touch = touch
    let streams = Self.streams(of: application.name)
    gapStream = streams[0]
    timeStream = streams[1]
  }

  static func streams(of application: String) -> [RandomStream] {
    ["time to the next call of others", "time of calls of others"].map {
      RandomStream("application \(application)", $0)
    }
  }
}

extension Replication {
  @inline(__always)
  private func otherLoadRow(_ application: Int32) -> OtherLoadRow {
    touchTable.others[Int(stack) * applicationCount + Int(application)]
  }

  /// Start of the run and day 0: schedules the next call of others where nobody has.
  mutating func scheduleOtherLoad() {
    for application in 0..<Int32(applicationCount) { scheduleOtherCall(of: application) }
  }

  private mutating func scheduleOtherCall(of application: Int32) {
    let row = otherLoadRow(application)
    guard row.isOn, !applicationStates[Int(application)].awaitsOtherCall else { return }
    applicationStates[Int(application)].awaitsOtherCall = true
    applicationStates[Int(application)].otherCalls &+= 1
    let uniform = random.uniform(
      row.gapStream, ordinal: applicationStates[Int(application)].otherCalls)
    let wait = roundedToInteger(-row.gap * log1p(-uniform) * 1e6)
    schedule(.otherCall, number: application, at: now &+ wait)
  }

  /// A call of others comes: it takes its turn among those of the process.
  mutating func giveOtherCall(of application: Int32) {
    applicationStates[Int(application)].awaitsOtherCall = false
    let call = applicationStates[Int(application)].otherCalls
    let row = otherLoadRow(application)
    scheduleOtherCall(of: application)
    // What would come outside their hours does not come: the rate holds within them.
    guard row.isOn, row.calendar < 0 || model.calendars[Int(row.calendar)].isOpen(at: now) else {
      return
    }
    var work = WorkItem()
    work.kind = .otherCall
    work.stack = stack
    work.source = application
    // Any station of a machine will do: it takes no server.
    work.station = Int32(teamCount)
    work.content = microseconds(row.time, random.uniform(row.timeStream, ordinal: call))
    work.ownContent = work.content
    work.queued = now
    var use = UseState()
    use.unit = application
    use.first = row.touch
    use.touch = row.touch
    use.end = row.touch + 1
    begin(items.take(work), use)
  }
}
