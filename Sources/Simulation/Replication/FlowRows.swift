internal import EventEngine
internal import Statistics

// What the stacks say of events and repetitions, as plain rows for the hot path.

struct DelayRow: BitwiseCopyable {
  var time: CompiledSampler
  var probability: Double
  var timeStream: RandomStream
  var happensStream: RandomStream
  /// The event of the process that it waits for; −1 where it comes after a time or from outside.
  var name: Int32
  var occurrences: Int32

  static func rows(of stack: StackModel, flow: FlowGraph) -> [DelayRow] {
    stack.delays.enumerated().map { index, delay in
      let id = flow.elementIDs[Int(flow.delays[index])]
      return DelayRow(
        time: delay.time.sampler, probability: delay.probability,
        timeStream: RandomStream(id, "outside wait"), happensStream: RandomStream(id, "happens"),
        name: delay.isFromWithin ? flow.delayNames[index] : -1,
        occurrences: Int32(clamping: delay.occurrences))
    }
  }
}

struct RepetitionRow: BitwiseCopyable {
  var again: Double
  var atMost: Int32
  var count: CompiledSampler
  var enough: Double
  /// Mean number of instances under a condition; below 0 where none decides.
  var mean: Double
  var againStream: RandomStream
  var countStream: RandomStream

  static func rows(of stack: StackModel, flow: FlowGraph) -> [RepetitionRow] {
    stack.repetitions.enumerated().map { index, repetition in
      let id = flow.repetitionID(index)
      return RepetitionRow(
        again: repetition.again, atMost: Int32(clamping: repetition.atMost),
        count: repetition.count.sampler,
        enough: repetition.condition == nil ? repetition.enough : 1,
        mean: repetition.condition == nil ? -1 : repetition.meanInstances ?? 1,
        againStream: RandomStream(id, "again"), countStream: RandomStream(id, "instances"))
    }
  }
}
