import EventEngine
import Testing

@Suite("Flat pools") struct FlatPoolTests {
  @Test("a slot taken again is blank, and memory grows with what lives at one time")
  func reuse() {
    var pool = FlatPool(blank: 0, capacity: 2)
    for value in 0..<10_000 {
      let slot = pool.take()
      let value0 = pool[slot]
      #expect(value0 == 0)
      pool[slot] = value
      if value % 3 != 0 { pool.free(slot) }
    }
    let (live, highWater) = (pool.liveCount, pool.highWater)
    #expect(live == 3_334)
    #expect(highWater == 3_334)
  }

  @Test("rows keep their values when the block grows, and a cleared row is blank")
  func rows() {
    var rows = FlatRows(blank: -1, columns: 3)
    for row in 0..<1_000 as Range<Int32> {
      rows.clear(row: row)
      let fresh = rows[row, 2]
      #expect(fresh == -1)
      rows[row, 1] = Int(row)
    }
    for row in 0..<1_000 as Range<Int32> {
      let value = rows[row, 1]
      #expect(value == Int(row))
    }
    rows.clear(row: 5)
    let cleared = rows[5, 1]
    #expect(cleared == -1)
  }

  @Test(
    "rows of small counters lie apart, whatever their length", arguments: [0, 1, 7, 8, 9, 20])
  func rowsOfSmallCounters(columns: Int) {
    var rows = FlatRows(blank: 0 as UInt16, columns: columns)
    for row in 0..<200 as Range<Int32> { rows.clear(row: row) }
    for row in 0..<200 as Range<Int32> {
      for column in 0..<columns { rows[row, column] = UInt16(row) * 20 + UInt16(column) }
    }
    rows.clear(row: 100)
    for row in 0..<200 as Range<Int32> {
      for column in 0..<columns {
        let value = rows[row, column]
        #expect(value == (row == 100 ? 0 : UInt16(row) * 20 + UInt16(column)))
      }
    }
  }
}
