/// Where something changes on a grid whose rows are the first axis and whose columns are the last, drawn as
/// lines at right angles.
///
/// Along a row a change may lie anywhere between the middles of two columns; between two rows it lies on
/// their border. Columns are counted from 0 and stand for −0.5 ..< 0.5 and so on.
struct GridBoundary: Equatable {
  /// A line across one row, at a place along the columns.
  struct Across: Equatable {
    var row: Int
    var place: Double
  }

  /// A line along the upper border of a row.
  struct Along: Equatable {
    var row: Int
    var from: Double
    var to: Double
  }

  private(set) var across: [Across] = []
  private(set) var along: [Along] = []

  /// From what holds in each row from left to right, and the places at which it changes.
  init<Label: Equatable>(rows: [[(label: Label, until: Double)]]) {
    for (row, spans) in rows.enumerated() {
      for (span, next) in zip(spans, spans.dropFirst()) where span.label != next.label {
        across.append(Across(row: row, place: span.until))
      }
    }
    for row in rows.indices.dropFirst() {
      let places = Set((rows[row] + rows[row - 1]).map(\.until)).sorted()
      var from = -0.5
      for place in places {
        let middle = (from + place) / 2
        func label(_ spans: [(label: Label, until: Double)]) -> Label? {
          spans.first { middle < $0.until }?.label
        }
        if label(rows[row]) != label(rows[row - 1]) {
          // Pieces of one line are one line.
          if let last = along.last, last.row == row, last.to == from {
            along[along.count - 1].to = place
          } else {
            along.append(Along(row: row, from: from, to: place))
          }
        }
        from = place
      }
    }
  }
}
