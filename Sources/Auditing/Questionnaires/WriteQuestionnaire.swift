import DocumentReading
import Facts

extension Questionnaire {
  /// The file; `readQuestionnaire` reads the same of it.
  public var fileText: String {
    var text = "questionnaire: \(kind.rawValue)\n"
    if let title { text += "title: \(yamlQuoted(title))\n" }
    text += "\nplatforms:\n"
    for platform in platforms {
      text += "  \(yamlQuoted(platform.key)):\n    title: \(yamlQuoted(platform.title))\n"
      if let layer = platform.layer { text += "    layer: \(yamlQuoted(layer))\n" }
      for (key, list) in [("connects", platform.connects), ("standards", platform.standards)] {
        if let list { text += "    \(key): [\(list.map(yamlQuoted).joined(separator: ", "))]\n" }
      }
      for model in PriceModel.allCases {
        guard let price = platform.prices[model] else { continue }
        text +=
          "    \(model.rawValue): \(plain(price.amount)) \(price.currency) per \(price.unit.rawValue)\n"
      }
    }
    if let workflows { text += "\nworkflows: \(plain(workflows))\n" }
    if !weights.isEmpty {
      text += "\nweights:\n"
      for item in kind.items {
        if let weight = weights[item.key] { text += "  \(item.key): \(plain(weight))\n" }
      }
    }
    guard !answers.isEmpty else { return text }
    text += "\nanswers:\n"
    for platform in platforms {
      let own = kind.items.compactMap { answer(platform.key, $0.key) }
      guard !own.isEmpty else { continue }
      text += "  \(yamlQuoted(platform.key)):\n"
      for answer in own { text += answerText(answer) }
    }
    return text
  }

  private func answerText(_ answer: Answer) -> String {
    var parts: [String] = []
    if kind == .vendors {
      parts.append("answer: \(vendorWord(answer))")
    } else {
      parts.append("score: \(scoreWord(answer.score))")
    }
    if let artefact = answer.artefact { parts.append("artefact: \(yamlQuoted(artefact))") }
    if let because = answer.because { parts.append("because: \(yamlQuoted(because))") }
    if let by = answer.by { parts.append("by: \(yamlQuoted(by))") }
    if let on = answer.on { parts.append("on: \(on)") }
    if let basis = answer.basis { parts.append("computed: \(yamlQuoted(basis))") }
    return "    \(answer.item): { \(parts.joined(separator: ", ")) }\n"
  }

  /// A file to begin with: one platform, all weights alike, and every question as a comment.
  public static func template(_ kind: QuestionnaireKind) -> String {
    if kind == .readiness { return readinessTemplate }
    var text = "# \(kind.title): \(kind.purpose)\n# Unanswered is unknown, never zero.\n"
    text += "questionnaire: \(kind.rawValue)\n\nplatforms:\n  platform_a:\n    title: Platform A\n"
    if kind == .scorecard {
      text += """
            # layer: central                       # the layer of the scenario that stands for it
            # connects: [Salesforce, UiPath]       # vendors that it connects
            # standards: [MCP, A2A, BPMN, DMN]     # standards that it keeps to
            # per_agent: 60 EUR per month
            # per_workflow: 400 EUR per month
            # per_transaction: 0.02 EUR per hop    # or per case

        # workflows: 4                             # how many run on it, for prices per workflow

        weights:                                   # yours; what matters twice as much has twice the weight

        """
      for item in kind.items { text += "  \(item.key): 1\n" }
    }
    text += "\n# answers:\n#   platform_a:\n"
    for item in kind.items {
      text += "#     # \(item.question)\n"
      if let computed = item.computed { text += "#     # `fill` computes it: \(computed)\n" }
      if let artefact = item.artefact { text += "#     # to be shown: \(artefact)\n" }
      text +=
        kind == .vendors
        ? "#     \(item.key): { answer: yes, artefact: \"where it is\", by: Ada, on: 2026-11-20 }\n"
        : "#     \(item.key): { score: 2 to 4, because: \"why\", by: Ada, on: 2026-11-20 }\n"
    }
    return text
  }

  private static var readinessTemplate: String {
    var text =
      "# Readiness: a part of the policy file of the audit; unanswered is unknown, never zero.\nreadiness:\n"
    for item in ReadinessItem.allCases {
      text += "  # \(item.question)\n"
      text +=
        "  # \(item.rawValue): { answer: yes, by: Ada, on: 2026-11-20 }   # yes, partly or no\n"
    }
    return text + "  {}\n"
  }
}

/// What a vendor's answer is, in a word.
func vendorWord(_ answer: Questionnaire.Answer) -> String {
  answer.score.upperBound == 0
    ? "no" : answer.score.lowerBound >= Questionnaire.bestScore ? "yes" : "partly"
}

/// A score as a file has it, to two decimals.
func scoreWord(_ score: ClosedRange<Double>) -> String {
  let (low, high) = (plain(rounded(score.lowerBound)), plain(rounded(score.upperBound)))
  return low == high ? low : "\(low) to \(high)"
}

private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

/// A number without a needless fraction.
func plain(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }
