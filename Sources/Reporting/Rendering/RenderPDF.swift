public import Foundation
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// What makes PDF of a report: a Python with WeasyPrint and vl-convert, and our script for it.
public struct PDFMaker: Sendable, Hashable {
  /// Python, by name or path.
  public var python: String
  /// Path of `render_pdf.py`.
  public var script: String
  /// Longest time, in seconds.
  public var seconds = 300

  /// Creates a maker.
  public init(python: String, script: String) {
    self.python = python
    self.script = script
  }

  /// Version of WeasyPrint, such as `70.0`.
  ///
  /// - Throws: `PDFError` where a part is missing.
  public func version() async throws -> String {
    let code = "import vl_convert, weasyprint; print(weasyprint.__version__)"
    do {
      let result = try await run(
        executable, arguments: ["-I", "-c", code], output: .string(limit: 4_096),
        error: .string(limit: 65_536))
      guard result.terminationStatus.isSuccess else {
        throw PDFError(python: python, errors: result.standardError)
      }
      return result.standardOutput.split(separator: "\n").first.map(String.init) ?? ""
    } catch let error as SubprocessError {
      throw PDFError(error, python: python)
    }
  }

  fileprivate var executable: Executable {
    python.contains("/") ? .path(FilePath(python)) : .name(python)
  }
}

/// Why a PDF could not be made.
public enum PDFError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Python, WeasyPrint or vl-convert is missing: which.
  case missing(String)
  /// It took too long and was stopped.
  case timedOut(seconds: Int)
  /// The script failed: what it said last.
  case failed(String)

  /// One sentence: what happened and what to do.
  public var description: String {
    switch self {
    case .missing(let what):
      "\(what) is not installed, which makes PDF; run 'make setup', or "
        + "'python3 -m pip install weasyprint==70.0 vl-convert-python==1.9.0' and name that Python in "
        + "REHEARSE_PYTHON"
    case .timedOut(let seconds):
      "the PDF was not ready after \(seconds) s; write the report as HTML and print that"
    case .failed(let message):
      "the PDF could not be made (\(message)); `rehearse doctor` checks the parts it needs"
    }
  }

  fileprivate init(_ error: SubprocessError, python: String) {
    self =
      error.code == .executableNotFound ? .missing("Python (\(python))") : .failed("\(error)")
  }

  fileprivate init(python: String, errors: String) {
    let last = errors.split(separator: "\n").last.map(String.init) ?? "it said nothing"
    if let range = last.firstRange(of: "No module named ") {
      let module = last[range.upperBound...].filter { $0 != "'" }.split(separator: ".").first
      self = .missing("the Python package '\(module ?? "weasyprint")'")
    } else if last.contains("cannot load library") || last.contains("No such file") {
      self = .missing("a part of WeasyPrint (Debian: libpango-1.0-0 libpangoft2-1.0-0)")
    } else {
      self = .failed(oneLine(String(last.prefix(300))))
    }
  }
}

/// A report as PDF: tagged for screen readers, with page numbers and vector drawings.
///
/// The same report and parts give the same bytes.
/// - Throws: `PDFError`; `CancellationError` where the task is cancelled.
public func renderPDF(_ document: ReportDocument, with maker: PDFMaker) async throws -> Data {
  let job = PDFJob(
    html: try printHTML(document),
    charts: document.figures.flatMap { figure in
      figure.panels.enumerated().map { index, panel in
        PDFJob.Chart(
          id: "chart-\(figure.id)-\(index + 1)", specification: panel.specification,
          width: figure.paperWidth,
          description: panel.title.map { "\($0): \(figure.description)" } ?? figure.description)
      }
    })
  let text = try inlineJSON(job)
  return try await withThrowingTaskGroup(of: Data?.self) { group in
    group.addTask {
      var options = PlatformOptions()
      options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .milliseconds(500))]
      do {
        let result = try await run(
          maker.executable, arguments: ["-I", maker.script],
          // The date within the file, so that the same report gives the same bytes.
          environment: .inherit.updating(["SOURCE_DATE_EPOCH": "946684800"]),
          platformOptions: options,
          input: .fileDescriptor(try programInput(text), closeAfterSpawningProcess: true),
          output: .bytes(limit: 200_000_000),
          error: .string(limit: 4_000_000))
        guard result.terminationStatus.isSuccess else {
          throw PDFError(python: maker.python, errors: result.standardError)
        }
        return Data(result.standardOutput)
      } catch let error as SubprocessError {
        throw PDFError(error, python: maker.python)
      }
    }
    group.addTask {
      try await Task.sleep(for: .seconds(maker.seconds))
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let data = first else {
      throw PDFError.timedOut(seconds: maker.seconds)
    }
    return data
  }
}

/// What `render_pdf.py` reads.
private struct PDFJob: Encodable {
  var html: String
  var charts: [Chart]
  var variant = "pdf/ua-1"

  struct Chart: Encodable {
    var id: String
    var specification: ChartSpecification
    var width: Int
    var description: String
  }
}

extension ChartFigure {
  /// Width of a panel on paper, in points.
  fileprivate var paperWidth: Int {
    if isPairedOnPaper { return 470 }
    return panels.count == 1 ? 940 : hasWidePanels ? 490 : 316
  }
}
