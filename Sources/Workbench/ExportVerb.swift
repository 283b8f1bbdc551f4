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

/// Writes work lists into a folder, a CSV file each, and an index of them.
///
/// - Returns: the files that were written.
/// - Throws: `WorkbenchError.badInput` where the place cannot be written.
public func writeWorkLists(
  _ lists: [Table], to folder: String
) throws(WorkbenchError) -> [String] {
  // One list alone is a folder, too: its name is that of its owner.
  var files: [String] = []
  for table in [workListIndex(lists)] + lists {
    let file = folder + (folder.hasSuffix("/") ? "" : "/") + "\(table.name).csv"
    try writeFile(table.csv.utf8, to: file)
    files.append(file)
  }
  return files
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
