import Foundation
import Inventory
public import Reporting
import Workspace

/// How an inventory is exported.
public enum InventoryFormat: String, Sendable, CaseIterable {
  /// One file for each table.
  case csv
  /// One workbook with a sheet for each table.
  case xlsx
  /// One file with a list for each table.
  case json

  /// The format that the name of a file says; `nil` where it says none.
  public init?(ofFile path: String) {
    self.init(rawValue: URL(fileURLWithPath: path).pathExtension.lowercased())
  }
}

/// The tables of the whole inventory of a workspace.
///
/// - Parameter people: How people are named in them.
public func inventoryTables(
  inWorkspace file: String, people: PeopleShown = .byName
) throws(WorkbenchError) -> [Table] {
  try checkInventory(file)
  do {
    let workspace = try Workspace(file: file)
    let (documents, corrections) = people.applied(
      to: try workspace.documents(), try workspace.corrections())
    let estate = Estate(merging: documents, corrections: corrections)
    return inventoryTables(estate, problems: documents.flatMap(\.problems))
  } catch {
    throw WorkbenchError(error)
  }
}

/// Writes work lists into a folder, a CSV file each, an index of them, and what the audit could not see.
///
/// Lists that the index of an earlier audit names and this one has not are removed, so that nobody is
/// handed what is settled; other files are left alone.
/// - Returns: the files that were written.
/// - Throws: `WorkbenchError.badInput` where the place cannot be written.
public func writeWorkLists(
  _ lists: [Table], coverage: Table, to folder: String
) throws(WorkbenchError) -> [String] {
  // One list alone is a folder, too: its name is that of its owner.
  let place = folder + (folder.hasSuffix("/") ? "" : "/")
  let former = listedFiles(inIndex: place + "index.csv")
  var files: [String] = []
  for table in [workListIndex(lists), coverage] + lists {
    let file = place + "\(table.name).csv"
    try writeFile(table.csv.utf8, to: file)
    files.append(file)
  }
  for name in former where !files.contains(place + name) {
    // One that cannot be removed is at least not in the index.
    try? FileManager.default.removeItem(atPath: place + name)
  }
  return files
}

/// The files that an index of work lists names; none where there is no such index.
private func listedFiles(inIndex file: String) -> [String] {
  guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return [] }
  let lines = text.split(whereSeparator: \.isNewline)
  guard lines.first?.hasPrefix("file,for,findings") == true else { return [] }
  return lines.dropFirst().compactMap { line in
    // Names of lists have neither commas nor slashes, see `workLists`.
    let name = line.prefix { $0 != "," }
    return name.hasSuffix(".csv") && !name.contains("/") && !name.contains("\"")
      ? String(name) : nil
  }
}

/// Writes tables: a workbook, a JSON file, one CSV file, or a folder of CSV files.
///
/// - Returns: the files that were written.
/// - Throws: `WorkbenchError.badInput` where the place cannot be written.
public func write(
  _ tables: [Table], as format: InventoryFormat, to path: String
) throws(WorkbenchError) -> [String] {
  switch format {
  case .xlsx:
    try checkWritable(path)
    do {
      try writeFile(workbookFile(tables), to: path)
    } catch {
      throw WorkbenchError(error)
    }
    return [path]
  case .json:
    do {
      try writeFile(tablesJSON(tables).utf8, to: path)
    } catch {
      throw WorkbenchError(error)
    }
    return [path]
  case .csv:
    if tables.count == 1 {
      try writeFile(tables[0].csv.utf8, to: path)
      return [path]
    }
    var files: [String] = []
    for table in tables {
      let file = path + (path.hasSuffix("/") ? "" : "/") + "\(table.name).csv"
      try writeFile(table.csv.utf8, to: file)
      files.append(file)
    }
    return files
  }
}
