import DocumentReading
import Facts

extension UiPathActivity {
  /// How long an activity waits whatever happens: `Delay`, and the pauses before and after others.
  ///
  /// Classic activities state pauses in milliseconds, modern ones (`N…`) in seconds. `nil` where none
  /// is written, or only an expression that is not plain.
  static func delay(of element: XMLElement) -> TimeSpan? {
    if element.name == "Delay" {
      return element.argument("Duration").flatMap { duration($0.text) }
    }
    let isModern =
      element.name.hasPrefix("N") && element.name.dropFirst().first?.isUppercase == true
    var seconds = 0.0
    for name in ["DelayBefore", "DelayAfter", "DelayMS"] {
      guard let text = element.argument(name)?.text, let number = Double(text), number > 0 else {
        continue
      }
      seconds += isModern ? number : number / 1000
    }
    return seconds > 0 ? TimeSpan(seconds: seconds) : nil
  }

  /// `00:00:05`, `1.02:00:00`, `TimeSpan.FromSeconds(5)` or `New TimeSpan(0, 0, 5)`.
  private static func duration(_ text: String) -> TimeSpan? {
    let plain = text.filter { !$0.isWhitespace }
    if let open = plain.firstIndex(of: "("), plain.last == ")" {
      let call = plain[..<open].lowercased()
      let numbers = plain[plain.index(after: open)...].dropLast().split(separator: ",").map {
        Double($0)
      }
      let known = numbers.compactMap(\.self)
      guard known.count == numbers.count, let first = known.first else { return nil }
      let units = ["milliseconds": 0.001, "seconds": 1, "minutes": 60, "hours": 3600]
      for (unit, seconds) in units.sorted(by: { $0.key < $1.key })
      where call.hasSuffix("timespan.from" + unit) { return TimeSpan(seconds: first * seconds) }
      guard call.hasSuffix("timespan"), known.count == 3 || known.count == 4 else { return nil }
      let factors: [Double] = known.count == 3 ? [3600, 60, 1] : [86400, 3600, 60, 1]
      return TimeSpan(seconds: zip(known, factors).reduce(0) { $0 + $1.0 * $1.1 })
    }
    let parts = plain.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let minutes = Double(parts[1]), let seconds = Double(parts[2]) else {
      return nil
    }
    let days = parts[0].split(separator: ".").compactMap { Double($0) }
    guard days.count == 1 || days.count == 2, let hours = days.last else { return nil }
    let wholeDays = days.count == 2 ? days[0] : 0
    return TimeSpan(seconds: wholeDays * 86400 + hours * 3600 + minutes * 60 + seconds)
  }
}

extension UiPathTarget {
  /// How an activity finds its element: its selector, else the picture it looks for; `nil` where the
  /// workflow does not say, or where several means are searched at once and none is a selector.
  static func selector(of activity: XMLElement) -> String? {
    guard UiPathActivity.isActivity(activity) else { return nil }
    let parts = ownParts(of: activity)
    for part in parts {
      let steps = part["SearchSteps"]?.split(separator: ",").compactMap { String($0).trimmedOrNil }
      for name in ["FullSelectorArgument", "Selector", "FuzzySelectorArgument"] {
        if let steps {
          let step = name == "FuzzySelectorArgument" ? "FuzzySelector" : "Selector"
          guard steps.contains(step) else { continue }
        }
        guard let text = part.argument(name)?.text, text.contains("<") else { continue }
        return text
      }
      if let steps, !steps.isEmpty, steps.allSatisfy({ ["CV", "Image"].contains($0) }) {
        return "image: \(steps.joined(separator: ", "))"
      }
    }
    let name = activity.name
    let looksForImage =
      name.hasSuffix("Image") && ["Click", "Hover", "Find"].contains { name.contains($0) }
    return looksForImage || name == "WaitImageAppear" ? "image: \(name)" : nil
  }
}
