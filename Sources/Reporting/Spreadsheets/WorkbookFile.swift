internal import CXLSXWriter
public import Foundation
internal import Inventory

/// Tables as an Excel workbook, one sheet each; the same tables give the same bytes.
///
/// Heads stand still and can be filtered by, gaps are coloured. Texts are texts, never formulas, and led by
/// an apostrophe where they could become one. Of a text longer than a cell may hold, the end is cut off and
/// `…` says so; a table longer than a sheet goes on in the next.
/// - Throws: `WorkbookError` where the library cannot write.
public func workbookFile(_ tables: [Table]) throws(WorkbookError) -> Data {
  // The library writes files only; this one is gone when the bytes are read.
  let file = FileManager.default.temporaryDirectory
    .appending(path: "rehearse-\(UUID().uuidString).xlsx")
  defer { try? FileManager.default.removeItem(at: file) }
  guard var writer = WorkbookWriter(path: file.path) else {
    throw WorkbookError("a workbook could not be begun")
  }
  for table in tables { writer.add(table) }
  try writer.close()
  do {
    return try Data(contentsOf: file)
  } catch {
    throw WorkbookError("the workbook could not be read back (\(error.localizedDescription))")
  }
}

/// Why a workbook could not be written.
public struct WorkbookError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence.
  public var description: String

  init(_ description: String) { self.description = description }
}

/// The one user of libxlsxwriter.
private struct WorkbookWriter {
  /// Rows of a sheet below the head, and characters of a cell: the limits of Excel.
  private static let rowLimit = 1_048_575
  private static let textLimit = 32_767

  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private let head: UnsafeMutablePointer<lxw_format>?
  private let gap: UnsafeMutablePointer<lxw_format>?
  /// Formats of numbers, by their decimals.
  private var formats: [Int: UnsafeMutablePointer<lxw_format>] = [:]
  /// Names of the sheets, in lower case: a program takes names that differ by case alone for the same.
  private var names: Set<String> = []
  private var failure: lxw_error?

  init?(path: String) {
    guard let workbook = workbook_new(path) else { return nil }
    self.workbook = workbook
    var properties = lxw_doc_properties()
    // A fixed time, 2000-01-01, since the library would take the clock.
    properties.created = 946_684_800
    workbook_set_properties(workbook, &properties)
    head = workbook_add_format(workbook)
    format_set_bold(head)
    gap = workbook_add_format(workbook)
    format_set_bg_color(gap, 0xFFF2CC)
  }

  mutating func add(_ table: Table) {
    var start = 0
    repeat {
      let rows = table.rows[start..<min(start + Self.rowLimit, table.rows.count)]
      let name = start == 0 ? table.name : "\(table.name) \(start / Self.rowLimit + 1)"
      addSheet(name, table, rows)
      start += Self.rowLimit
    } while start < table.rows.count
  }

