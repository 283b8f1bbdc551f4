internal import Facts

extension Scenario {
  /// The parameters that one variant runs with: what it overrides is not among them.
  ///
  /// - Throws: `ScenarioErrors` where the scenario has no such variant.
  public func parameters(ofVariant name: String) throws(ScenarioErrors) -> [ParameterRecord] {
    let known = variants.map(\.name)
    guard known.contains(name) else {
      let hint =
        nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
        ?? "it has \(known.joined(separator: ", "))"
      throw ScenarioErrors([
        ScenarioProblem(
          "the scenario has no variant '\(shown(name))'; \(hint)", at: SourceLocation(path: path))
      ])
    }
    let reading = ScenarioReading()
    var assembly = source.assembly(of: source.root.without(["sweep"]), reading: reading)
    assembly.onlyVariant = name
    _ = assembly.assemble()
    return reading.parameters
  }
}

extension ScenarioSource {
  /// An assembly of the scenario's text, or of a text that was changed, with the process it has.
  func assembly(of root: ScenarioNode, reading: ScenarioReading) -> ScenarioAssembly {
    ScenarioAssembly(
      root: root, path: path, digest: digest,
      resolved: ResolvedProcess(
        process: process, flow: flow, systems: systems, decisions: decisions,
        applications: applications), files: files, reading: reading)
  }
}
