internal import Importing
internal import Inventory
internal import Scenarios

extension AutomationCalibration {
  /// What was measured, as keys of the scenario language, to be merged into a scenario.
  ///
  /// Automations and guardrails have names made of those in the records; the groups of a scenario that stand for
  /// them take their keys. Counts stand under `uncertain` as well, so that `rehearse sweep uncertainty` draws from
  /// their posteriors.
  public var scenarioFragment: String {
    var text = ScenarioText()
    let file = shownSources
    text.comment(
      "Measured by `rehearse calibrate automations` from \(file). Merge these keys into a scenario: each group "
        + "belongs to the automation or guardrail of the scenario that its comment names.")
    for remark in remarks { text.comment("Not told: \(remark).") }
    let names = FragmentNames()
    var counted: [(name: String, path: String, posterior: BetaPosterior)] = []
    writeAutomations(&text, names, ScenarioText.quoted(file), &counted)
    writeGuardrails(&text, names, ScenarioText.quoted(file), &counted)
    if !counted.isEmpty {
      text.blank()
      text.line(0, "uncertain")
      for (name, path, posterior) in counted {
        text.line(
          1, name,
          "{ change: \(path), counted: \(posterior.successes) of \(posterior.trials) }")
      }
    }
    return text.text
  }

  /// Names of the files; of many the first three.
  private var shownSources: String {
    let files = sources.map { $0.path.split(separator: "/").last.map(String.init) ?? $0.path }
    guard !files.isEmpty else { return "records" }
    let shown = files.prefix(3).joined(separator: ", ")
    return files.count > 3 ? "\(shown) and \(files.count - 3) more" : shown
  }

  private func writeAutomations(
    _ text: inout ScenarioText, _ names: FragmentNames, _ source: String,
    _ counted: inout [(name: String, path: String, posterior: BetaPosterior)]
  ) {
    let whole = wholeAutomations
    let withUsesOnly = uses.filter { use in
      use.kind == .application && !whole.contains { nameKey($0.name) == nameKey(use.automation) }
    }
    guard !whole.isEmpty || !withUsesOnly.isEmpty else { return }
    text.blank()
    text.line(0, "automations")
    for fit in whole {
      let name = names.name(fit.name)
      text.line(1, name, comment: fit.name)
      if let time = fit.time {
        text.line(2, "time", "{ value: \(time.text), measured: \(source), sample: \(time.count) }")
      }
      if let failure = fit.failure {
        text.line(2, "failure", value(failure, source), comment: posteriorText(failure))
        counted.append(("\(name)_failure", "automations.\(name).failure", failure))
      }
      if let most = fit.mostRetries, most > 0 {
        text.line(
          2, "retries", "{ times: \(min(most, 100)), measured: \(source) }",
          comment: "the most that were seen")
      }
      if let retry = fit.retry {
        text.comment("Tried again after the first attempt: \(posteriorText(retry)).", depth: 2)
      }
      if let givenUp = fit.givenUp {
        text.comment("Given up, so that people have it: \(posteriorText(givenUp)).", depth: 2)
      }
      for use in uses where nameKey(use.automation) == nameKey(fit.name) {
        let what = use.kind == .application ? "Uses of" : "Runs on"
        text.comment(
          "\(what) \(use.partner) that work: \(posteriorText(use.works)); in `failure` already.",
          depth: 2)
      }
    }
    var written: Set<String> = []
    for first in withUsesOnly where written.insert(nameKey(first.automation)).inserted {
      let name = names.name(first.automation)
      text.line(1, name, comment: first.automation)
      text.comment("The applications have to stand under `applications`.", depth: 2)
      text.line(2, "reliability")
      for use in withUsesOnly where nameKey(use.automation) == nameKey(first.automation) {
        text.line(
          3, names.name(use.partner),
          "{ value: beta \(plainNumber(Double(use.works.successes) + 0.5)) "
            + "\(plainNumber(Double(use.works.trials - use.works.successes) + 0.5)), measured: \(source), "
            + "sample: \(use.works.trials) }",
          comment: "\(use.partner): \(posteriorText(use.works))")
      }
    }
  }

