import Foundation
public import Reporting

/// A form in which a report is written, by the ending of the file's name.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// One page that opens offline.
  case html
  /// Tagged PDF with page numbers.
  case pdf
  /// A workbook, a sheet for each table.
  case xlsx
  /// A folder with a CSV file for each table.
  case csv
  /// Everything, for programs.
  case json
  /// Headline and table, for a pull request.
  case markdown = "md"

  /// The form of a path; a path that ends in `/` is a folder of CSV files.
  public init?(path: String) {
    if path.hasSuffix("/") {
      self = .csv
      return
    }
    let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
    let known = ["htm": "html", "markdown": "md"][ending] ?? ending
    guard let format = ReportFormat(rawValue: known) else { return nil }
    self = format
  }
}

/// Where and how reports are written.
public struct ReportOutputs: Sendable {
  /// Files, each with its form.
  public private(set) var files: [(path: String, format: ReportFormat)] = []
  /// Folder for the Vega-Lite specification of each chart; `nil` for none.
  public var charts: String?
  /// How numbers and dates are written for people.
  public var style: NumberStyle

  /// Checks, before long work begins, that all can be written.
  ///
  /// - Parameters:
  ///   - paths: What `--output` names.
  ///   - charts: What `--charts` names.
  ///   - locale: What `--locale` names; `nil` for commas between thousands and ISO dates.
  /// - Throws: `WorkbenchError.badInput` with every place that cannot be.
  public init(
    _ paths: [String], charts: String? = nil, locale: String? = nil
  ) throws(WorkbenchError) {
    self.charts = charts
    style = .plain
    if let locale {
      guard let named = NumberStyle(locale: locale) else {
        throw .badInput([
          "--locale '\(locale)' is not known; name one such as de_DE, fr_CH or en_GB"
        ])
      }
      style = named
    }
    for path in paths {
      guard let format = ReportFormat(path: path) else {
        let endings = ReportFormat.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
        throw .badInput([
          "\(path): the ending says the form of a report, and this is none; name a file that ends in "
            + "\(endings), or a folder that ends in / for CSV files"
        ])
      }
      if format == .csv { try checkFolder(path) } else { try checkWritable(path) }
      files.append((path, format))
    }
    if let charts { try checkFolder(charts, option: "--charts") }
  }
}

/// Writes a report in every form asked for, each file as a whole or not at all.
///
/// What cannot be written does not keep the others from being; where PDF cannot be made, the same report is
/// written as HTML beside its place.
/// - Returns: What a user should know, a sentence each.
/// - Throws: `WorkbenchError` with what could not be written.
public func write(
  _ report: StudyReport, to outputs: ReportOutputs
) async throws(WorkbenchError) -> [String] {
  try await write(StudyDocument(report), to: outputs) { ReportDocument(report) }
}

/// Writes the report of a result in every form asked for, each file as a whole or not at all.
///
/// - Parameters:
///   - result: what its JSON holds; an object.
///   - document: makes the report, in the style of the outputs.
/// - Returns: What a user should know, a sentence each.
/// - Throws: `WorkbenchError` with what could not be written.
public func write(
  _ result: some Encodable & Sendable, to outputs: ReportOutputs,
  document compose: () -> ReportDocument
) async throws(WorkbenchError) -> [String] {
  let document = NumberStyle.$current.withValue(outputs.style) { compose() }
  var notes: [String] = []
  var failures: [WorkbenchError] = []
  func attempt(_ act: () async throws -> Void) async {
    do { try await act() } catch { failures.append(WorkbenchError(error)) }
  }
  let bundle = chartBundle()
  func page() throws -> String {
    if bundle == nil {
      notes.append(
        "warning: the chart bundle is not installed, so the report shows tables only; run 'make setup' "
          + "(see rehearse doctor)")
    }
    return try NumberStyle.$current.withValue(outputs.style) {
      try renderHTML(document, charts: bundle)
    }
  }
  for (path, format) in outputs.files {
    switch format {
    case .html: await attempt { try writeFile(try page().utf8, to: path) }
    case .xlsx: await attempt { try writeFile(try reportWorkbook(document), to: path) }
    case .json:
      await attempt {
        let file = ReportFileDocument(result: result, document)
        try writeFile(try jsonText(file).utf8, to: path)
      }
    case .markdown:
      await attempt {
        let text = NumberStyle.$current.withValue(outputs.style) { reportMarkdown(document) }
        try writeFile(text.utf8, to: path)
      }
    case .csv:
      await attempt { try writeFolder(reportCSVFiles(document), to: path, option: "--output") }
    case .pdf:
      await attempt {
        do {
          guard let maker = pdfMaker() else {
            throw PDFError.missing("the script render_pdf.py")
          }
          let data = try await NumberStyle.$current.withValue(outputs.style) {
            try await renderPDF(document, with: maker)
          }
          try writeFile(data, to: path)
        } catch let error as PDFError {
          // What was computed is not lost for want of a part.
          let beside = URL(fileURLWithPath: path).deletingPathExtension().path + ".html"
          var message = "\(path): \(error.description)"
          if !outputs.files.contains(where: { $0.format == .html }) {
            try writeFile(try page().utf8, to: beside)
            message += "; the same report is in \(beside)"
          }
          throw WorkbenchError.missingPart(message)
        }
      }
    }
  }
  if let folder = outputs.charts {
    await attempt { try writeFolder(try document.chartFiles(), to: folder, option: "--charts") }
  }
  if let first = failures.first {
    if failures.count == 1 { throw first }
    throw .badInput(failures.flatMap(\.messages))
  }
  return notes
}

/// What makes PDF: the Python that `REHEARSE_PYTHON` names, else that of the checkout, else `python3`;
/// `nil` where our script is nowhere.
func pdfMaker() -> PDFMaker? {
  let files = FileManager.default
  let checkouts = shareFolders().map {
    $0.deletingLastPathComponent().deletingLastPathComponent()
  }
  let scripts =
    shareFolders().map { $0.appending(path: "render_pdf.py").path }
    + checkouts.map { $0.appending(path: "tools/render_pdf.py").path }
  guard let script = scripts.first(where: files.fileExists) else { return nil }
  if let named = ProcessInfo.processInfo.environment["REHEARSE_PYTHON"], !named.isEmpty {
    return PDFMaker(python: named, script: script)
  }
  let own = checkouts.map { $0.appending(path: ".venv/bin/python").path }
  return PDFMaker(
    python: own.first(where: files.isExecutableFile) ?? "python3", script: script)
}
