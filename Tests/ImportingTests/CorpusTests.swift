import Facts
import Foundation
import Importing
import Inventory
import Testing

/// Imports real files, where a folder of them is given in the environment as `REHEARSE_CORPUS`, sorted
/// into one folder for each format.
@Suite("Real files", .enabled(if: ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] != nil))
struct CorpusTests {
  private static let root = ProcessInfo.processInfo.environment["REHEARSE_CORPUS"] ?? ""

  /// Folders with the formats that are read there and the least share of files that must be used, for
  /// some belong to a project and say nothing themselves.
  private static let folders: [(name: String, format: String, share: Double)] = [
    ("rpa-uipath", "uipath-project", 0.9), ("rpa-power-automate", "power-automate", 0.9),
    ("rpa-uipath-orchestrator", "uipath-orchestrator", 0.6), ("rpa-blueprism", "blue-prism", 1),
    // Where the share is 0, the files hold what is no automation, such as uploads of ServiceNow.
    // A solution has many files of pictures and versions beside the one that tells.
    ("rpa-power-automate-desktop", "power-automate-desktop", 0.05),
    ("wf-bpmn", "bpmn", 1), ("wf-dmn", "dmn", 0.75), ("ag-crewai", "crewai", 1),
    ("ag-a2a", "a2a-agent-card", 1), ("ag-watsonx-orchestrate", "watsonx-orchestrate", 1),
    ("ag-mcp", "mcp", 1), ("ag-autogen", "autogen", 0.8), ("ag-openapi", "openapi", 1),
    ("wf-salesforce-flow", "salesforce-flow", 1),
    ("wf-servicenow", "servicenow", 0), ("wf-mulesoft", "mulesoft", 0.9),
    ("wf-nodered", "node-red", 1), ("wf-make", "make", 1), ("wf-kestra", "kestra", 1),
    ("wf-airflow-dagfactory", "airflow-dag-factory", 1),
    ("rpa-robotframework", "robot-framework", 0.7),
    // Catalogues list users and places of files too; models hold what is no application.
    ("ea-backstage", "backstage", 0.7), ("ea-archimate", "archimate", 0.5),
    ("ea-cyclonedx", "cyclonedx", 1),
    ("wf-n8n", "n8n", 1), ("wf-asl", "aws-step-functions", 1),
    ("wf-drools", "drools", 1), ("ag-langgraph", "langgraph uipath-solution", 0.95),
    ("ag-agentforce", "agentforce", 0.5),
    ("ag-dify", "dify", 1), ("ag-flowise", "flowise", 1),
    ("ag-m365-declarative", "m365-declarative-agent", 1),
    ("ag-foundry-sk", "foundry-agent", 1), ("ag-agentspec", "agent-spec", 0.95),
    ("ea-otel-genai", "otel-genai", 0.9), ("ops-temporal", "temporal", 1),
    ("ag-copilot-studio", "copilot-studio power-automate openapi", 0.8),
    (
      "ag-uipath",
      "uipath-agent uipath-flow uipath-case uipath-api-workflow uipath-solution bpmn", 0.8
    ),
  ]

  @Test(
    "nearly every file of a known format is read, and none fails", arguments: folders.map(\.name))
  func knownFormats(name: String) throws {
    let folder = try #require(Self.folders.first { $0.name == name })
    let result = importFiles(at: ["\(Self.root)/\(folder.name)"])
    let used = result.count(.imported) + result.count(.partial)
    #expect(result.documents.count > 0)
    #expect(result.count(.failed) == 0)
    #expect(Double(used) >= folder.share * Double(result.documents.count))
    #expect(
      result.documents.allSatisfy {
        $0.format.map { (folder.format + " archive").split(separator: " ").contains($0[...]) }
          ?? true
      })
    let estate = Estate(merging: result.documents)
    // A description of an interface tells of an application only; exports of agents and traces, of no
    // steps.
    #expect(folder.share == 0 || !estate.systems.isEmpty || !estate.applications.isEmpty)
    let hasNoSteps = ["autogen", "otel-genai", "robot-framework", "backstage"].contains(
      folder.format)
    #expect(folder.share == 0 || !estate.steps.isEmpty || hasNoSteps)
    #expect(estate == Estate(merging: result.documents.reversed() + result.documents))
    for evidence in estate.systems.flatMap(\.sources) + estate.connections.flatMap(\.evidence) {
      #expect(result.documents.contains { $0.path == evidence.location.path })
    }
  }

  @Test("no real file of any kind crashes an importer, and what is not known is skipped")
  func everything() throws {
    var failed: [String] = []
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root).sorted()
    for folder in folders {
      let result = importFiles(at: ["\(Self.root)/\(folder)"])
      failed += result.documents.filter { $0.status == .failed }.map { "\(folder)/\($0.path)" }
      #expect(result.documents.allSatisfy { $0.status != .failed || !$0.problems.isEmpty })
    }
    // Files that are broken at their source: JSON that is none, YAML with a key twice.
    #expect(failed.count <= 3, "\(failed)")
  }
}
