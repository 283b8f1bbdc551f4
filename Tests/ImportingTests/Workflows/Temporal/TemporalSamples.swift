/// A history of Temporal, put together from short lines: type, time within 5 January 2026, attributes.
struct TemporalSample {
  private var events: [String] = []
  private let isLong: Bool

  /// A run of a workflow.
  ///
  /// - Parameter isLong: Whether event types are written as protojson does.
  init(_ type: String, at time: String = "08:00:00", isLong: Bool = false, more: String = "") {
    self.isLong = isLong
    add(
      "WorkflowExecutionStarted", time,
      "\"workflowType\": {\"name\": \"\(type)\"}, \"taskQueue\": {\"name\": \"claims\"}, \"attempt\": 1\(more)"
    )
  }

  /// Adds an event; its number is its place.
  mutating func add(_ type: String, _ time: String, _ attributes: String, day: Int = 5) {
    var written = type
    if isLong {
      written = "EVENT_TYPE"
      for character in type {
        if character.isUppercase { written += "_" }
        written += character.uppercased()
      }
    }
    let key = type.prefix(1).lowercased() + type.dropFirst() + "EventAttributes"
    events.append(
      "{\"eventId\": \"\(events.count + 1)\", \"eventTime\": \"2026-01-0\(day)T\(time)Z\", "
        + "\"eventType\": \"\(written)\", \"\(key)\": {\(attributes)}}")
  }

  /// Adds a piece of work and its end; the number of the event that begins it.
  mutating func addActivity(
    _ name: String, from start: String, to end: String, attempt: Int = 1,
    ending: String = "Completed", queue: String = "claims",
    policy: String = "\"maximumAttempts\": 4"
  ) {
    add(
      "ActivityTaskScheduled", start,
      "\"activityType\": {\"name\": \"\(name)\"}, \"taskQueue\": {\"name\": \"\(queue)\"}, "
        + "\"startToCloseTimeout\": \"90s\", \"retryPolicy\": {\(policy)}")
    let scheduled = events.count
    add(
      "ActivityTaskStarted", start,
      "\"scheduledEventId\": \"\(scheduled)\", \"attempt\": \(attempt)")
    add("ActivityTask\(ending)", end, "\"scheduledEventId\": \"\(scheduled)\"")
  }

  /// The file.
  var text: String { "{\"events\": [\n\(events.joined(separator: ",\n"))\n]}" }
}
