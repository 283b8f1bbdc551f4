// Rows of CSV: all that does not change is prepared with its commas and quotes, so that a row is put
// together of copies and digits.

extension LogTexts {
  /// The parts of rows of CSV.
  static func csv(_ model: SimulationModel, replication: Int?) -> LogTexts {
    LogTexts(
      model: model, lead: replication.map { "\($0),\($0)-" } ?? "",
      activity: { ",\(quotedCSVField($0)),\(quotedCSVField($1))," }, kind: { "\($0)," },
      person: { ",\(quotedCSVField($0)),\(quotedCSVField($1))," },
      automation: { ",\(quotedCSVField($0)),," })
  }

  /// Adds a row.
  @inline(__always)
  func addRow(_ work: WorkDone, to buffer: inout LogBuffer, _ clocks: inout LogClocks) {
    buffer.reserve(longestRow)
    add(lead, to: &buffer)
    buffer.addNumber(UInt64(work.ordinal))
    add(source(work), to: &buffer)
    add(kind(work.kind), to: &buffer)
    buffer.addNumber(UInt64(work.attempt))
    add(resource(work), to: &buffer)
    clocks.enabled.write(work.enabled, to: &buffer)
    buffer.add(UInt8(ascii: ","))
    clocks.started.write(work.started, to: &buffer)
    buffer.add(UInt8(ascii: ","))
    clocks.finished.write(work.finished, to: &buffer)
    buffer.add(UInt8(ascii: "\n"))
  }
}

/// A field of CSV, in quotes where it needs them (RFC 4180).
public func quotedCSVField(_ field: String) -> String {
  guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return field }
  return "\"\(field.replacing("\"", with: "\"\""))\""
}
