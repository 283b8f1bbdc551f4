import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Automations of Pega Robotic Automation, once OpenSpan, of which only what describes them is read.
  static let pegaOpenSpan = ImportFormat(
    id: "pega-openspan", title: "Pega robotic automation",
    isFormat: { file in file.xmlRootName?.name == "OpenSpanDesignDocument" },
    readFile: { file throws(DocumentError) in
      let root = try file.xml()
      var reading = FileReading(path: file.path)
      let type = root.first("ComponentInfo")?.first("Type")?["Value"] ?? ""
      guard type.hasSuffix(".Automator") else {
        reading.isBeside = true
        reading.note(
          .info,
          "a part of a project of Pega Robotic Automation (\(lastPart(of: type))) and no automation",
          at: root.location)
        return reading
      }
      let evidence = Evidence(.imported, root.location)
      var system = AutomationSystem(
        name: stem(of: file.name),
        source: Evidence(
          .inferred, root.location, note: "named after its file, which states no name of its own"))
      system.kind.state(.rpa, evidence)
      system.technology.state("Pega Robotic Automation", evidence)
      system.unknowns = ["What the automation does is in a serialised form, which is not read."]
      reading.fragment.systems = [system]
      reading.isPartial = true
      reading.note(
        .info,
        "of automations of Pega only that they are there is read, for their content is serialised",
        at: root.location)
      return reading
    })
}

private func lastPart(of type: String) -> String {
  type.split(separator: ".").last.map(String.init) ?? "of no type"
}
