import Facts
import Foundation
import Importing
import Inventory
import ProcessModel
import Scenarios
import Testing

@Suite("A flow written as BPMN")
struct BPMNTextTests {
  @Test("is read back as it was, whatever its names hold")
  func readBack() throws {
    let place = SourceLocation(path: "x")
    let names = ["Ask <boss> & \"team\"", "Prüfen\nund buchen", "一"]
    var elements = [FlowElement(id: "start", kind: .startEvent(.none), location: place)]
    elements += names.enumerated().map { index, name in
      FlowElement(
        id: "task_\(index)", name: name, kind: .task(index == 1 ? .service : .user),
        location: place)
    }
    elements.append(FlowElement(id: "end", kind: .endEvent(.none), location: place))
    let flows = zip(elements, elements.dropFirst()).map {
      SequenceFlow(id: "from_\($0.id)", source: $0.id, target: $1.id, location: place)
    }
    let text = bpmnText(
      of: BusinessProcess(
        id: "made", name: "Made & written", elements: elements, flows: flows, location: place))
    let file = FileManager.default.temporaryDirectory
      .appending(path: "rehearse-\(UUID().uuidString).bpmn")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.utf8).write(to: file)
    let result = importFiles(at: [file.path])
    #expect(result.documents.flatMap(\.problems) == [])
    let read = try #require(Estate(merging: result.documents).processes.first?.process)
    #expect(read.id == "made")
    #expect(read.name == "Made & written")
    #expect(read.elements.map(\.id) == elements.map(\.id))
    #expect(read.elements.map(\.kind) == elements.map(\.kind))
    // A line end in an attribute is a space to every XML parser.
    #expect(
      read.elements.compactMap(\.name) == [names[0], "Prüfen und buchen", names[2]])
    #expect(
      read.flows.map { [$0.id, $0.source, $0.target] }
        == flows.map { [$0.id, $0.source, $0.target] })
  }
}
