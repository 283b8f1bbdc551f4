/// One look for all charts: quiet, legible on white and on black.
///
/// Words and lines take the colour of the page's text (`currentColor`), so that a chart follows the page
/// into the dark.
enum ChartTheme {
  static let config = Config()

  /// The grey of the baseline: 4.5 : 1 on white, 3.9 : 1 on the dark page.
  static let baselineColour = "#767676"

  /// Colours of the other variants, in order.
  ///
  /// Those of Okabe and Ito (*Color Universal Design*, 2008) without their yellow; their orange and sky
  /// blue are darkened so that a line keeps 3 : 1 on white.
  static let variantColours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B97F00", "#2E8BC0"]

  /// Fills of the components of cost, in the order of the stack.
  ///
  /// Tol's *light* scheme (SRON/EPS/TN/09-002) without its yellow, so that a fill is not mistaken for a
  /// variant; work owed is hatched.
  static let costFills: [(component: String, fill: String)] = [
    ("tasks", "#77AADD"), ("review", "#EE8866"), ("exceptions", "#FFAABB"),
    ("automation", "#44BB99"), ("orchestration", "#99DDFF"), ("loss", "#AAAA00"),
    ("licences", "#BBBBBB"), ("repairs", "#BBCC33"), ("rework", "#CC6677"),
    ("coordination", "#DDCC77"), ("upkeep", "#999933"), ("incidents", "#882255"),
    ("penalties", "#AA4499"), ("staffing", "#332288"), ("owed", "url(#owed-hatch)"),
  ]

  struct Config: Encodable, Sendable {
    var font = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"
    var view = View()
    var axis = Axis()
    var axisY = Side()
    var text = Text()

    struct View: Encodable, Sendable { var stroke = "transparent" }

    struct Axis: Encodable, Sendable {
      var labelColor = "currentColor"
      var titleColor = "currentColor"
      var domainColor = "currentColor"
      var tickColor = "currentColor"
      var gridColor = "currentColor"
      var gridOpacity = 0.1
      var domainOpacity = 0.4
      var tickOpacity = 0.4
      var labelFontSize = 12
      var titleFontSize = 12
      var titleFontWeight = "normal"
      var labelOpacity = 0.8
      var titleOpacity = 0.8
    }

    /// The title of an upright axis lies above it, to be read without turning the head.
    struct Side: Encodable, Sendable {
      var titleAngle = 0
      var titleAlign = "left"
      var titleAnchor = "start"
      var titleX = 0
      var titleY = -14
      var domain = false
      var ticks = false
    }

    struct Text: Encodable, Sendable {
      var color = "currentColor"
      var fontSize = 12
    }
  }
}
