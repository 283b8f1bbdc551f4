import DocumentReading
import Facts
import Inventory

/// What the projects of a UiPath solution are called, since most of their own files do not say.
struct UiPathProjectNames {
  /// What is known of a project.
  struct Project {
    var name: Fact<String>
    /// Other names and the GUID under which files call it.
    var aliases: [String] = []
    /// Type, as `project.uiproj` or the solution writes it.
    var type: String?
    var purpose: Fact<String>?
  }

  private var declared: [String: Project] = [:]

  init(_ files: [UiPathAgenticFiles.File]) {
    for file in files {
      switch file.kind {
      case .solution:
        for (folder, entry) in Self.projects(of: file) {
          var project = declared[folder] ?? Self.named(byFolder: folder, of: file.path)
          project.type = entry["Type"]?.string
          if let id = entry["Id"]?.string?.trimmedOrNil { project.aliases.append(id) }
          declared[folder] = project
        }
      case .projectFile:
        guard let node = file.root["Name"], let name = node.string?.trimmedOrNil else { continue }
        let folder = Self.home(of: file.path)
        var project = declared[folder] ?? Self.named(byFolder: folder, of: file.path)
        if !isGenericProjectName(name) {
          if name != project.name.value { project.aliases.append(project.name.value) }
          project.name = Fact(name, Evidence(.imported, node.location))
        }
        project.type = project.type ?? file.root["ProjectType"]?.string
        if let text = file.root["Description"], let purpose = text.string?.trimmedOrNil {
          project.purpose = Fact(purpose, Evidence(.imported, text.location))
        }
        declared[folder] = project
      default: break
      }
    }
  }

  /// The projects that a solution lists, with their folders.
  static func projects(
    of solution: UiPathAgenticFiles.File
  ) -> [(folder: String, entry: DataNode)] {
    (solution.root["Projects"]?.array ?? []).compactMap { entry in
      guard let written = entry["ProjectRelativePath"]?.string?.trimmedOrNil else { return nil }
      let relative = written.replacing("\\", with: "/")
      guard !relative.hasPrefix("/"), !relative.contains("../") else { return nil }
      return (folder(of: solution.path) + folder(of: relative), entry)
    }
  }

  /// The folder of the project that a file belongs to, past folders that tools write.
  static func home(of path: String) -> String {
    var components = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let tools = [".agent-builder", ".project", ".local", ".uipath", "content"]
    while let last = components.last, tools.contains(last.lowercased()), components.count > 1 {
      components = components.dropLast()
    }
    if let place = components.lastIndex(where: { $0 == "resources" || $0 == "features" }),
      components.count - place == 2
    {
      components = components[..<place]
    }
    return components.isEmpty ? "" : components.joined(separator: "/") + "/"
  }

  /// The project that a file belongs to.
  func project(of path: String) -> Project {
    let folder = Self.home(of: path)
    return declared[folder] ?? Self.named(byFolder: folder, of: path)
  }

  /// Whether a file of the solution speaks of the project of a path.
  func isDeclared(_ path: String) -> Bool { declared[Self.home(of: path)] != nil }

  private static func named(byFolder folder: String, of path: String) -> Project {
    let note = "named after its folder; the file states no name"
    let evidence = Evidence(.inferred, SourceLocation(path: path), note: note)
    let components = folder.split(separator: "/").map { component in
      component.hasSuffix("!") ? stem(of: String(component.dropLast())) : String(component)
    }
    guard let last = components.last else {
      return Project(name: Fact(stem(of: lastComponent(of: path)), evidence))
    }
    if isGUID(last) {
      return Project(name: Fact("Agent \(last.prefix(8))", evidence), aliases: [last])
    }
    if isGenericProjectName(last), components.count > 1 {
      let parent = components[components.count - 2]
      return Project(name: Fact("\(parent) \(last)", evidence), aliases: [last])
    }
    return Project(name: Fact(last, evidence))
  }
}

/// Whether a name is what a tool proposes, so that many projects have it.
func isGenericProjectName(_ name: String) -> Bool {
  [
    "agent", "agents", "solution", "process", "workflow", "workflows", "flow", "case", "main",
    "content", "project", "api", "apiworkflow", "api workflow", "src", "app", "caseplan", "default",
    "untitled", "new workflow",
  ].contains(name.lowercased())
}
