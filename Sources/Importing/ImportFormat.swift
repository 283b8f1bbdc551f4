import DocumentReading
import Facts
import Inventory

/// A format that can be imported, recognised by the content of its files.
public struct ImportFormat: Sendable {
  /// Identifier, as `SourceDocument.format` has it.
  public let id: String
  /// What people call it.
  public let title: String
  /// Which part a file plays in this format; `nil` where it belongs to another one.
  let sniff: @Sendable (CandidateFile) -> FileRole?
  /// Reads the files of one project, ordered by path; one reading for each.
  let read: @Sendable (ImportGroup) -> [FileReading]

  /// A format whose documents may consist of several files.
  init(
    id: String, title: String, sniff: @escaping @Sendable (CandidateFile) -> FileRole?,
    read: @escaping @Sendable (ImportGroup) -> [FileReading]
  ) {
    self.id = id
    self.title = title
    self.sniff = sniff
    self.read = read
  }

  /// A format in which every file stands for itself.
  init(
    id: String, title: String, isFormat: @escaping @Sendable (CandidateFile) -> Bool,
    readFile: @escaping @Sendable (CandidateFile) throws(DocumentError) -> FileReading
  ) {
    self.id = id
    self.title = title
    sniff = { isFormat($0) ? .whole : nil }
    read = { group in
      group.files.map { file in
        FileReading(of: file) { () throws(DocumentError) in try readFile(file) }
      }
    }
  }

  /// Every format, in the order in which a file is tried against them.
  public static let all: [ImportFormat] = [
    uiPathProject,
    powerAutomateDesktop,
    copilotStudio,
    powerAutomate,
    salesforceFlow,
    serviceNow,
    muleSoft,
    bpmn,
    dmn,
    uiPathOrchestrator,
    bluePrism,
    automationAnywhere,
    automationAnywhereTask,
    watsonxOrchestrate,
    langGraph,
    uiPathAgent,
    uiPathFlow,
    uiPathCase,
    uiPathAPIWorkflow,
    uiPathSolution,
    agentforce,
    crewAI,
    a2aAgentCard,
    autoGen,
    dify,
    langflow,
    flowise,
    m365DeclarativeAgent,
    bedrockAgents,
    foundryAgents,
    agentSpec,
    genAISpans,
    mcp,
    openAPI,
    n8n,
    stepFunctions,
    nodeRED,
    make,
    zapier,
    snapLogic,
    kestra,
    temporal,
    dagFactory,
    robotFramework,
    pegaOpenSpan,
    drools,
    decisionTable,
    backstage,
    archiMate,
    cycloneDX,
    powerPlatformInventory,
    systemRegister,
  ]
}

/// What part a file plays in a format.
enum FileRole {
  /// It is a document by itself.
  case whole
  /// It opens a project, to which files in its folder and below belong.
  case anchor
  /// It belongs to the nearest project above; without one it is a document by itself.
  case part
  /// It belongs to the nearest project above; without one it is not of this format.
  case companion
  /// It belongs to the only project below its folder; else it is not of this format.
  case envelope
  /// It belongs to the project whose folder lies so many levels above its own.
  case member(levelsUp: Int)
}

/// The files of one project.
struct ImportGroup {
  /// Folder of the anchor with a stroke at its end; empty at the root.
  var folder: String
  /// Files, ordered by path.
  var files: [CandidateFile]
}

/// What was read from one file.
struct FileReading {
  var path: String
  var fragment = EstateFragment()
  var problems: [ImportProblem] = []
  /// Whether the format leaves out what matters, or something was not understood.
  var isPartial = false
  /// Whether the file could not be read at all.
  var hasFailed = false
  /// Whether the file turned out to say nothing of an estate.
  var isBeside = false

  /// An empty reading.
  init(path: String) { self.path = path }

  /// The reading of a file, or its failure.
  init(of file: CandidateFile, read: () throws(DocumentError) -> FileReading) {
    do {
      self = try read()
    } catch {
      path = file.path
      hasFailed = true
      problems = [ImportProblem(error)]
    }
  }

  /// The reading of a modelling tool's file.
  ///
  /// Systems that have no name but an identifier such tools hand out again and again (`Process_1`)
  /// are named after the file, lest unnamed models of several files look like one.
  /// - Parameter content: What the file is expected to hold, for the message where it does not.
  init(
    of file: CandidateFile, _ fragment: EstateFragment, problems: [ImportProblem], isPartial: Bool,
    content: String
  ) {
    path = file.path
    self.fragment = fragment
    self.problems = problems
    self.isPartial = isPartial
    if fragment.systems.isEmpty {
      hasFailed = problems.contains { $0.severity <= .high }
      if problems.isEmpty {
        note(.medium, "the file holds no \(content), so that nothing was read", at: file.location)
      }
    }
    let unnamed = fragment.systems.filter { isGeneratedIdentifier($0.name) }
    for system in unnamed {
      let file = stem(of: file.name)
      self.fragment.rename(
        system: system.name, to: unnamed.count == 1 ? file : "\(file) \(system.name)")
    }
  }

  /// What became of the file.
  var status: SourceDocument.Status {
    if hasFailed { return .failed }
    if isBeside { return .notInventory }
    return isPartial || problems.contains { $0.severity <= .medium } ? .partial : .imported
  }

  /// Adds what another part of the same file says.
  mutating func add(_ other: FileReading) {
    fragment.add(other.fragment)
    problems += other.problems
    isPartial = isPartial || other.isPartial
    hasFailed = hasFailed || other.hasFailed
  }

  /// Adds a problem.
  mutating func note(_ severity: Severity, _ message: String, at location: SourceLocation) {
    problems.append(ImportProblem(severity, message, at: location))
  }
}

extension ImportProblem {
  /// What kept a document from being read.
  init(_ error: DocumentError) { self.init(.high, error.message, at: error.location) }
}
