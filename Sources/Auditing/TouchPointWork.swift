import Facts
import Inventory
import ProcessModel

/// What one place where people step in takes a month.
struct TouchPointWork {
  /// The place.
  let point: HumanTouchPoint
  /// The system whose cases pass it; `nil` where none is described.
  let system: AutomationSystem?
  /// Cases a month; `nil` where unknown.
  let cases: Double?
  /// Share of the cases that reach it.
  let rate: Rate
  /// What one touch takes.
  let touch: HumanWorkPolicy.Touch

  /// Share of the cases that reach a touch point, and how that is known.
  enum Rate: Equatable {
    /// The policy file says so.
    case stated(Double)
    /// Every way through the process leads over it.
    case always
    /// Nothing says; all cases is the upper bound.
    case atMostAll

    var value: Double {
      if case .stated(let share) = self { return share }
      return 1
    }

    /// For a cell or sentence.
    var meaning: String {
      switch self {
      case .stated: "policy file"
      case .always: "every way through the process leads over it"
      case .atMostAll: "unknown; all cases as upper bound"
      }
    }
  }

  /// What it is called.
  var label: String { point.name ?? point.step }
  /// Hours of people's work a month; `nil` where the volume is unknown.
  var handling: Double? { cases.map { $0 * rate.value * touch.handling / 60 } }
  /// Hours that cases wait a month; `nil` where the volume is unknown.
  var waiting: Double? { cases.map { $0 * rate.value * touch.wait / 60 } }

  /// Every touch point of systems in use, the heaviest first; those of unknown volume last.
  static func all(_ context: AuditContext) -> [TouchPointWork] {
    var steps: [String: EveryCase] = [:]
    var elements: [String: FlowElement] = [:]
    for process in context.estate.processes {
      let everyCase = EveryCase(of: process.process)
      for element in process.process.elements {
        for owner in [process.system, process.process.id, process.process.name ?? ""] {
          let key = nameKey(owner) + "/" + element.id
          steps[key] = steps[key] ?? everyCase
          elements[key] = elements[key] ?? element
        }
      }
    }
    let rates = context.policy.humanWork.touchRates
    let found = context.estate.touchPoints.enumerated().compactMap {
      number, point -> (number: Int, work: TouchPointWork)? in
      let system = context.system(named: point.system)
      guard system?.isAlive ?? true else { return nil }
      let key = nameKey(point.system) + "/" + point.step
      var rate = Rate.atMostAll
      if let stated = rates[nameKey(point.name ?? point.step)] ?? rates[nameKey(point.system)] {
        rate = .stated(stated)
      } else if let element = elements[key], let everyCase = steps[key], everyCase.meets(element) {
        rate = .always
      }
      let work = TouchPointWork(
        point: point, system: system, cases: system?.runsPerMonth, rate: rate,
        touch: context.policy.humanWork.touch(point.kind))
      return (number, work)
    }
    return found.sorted { a, b in
      let first = (a.work.handling ?? -1) + (a.work.waiting ?? -1)
      let second = (b.work.handling ?? -1) + (b.work.waiting ?? -1)
      return first == second ? a.number < b.number : first > second
    }.map(\.work)
  }

  /// The figures as a formula, for a sentence.
  var formula: String {
    guard let cases, let handling else { return "the volume is unknown" }
    return "\(numberText(cases.rounded())) cases a month × \(percentText(rate.value)) "
      + "(\(rate.meaning)) × \(numberText(touch.handling)) min handling "
      + "(\(touch.isStated ? "policy file" : "assumed")) = \(hoursText(handling)) h a month; "
      + "waiting \(numberText(touch.wait)) min each = \(hoursText(waiting ?? 0)) h of the cases"
  }
}
