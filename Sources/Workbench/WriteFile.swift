import Foundation

/// Writes a file as a whole or not at all, creating its folder.
///
/// - Throws: `WorkbenchError.badInput` where the place cannot be written.
public func writeFile(_ content: some Sequence<UInt8>, to path: String) throws(WorkbenchError) {
  do {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content).write(to: url, options: .atomic)
  } catch {
    throw .badInput([
      "\(path): cannot be written (\(error.localizedDescription)); name another place with --output"
    ])
  }
}