  /// Each automation as a whole.
  private var wholeAutomations: [AutomationFit] {
    var known: Set<String> = []
    return automations.filter { known.insert(nameKey($0.name)).inserted }
  }

  private func writeGuardrails(
    _ text: inout ScenarioText, _ names: FragmentNames, _ source: String,
    _ counted: inout [(name: String, path: String, posterior: BetaPosterior)]
  ) {
    let reviews = reviews.filter { review in
      // The whole of several kinds is no guardrail of its own.
      review.caseType != nil
        || !self.reviews.contains { $0.automation == review.automation && $0.caseType != nil }
    }.filter { $0.approved != nil || $0.time != nil || $0.escalation != nil }
    guard !reviews.isEmpty else { return }
    text.blank()
    text.line(0, "guardrails")
    for review in reviews {
      let shown = [review.automation, review.caseType].compactMap(\.self).joined(separator: ", ")
      let name = names.name(shown.isEmpty ? "reviews" : shown)
      text.line(1, name, comment: shown.isEmpty ? "all tickets" : shown)
      if let fires = review.escalation {
        text.line(2, "fires", value(fires, source), comment: posteriorText(fires))
        counted.append(("\(name)_fires", "guardrails.\(name).fires", fires))
      }
      if let time = review.time {
        text.line(
          2, "review", "{ value: \(time.text), measured: \(source), sample: \(time.count) }")
      }
      guard let approved = review.approved, let modified = review.modified,
        let rejected = review.rejected
      else { continue }
      // Shares of one whole: as they were counted, since three posterior means are not.
      text.line(2, "approved_unchanged", share(approved, source), comment: posteriorText(approved))
      text.line(2, "modified", share(modified, source), comment: posteriorText(modified))
      text.comment("Rejected: \(posteriorText(rejected)).", depth: 2)
    }
  }

  private func value(_ posterior: BetaPosterior, _ source: String) -> String {
    "{ value: \(scenarioShare((posterior.mean * 1e6).rounded() / 1e6)), measured: \(source), "
      + "sample: \(posterior.trials) }"
  }

  private func share(_ posterior: BetaPosterior, _ source: String) -> String {
    // Rounded down, so that shares of a whole never come to more than it.
    let counted = Double(posterior.successes) / Double(posterior.trials)
    return
      "{ value: \(scenarioShare((counted * 1e6 + 1e-6).rounded(.down) / 1e6)), measured: \(source), "
      + "sample: \(posterior.trials) }"
  }
}

/// A posterior in words: mean, interval and sample.
public func posteriorText(_ posterior: BetaPosterior) -> String {
  func share(_ value: Double) -> String { "\((value * 1000).rounded() / 10)" }
  return "\(share(posterior.mean)) % (95 % credible: \(share(posterior.lower)) to "
    + "\(share(posterior.upper)) %), \(posterior.successes) of \(posterior.trials)"
}

/// Names for groups of a scenario, made of those in records, each name one.
private final class FragmentNames {
  private var made: [String: String] = [:]
  private var taken: Set<String> = []

  func name(_ shown: String) -> String {
    if let known = made[nameKey(shown)] { return known }
    var name = ""
    for character in shown.lowercased() {
      if character.isASCII, character.isLetter || character.isNumber {
        name.append(character)
      } else if !name.isEmpty, !name.hasSuffix("_") {
        name.append("_")
      }
    }
    while name.hasSuffix("_") { name.removeLast() }
    if name.first.map({ !$0.isLetter }) ?? true { name = "x_" + name }
    var unique = name
    var number = 2
    while !taken.insert(unique).inserted {
      unique = "\(name)_\(number)"
      number += 1
    }
    made[nameKey(shown)] = unique
    return unique
  }
}
