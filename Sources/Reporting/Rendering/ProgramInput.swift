import Foundation

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// A file without a name, open at its beginning, that holds what another program is to read.
///
/// A program that ends before it has read all of a pipe would end this one too, by the signal of a broken
/// pipe; a file it may leave unread.
/// - Throws: what the system says where the folder for temporary files cannot be written.
func programInput(_ text: String) throws -> FileDescriptor {
  let place = FileManager.default.temporaryDirectory.appending(
    path: "rehearse-\(UUID().uuidString)")
  let path = FilePath(place.path)
  let file = try FileDescriptor.open(
    path, .readWrite, options: [.create, .exclusiveCreate], permissions: .ownerReadWrite)
  do {
    try FileManager.default.removeItem(at: place)
    try file.writeAll(text.utf8)
    try file.seek(offset: 0, from: .start)
    return file
  } catch {
    try? file.close()
    throw error
  }
}
