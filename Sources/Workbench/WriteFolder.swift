import Foundation

/// Writes files into a folder, making it where it is not there: all of them, or none.
///
/// They are written beside the folder first and moved when all are whole. Other files of the folder stay.
/// - Parameter option: the option that named the place.
/// - Throws: `WorkbenchError.badInput` where the place cannot be written.
func writeFolder(
  _ contents: [(name: String, text: String)], to path: String, option: String
) throws(WorkbenchError) {
  try checkFolder(path, option: option)
  let files = FileManager.default
  let folder = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
  let draft = folder.deletingLastPathComponent()
    .appending(path: ".\(folder.lastPathComponent).\(UUID().uuidString)")
  defer { try? files.removeItem(at: draft) }
  do {
    try files.createDirectory(at: draft, withIntermediateDirectories: true)
    for content in contents {
      try Data(content.text.utf8).write(to: draft.appending(path: content.name))
    }
    guard files.fileExists(atPath: folder.path) else {
      return try files.moveItem(at: draft, to: folder)
    }
    for content in contents {
      // Replaces what is there in one step.
      let (from, to) = (
        draft.appending(path: content.name).path, folder.appending(path: content.name).path
      )
      if rename(from, to) != 0 { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }
  } catch {
    throw .badInput([
      "\(path): cannot be written (\(error.localizedDescription)); name another place with \(option)"
    ])
  }
}

/// Checks, before long work begins, that files could be written into a folder.
///
/// - Throws: `WorkbenchError.badInput` where the place is a file, or lies in something that is no folder.
func checkFolder(_ path: String, option: String = "--output") throws(WorkbenchError) {
  var isFolder: ObjCBool = false
  let folder = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
  if FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) {
    guard isFolder.boolValue else {
      throw .badInput([
        "\(path): cannot be written, it is a file and the tables go into a folder; name another place "
          + "with \(option)"
      ])
    }
    guard FileManager.default.isWritableFile(atPath: folder.path) else {
      throw .badInput([
        "\(path): cannot be written, the folder must not be changed; name another place with \(option)"
      ])
    }
    return
  }
  try checkWritable(folder.path, option: option)
}
