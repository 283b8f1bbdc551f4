internal import DocumentReading
internal import Facts

extension ElementReading {
  // MARK: Times

  /// A time as a scenario writes it; `nil` for one that cannot be said, which is reported.
  mutating func time(_ value: XMLElement, _ bpsim: BPSimReading) -> ImportedDraw? {
    if value.name == "DurationParameter" {
      return seconds(value, bpsim).flatMap { draw(.constant($0), at: value) }
    }
    guard let unit = bpsim.seconds(of: value["timeUnit"]) else {
      fail(
        value, "has the time unit '\(shown(value["timeUnit"] ?? ""))', which BPSim does not have")
      return nil
    }
    guard let (shape, minimum, maximum) = self.shape(value, unit: unit) else { return nil }
    return draw(shape, at: value, minimum: minimum, maximum: maximum)
  }

  /// Seconds of a constant time; `nil` for one that varies or is none, which is reported.
  mutating func seconds(_ value: XMLElement, _ bpsim: BPSimReading) -> Double? {
    if value.name == "DurationParameter" {
      let text = value["value"]?.trimmed ?? ""
      if let span = TimeSpan(iso8601: text) { return span.seconds }
      fail(
        value, "is '\(shown(text))'; expected a duration such as P1DT2H, without years and months")
      return nil
    }
    guard let draw = time(value, bpsim) else { return nil }
    if draw.constant == nil { fail(value, "varies; expected a time that is always the same") }
    return draw.constant
  }

  /// A distribution in seconds or, with a unit of 1, as plain numbers.
  mutating func shape(
    _ value: XMLElement, unit: Double
  ) -> (shape: ImportedShape, minimum: Double?, maximum: Double?)? {
    let problems = errors.count
    func of(_ name: String) -> Double {
      if value[name] == nil { fail(value, "has no '\(name)'") }
      return (number(value, name) ?? 0) * unit
    }
    var bounds: (Double?, Double?) = (nil, nil)
    let shape: ImportedShape
    switch value.name {
    case "NumericParameter", "FloatingParameter": shape = .constant(of("value"))
    case "NormalDistribution":
      shape = .normal(mean: of("mean"), deviation: of("standardDeviation"))
    case "TruncatedNormalDistribution":
      shape = .normal(mean: of("mean"), deviation: of("standardDeviation"))
      bounds = (of("min"), of("max"))
    case "UniformDistribution": shape = .uniform(from: of("min"), to: of("max"))
    case "TriangularDistribution":
      shape = .triangular(from: of("min"), mode: of("mode"), to: of("max"))
    case "NegativeExponentialDistribution": shape = .exponential(scale: of("mean"), location: 0)
    case "ErlangDistribution":
      let phases = number(value, "k") ?? 0
      shape = .erlang(phases: Int(exactly: phases) ?? 0, mean: of("mean"))
    case "GammaDistribution":
      let (form, scale) = (number(value, "shape") ?? 0, of("scale"))
      shape = .gamma(mean: form * scale, variance: form * scale * scale, location: 0)
    case "LogNormalDistribution":
      let deviation = of("standardDeviation")
      shape = .lognormal(mean: of("mean"), variance: deviation * deviation, location: 0)
    case "WeibullDistribution":
      shape = .weibull(shape: number(value, "shape") ?? 0, scale: of("scale"))
    case "PoissonDistribution":
      shape = .counts(poisson: number(value, "mean") ?? -1, each: unit)
    case "BinomialDistribution":
      shape = .counts(
        binomial: number(value, "trials") ?? -1, number(value, "probability") ?? -1, each: unit)
    case "UserDistribution":
      guard value["discrete"] == "true" || value["discrete"] == "1" else {
        fail(
          value,
          "is a distribution of its own that is not discrete, between whose points values are "
            + "interpolated; write discrete=\"true\" or one of the named distributions")
        return nil
      }
      var points: [(value: Double, share: Double)] = []
      for point in value.all("UserDistributionDataPoint") {
        guard let share = number(point, "probability"), let inner = point.children.first,
          let amount = number(inner, "value")
        else { continue }
        points.append((amount * unit, share))
      }
      shape = .discrete(points)
    default:
      fail(
        value,
        "is no value that can be taken over: expected a number, a duration or one of BPSim's distributions "
          + "but Beta; expressions, lists and texts cannot be")
      return nil
    }
    return errors.count == problems ? (shape, bounds.0, bounds.1) : nil
  }

  /// The number of a parameter that is constant; `nil` for others, which are reported.
  mutating func constant(_ parameter: XMLElement) -> Double? {
    let values = BPSimParameters.values(of: parameter)
    guard values.count == 1, ["NumericParameter", "FloatingParameter"].contains(values[0].name)
    else {
      fail(
        parameter,
        values.count > 1
          ? "has several values, by calendar; expected one number"
          : "is no number; what is drawn or worked out there cannot be taken over")
      return nil
    }
    if values[0]["value"] == nil { fail(values[0], "has no 'value'") }
    return number(values[0], "value")
  }

