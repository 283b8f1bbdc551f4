internal import CArchive
import Facts
import Foundation

/// A ZIP archive of members, the same bytes for the same members in the same order.
///
/// Members carry no times and no owners, so that nothing of the machine or the hour is in it.
/// - Throws: `malformed` where two members have the same path or one would leave the archive, and
///   `unreadable` where libarchive refuses.
public func zipArchive(of members: [ArchiveMember]) throws(DocumentError) -> [UInt8] {
  var known: Set<String> = []
  for member in members {
    guard try memberPath(member.path, archive: "archive") == member.path,
      known.insert(member.path).inserted
    else {
      throw DocumentError(
        .malformed, "a member's path is not plain, or there twice",
        at: SourceLocation(path: "archive!/\(member.path)"))
    }
  }
  // In the C locale libarchive cannot convert names beyond ASCII; it asks when it is set up.
  let previous = utf8Locale.map { uselocale($0) }
  defer { if let previous { uselocale(previous) } }
  let writer = try ArchiveWriter(
    // What deflating cannot shrink grows by a few bytes in 16 KiB; names stand there twice.
    capacity: members.reduce(4_096) {
      $0 + $1.bytes.count + $1.bytes.count / 256 + 2 * $1.path.utf8.count + 1_024
    })
  for member in members { try writer.add(member) }
  return try writer.finish()
}

/// An archive that libarchive writes into memory; the only type that writes with it.
private final class ArchiveWriter {
  private let archive: OpaquePointer
  private let storage: UnsafeMutableRawPointer
  private let used: UnsafeMutablePointer<Int>

  init(capacity: Int) throws(DocumentError) {
    guard let archive = archive_write_new() else {
      throw DocumentError(
        .unreadable, "there is no memory to write an archive", at: SourceLocation(path: "archive"))
    }
    self.archive = archive
    storage = .allocate(byteCount: capacity, alignment: 1)
    used = .allocate(capacity: 1)
    used.initialize(to: 0)
    archive_write_set_format_zip(archive)
    archive_write_zip_set_compression_deflate(archive)
    archive_write_set_options(archive, "hdrcharset=UTF-8")
    // Nothing is padded to blocks of a tape.
    archive_write_set_bytes_in_last_block(archive, 1)
    try check(archive_write_open_memory(archive, storage, capacity, used))
  }

  deinit {
    archive_write_free(archive)
    storage.deallocate()
    used.deallocate()
  }

  func add(_ member: ArchiveMember) throws(DocumentError) {
    guard let entry = archive_entry_new() else {
      throw DocumentError(
        .unreadable, "there is no memory to write an archive", at: SourceLocation(path: member.path)
      )
    }
    defer { archive_entry_free(entry) }
    archive_entry_set_pathname(entry, member.path)
    archive_entry_set_size(entry, Int64(member.bytes.count))
    archive_entry_set_filetype(entry, S_IFREG)
    archive_entry_set_perm(entry, 0o644)
    try check(archive_write_header(archive, entry))
    var rest = member.bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
      guard written > 0 else { throw failure }
      rest = rest.dropFirst(written)
    }
  }

  func finish() throws(DocumentError) -> [UInt8] {
    try check(archive_write_close(archive))
    return [UInt8](UnsafeRawBufferPointer(start: storage, count: used.pointee))
  }

  private func check(_ status: CInt) throws(DocumentError) {
    if status < ARCHIVE_WARN { throw failure }
  }

  private var failure: DocumentError {
    let reason = archive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
    return DocumentError(
      .unreadable, "the archive cannot be written (\(reason))",
      at: SourceLocation(path: "archive"))
  }
}
