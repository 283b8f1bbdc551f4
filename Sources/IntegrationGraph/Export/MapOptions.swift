/// What to draw of a map, and what to write on it.
public struct MapOptions: Hashable, Sendable {
  /// How much is drawn.
  public enum Detail: Hashable, Sendable {
    /// The whole map up to `clusterAbove` nodes, else the overview.
    case automatic
    /// Every node; above `clusterAbove` nodes, boxed by cluster.
    case whole
    /// One box per cluster.
    case overview
    /// The nodes of one cluster, by its id, and its neighbours as one box per cluster.
    case cluster(String)
  }

  /// What a badge says beside its number.
  public struct BadgeNote: Hashable, Sendable {
    /// Shape of the severity, one sign.
    public var shape: String
    /// The severity in a word.
    public var word: String
    /// The finding in a sentence.
    public var text: String

    /// Creates a note.
    public init(shape: String, word: String, text: String) {
      self.shape = shape
      self.word = word
      self.text = text
    }
  }

  /// How much is drawn.
  public var detail: Detail
  /// Numbers of the findings about a node, by node id, drawn as badges.
  public var badges: [String: [Int]]
  /// What the numbers mean, by number; where it is empty, badges are numbers only.
  public var notes: [Int: BadgeNote]
  /// What a badge links to: this, followed by the number of the finding; `nil` for no link.
  public var badgeLink: String?
  /// Classes of sensitive data that edges carry, by the edges' ids: these are drawn as double lines.
  public var sensitive: [String: [String]] = [:]
  /// What nodes and closed clusters link to, by their ids; what is not named links to nothing.
  public var links: [String: String] = [:]
  /// Number of nodes above which clusters come first.
  ///
  /// Default 80: above it, labels fall below a legible size on one screen (assumed).
  public var clusterAbove: Int
  /// Most lines drawn between clusters, the heaviest; the legend says how many are left out.
  ///
  /// Default 120: about three for each of forty clusters (assumed).
  public var bundleLimit: Int
  /// Whether a key of the signs stands below the map.
  public var showsLegend: Bool
  /// Colour behind the map, as Graphviz writes it.
  public var background: String

  /// Creates options.
  public init(
    detail: Detail = .automatic, badges: [String: [Int]] = [:], notes: [Int: BadgeNote] = [:],
    badgeLink: String? = "#finding-", clusterAbove: Int = 80, bundleLimit: Int = 120,
    showsLegend: Bool = false, background: String = "transparent"
  ) {
    self.detail = detail
    self.badges = badges
    self.notes = notes
    self.badgeLink = badgeLink
    self.clusterAbove = clusterAbove
    self.bundleLimit = bundleLimit
    self.showsLegend = showsLegend
    self.background = background
  }
}
