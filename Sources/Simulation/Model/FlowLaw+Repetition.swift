internal import Statistics

// How often what is repeated is done, and how often an activity or a repetition of it fails.

extension FlowLaw {
  /// Expected instances of a loop or multi-instance activity.
  func meanInstances(_ index: Int) -> Double {
    guard let stack else { return 1 }
    let failure = instanceFailure(index, stack)
    switch flow.repetitions[index].order {
    case .parallel: return planned(index, stack)
    case .sequential:
      // One follows another until one fails.
      return failure > 0
        ? -expm1(planned(index, stack) * log1p(-failure)) / failure : planned(index, stack)
    case .loop, .loopTestedBefore:
      if let mean = stack.repetitions[index].meanInstances { return mean }
      let repetition = stack.repetitions[index]
      var sum = 0.0
      var chance = flow.repetitions[index].order == .loop ? 1 : repetition.again
      for _ in 0..<min(repetition.atMost, 100_000) where chance > 1e-15 {
        sum += chance
        chance *= repetition.again * (1 - failure)
      }
      return sum
    }
  }

  /// Expected instances of a multi-instance activity that nothing interrupts.
  private func planned(_ index: Int, _ stack: StackModel) -> Double {
    let repetition = stack.repetitions[index]
    if let mean = repetition.meanInstances { return mean }
    return repetition.count.mean
      * (flow.repetitions[index].order == .sequential ? repetition.enough : 1)
  }

  /// Probability that an instance ends the whole repetition by failing.
  private func instanceFailure(_ index: Int, _ stack: StackModel) -> Double {
    let inner = Int(flow.repetitions[index].inner)
    guard flow.nodes[inner].kind == .activity,
      flow.catchesFailure(of: Int(flow.nodes[inner].detail))
    else { return 0 }
    return min(failureShare(ofActivity: Int(flow.nodes[inner].detail), stack), 1 - 1e-12)
  }

  /// Probability that an activity, or an instance of a repeated one, fails finally.
  func failureShare(of node: Int, _ stack: StackModel) -> Double {
    let index = Int(flow.nodes[node].detail)
    switch flow.nodes[node].kind {
    case .activity: return failureShare(ofActivity: index, stack)
    case .repetition:
      let failure = instanceFailure(index, stack)
      guard failure > 0 else { return 0 }
      switch flow.repetitions[index].order {
      case .sequential, .parallel: return -expm1(planned(index, stack) * log1p(-failure))
      case .loop, .loopTestedBefore: return min(1, failure * meanInstances(index))
      }
    default: return 0
    }
  }

  /// Probability that the automation of an activity fails finally.
  private func failureShare(ofActivity index: Int, _ stack: StackModel) -> Double {
    let activity = stack.activities[index]
    guard let automation = activity.automation else { return 0 }
    let expected = AttemptExpectation(
      ofActivity: index, stack.automations[automation], in: stack, at: 0
    ).expected
    return stack.expectedAutomationShare(ofActivity: index) * (1 - expected.givenAway)
      * expected.gaveUp
  }
}
