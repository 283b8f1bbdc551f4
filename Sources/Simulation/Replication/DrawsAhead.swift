internal import EventEngine
internal import Statistics

// Times of work drawn ahead. A random number and the time made of it are a long chain of steps that wait
// for one another, and a processor can work on several such chains at once. Draws are named by what they
// are for, not by their order; so where cases come to an activity one after the other, the times of eight
// neighbours are drawn together, and are the same as if each were drawn when its work begins.

/// Times of first attempts at first visits, by activity and by who does it, for blocks of eight cases.
struct DrawsAhead: ~Copyable {
  /// Cases in a block.
  static let blockSize = 8
  /// Blocks kept of each activity and performer; cases do not come in order.
  static let blockCount = 8

  /// How well drawing ahead has paid so far.
  struct Use: BitwiseCopyable {
    var blocks: Int32 = 0
    var draws: Int32 = 0
  }

  var uses: FlatArray<Use>
  /// Number of the block that stands in each place, plus one; 0 for none.
  var blocks: FlatArray<UInt32>
  /// Times of work; below zero, its complement, for a run that fails.
  var contents: FlatArray<Int64>
  /// Of the block being drawn.
  var uniforms = FlatArray(repeating: 0.0, count: blockSize)

  /// - Parameter activities: rows in the table of activities.
  init(activities: Int) {
    // One for people and one for the automation.
    let performers = activities * 2
    uses = FlatArray(repeating: Use(), count: performers)
    blocks = FlatArray(repeating: 0, count: performers * Self.blockCount)
    contents = FlatArray(repeating: 0, count: performers * Self.blockCount * Self.blockSize)
  }

  /// Where the draws for a case stand.
  @inline(__always)
  static func place(_ performer: Int, ordinal: UInt32) -> Int {
    performer &* (blockCount &* blockSize)
      &+ Int(ordinal % UInt32(truncatingIfNeeded: blockCount &* blockSize))
  }

  /// Where the number of the block of a case stands.
  @inline(__always)
  static func blockPlace(_ performer: Int, ordinal: UInt32) -> Int {
    performer &* blockCount
      &+ Int(
        ordinal / UInt32(truncatingIfNeeded: blockSize) % UInt32(truncatingIfNeeded: blockCount))
  }

  /// Whether a block is there for a case.
  @inline(__always)
  func hasBlock(_ performer: Int, ordinal: UInt32) -> Bool {
    let number = ordinal / UInt32(truncatingIfNeeded: Self.blockSize)
    return blocks[Self.blockPlace(performer, ordinal: ordinal)] == number &+ 1
  }

  /// Whether at least half of what was drawn ahead was used, as far as can be told yet.
  func pays(_ performer: Int) -> Bool {
    let use = uses[performer]
    return use.blocks < 2 * Int32(Self.blockCount)
      || 2 * Int(use.draws) >= Int(use.blocks) * Self.blockSize
  }
}

extension Replication {
  /// Time that a token's activity takes people of its team, before anything of their own changes it.
  @inline(__always)
  mutating func drawHandlingTime(_ token: Int32, row: Int) -> Int64 {
    let ordinal = cases[tokens[token].caseSlot].ordinal
    if tokens[token].visit == 0, isDrawnAhead(row &* 2, ordinal: ordinal) {
      random.note(activityTable[row].handlingStream, ordinal: ordinal)
      return drawsAhead.contents[DrawsAhead.place(row &* 2, ordinal: ordinal)]
    }
    return microseconds(
      activityTable[row].handlingTime, draw(activityTable[row].handlingStream, for: token))
  }

  /// Time that a run of the automation assigned to a token's activity takes, and whether it fails.
  @inline(__always)
  mutating func drawRun(_ token: Int32, row: Int) -> (time: Int64, fails: Bool) {
    let ordinal = cases[tokens[token].caseSlot].ordinal
    let attempt = tokens[token].attempt
    let failure = failureProbability(row)
    if tokens[token].visit == 0, attempt == 0, isDrawnAhead(row &* 2 &+ 1, ordinal: ordinal) {
      random.note(activityTable[row].runStream, ordinal: ordinal)
      if failure > 0 { random.note(activityTable[row].failureStream, ordinal: ordinal) }
      let content = drawsAhead.contents[DrawsAhead.place(row &* 2 &+ 1, ordinal: ordinal)]
      return content < 0 ? (~content, true) : (content, false)
    }
    let uniform = draw(activityTable[row].runStream, for: token, attempt: attempt)
    let fails =
      failure > 0
      && draw(activityTable[row].failureStream, for: token, attempt: attempt) < failure
    return (microseconds(activityTable[row].runTime, uniform), fails)
  }

  /// Time of such a run whose failing is drawn elsewhere.
  func drawRunTime(_ token: Int32, row: Int) -> Int64 {
    let uniform = draw(activityTable[row].runStream, for: token, attempt: tokens[token].attempt)
    return microseconds(activityTable[row].runTime, uniform)
  }

  @inline(__always)
  private func failureProbability(_ row: Int) -> Double {
    let stack = row < activityCount ? 0 : 1
    let automation = stack &* automationCount &+ Int(activityTable[row].automation)
    return automationTable[automation].failureProbability
  }

  /// Whether the draws for a case are there, or are so now.
  @inline(__always)
  private mutating func isDrawnAhead(_ performer: Int, ordinal: UInt32) -> Bool {
    guard drawsAhead.hasBlock(performer, ordinal: ordinal) || drawBlock(performer, ordinal: ordinal)
    else { return false }
    drawsAhead.uses[performer].draws &+= 1
    return true
  }

  /// Draws the block of a case, where that pays.
  private mutating func drawBlock(_ performer: Int, ordinal: UInt32) -> Bool {
    guard drawsAhead.pays(performer) else { return false }
    let size = DrawsAhead.blockSize
    let number = ordinal / UInt32(size)
    let first = number * UInt32(size)
    let place = DrawsAhead.place(performer, ordinal: first)
    let row = performer / 2
    let isRun = performer % 2 == 1
    let stream = isRun ? activityTable[row].runStream : activityTable[row].handlingStream
    let numbers = drawsAhead.uniforms.block
    random.uniformsAhead(numbers, stream, from: first)
    let sampler = isRun ? activityTable[row].runTime : activityTable[row].handlingTime
    sampler.replace(uniforms: numbers, in: samplerTable)
    for position in 0..<size {
      drawsAhead.contents[place + position] = microseconds(numbers[position])
    }
    if isRun, failureProbability(row) > 0 {
      let probability = failureProbability(row)
      random.uniformsAhead(numbers, activityTable[row].failureStream, from: first)
      for position in 0..<size where numbers[position] < probability {
        drawsAhead.contents[place + position] = ~drawsAhead.contents[place + position]
      }
    }
    drawsAhead.blocks[DrawsAhead.blockPlace(performer, ordinal: first)] = number + 1
    // The counts are halved now and then, so that they tell of the time just past.
    if drawsAhead.uses[performer].blocks >= 64 {
      drawsAhead.uses[performer].blocks /= 2
      drawsAhead.uses[performer].draws /= 2
    }
    drawsAhead.uses[performer].blocks += 1
    return true
  }
}
