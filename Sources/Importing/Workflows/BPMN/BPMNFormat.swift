import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// BPMN 2.0 diagrams of any product.
  static let bpmn = ImportFormat(
    id: "bpmn", title: "BPMN 2.0 process",
    isFormat: { file in
      // The second namespace is that of the beta, which tools of 2010 still write.
      file.xmlRootName?.name == "definitions"
        && [
          "http://www.omg.org/spec/BPMN/20100524/MODEL", "http://schema.omg.org/spec/BPMN/2.0",
        ].contains(file.xmlRootName?.namespace)
    },
    readFile: { file throws(DocumentError) in
      let read = importBPMN(try file.xml(), path: file.path)
      return FileReading(
        of: file, read.fragment, problems: read.problems, isPartial: read.isPartial,
        content: "process with elements")
    })
}
