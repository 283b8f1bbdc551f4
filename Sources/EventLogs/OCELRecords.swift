internal import DocumentReading
internal import Facts

/// The events of an OCEL log as they come, kept as columns: what an object is may stand behind the events
/// that name it.
final class OCELRecords {
  private let path: String
  private let options: EventLogOptions
  private var activities = Interner()
  private var objects = Interner()
  private var types = Interner()
  private var values = Interner()
  /// Type of each object; −1 as long as it is not known.
  private var typeOfObject: [Int32] = []
  /// The event that named each object last.
  private var lastEvent: [Int32] = []
  private var events: [Event] = []
  private var relations: [Relation] = []
  /// Names of the attributes that may say who did it, the best first.
  private let resourceNames: [String]
  /// For each event and each of those names the number of its value; −1 for none.
  private var resourceValues: [Int32] = []

  private struct Event {
    var activity: Int32
    var line: Int32
    var column: Int32
    var firstRelation: Int
    var time: LogTime?
    var start: LogTime?
  }

  private struct Relation {
    var object: Int32
    /// −1 where the object itself says it.
    var type: Int32
  }

  init(path: String, options: EventLogOptions) {
    self.path = path
    self.options = options
    resourceNames =
      options.columns[.resource].map { [$0] }
      ?? ["resource", "org:resource", "Resource", "user", "ocel:resource"]
  }

  /// Attributes of events that mean something here.
  var wantedAttributes: [String] { resourceNames + ["start_timestamp"] }

  /// Says of what type an object is; what is said first holds.
  func define(_ id: String, type: String) {
    let object = number(of: id)
    if typeOfObject[object] < 0 { typeOfObject[object] = types.number(of: type) }
  }

  /// Adds an event; an object that it names twice counts once.
  func add(_ event: OCELEvent) {
    let position = Int32(truncatingIfNeeded: events.count)
    events.append(
      Event(
        activity: event.activity.map { activities.number(of: $0) } ?? -1,
        line: Int32(clamping: event.location.line ?? 0),
        column: Int32(clamping: event.location.column ?? 0), firstRelation: relations.count,
        time: event.time,
        start: event.attributes["start_timestamp"].flatMap {
          LogTimeFormat.iso.read($0[...].utf8)
        }))
    for (id, type) in event.objects {
      let object = number(of: id)
      // Of OCEL in CSV an id may stand for objects of two types.
      if type == nil, lastEvent[object] == position { continue }
      lastEvent[object] = position
      relations.append(
        Relation(object: Int32(object), type: type.map { types.number(of: $0) } ?? -1))
    }
    for name in resourceNames {
      resourceValues.append(event.attributes[name].map { values.number(of: $0) } ?? -1)
    }
  }

  private func number(of id: String) -> Int {
    let object = Int(objects.number(of: id))
    if object == typeOfObject.count {
      typeOfObject.append(-1)
      lastEvent.append(-1)
    }
    return object
  }

  private func relations(of event: Int) -> ArraySlice<Relation> {
    let end = event + 1 < events.count ? events[event + 1].firstRelation : relations.count
    return relations[events[event].firstRelation..<end]
  }

  private func typeNumber(of relation: Relation) -> Int32 {
    relation.type >= 0 ? relation.type : typeOfObject[Int(relation.object)]
  }

  /// The log in which each event stands in the case of each of its objects of one type.
  ///
  /// - Parameters:
  ///   - columns: what the file calls the activity and the time.
  ///   - location: where the events stand, for what is wrong with all of them.
  /// - Throws: where no event has an object, or none one of the type that the user named.
  func log(
    columns: (activity: String, time: String), at location: SourceLocation
  ) throws(DocumentError) -> EventLog {
    let type = try caseType(at: location)
    var source = LogSource()
    source.path = path
    source.format = "ocel"
    source.objectType = types.texts[Int(type)]
    source.timeFormat = LogTimeFormat.iso.rawValue
    source.mapping = [
      ColumnUse(
        part: .caseID, column: "objects of type \(types.texts[Int(type)])",
        isGiven: options.objectType != nil),
      ColumnUse(part: .activity, column: columns.activity, isGiven: false),
      ColumnUse(part: .end, column: columns.time, isGiven: false),
    ]
    let resource = resourceNames.indices.first { name in
      events.indices.contains { resourceValues[$0 * resourceNames.count + name] >= 0 }
    }
    if let resource {
      source.mapping.append(
        ColumnUse(
          part: .resource, column: resourceNames[resource],
          isGiven: options.columns[.resource] != nil))
    }
    var builder = LogBuilder(source: source, attributes: [])
    for (index, event) in events.enumerated() {
      let place = SourceLocation(
        path: path, line: event.line > 0 ? Int(event.line) : nil,
        column: event.column > 0 ? Int(event.column) : nil)
      guard event.activity >= 0, let time = event.time else {
        builder.skip("there is no \(columns.activity) or no \(columns.time) as ISO 8601", at: place)
        continue
      }
      var doer: String?
      if let resource {
        let code = resourceValues[index * resourceNames.count + resource]
        if code >= 0 { doer = values.texts[Int(code)] }
      }
      for relation in relations(of: index) where typeNumber(of: relation) == type {
        builder.add(
          .init(
            caseID: objects.texts[Int(relation.object)],
            activity: activities.texts[Int(event.activity)], resource: doer, start: event.start,
            end: time, enabled: nil, lifecycle: nil), at: place)
      }
    }
    return builder.finish()
  }

  /// The type whose objects are the cases: the one that the user named, else that of most events.
  private func caseType(at location: SourceLocation) throws(DocumentError) -> Int32 {
    var counts = [Int](repeating: 0, count: types.texts.count)
    var lastEventOfType = [Int](repeating: -1, count: types.texts.count)
    for event in events.indices {
      for relation in relations(of: event) {
        let type = Int(typeNumber(of: relation))
        guard type >= 0, lastEventOfType[type] != event else { continue }
        lastEventOfType[type] = event
        counts[type] += 1
      }
    }
    let known = counts.indices.filter { counts[$0] > 0 }.sorted {
      types.texts[$0] < types.texts[$1]
    }
    if let wanted = options.objectType {
      guard let type = known.first(where: { types.texts[$0] == wanted }) else {
        throw DocumentError(
          .malformed,
          "no event has an object of type '\(wanted)'; the types are "
            + known.prefix(20).map { types.texts[$0] }.joined(separator: ", "), at: location)
      }
      return Int32(type)
    }
    // Of equally frequent types the first by name.
    guard let most = known.max(by: { counts[$0] < counts[$1] }),
      let first = known.first(where: { counts[$0] == counts[most] })
    else {
      throw DocumentError(
        .malformed,
        "no event of the log has an object, so that there are no cases; export it with its objects",
        at: location)
    }
    return Int32(first)
  }
}
