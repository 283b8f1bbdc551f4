internal import Facts

extension ScenarioAssembly {
  /// Parameters that are not known; their ends are tried by `Scenario.problemsOfUncertain()`.
  func readUncertain() -> [UncertainParameter] {
    reading.named(top, "uncertain").compactMap { name, section in
      guard section.isPresent else { return nil }
      let title = reading.caption(section, "title") ?? name
      let paths = reading.names(section, "change", among: nil)
      let low = reading.caption(section, "low")
      let likely = reading.caption(section, "likely")
      let high = reading.caption(section, "high")
      let counted = reading.countedShare(section, "counted")
      guard let paths else { return nil }
      for (path, location) in paths {
        if let reason = root.refusal(ofChanging: path) {
          reading.report(
            key: path, "'\(shown(path))' cannot be uncertain: \(reason)", at: location)
        }
      }
      let knowledge: UncertainParameter.Knowledge
      if let counted, low == nil, likely == nil, high == nil {
        knowledge = .counted(successes: counted.successes, of: counted.count)
      } else if let low, let high, counted == nil {
        knowledge = .range(low: low, likely: likely, high: high)
      } else {
        reading.report(
          key: section.path,
          "'\(section.path)' needs `low` and `high`, or `counted` alone, to say what the value may be",
          at: section.location)
        return nil
      }
      let parameter = UncertainParameter(
        name: name, title: title, paths: paths.map(\.name), knowledge: knowledge,
        isWhole: paths.allSatisfy { root.takesWholeNumbers($0.name) })
      if let problem = parameter.problem {
        reading.report(
          key: section.path,
          "nothing lies between the values of '\(section.path)': \(problem)", at: section.location)
        return nil
      }
      return parameter
    }
  }
}

extension ScenarioReading {
  /// A share that was counted, such as `47 of 100`.
  func countedShare(_ section: Section, _ name: String) -> (successes: Int, count: Int)? {
    scalar(section, name) { text throws(ValueError) in
      let words = valueWords(text)
      guard words.count == 3, words[1] == "of", let successes = Int(words[0]),
        let count = Int(words[2]), count > 0, 0...count ~= successes, count <= 1_000_000_000
      else { throw ValueError("it does not say how many of how many") }
      return (successes, count)
    }
  }
}

extension ScenarioNode {
  /// Whether the key of a path takes whole numbers only.
  func takesWholeNumbers(_ path: String) -> Bool {
    guard let key = KeyTree.all.descendant(keys(ofPath: path))?.key else { return false }
    if case .count = key.kind { return true }
    return key.kind == .requests
  }
}

extension Scenario {
  /// A parameter that takes values in between two written ones, for a study of this scenario.
  ///
  /// - Throws: `ScenarioErrors` where the path leads nowhere, or nothing lies between the values.
  public func parameter(
    _ path: String, low: String, high: String
  ) throws(ScenarioErrors) -> UncertainParameter {
    let parameter = UncertainParameter(
      name: path, title: path, paths: [path], knowledge: .range(low: low, likely: nil, high: high),
      isWhole: source.root.takesWholeNumbers(path))
    if let problem = parameter.problem {
      throw ScenarioErrors([
        ScenarioProblem(
          key: path, "nothing lies between the values of '\(shown(path))': \(problem)",
          at: SourceLocation(path: self.path))
      ])
    }
    for probability in [0.0, 1.0] {
      _ = try changing(parameter.paths.map { ($0, parameter.value(at: probability)) })
    }
    return parameter
  }

  /// What is wrong with the ends of uncertain parameters: each is tried alone.
  func problemsOfUncertain() -> [ScenarioProblem] {
    var problems: [ScenarioProblem] = []
    for parameter in uncertain {
      for probability in [0.0, 1.0] {
        let value = parameter.value(at: probability)
        do {
          _ = try changing(parameter.paths.map { ($0, value) })
        } catch {
          let reason = error.problems.first?.message ?? ""
          problems.append(
            ScenarioProblem(
              key: "uncertain.\(parameter.name)",
              "the value `\(shown(value))` of '\(shown(parameter.name))' does not fit: \(reason)",
              at: source.root["uncertain"]?[parameter.name]?.location
                ?? SourceLocation(path: path)))
        }
      }
    }
    return problems
  }
}