  // MARK: Resources

  /// Resources of which one is taken, by an expression such as `bpsim:getResource('clerk', 1)`.
  func selectedResources(
    _ text: String, _ bpsim: BPSimReading
  ) throws(ValueError) -> [String] {
    let call = try BPSimCall(text)
    switch call.name {
    case "getResource":
      try oneOnly(call)
      let id = call.texts.first ?? ""
      guard bpsim.people[id] != nil else {
        let hint = nearestName(to: id, among: bpsim.people.keys.sorted())
        throw ValueError(
          "selects '\(shown(id))', a resource that has no parameters"
            + (hint.map { "; did you mean '\($0)'?" } ?? ""))
      }
      return [id]
    case "getResourceByRoles":
      try oneOnly(call)
      var found: [String]?
      for role in call.texts {
        let having = bpsim.roles[role] ?? []
        found = found.map { $0.filter(having.contains) } ?? having
      }
      guard let found, !found.isEmpty else {
        throw ValueError(
          "selects by roles that no resource has: \(call.texts.joined(separator: ", "))")
      }
      return found
    case "orResource":
      var found: [String] = []
      for inner in call.inner {
        for id in try selectedResources(inner, bpsim) where !found.contains(id) { found.append(id) }
      }
      return found
    default:
      throw ValueError(
        "selects with '\(shown(call.name))'; a piece of work takes one person, whom getResource, "
          + "getResourceByRoles or orResource of these name")
    }
  }

  private func oneOnly(_ call: BPSimCall) throws(ValueError) {
    guard call.quantity == 1 else {
      throw ValueError(
        "selects \(plainNumber(call.quantity)) at once; a piece of work takes one person, so split the "
          + "activity or take one")
    }
  }

  // MARK: Conditions

  /// A condition of a flow, as a scenario writes it.
  mutating func readCondition(
    _ parameter: XMLElement, of flow: String, _ bpsim: BPSimReading
  ) {
    guard let value = BPSimParameters.values(of: parameter).first, let text = value["value"] else {
      fail(parameter, "has no expression")
      return
    }
    var rest = text[...]
    var result = ""
    while let start = rest.range(ofText: "getProperty") {
      var before = rest[..<start.lowerBound]
      if let colon = before.lastIndex(of: ":"), before.index(after: colon) == before.endIndex {
        before = before[..<colon]
        while let last = before.last, last.isLetter || last.isNumber { before = before.dropLast() }
      }
      result += before
      rest = rest[start.upperBound...]
      guard let open = rest.firstIndex(of: "("), let close = rest.firstIndex(of: ")") else {
        fail(parameter, "is '\(shown(text))'; expected getProperty('name')")
        return
      }
      let name = rest[rest.index(after: open)..<close].filter { !"'\"".contains($0) }.trimmed
      guard let own = bpsim.properties[name] else {
        fail(
          parameter,
          "asks for the property '\(shown(name))', of which no value is given where cases start")
        return
      }
      result += own
      rest = rest[rest.index(after: close)...]
    }
    result += rest
    let condition = result.filter { !"'\"".contains($0) }.trimmed
    conditions[flow] = (condition, parameter.location)
  }
}

/// A call of one of BPSim's functions, as text.
private struct BPSimCall {
  var name: String
  /// Arguments as they are written.
  var arguments: [String] = []

  init(_ text: String) throws(ValueError) {
    let whole = text.trimmed
    guard let open = whole.firstIndex(of: "("), whole.hasSuffix(")") else {
      throw ValueError(
        "is '\(shown(whole))'; expected a call such as bpsim:getResource('clerk', 1)")
    }
    let qualified = whole[..<open].trimmed(of: " ")
    name = String(qualified.split(separator: ":").last ?? "")
    var depth = 0
    var current = ""
    for character in whole[whole.index(after: open)...].dropLast() {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 {
        arguments.append(current.trimmed)
        current = ""
      } else {
        current.append(character)
      }
    }
    if !current.trimmed.isEmpty { arguments.append(current.trimmed) }
  }

  /// Names that it asks for, without their quotation marks; a list in parentheses counts as its parts.
  var texts: [String] {
    arguments.filter { Double($0) == nil }.flatMap { argument in
      argument.filter { !"()[]{}".contains($0) }.split(separator: ",").map {
        String($0.filter { !"'\"".contains($0) }).trimmed
      }
    }
  }

  /// How many it asks for.
  var quantity: Double { arguments.compactMap { Double($0) }.first ?? 1 }

  /// Calls within it.
  var inner: [String] { arguments.filter { $0.contains("(") } }
}

extension Substring {
  fileprivate func trimmed(of character: Character) -> Substring {
    var text = self
    while text.first == character { text = text.dropFirst() }
    while text.last == character { text = text.dropLast() }
    return text
  }

  /// The first place of a text.
  fileprivate func range(ofText text: String) -> Range<Substring.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
