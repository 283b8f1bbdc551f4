import Foundation
import Testing

extension EndToEndTests {
  /// The tutorials, done as a reader does them.
  ///
  /// What is indented and begins with `rehearse` is a command; what is indented after it is part of what it
  /// prints, where `…` stands for anything; a fence of YAML that names a file is written to it, or with
  /// a `+` added to its end.
  @Suite("Tutorials") struct TutorialTests {
    static let names = ["architect", "leader", "planner", "own-process"]

    @Test("every command runs, in order, and prints what is shown", arguments: names)
    func done(_ name: String) async throws {
      let steps = TutorialStep.all(in: try projectText("docs/tutorial/\(name).md"))
      #expect(steps.contains { $0.commands != nil } && steps.contains { $0.shown != nil })
      let folder = try TemporaryFolder()
      for part in ["inventories", "scenarios"] { try folder.copy(part, to: part) }
      try folder.write([], to: "output/.keep")
      let place = URL(filePath: try programPath()).deletingLastPathComponent().path
      var printed = ""
      for (number, step) in steps.enumerated() {
        switch step {
        case .run(let commands):
          let outcome = try await runProgram(
            "/bin/bash", ["-e", "-c", "PATH='\(place)':$PATH\n\(commands)"], in: folder.path,
            limit: .seconds(400))
          let next = number + 1 < steps.count ? steps[number + 1].shown : nil
          let expected: Int32 = next?.hasPrefix("error:") == true ? 2 : 0
          #expect(outcome.exitCode == expected, "\(name): \(commands)\n\(outcome)")
          printed = collapsed(outcome.errors + "\n" + outcome.output)
        case .shows(let text):
          var rest = printed[...]
          for part in text.split(separator: "…") {
            let wanted = collapsed(String(part))
            guard let found = rest.firstRange(of: wanted) else {
              Issue.record("\(name) shows '\(wanted)', but this was printed: \(rest.prefix(4_000))")
              break
            }
            rest = rest[found.upperBound...]
          }
        case .write(let text, let file, let isMore):
          let before = isMore ? try String(contentsOfFile: folder.file(file), encoding: .utf8) : ""
          try folder.write((before + text).utf8, to: file)
        }
      }
    }

    @Test("no tutorial is left out")
    func all() throws {
      let files = try FileManager.default.contentsOfDirectory(
        atPath: "\(packageRoot)/docs/tutorial")
      #expect(Set(files.filter { $0.hasSuffix(".md") }) == Set(Self.names.map { "\($0).md" }))
    }
  }
}

/// One thing that a tutorial asks for or shows.
private enum TutorialStep {
  /// Commands of the shell.
  case run(String)
  /// What the last command prints.
  case shows(String)
  /// A file to be written, or to be continued.
  case write(String, to: String, isMore: Bool)

  var commands: String? { if case .run(let commands) = self { commands } else { nil } }
  var shown: String? { if case .shows(let text) = self { text } else { nil } }

  static func all(in page: String) -> [TutorialStep] {
    var steps: [TutorialStep] = []
    var block: [Substring] = []
    var fence: (file: String?, lines: [Substring])?
    func end() {
      let text = block.joined(separator: "\n")
      block = []
      guard !text.isEmpty else { return }
      if text.hasPrefix("rehearse ") {
        steps.append(.run(text))
      } else if steps.contains(where: { $0.commands != nil }) {
        steps.append(.shows(text))
      }
    }
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        end()
        if let open = fence {
          if let file = open.file {
            let text = open.lines.joined(separator: "\n") + "\n"
            let isMore = file.hasPrefix("+")
            steps.append(.write(text, to: isMore ? String(file.dropFirst()) : file, isMore: isMore))
          }
          fence = nil
        } else {
          fence = (line.split(separator: " ").dropFirst().first.map(String.init), [])
        }
      } else if fence != nil {
        fence?.lines.append(line)
      } else if line.hasPrefix("    ") {
        block.append(line.dropFirst(4))
      } else {
        end()
      }
    }
    end()
    return steps
  }
}

/// A text with every run of blanks and ends of lines as one blank.
private func collapsed(_ text: String) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
