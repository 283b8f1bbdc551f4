import Simulation
import Statistics

extension SimulationModel {
  /// Gives a generated model leaders who hire, lengthen shifts, borrow, limit the intake and change shares.
  mutating func addResponse(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let rules = (0..<generator.int(1...6)).map { generator.rule($0, stack) }
    stack.response = ResponseModel(
      reviews: (0..<12).map { Int64($0) * day + 8 * hour }, calendar: generator.int(0...2),
      rules: rules)
  }
}

extension SeededGenerator {
  fileprivate mutating func rule(_ number: Int, _ stack: StackModel) -> ResponseRule {
    let team = int(0...(stack.teams.count - 1))
    let trigger: ResponseRule.Trigger =
      switch int(0...5) {
      case 0: .backlog(days: real(0.01...2))
      case 1: .tickets(real(0.5...20))
      case 2: .date(Int64(int(0...8)) * day)
      case 3: .stage(int(0...2))
      case 4 where !stack.guardrails.isEmpty:
        .oversight(guardrail: int(0...(stack.guardrails.count - 1)), rung: int(0...2))
      default: .inflow(share: real(0.1...1), reviews: int(1...3))
      }
    var rule = ResponseRule(
      name: "rule \(number)", team: team, trigger: trigger, action: action(on: team, stack))
    rule.holds = int(1...2)
    rule.delay = chance(0.3) ? .zero : time(real(60...90_000))
    rule.endsBelow = real(0...1)
    rule.pause = chance(0.5) ? 0 : Int64(int(1...48)) * hour
    rule.atMost = int(1...4)
    return rule
  }

  private mutating func action(on team: Int, _ stack: StackModel) -> ResponseRule.Action {
    let other = int(0...(stack.teams.count - 1))
    switch int(0...4) {
    case 0 where other != team:
      var loan = BorrowModel(
        from: other, to: team, people: int(1...5), speed: real(0.4...1.2),
        skills: chance(0.5) ? [int(0...1)] : [])
      if chance(0.5) {
        loan.price = 4e6
        loan.hourlyCost = real(10e6...90e6)
        loan.ramp = RampModel(start: real(0.2...1), period: Int64(int(1...8)) * day)
        loan.training = time(2_000)
      }
      return .borrow(loan)
    case 1:
      if case .overtime = stack.teams[team].shiftEnd { break }
      return .overtime(
        OvertimeModel(team: team, longer: Int64(int(1...20)) * hour, surcharge: real(0...1)))
    case 2:
      return .intake(
        IntakeModel(
          interval: Int64(int(1...60)) * minute, burst: Int64(int(1...5)), turnsAway: chance(0.4),
          loss: 2e6))
    case 3:
      return .share(
        automation: int(0...(stack.automations.count - 1)), share: chance(0.4) ? 0 : real(0...1))
    default: break
    }
    var hire = HireModel(
      team: other, people: int(1...3),
      person: .init(
        calendar: int(0...2), hourlyCost: real(10e6...90e6), speed: real(0.5...1.5),
        skills: chance(0.5) ? [0, 1] : []))
    hire.price = 5e6
    hire.weeklyCost = 7e6
    if chance(0.5) { hire.ramp = RampModel(start: real(0.2...1), period: Int64(int(1...8)) * day) }
    if chance(0.5) { hire.training = time(3_000) }
    return .hire(hire)
  }
}
