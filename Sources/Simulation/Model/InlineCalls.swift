internal import Facts
public import ProcessModel

extension BusinessProcess {
  /// The process with called processes drawn into it, each as a sub-process in place of its call.
  ///
  /// Elements of a called process get the id of the call before their own: `call/element`. A called
  /// process begins at its start event without trigger, else at its only one.
  ///
  /// - Parameter called: the process that a call activity, named in full, is to be replaced by; `nil` to
  ///   leave it an activity.
  /// - Throws: `FlowCompilationError` for a process that calls itself, or one that cannot be called.
  public func inliningCalls(
    _ called: (_ call: FlowElement) -> BusinessProcess?
  ) throws(FlowCompilationError) -> BusinessProcess {
    try inliningCalls(called, within: [id], below: "")
  }

  private func inliningCalls(
    _ called: (_ call: FlowElement) -> BusinessProcess?, within outer: [String],
    below prefix: String
  ) throws(FlowCompilationError) -> BusinessProcess {
    var result = self
    result.elements = []
    for element in elements {
      var named = element
      named.id = prefix + element.id
      guard case .callActivity = element.kind, let callee = called(named) else {
        result.elements.append(element)
        continue
      }
      var place = element.location
      place.element = element.id
      if outer.contains(callee.id) {
        throw FlowCompilationError(
          "the call '\(element.id)' leads back to the process '\(callee.id)' that it lies in; "
            + "recursion is not simulated, let the scenario treat the call as a task", at: place)
      }
      let inner = try callee.enteredOnce(by: element)
        .inliningCalls(called, within: outer + [callee.id], below: "\(named.id)/")
      var call = element
      call.kind = .subProcess(.embedded)
      result.elements.append(call)
      result.elements += inner.elements.map { $0.moved(into: element) }
      result.flows += inner.flows.map { $0.moved(into: element) }
      guard outer.count < 100, result.elements.count <= 50_000 else {
        throw FlowCompilationError(
          "with all the processes that it calls, the process has more than 50000 elements or 100 "
            + "levels; let the scenario treat some calls as tasks", at: place)
      }
    }
    return result
  }

  /// With one start event only: the one that a call enters by.
  private func enteredOnce(
    by call: FlowElement
  ) throws(FlowCompilationError) -> BusinessProcess {
    let starts = elements.filter { $0.isStart && $0.parent == nil }
    guard starts.count > 1 else { return self }
    let plain = starts.filter { $0.kind == .startEvent(.none) }
    guard plain.count == 1 else {
      var place = call.location
      place.element = call.id
      throw FlowCompilationError(
        "the called process '\(id)' has \(starts.count) start events, \(plain.count) of them without "
          + "trigger; a call enters by one, let the scenario treat the call as a task", at: place)
    }
    let others = Set(starts.map(\.id)).subtracting([plain[0].id])
    var result = self
    result.elements.removeAll { others.contains($0.id) }
    result.flows.removeAll { others.contains($0.source) }
    return result
  }
}

extension FlowElement {
  fileprivate func moved(into call: FlowElement) -> FlowElement {
    func renamed(_ id: String) -> String { "\(call.id)/\(id)" }
    var result = self
    result.id = renamed(id)
    result.parent = parent.map(renamed) ?? call.id
    result.defaultFlow = defaultFlow.map(renamed)
    if case .boundary(let trigger, let host, let interrupting) = kind {
      result.kind = .boundary(trigger, attachedTo: renamed(host), interrupting: interrupting)
    }
    result.execution?.compensatedBy = execution?.compensatedBy.map(renamed)
    result.execution?.compensates = execution?.compensates.map(renamed)
    return result
  }
}

extension SequenceFlow {
  fileprivate func moved(into call: FlowElement) -> SequenceFlow {
    var result = self
    result.id = "\(call.id)/\(id)"
    result.source = "\(call.id)/\(source)"
    result.target = "\(call.id)/\(target)"
    return result
  }
}
