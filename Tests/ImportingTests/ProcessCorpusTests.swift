import DocumentReading
import Facts
import Foundation
import Importing
import Inventory
import ProcessModel
import Testing

/// Reads real BPMN and DMN files, where a folder of them is given as `REHEARSE_CORPUS`.
@Suite(
  "Real BPMN and DMN files",
  .enabled(if: ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] != nil))
struct ProcessCorpusTests {
  private struct Counts {
    var files = 0
    var systems = 0
    var processes = 0
    var elements = 0
    var tables = 0
    var rules = 0
    var opaqueCells = 0
    var connections = 0
    var people = 0
    var problems: [Severity: Int] = [:]

    mutating func add(_ fragment: EstateFragment, _ found: [ImportProblem]) {
      files += 1
      systems += fragment.systems.count
      processes += fragment.processes.count
      elements += fragment.processes.reduce(0) { $0 + $1.process.elements.count }
      tables += fragment.decisions.count
      rules += fragment.decisions.reduce(0) { $0 + $1.table.rules.count }
      let cells = fragment.decisions.flatMap { $0.table.rules.flatMap(\.tests) }
      opaqueCells += cells.count { if case .opaque = $0 { true } else { false } }
      connections += fragment.connections.count
      people += fragment.touchPoints.count
      for problem in found { problems[problem.severity, default: 0] += 1 }
    }
  }

  @Test("every real file gives processes or decisions, and every problem a place")
  func realFiles() throws {
    let folder = ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] ?? ""
    var bpmn: [String: Counts] = [:]
    var dmn = Counts()
    for file in try DocumentReader.files(under: folder) {
      let bytes = try DocumentReader.read(file: file.absolutePath, shownAs: file.relativePath)
      guard let root = xmlRootName(bytes), root.name == "definitions" else { continue }
      let document = try parseXML(bytes, path: file.relativePath)
      if root.namespace?.contains("/spec/DMN/") == true {
        let (fragment, problems, _) = importDMN(document, path: file.relativePath)
        dmn.add(fragment, problems)
        check(problems, file.relativePath)
      } else if root.namespace?.contains("/spec/BPMN/") == true {
        let (fragment, problems, _) = importBPMN(document, path: file.relativePath)
        let format = file.relativePath.split(separator: "/").first.map(String.init) ?? ""
        bpmn[format, default: Counts()].add(fragment, problems)
        check(problems, file.relativePath)
        for process in fragment.processes { checkIntegrity(process.process) }
      }
    }
    for format in bpmn.keys.sorted() { print("BPMN", format, bpmn[format] ?? Counts()) }
    print("DMN", dmn)
    let files = bpmn.values.reduce(0) { $0 + $1.files }
    #expect(files > 0)
    #expect(bpmn.values.reduce(0) { $0 + $1.processes } * 10 >= files * 9)
    #expect(dmn.tables > 0)
  }

  private func check(_ problems: [ImportProblem], _ path: String) {
    for problem in problems {
      #expect(problem.location.path == path)
      #expect(problem.location.line != nil, "\(problem.message)")
      if problem.severity <= .low { print("problem: \(problem.location): \(problem.message)") }
    }
  }

  /// What the simulation relies on: ids are unique, and every reference leads somewhere.
  private func checkIntegrity(_ process: BusinessProcess) {
    let ids = Set(process.elements.map(\.id))
    #expect(ids.count == process.elements.count)
    for flow in process.flows {
      #expect(ids.contains(flow.source) && ids.contains(flow.target))
    }
    for element in process.elements {
      if let parent = element.parent { #expect(ids.contains(parent)) }
      if case .boundary(_, let host, _) = element.kind { #expect(ids.contains(host)) }
    }
  }
}
