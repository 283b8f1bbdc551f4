// Traces as IEEE 1849 (XES) has them: one for each case, with an event for each piece of work, in the
// order in which it was done. Each event is the completion of work and says when that was begun and
// queued. Events of a case stand together, so they are kept until the case is over: memory grows with
// the cases inside, not with the cases simulated.

internal import EventEngine

extension LogTexts {
  /// The parts of events of XES.
  static func xes(_ model: SimulationModel, replication: Int?) -> LogTexts {
    LogTexts(
      model: model, lead: replication.map { "\($0)-" } ?? "",
      activity: {
        "<event>\(string("concept:name", $0))\(string("activity_id", $1))"
          + string("lifecycle:transition", "complete")
      }, kind: { string("kind", "\($0)") },
      person: { "\(string("org:resource", $0))\(string("org:group", $1))" },
      automation: { string("org:resource", $0) })
  }

  /// Adds an event.
  @inline(__always)
  fileprivate func addEvent(
    _ work: WorkDone, currency: StaticText, to buffer: inout LogBuffer, _ clocks: inout LogClocks
  ) {
    buffer.reserve(longestRow &+ currency.length)
    add(source(work), to: &buffer)
    add(kind(work.kind), to: &buffer)
    buffer.add("<int key=\"attempt\" value=\"")
    buffer.addNumber(UInt64(work.attempt))
    buffer.add("\"/>")
    add(resource(work), to: &buffer)
    buffer.add("<date key=\"enabled_timestamp\" value=\"")
    clocks.enabled.write(work.enabled, to: &buffer)
    buffer.add("\"/><date key=\"start_timestamp\" value=\"")
    clocks.started.write(work.started, to: &buffer)
    buffer.add("\"/><date key=\"time:timestamp\" value=\"")
    clocks.finished.write(work.finished, to: &buffer)
    buffer.add("\"/>")
    buffer.addCost(work.cost, currency)
    buffer.add("</event>\n")
  }
}

/// Events of cases that are not over, chained by case.
final class OpenTraces {
  private struct Entry: BitwiseCopyable {
    var work: WorkDone?
    var next: Int32 = -1
  }

  /// First and last event of a case.
  private struct Chain: BitwiseCopyable {
    var first: Int32 = -1
    var last: Int32 = -1
  }

  private let texts: LogTexts
  let currency: StaticText
  private var entries = FlatPool(blank: Entry())
  /// By slots of cases.
  private var chains: [Chain] = []

  init(texts: LogTexts, currency: String) {
    self.texts = texts
    self.currency = StaticText(string("cost:currency", currency))
  }

  deinit { currency.deallocate() }

  /// Keeps an event until its case is over.
  func keep(_ work: WorkDone) {
    let slot = Int(work.caseSlot)
    while chains.count <= slot { chains.append(Chain()) }
    let entry = entries.take()
    entries[entry].work = work
    if chains[slot].last >= 0 {
      entries[chains[slot].last].next = entry
    } else {
      chains[slot].first = entry
    }
    chains[slot].last = entry
  }

  /// Adds the trace of a case that is over; one without events has none.
  func close(slot: Int32, to buffer: inout LogBuffer, _ clocks: inout LogClocks) {
    guard slot < chains.count, let lead = work(chains[Int(slot)].first) else { return }
    var cost: Int64 = 0
    var entry = chains[Int(slot)].first
    while let work = work(entry) {
      cost &+= work.cost
      entry = entries[entry].next
    }
    buffer.reserve(texts.longestRow &+ currency.length)
    buffer.add("<trace><string key=\"concept:name\" value=\"")
    texts.add(texts.lead, to: &buffer)
    buffer.addNumber(UInt64(lead.ordinal))
    buffer.add("\"/>")
    buffer.addCost(cost, currency)
    buffer.add("\n")
    entry = chains[Int(slot)].first
    while let work = work(entry) {
      texts.addEvent(work, currency: currency, to: &buffer, &clocks)
      let next = entries[entry].next
      entries.free(entry)
      entry = next
    }
    buffer.reserve(16)
    buffer.add("</trace>\n")
    chains[Int(slot)] = Chain()
  }

  /// Adds the traces of cases that are not over at the end of the run, in the order in which they came.
  func closeAll(to buffer: inout LogBuffer, _ clocks: inout LogClocks) {
    let open = chains.indices.compactMap { slot in
      work(chains[slot].first).map { (ordinal: $0.ordinal, slot: Int32(slot)) }
    }
    for trace in open.sorted(by: { $0.ordinal < $1.ordinal }) {
      close(slot: trace.slot, to: &buffer, &clocks)
    }
  }

  private func work(_ entry: Int32) -> WorkDone? { entry < 0 ? nil : entries[entry].work }
}

/// Bytes that are added again and again.
struct StaticText {
  let bytes: UnsafeMutablePointer<UInt8>
  let length: Int

  init(_ text: String) {
    let source = Array(text.utf8)
    length = source.count
    bytes = .allocate(capacity: max(1, length))
    bytes.initialize(from: source, count: length)
  }

  func deallocate() { bytes.deallocate() }
}

extension LogBuffer {
  /// Adds an amount in millionths of the currency unit, and the currency.
  fileprivate mutating func addCost(_ amount: Int64, _ currency: StaticText) {
    add("<float key=\"cost:total\" value=\"")
    if amount < 0 { add(UInt8(ascii: "-")) }
    addNumber(UInt64(amount.magnitude / 1_000_000))
    let fraction = UInt64(amount.magnitude % 1_000_000)
    if fraction != 0 { addFraction(fraction) } else { add(".0") }
    add("\"/>")
    add(currency.bytes, currency.length)
  }
}

/// An attribute of XES that is a text.
private func string(_ key: String, _ value: String) -> String {
  "<string key=\"\(key)\" value=\"\(escaped(value))\"/>"
}

/// Text as the value of an attribute of XML 1.0; what that cannot hold becomes U+FFFD.
private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\t", "\n", "\r": result += "&#\(scalar.value);"
    case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// What stands before the traces of a log.
func xesHead(title: String) -> String {
  let extensions = [
    ("Concept", "concept"), ("Time", "time"), ("Lifecycle", "lifecycle"),
    ("Organizational", "org"), ("Cost", "cost"),
  ].map { name, prefix in
    "<extension name=\"\(name)\" prefix=\"\(prefix)\" "
      + "uri=\"http://www.xes-standard.org/\(prefix).xesext\"/>\n"
  }
  return """
    <?xml version="1.0" encoding="UTF-8"?>
    <log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
    \(extensions.joined())<global scope="trace"><string key="concept:name" value=""/></global>
    <global scope="event"><string key="concept:name" value=""/>\
    <string key="lifecycle:transition" value="complete"/>\
    <date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/></global>
    <classifier name="Activity" keys="concept:name"/>
    \(string("concept:name", title))\(string("lifecycle:model", "standard"))

    """
}
