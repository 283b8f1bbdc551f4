import Facts

/// A content line of an iCalendar file, unfolded; RFC 5545, section 3.1.
struct CalendarLine {
  /// Name of the property in upper case, without parameters.
  var name: String
  /// The whole line, without its end.
  var text: String
  /// Line of the file on which it begins, counted from 1.
  var line: Int
}

/// A component of an iCalendar file that stands directly in its calendar.
struct CalendarComponent {
  /// `VEVENT`, `VTIMEZONE` and so on, in upper case.
  var name: String
  /// Properties of the component itself; those of a component inside it, such as an alarm, are left
  /// out.
  var lines: [CalendarLine]
  /// Every line, those of components inside it included, without its first and last.
  var all: [CalendarLine]
  /// Line on which it begins, counted from 1.
  var line: Int
}

/// The components of an iCalendar file.
///
/// libical passes over what it cannot read and knows no line numbers, so that the frame of the file
/// is checked here and libical gets one line at a time.
struct CalendarLines {
  private let path: String
  private let limits: DocumentLimits
  private(set) var components: [CalendarComponent] = []
  private var open: [(name: String, line: Int)] = []

  /// - Throws: `malformed` for what is no iCalendar file or has lines that are no properties,
  ///   `truncated` for a component that is not closed, `tooDeep`, `tooLarge`, `wrongEncoding`.
  init(_ bytes: [UInt8], path: String, limits: DocumentLimits) throws(DocumentError) {
    self.path = path
    self.limits = limits
    try limits.checkSize(bytes.count, path: path)
    let bytes = try utf8Bytes(bytes, path: path)
    var count = 0
    for line in try unfolded(bytes) {
      count += 1
      if count > limits.nodes { throw limits.tooManyNodes(at: place(line.line)) }
      try take(line)
    }
    if count == 0 {
      throw DocumentError(
        .truncated, "the file is empty where BEGIN:VCALENDAR was expected",
        at: SourceLocation(path: path))
    }
    if let last = open.last {
      throw DocumentError(
        .truncated,
        "the file ends inside the \(last.name) that begins here; copy or export it again",
        at: place(last.line))
    }
  }

  private func place(_ line: Int) -> SourceLocation { SourceLocation(path: path, line: line) }

  private mutating func take(_ line: CalendarLine) throws(DocumentError) {
    let value = line.text.drop { $0 != ":" }.dropFirst()
    let component = value.filter { !$0.isWhitespace }.uppercased()
    if open.isEmpty, line.name != "BEGIN" || component != "VCALENDAR" {
      throw DocumentError(
        .malformed, "this is no iCalendar file: BEGIN:VCALENDAR was expected here",
        at: place(line.line))
    }
    switch line.name {
    case "BEGIN":
      if open.count >= limits.depth { throw limits.tooDeep(at: place(line.line)) }
      open.append((component, line.line))
      if open.count == 2 {
        components.append(
          CalendarComponent(name: component, lines: [], all: [], line: line.line))
      } else if open.count > 2 {
        components[components.count - 1].all.append(line)
      }
    case "END":
      guard let last = open.popLast(), last.name == component else {
        throw DocumentError(
          .malformed,
          "this END does not belong to the component that was begun last; export the file again",
          at: place(line.line))
      }
      if open.count >= 2 { components[components.count - 1].all.append(line) }
    default:
      guard open.count >= 2 else { return }
      if open.count == 2 { components[components.count - 1].lines.append(line) }
      components[components.count - 1].all.append(line)
    }
  }

  // MARK: Lines

  /// Lines that begin with a space or tab continue the line before.
  private func unfolded(_ bytes: [UInt8]) throws(DocumentError) -> [CalendarLine] {
    var result: [CalendarLine] = []
    var current: [UInt8] = []
    var start = 0
    var number = 0
    var position = 0
    while position < bytes.count {
      var end = position
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      number += 1
      let text = bytes[position..<end]
      if let first = text.first, first == 0x20 || first == 0x09, !current.isEmpty {
        current += text.dropFirst()
      } else {
        if let line = try line(current, start) { result.append(line) }
        current = Array(text)
        start = number
      }
      if current.count > Self.longestLine {
        throw DocumentError(
          .tooLarge, "a line is longer than \(Self.longestLine) bytes, which no calendar needs",
          at: place(start))
      }
      position = end + 1
      if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { position += 1 }
    }
    if let line = try line(current, start) { result.append(line) }
    return result
  }

  /// Far above any line of dates; descriptions with pictures in them are longer and not read.
  private static let longestLine = 1 << 20

  private func line(_ bytes: [UInt8], _ number: Int) throws(DocumentError) -> CalendarLine? {
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return nil }
    let name = bytes.prefix { isNameByte($0) }
    guard !name.isEmpty, name.count < bytes.count,
      [UInt8(ascii: ":"), UInt8(ascii: ";")].contains(bytes[name.count]), !bytes.contains(0)
    else {
      // Whatever it is, a file that does not begin as a calendar is none.
      let problem =
        open.isEmpty && components.isEmpty && number <= 1
        ? "this is no iCalendar file: BEGIN:VCALENDAR was expected here"
        : "this line is no property, which would be a name, a colon and a value; export it again"
      throw DocumentError(.malformed, problem, at: place(number))
    }
    return CalendarLine(
      name: String(decoding: name, as: UTF8.self).uppercased(),
      text: String(decoding: bytes, as: UTF8.self), line: number)
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
