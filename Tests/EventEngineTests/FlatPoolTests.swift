import EventEngine
import Testing

@Suite("Flat pools") struct FlatPoolTests {
  @Test("a slot taken again is blank, and memory grows with what lives at one time")
  func reuse() {
    var pool = FlatPool(blank: 0, capacity: 2)
    for value in 0..<10_000 {
      let slot = pool.take()
      #expect(pool[slot] == 0)
      pool[slot] = value
      if value % 3 != 0 { pool.free(slot) }
    }
    #expect(pool.liveCount == 3_334)
    #expect(pool.highWater == 3_335)
  }

  @Test("rows keep their values when the block grows, and a cleared row is blank")
  func rows() {
    var rows = FlatRows(blank: -1, columns: 3)
    for row in 0..<1_000 as Range<Int32> {
      rows.clear(row: row)
      #expect(rows[row, 2] == -1)
      rows[row, 1] = Int(row)
    }
    for row in 0..<1_000 as Range<Int32> { #expect(rows[row, 1] == Int(row)) }
    rows.clear(row: 5)
    #expect(rows[5, 1] == -1)
  }
}