  private mutating func addSheet(
    _ wanted: String, _ table: Table, _ rows: ArraySlice<[Table.Cell]>
  ) {
    let (name, columns) = (freeName(wanted), table.columns)
    guard let sheet = workbook_add_worksheet(workbook, name) else {
      failure = failure ?? LXW_ERROR_MEMORY_MALLOC_FAILED
      return
    }
    var widths = columns.map(\.count)
    for (column, text) in columns.enumerated() {
      check(worksheet_write_string(sheet, 0, lxw_col_t(column), text, head))
    }
    for (column, note) in table.notes.enumerated() {
      check(worksheet_write_comment(sheet, 0, lxw_col_t(column), fitting(cellText(note))))
    }
    if let chart = table.chart { draw(chart, of: name, on: sheet, besideColumn: columns.count) }
    for (row, cells) in rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        let place = (lxw_row_t(row + 1), lxw_col_t(column))
        switch cell {
        case .empty: continue
        case .gap: check(worksheet_write_blank(sheet, place.0, place.1, gap))
        case .number(let number):
          check(worksheet_write_number(sheet, place.0, place.1, number, nil))
        case .rounded(let number, let decimals):
          check(worksheet_write_number(sheet, place.0, place.1, number, format(decimals)))
        case .text(let text):
          check(worksheet_write_string(sheet, place.0, place.1, fitting(cellText(text)), nil))
        }
        if row < 1000, widths.indices.contains(column) {
          widths[column] = max(widths[column], cell.text.prefix(60).count)
        }
      }
    }
    for (column, width) in widths.enumerated() {
      let place = lxw_col_t(column)
      check(worksheet_set_column(sheet, place, place, Double(min(width, 60) + 2), nil))
    }
    worksheet_freeze_panes(sheet, 1, 1)
    if !columns.isEmpty {
      let last = (lxw_row_t(rows.count), lxw_col_t(columns.count - 1))
      check(worksheet_autofilter(sheet, 0, 0, last.0, last.1))
    }
  }

  /// A name that no sheet has yet, as short as a name must be.
  private mutating func freeName(_ wanted: String) -> String {
    var name = String(wanted.prefix(31))
    var number = 2
    while !names.insert(name.lowercased()).inserted {
      let ending = " \(number)"
      name = String(wanted.prefix(31 - ending.count)) + ending
      number += 1
    }
    return name
  }

  /// The format of a number with so many decimals.
  private mutating func format(_ decimals: Int) -> UnsafeMutablePointer<lxw_format>? {
    let places = min(max(decimals, 0), 9)
    if let known = formats[places] { return known }
    guard let format = workbook_add_format(workbook) else { return nil }
    let fraction = places == 0 ? "" : "." + String(repeating: "0", count: places)
    format_set_num_format(format, "#,##0" + fraction)
    formats[places] = format
    return format
  }

  private mutating func draw(
    _ chart: Table.Chart, of name: String, on sheet: UnsafeMutablePointer<lxw_worksheet>,
    besideColumn column: Int
  ) {
    // A table without rows has nothing to draw, and the library refuses a chart without series.
    guard !chart.series.isEmpty else { return }
    let kind =
      switch chart.kind {
      case .lines: LXW_CHART_SCATTER_STRAIGHT
      case .stackedBars: LXW_CHART_BAR_STACKED
      case .bars: LXW_CHART_BAR
      }
    guard let drawing = workbook_add_chart(workbook, UInt8(kind.rawValue)) else {
      failure = failure ?? LXW_ERROR_MEMORY_MALLOC_FAILED
      return
    }
    for series in chart.series {
      guard let drawn = chart_add_series(drawing, nil, nil) else { continue }
      chart_series_set_name(drawn, series.name)
      func place(_ cells: Table.Chart.Cells) -> (lxw_row_t, lxw_col_t, lxw_row_t, lxw_col_t) {
        let column = lxw_col_t(cells.column)
        return (
          lxw_row_t(cells.rows.lowerBound + 1), column, lxw_row_t(cells.rows.upperBound + 1), column
        )
      }
      let (x, y) = (place(series.categories), place(series.values))
      chart_series_set_categories(drawn, name, x.0, x.1, x.2, x.3)
      chart_series_set_values(drawn, name, y.0, y.1, y.2, y.3)
    }
    chart_title_set_name(drawing, chart.title)
    // Bars lie: their first axis is the upright one.
    chart_axis_set_name(drawing.pointee.x_axis, chart.categoryTitle)
    chart_axis_set_name(drawing.pointee.y_axis, chart.valueTitle)
    if chart.kind != .lines { chart_axis_set_reverse(drawing.pointee.x_axis) }
    var options = lxw_chart_options()
    (options.x_scale, options.y_scale) = (1.6, 1.4)
    check(worksheet_insert_chart_opt(sheet, 1, lxw_col_t(column + 1), drawing, &options))
  }

  /// A text as far as a cell holds it; the library counts bytes.
  private func fitting(_ text: String) -> String {
    guard text.utf8.count > Self.textLimit else { return text }
    var kept = ""
    var count = 3
    for character in text {
      count += character.utf8.count
      guard count <= Self.textLimit else { break }
      kept.append(character)
    }
    return kept + "…"
  }

  private mutating func check(_ outcome: lxw_error) {
    if outcome != LXW_NO_ERROR, failure == nil { failure = outcome }
  }

  func close() throws(WorkbookError) {
    let outcome = workbook_close(workbook)
    let error = failure ?? (outcome == LXW_NO_ERROR ? nil : outcome)
    guard let error else { return }
    throw WorkbookError(
      "the workbook could not be written (\(String(cString: lxw_strerror(error))))")
  }
}

/// Version of the library that writes workbooks.
public func workbookLibraryVersion() -> String { String(cString: lxw_version()) }
