import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// BPMN 2.0 diagrams of any product.
  static let bpmn = ImportFormat(
    id: "bpmn", title: "BPMN 2.0 process",
    isFormat: { file in
      file.xmlRootName?.name == "definitions"
        && file.xmlRootName?.namespace == "http://www.omg.org/spec/BPMN/20100524/MODEL"
    },
    readFile: { file throws(DocumentError) in
      let read = importBPMN(try file.xml(), path: file.path)
      return FileReading(
        of: file, read.fragment, problems: read.problems, isPartial: read.isPartial,
        content: "process with elements")
    })
}
