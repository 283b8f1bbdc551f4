import DocumentReading
import Facts

/// Reads a questionnaire from a YAML file.
///
/// - Throws: `AuditPolicyErrors` with everything that is wrong, each with its place.
public func readQuestionnaire(
  _ bytes: [UInt8], path: String
) throws(AuditPolicyErrors) -> Questionnaire {
  let root: DataNode
  do { root = try parseYAML(bytes, path: path) } catch {
    throw AuditPolicyErrors(problems: [error])
  }
  var reading = PolicyReading()
  let questionnaire = reading.questionnaire(root)
  guard let questionnaire, reading.problems.isEmpty else {
    throw AuditPolicyErrors(problems: reading.problems)
  }
  return questionnaire
}

extension PolicyReading {
  fileprivate mutating func questionnaire(_ root: DataNode) -> Questionnaire? {
    guard let node = root["questionnaire"] else {
      refuse(
        root,
        "there is no 'questionnaire'; say which it is: platform-scorecard or vendor-checklist")
      return nil
    }
    guard let kind = choice(node, QuestionnaireKind.self) else { return nil }
    guard kind != .readiness else {
      refuse(node, "readiness is answered under 'readiness' of the policy file of the audit")
      return nil
    }
    var keys = ["questionnaire", "title", "platforms", "answers"]
    if kind == .scorecard { keys += ["weights", "workflows"] }
    let found = group(root, keys: keys)
    var questionnaire = Questionnaire(kind)
    if let title = found["title"] { questionnaire.title = text(title) }
    if let platforms = found["platforms"] {
      questionnaire.platforms = members(platforms).compactMap { platform($0, kind) }
    }
    if questionnaire.platforms.isEmpty {
      refuse(
        found["platforms"] ?? root, "there is no platform; name at least one under 'platforms'")
    }
    if let weights = found["weights"] {
      let known = group(weights, keys: kind.items.map(\.key))
      for (key, node) in known {
        questionnaire.weights[key] = number(node, in: 0...1_000_000)
      }
      if !known.isEmpty, questionnaire.weights.values.allSatisfy({ $0 == 0 }) {
        refuse(weights, "all weights are 0; give at least one criterion more")
      }
    }
    if let workflows = found["workflows"] {
      questionnaire.workflows = number(workflows, in: 0...1_000_000)
    }
    if let answers = found["answers"] { readAnswers(answers, into: &questionnaire) }
    return questionnaire
  }

  private mutating func platform(
    _ member: DataMember, _ kind: QuestionnaireKind
  ) -> Questionnaire.Platform? {
    var platform = Questionnaire.Platform(member.key)
    if member.value.isNull { return platform }
    var keys = ["title"]
    if kind == .scorecard {
      keys += ["layer", "connects", "standards"] + PriceModel.allCases.map(\.rawValue)
    }
    let found = group(member.value, keys: keys)
    if let title = found["title"].flatMap({ text($0) }) { platform.title = title }
    platform.layer = found["layer"].flatMap { text($0) }
    platform.connects = found["connects"].map { texts($0) }
    platform.standards = found["standards"].map { texts($0) }
    for model in PriceModel.allCases {
      if let node = found[model.rawValue] { platform.prices[model] = price(node, model) }
    }
    return platform
  }

  /// A price such as `60 EUR per month` or `0.02 EUR per hop`.
  private mutating func price(_ node: DataNode, _ model: PriceModel) -> Questionnaire.Price? {
    let words = (node.text ?? "").split(separator: " ").map(String.init)
    let units: [Questionnaire.Price.Unit] =
      model == .perTransaction ? [.hop, .case] : [.month, .year]
    let example = model == .perTransaction ? "0.02 EUR per hop" : "60 EUR per month"
    if words.count == 4, words[2] == "per", let amount = Double(words[0]), amount.isFinite,
      amount >= 0, words[1].count == 3,
      words[1].utf8.allSatisfy({ (0x41...0x5A).contains($0) }),
      let unit = Questionnaire.Price.Unit(rawValue: words[3]), units.contains(unit)
    {
      return Questionnaire.Price(amount, words[1], per: unit)
    }
    refuse(
      node,
      "this is no price \(model.title); expected an amount per \(units.map(\.rawValue).joined(separator: " or ")), "
        + "such as \(example)")
    return nil
  }

  private mutating func readAnswers(_ node: DataNode, into questionnaire: inout Questionnaire) {
    let platforms = questionnaire.platforms.map(\.key)
    let items = questionnaire.kind.items.map(\.key)
    for member in members(node) {
      guard platforms.contains(member.key) else {
        let nearest = closestName(to: member.key, among: platforms)
        refuse(
          at: member.keyLocation,
          "'\(member.key)' is not among the platforms"
            + (nearest.map { "; did you mean '\($0)'?" } ?? "; name it there first"))
        continue
      }
      let found = group(member.value, keys: items)
      for item in items {
        guard let node = found[item], !node.isNull else { continue }
        if let answer = answer(node, member.key, item, questionnaire.kind) {
          questionnaire.answers.append(answer)
        }
      }
    }
  }

  private mutating func answer(
    _ node: DataNode, _ platform: String, _ item: String, _ kind: QuestionnaireKind
  ) -> Questionnaire.Answer? {
    let first = kind == .vendors ? "answer" : "score"
    var keys = [first, "because", "by", "on", "computed"]
    if kind == .vendors { keys.append("artefact") }
    let found = group(node, keys: keys)
    guard let said = found[first], !said.isNull else {
      refuse(node, "'\(item)' has no '\(first)'; leave the item out while nobody has answered it")
      return nil
    }
    let score: ClosedRange<Double>?
    if kind == .vendors {
      let level = answer(said)
      score = level.map {
        ($0.level * Questionnaire.bestScore)...($0.level * Questionnaire.bestScore)
      }
    } else {
      score = range(said)
    }
    let basis = found["computed"].flatMap { text($0) }
    let by = found["by"].flatMap { text($0) }
    let on = found["on"].flatMap { day($0) }
    if basis == nil {
      for key in ["by", "on"] where found[key] == nil {
        refuse(node, "'\(item)' has no '\(key)'; say who answered it, and when")
      }
    }
    guard let score else { return nil }
    return Questionnaire.Answer(
      platform: platform, item: item, score: score,
      artefact: found["artefact"].flatMap { text($0) },
      because: found["because"].flatMap { text($0) }, by: by, on: on, basis: basis)
  }

  /// A score such as `3` or `2 to 4`.
  private mutating func range(_ node: DataNode) -> ClosedRange<Double>? {
    if let range = scoreRange(node.text ?? "") { return range }
    refuse(
      node, "this is no score; expected a number from 0 to 5 such as 3, or a range such as 2 to 4")
    return nil
  }
}

/// A score such as `3` or `2 to 4`; `nil` for none.
public func scoreRange(_ text: String) -> ClosedRange<Double>? {
  let parts = text.split(separator: " ").map(String.init)
  let bounds = 0...Questionnaire.bestScore
  if parts.count == 1, let score = Double(parts[0]), bounds.contains(score) {
    return score...score
  }
  guard parts.count == 3, parts[1] == "to", let low = Double(parts[0]),
    let high = Double(parts[2]), bounds.contains(low), bounds.contains(high), low <= high
  else { return nil }
  return low...high
}
