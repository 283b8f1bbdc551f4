internal import CLibICal
internal import Facts
internal import Foundation

/// When something of an iCalendar file takes place: one occurrence of one event.
public struct CalendarOccurrence: Hashable, Sendable {
  /// When.
  public var span: Span
  /// Line on which its event begins, counted from 1.
  public var line: Int

  /// When an occurrence takes place.
  public enum Span: Hashable, Sendable {
    /// Whole days, as numbers of days since 1970-01-01.
    case days(Range<Int>)
    /// Local time, in seconds since 1970-01-01 00:00 by a clock on the wall, in a time zone of the
    /// IANA database; `nil` where it holds wherever the reader is.
    case wallClock(Range<Int>, zone: String?)
    /// Instants, in seconds since 1970-01-01 00:00 UTC.
    case instants(Range<Int>)
  }

  /// Creates an occurrence.
  public init(span: Span, line: Int) {
    self.span = span
    self.line = line
  }
}

/// Parses an iCalendar file (RFC 5545): what its events say of some days, by libical.
///
/// Recurrence rules of days, weeks, months and years are followed, with exceptions and additional
/// dates; cancelled events and events without length are left out, and so are timed events that
/// are marked as leaving their people free (`TRANSP:TRANSPARENT`). Holidays are often marked so;
/// they last whole days and count all the same.
///
/// - Parameters:
///   - days: days wanted, as numbers of days since 1970-01-01; occurrences that touch none of them are
///     left out.
///   - limits: bytes, lines and occurrences (`nodes`), nesting.
/// - Throws: `malformed` with the line for what is no calendar or no date, and for what is not
///   supported; `truncated`, `tooLarge`, `tooDeep`, `wrongEncoding`.
public func parseCalendarFile(
  _ bytes: [UInt8], path: String, days: Range<Int>,
  limits: DocumentLimits = DocumentLimits(bytes: 8 << 20, depth: 8, nodes: 200_000)
) throws(DocumentError) -> [CalendarOccurrence] {
  let components = try CalendarLines(bytes, path: path, limits: limits).components
  icalerror_set_errors_are_fatal(0)
  let zones = try CalendarZones(components, path: path)
  var events: [CalendarEvent] = []
  for component in components where component.name == "VEVENT" {
    events.append(try CalendarEvent(component, zones: zones, path: path))
  }
  return try occurrences(of: events, path: path, days: days, limits: limits)
}

/// Steps of recurrence rules of one file; a rule that matches rarely takes many for one occurrence.
private let mostSteps = 1_000_000

private func occurrences(
  of events: [CalendarEvent], path: String, days: Range<Int>, limits: DocumentLimits
) throws(DocumentError) -> [CalendarOccurrence] {
  // An occurrence that is changed stands as an event of its own and takes the place of the rule's.
  var changed: [String: Set<Int>] = [:]
  for event in events {
    if let uid = event.uid, let original = event.replaces {
      changed[uid, default: []].insert(original)
    }
  }
  var result: [CalendarOccurrence] = []
  var steps = 0
  for event in events where !event.isCancelled && !event.leavesPeopleFree {
    let without = event.replaces == nil ? event.uid.flatMap { changed[$0] } ?? [] : []
    let starts = try event.starts(in: days, path: path) { () throws(DocumentError) in
      steps += 1
      if steps > mostSteps {
        throw DocumentError(
          .hostile,
          "the recurrence rules of this file take more than \(mostSteps) steps up to this event; "
            + "list its dates", at: SourceLocation(path: path, line: event.line))
      }
    }
    for start in starts where !without.contains(start) {
      guard let span = event.span(from: start), span.touches(days) else { continue }
      result.append(CalendarOccurrence(span: span, line: event.line))
      if result.count > limits.nodes {
        throw limits.tooManyNodes(at: SourceLocation(path: path, line: event.line))
      }
    }
  }
  return result
}

extension CalendarOccurrence.Span {
  fileprivate func touches(_ days: Range<Int>) -> Bool {
    switch self {
    case .days(let own): own.overlaps(days)
    // Wherever it is, a day is over within fourteen hours of its end in UTC.
    case .wallClock(let own, _), .instants(let own):
      own.lowerBound < (days.upperBound + 1) * 86_400
        && own.upperBound > (days.lowerBound - 1) * 86_400
    }
  }
}
