import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Decision models in DMN of any version.
  static let dmn = ImportFormat(
    id: "dmn", title: "DMN decision model",
    isFormat: { file in
      file.xmlRootName?.name.lowercased() == "definitions"
        && file.xmlRootName?.namespace?.contains("omg.org/spec/DMN/") ?? false
    },
    readFile: { file throws(DocumentError) in
      let read = importDMN(try file.xml(), path: file.path)
      return FileReading(
        of: file, read.fragment, problems: read.problems, isPartial: read.isPartial,
        content: "decision")
    })
}
