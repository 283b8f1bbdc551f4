import DocumentReading
import Facts
import Inventory
import ProcessModel

// Attributes that only matter when a process is executed.

extension BPMNContainerReader {
  /// What an element says of its execution; `nil` where it says nothing.
  func execution(of element: XMLElement) -> ExecutionAttributes? {
    var result = ExecutionAttributes()
    if element.name == "startEvent" { result.isInterrupting = flag(element, "isInterrupting") }
    result.isForCompensation = flag(element, "isForCompensation")
    result.instantiates = flag(element, "instantiate")
    result.compensatedBy = element["id"].flatMap { compensations[$0] }
    let thrown = element.first("compensateEventDefinition")?["activityRef"].map(withoutPrefix)
    if element.name != "boundaryEvent", let thrown, !thrown.isEmpty { result.compensates = thrown }
    if let loop = element.first("standardLoopCharacteristics") {
      result.testsBefore = flag(loop, "testBefore")
      result.loopMaximum = loop["loopMaximum"].flatMap { Int($0) }
    }
    if let multiple = element.first("multiInstanceLoopCharacteristics") {
      result.completionCondition = multiple.first("completionCondition")
        .flatMap { singleLine($0.deepText) }
    }
    return result == ExecutionAttributes() ? nil : result
  }

  private func flag(_ element: XMLElement, _ name: String) -> Bool? {
    element[name].map { $0 == "true" || $0 == "1" }
  }

  /// Notes which activities are associated with the compensation events of a container; an association
  /// may be drawn in either direction.
  mutating func findCompensations(in container: XMLElement) {
    let activities = Set(
      container.children.filter { flag($0, "isForCompensation") == true }.compactMap { $0["id"] })
    let events = Set(
      container.children.filter {
        $0.name == "boundaryEvent" && $0.first("compensateEventDefinition") != nil
      }.compactMap { $0["id"] })
    guard !events.isEmpty else { return }
    for association in container.children where association.name == "association" {
      guard let source = association["sourceRef"].map(withoutPrefix),
        let target = association["targetRef"].map(withoutPrefix)
      else { continue }
      if events.contains(source), compensations[source] == nil || activities.contains(target) {
        compensations[source] = target
      } else if events.contains(target), activities.contains(source) {
        compensations[target] = source
      }
    }
  }
}
