import Facts
public import Inventory

/// One import of the history, as reports show it.
public struct ImportHistoryEntry: Encodable, Sendable, Hashable {
  /// Number, from 1.
  public var number: Int64
  /// When, ISO 8601.
  public var time: String
  /// Files and folders that were imported.
  public var roots: [String]
  /// Documents by status.
  public var statuses: [String: Int]
  /// Paths by what became of them: `added`, `changed`, `removed`.
  public var files: [String: [String]]
  /// Documents that were as before.
  public var unchangedFiles: Int
  /// What the estate had after it, by what is counted.
  public var totals: [String: Int]
  /// What changed in the estate.
  public var estate: EstateDifference

  /// Creates an entry.
  public init(
    number: Int64, time: String, roots: [String], statuses: [String: Int],
    files: [String: [String]], unchangedFiles: Int, totals: [String: Int], estate: EstateDifference
  ) {
    self.number = number
    self.time = time
    self.roots = roots
    self.statuses = statuses
    self.files = files
    self.unchangedFiles = unchangedFiles
    self.totals = totals
    self.estate = estate
  }
}

/// All imports, one line each, for a terminal.
public func historyText(_ entries: [ImportHistoryEntry], style: TextStyle = .plain) -> String {
  guard !entries.isEmpty else { return "Nothing has been imported yet.\n" }
  var table = TextTable(
    heads: ["no", "time", "files new", "changed", "gone", "same", "in the estate", "of"],
    numbers: [0, 2, 3, 4, 5], indent: "")
  for entry in entries {
    func count(_ key: String) -> String { countText(entry.files[key]?.count ?? 0) }
    table.add([
      "\(entry.number)", entry.time, count("added"), count("changed"), count("removed"),
      countText(entry.unchangedFiles), briefly(entry.estate), entry.roots.joined(separator: " "),
    ])
  }
  return table.text(style) + "\nWhat one changed: rehearse inventory history NO\n"
}

/// What a difference holds, in a few words.
func briefly(_ difference: EstateDifference) -> String {
  let parts: [(sign: String, count: Int, noun: String)] = [
    ("+", difference.systemsAdded.count, "system"),
    ("~", difference.systemsChanged.count, "system"),
    ("-", difference.systemsRemoved.count, "system"),
    ("+", difference.connectionsAdded.count, "connection"),
    ("-", difference.connectionsRemoved.count, "connection"),
  ]
  let words = parts.filter { $0.count > 0 }.map { $0.sign + plural($0.count, $0.noun) }
  if words.isEmpty { return difference.isEmpty ? "no change" : "names of applications or teams" }
  return words.joined(separator: ", ")
}

/// What one import changed, in words.
public func historyText(_ entry: ImportHistoryEntry, style: TextStyle = .plain) -> String {
  var text = style.strong("Import \(entry.number), \(entry.time)") + "\n"
  for root in entry.roots { text += "  \(root)\n" }
  for (key, title) in [("added", "New files"), ("changed", "Changed files"), ("removed", "Gone")] {
    text += section(title, entry.files[key] ?? [], style)
  }
  text += "\n\(plural(entry.unchangedFiles, "file")) as before.\n"
  let estate = entry.estate
  if estate.isEmpty { return text + "\nThe estate did not change.\n" }
  text += section("New systems", estate.systemsAdded, style)
  text += section("Systems that are gone", estate.systemsRemoved, style)
  if !estate.systemsChanged.isEmpty {
    text += "\n" + style.strong("Changed systems") + "\n"
    var table = TextTable(heads: [])
    for change in estate.systemsChanged {
      for (index, field) in change.fields.enumerated() {
        table.add([
          index == 0 ? change.system : "", field.field,
          "\(field.before ?? "?") → \(field.after ?? "?")",
        ])
      }
    }
    text += table.text(style)
  }
  text += section("New connections", estate.connectionsAdded.map(linkText), style)
  text += section("Connections that are gone", estate.connectionsRemoved.map(linkText), style)
  text += section("New applications", estate.applicationsAdded, style)
  text += section("Applications that are gone", estate.applicationsRemoved, style)
  text += section("New teams", estate.teamsAdded, style)
  return text + section("Teams that are gone", estate.teamsRemoved, style)
}

private func linkText(_ link: EstateSnapshot.Link) -> String {
  let action = link.action.map { ", \($0)" } ?? ""
  return "\(link.source) \(link.kind) \(link.target) (\(link.channel)\(action))"
}

private func section(_ title: String, _ lines: [String], _ style: TextStyle) -> String {
  guard !lines.isEmpty else { return "" }
  return "\n" + style.strong("\(title) (\(countText(lines.count)))") + "\n"
    + lines.map { "  \(oneLine($0))\n" }.joined()
}
