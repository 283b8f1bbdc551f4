import DocumentReading
import Facts
import Inventory

/// What starts a workflow of n8n.
extension N8NWorkflow {
  mutating func addTrigger(_ node: Node) {
    var kind = Trigger.Kind.event
    var expressions: [String?] = [node.id]
    switch node.type.short {
    case "scheduleTrigger", "cron", "interval":
      kind = .schedule
      expressions = schedules(of: node)
    case "webhook", "mcpTrigger":
      kind = .call
      let method = node.parameters?["httpMethod"]?.string
      expressions = [
        [method, plain(node.parameters?["path"])].compactMap(\.self).joined(separator: " ")
          .trimmedOrNil
      ]
    case "executeWorkflowTrigger":
      kind = .call
      expressions = ["Execute Workflow"]
    case "formTrigger", "manualTrigger", "start", "chatTrigger", "manualChatTrigger",
      "evaluationTrigger":
      kind = .manual
    default:
      let events = ["event", "events", "updates", "triggerOn", "resource"].lazy.compactMap {
        node.parameters?[$0]
      }.first
      if let events {
        let named = (events.array ?? [events]).compactMap { plain($0) }.joined(separator: ", ")
        if let named = named.trimmedOrNil { expressions = ["\(node.id): \(named)"] }
      }
    }
    for expression in expressions.isEmpty ? [nil] : expressions {
      result.fragment.triggers.append(
        Trigger(
          system: name.value, kind: kind, expression: expression, evidence: node.evidence))
    }
    guard !node.type.isInternal else { return }
    result.fragment.connections.append(
      Connection(
        .triggers, from: EntityReference(.application, node.type.application), to: source,
        channel: node.type.channel, action: node.type.short, data: dataNames(node),
        evidence: node.evidence))
  }

  /// The schedule of a node in words, or as the cron expression that it has.
  private func schedules(of node: Node) -> [String?] {
    rules(of: node).map(\.text)
  }

  /// How often all schedules together start the workflow; `nil` where one of them does not tell.
  func scheduledVolume() -> Fact<Frequency>? {
    let schedules = nodes.filter {
      ["scheduleTrigger", "cron", "interval"].contains($0.type.short) && $0.type.isBuiltIn
    }
    guard schedules.count == 1, let node = schedules.first else { return nil }
    let rules = rules(of: node)
    guard rules.count == 1, let frequency = rules[0].frequency else { return nil }
    return Fact(
      frequency, Evidence(.inferred, node.node.location, note: "from its schedule"))
  }

  private struct Rule {
    var text: String?
    var frequency: Frequency?
  }

  private func rules(of node: Node) -> [Rule] {
    switch node.type.short {
    case "interval":
      let parameters = node.parameters
      return [
        every(
          number(parameters?["interval"], 1), parameters?["unit"]?.string ?? "seconds", at: nil)
      ]
    case "cron":
      return (node.parameters?["triggerTimes"]?["item"]?.array ?? []).map(cronRule)
    default:
      let intervals = node.parameters?["rule"]?["interval"]
      return (intervals?.array ?? [intervals].compactMap(\.self)).map(intervalRule)
    }
  }

  private func number(_ node: DataNode?, _ standard: Double) -> Double? {
    guard let node else { return standard }
    return node.double ?? node.string.flatMap(Double.init)
  }

  /// Defaults are those of the node's editor, which leaves them out of the file.
  private func intervalRule(_ rule: DataNode) -> Rule {
    let minute = number(rule["triggerAtMinute"], 0)
    func time() -> String? {
      guard let hour = number(rule["triggerAtHour"], 0).flatMap({ Int(exactly: $0) }),
        let minute = minute.flatMap({ Int(exactly: $0) }), (0..<24).contains(hour),
        (0..<60).contains(minute)
      else { return nil }
      return " at \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
    switch rule["field"]?.string ?? "days" {
    case "seconds": return every(number(rule["secondsInterval"], 30), "seconds", at: nil)
    case "minutes": return every(number(rule["minutesInterval"], 5), "minutes", at: nil)
    case "hours": return every(number(rule["hoursInterval"], 1), "hours", at: nil)
    case "days": return every(number(rule["daysInterval"], 1), "days", at: time())
    case "weeks":
      let days = rule["triggerAtDay"]?.array?.count ?? 1
      var result = every(number(rule["weeksInterval"], 1), "weeks", at: time())
      result.frequency?.count *= Double(max(1, days))
      if days > 1 { result.text? += " on \(days) days" }
      return result
    case "months": return every(number(rule["monthsInterval"], 1), "months", at: time())
    case "cronExpression": return Rule(text: rule["expression"]?.text?.trimmedOrNil)
    default: return Rule()
    }
  }

  private func cronRule(_ rule: DataNode) -> Rule {
    switch rule["mode"]?.string ?? "everyDay" {
    case "everyMinute": return every(1, "minutes", at: nil)
    case "everyHour": return every(1, "hours", at: nil)
    case "everyDay": return every(1, "days", at: nil)
    case "everyWeek": return every(1, "weeks", at: nil)
    case "everyMonth": return every(1, "months", at: nil)
    case "everyX": return every(number(rule["value"], 1), rule["unit"]?.string ?? "", at: nil)
    default: return Rule(text: rule["cronExpression"]?.text?.trimmedOrNil)
    }
  }

  private func every(_ interval: Double?, _ unit: String, at time: String?) -> Rule {
    guard let interval, interval > 0, interval.isFinite else { return Rule() }
    let single = unit.hasSuffix("s") ? String(unit.dropLast()) : unit
    let count = Int(exactly: interval).map(String.init) ?? "\(interval)"
    let text = interval == 1 ? "every \(single)" : "every \(count) \(single)s"
    let frequency: Frequency? =
      switch single {
      case "second": Frequency(count: 3600 / interval, per: .hour)
      case "minute": Frequency(count: 60 / interval, per: .hour)
      case "hour": Frequency(count: 24 / interval, per: .day)
      case "day": Frequency(count: 1 / interval, per: .day)
      case "week": Frequency(count: 1 / interval, per: .week)
      case "month": Frequency(count: 1 / interval, per: .month)
      default: nil
      }
    return Rule(text: text + (time ?? ""), frequency: frequency)
  }
}
