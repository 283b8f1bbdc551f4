import Foundation

/// Writes a file as a whole or not at all, creating its folder.
///
/// - Parameter option: the option that named the place.
/// - Throws: `WorkbenchError.badInput` where the place cannot be written.
public func writeFile(
  _ content: some Sequence<UInt8>, to path: String, option: String = "--output"
) throws(WorkbenchError) {
  try checkWritable(path, option: option)
  do {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content).write(to: url, options: .atomic)
  } catch {
    throw .badInput([
      "\(path): cannot be written (\(error.localizedDescription)); name another place with \(option)"
    ])
  }
}

/// Checks, before long work begins, that a file could be written.
///
/// - Parameter option: the option that named the place.
/// - Throws: `WorkbenchError.badInput` where the place is a folder, or lies in something that is none.
public func checkWritable(
  _ path: String, option: String = "--output"
) throws(WorkbenchError) {
  let files = FileManager.default
  var isFolder: ObjCBool = false
  if files.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
    throw .badInput(["\(path): cannot be written, it is a folder; name a file with \(option)"])
  }
  var folder = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent()
  while !files.fileExists(atPath: folder.path, isDirectory: &isFolder), folder.path != "/" {
    folder.deleteLastPathComponent()
  }
  guard isFolder.boolValue, files.isWritableFile(atPath: folder.path) else {
    throw .badInput([
      "\(path): cannot be written, \(folder.path) "
        + (isFolder.boolValue ? "must not be changed" : "is no folder")
        + "; name another place with \(option)"
    ])
  }
}
