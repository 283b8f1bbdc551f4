internal import CArchive
import Facts
import Foundation

/// A regular file inside an archive.
public struct ArchiveMember: Hashable, Sendable {
  /// Path inside the archive, with `/`, relative, without `.` and `..`.
  public var path: String
  /// Content.
  public var bytes: [UInt8]

  /// Creates a member.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// Whether bytes begin like a ZIP archive that has members, or are an empty one.
public func isZipArchive(_ bytes: [UInt8]) -> Bool {
  bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
}

/// Whether bytes begin like a gzip file.
public func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B, 0x08]) }

/// The regular files of a ZIP archive (also nupkg, xlsx, jar), ordered by path.
///
/// Everything stays in memory, nothing is written to disk. Folders and symbolic links are left out.
/// - Throws: `hostile` for a path that leaves the archive (absolute, drive letter, `..`), for the
///   same path twice, and for a packing ratio beyond the limit; `tooLarge` beyond the limits on
///   members and bytes; `unreadable` for encrypted members; `truncated` where the central directory
///   is missing or a member ends early; `malformed` for everything else, checksums included.
public func readArchive(
  _ bytes: [UInt8], path: String, limits: DocumentLimits = .standard
) throws(DocumentError) -> [ArchiveMember] {
  try limits.checkSize(bytes.count, path: path)
  guard isZipArchive(bytes) else {
    throw DocumentError(
      .malformed, "this is not a ZIP archive; name the exported package",
      at: SourceLocation(path: path))
  }
  // libarchive does not recognise an archive of nothing but its end record.
  if bytes.count == 22, bytes[2] == 5 { return [] }
  let reader = try ArchiveReader(bytes, format: .zip, path: path, limits: limits)
  var members: [ArchiveMember] = []
  var known: Set<String> = []
  while let entry = try reader.nextEntry() {
    guard let inner = try memberPath(entry.name, archive: path) else { continue }
    guard known.insert(inner).inserted else {
      throw DocumentError(
        .hostile,
        "two members have the same path, so that programs read different ones;"
          + " pack the archive again",
        at: SourceLocation(path: "\(path)!/\(inner)"))
    }
    guard !entry.isEncrypted else {
      throw DocumentError(
        .unreadable, "the member is encrypted; export the package without a password",
        at: SourceLocation(path: "\(path)!/\(inner)"))
    }
    guard known.count <= limits.archiveMembers else {
      throw DocumentError(
        .tooLarge, "the archive has more than \(limits.archiveMembers) members; split it",
        at: SourceLocation(path: path))
    }
    let content = try reader.content(of: inner)
    if entry.isRegular { members.append(ArchiveMember(path: inner, bytes: content)) }
  }
  return members.sorted { $0.path < $1.path }
}

/// The content of a gzip file.
/// - Throws: `malformed`, `truncated`, `tooLarge`, `hostile` as `readArchive` does.
public func expandGzip(
  _ bytes: [UInt8], path: String, limits: DocumentLimits = .standard
) throws(DocumentError) -> [UInt8] {
  try limits.checkSize(bytes.count, path: path)
  let reader = try ArchiveReader(bytes, format: .gzip, path: path, limits: limits)
  guard try reader.nextEntry() != nil, reader.isGzip else {
    throw DocumentError(
      .truncated, "the file ends within its gzip header; export or copy it again",
      at: SourceLocation(path: path))
  }
  return try reader.content(of: nil)
}

/// The path of a member in our form; `nil` for a folder.
func memberPath(_ name: String, archive: String) throws(DocumentError) -> String? {
  let slashed = name.replacing("\\", with: "/")
  let parts = slashed.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }
  let isAbsolute = slashed.hasPrefix("/") || (parts.first?.dropFirst().hasPrefix(":") ?? false)
  let isOutside = isAbsolute || parts.contains("..")
  let hasControls = slashed.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
  guard !isOutside, !hasControls else {
    throw DocumentError(
      .hostile,
      "a member's path leads out of the archive or holds control characters;"
        + " do not use this archive",
      at: SourceLocation(path: archive))
  }
  guard !parts.isEmpty, !slashed.hasSuffix("/") else { return nil }
  return parts.joined(separator: "/")
}

/// An archive opened by libarchive over bytes in memory; the only type that reads with it.
private final class ArchiveReader {
  enum Format {
    case zip
    case gzip
  }

  struct Entry {
    var name: String
    var isRegular: Bool
    var isEncrypted: Bool
  }

  private let archive: OpaquePointer
  private let storage: UnsafeMutableRawPointer
  private let packedCount: Int
  private let path: String
  private let limits: DocumentLimits
  private var expanded = 0

  init(
    _ bytes: [UInt8], format: Format, path: String, limits: DocumentLimits
  ) throws(DocumentError) {
    guard let archive = archive_read_new() else {
      throw DocumentError(
        .unreadable, "there is no memory to open the archive", at: SourceLocation(path: path))
    }
    self.archive = archive
    self.path = path
    self.limits = limits
    packedCount = bytes.count
    // libarchive reads from this address until it is freed.
    storage = .allocate(byteCount: max(bytes.count, 1), alignment: 1)
    bytes.withUnsafeBytes { source in
      if let start = source.baseAddress { storage.copyMemory(from: start, byteCount: bytes.count) }
    }
    switch format {
    case .zip:
      // The central directory is authoritative; without it the archive is cut off.
      archive_read_support_format_zip_seekable(archive)
    case .gzip:
      archive_read_support_filter_gzip(archive)
      archive_read_support_format_raw(archive)
    }
    let status = archive_read_open_memory(archive, storage, bytes.count)
    if status < ARCHIVE_WARN { throw failure(member: nil) }
  }

  deinit {
    archive_read_free(archive)
    storage.deallocate()
  }

  /// The next entry; `nil` at the end.
  func nextEntry() throws(DocumentError) -> Entry? {
    // In the C locale libarchive cannot convert names that are marked as UTF-8.
    let previous = utf8Locale.map { uselocale($0) }
    defer { if let previous { uselocale(previous) } }
    var entry: OpaquePointer?
    let status = archive_read_next_header(archive, &entry)
    if status == ARCHIVE_EOF { return nil }
    guard status >= ARCHIVE_WARN, let entry else { throw failure(member: nil) }
    return Entry(
      name: name(of: entry),
      isRegular: archive_entry_filetype(entry) & S_IFMT == S_IFREG,
      isEncrypted: archive_entry_is_encrypted(entry) != 0)
  }

  /// Whether the bytes pass a gzip filter; without a whole header libarchive takes them as they are.
  var isGzip: Bool { archive_filter_code(archive, 0) == ARCHIVE_FILTER_GZIP }

  /// The content of the current entry, within the limits.
  func content(of member: String?) throws(DocumentError) -> [UInt8] {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = archive_read_data(archive, &chunk, chunk.count)
      if count == 0 { return content }
      if count < 0 { throw failure(member: member) }
      expanded += count
      if content.count + count > limits.bytes || expanded > limits.expandedBytes {
        throw DocumentError(
          .tooLarge,
          "the archive unpacks to more than \(min(limits.bytes, limits.expandedBytes)) bytes;"
            + " split it or raise the limit",
          at: location(member))
      }
      if expanded > 16 << 20, expanded / max(packedCount, 1) > limits.compressionRatio {
        throw DocumentError(
          .hostile,
          "the archive unpacks to more than \(limits.compressionRatio) times its size,"
            + " as only a bomb does",
          at: location(member))
      }
      content.append(contentsOf: chunk[..<count])
    }
  }

  /// Names are UTF-8, else code page 437.
  ///
  /// So the ZIP specification has it: APPNOTE 6.3.10, appendix D.
  private func name(of entry: OpaquePointer) -> String {
    if let raw = archive_entry_pathname(entry) {
      let bytes = UnsafeBufferPointer(start: raw, count: strlen(raw)).map(UInt8.init(bitPattern:))
      return String(validating: bytes, as: UTF8.self)
        ?? String(
          bytes.map { $0 < 0x80 ? Character(Unicode.Scalar($0)) : codePage437[Int($0) - 128] })
    }
    return archive_entry_pathname_utf8(entry).map { String(cString: $0) } ?? ""
  }

  private func location(_ member: String?) -> SourceLocation {
    SourceLocation(path: member.map { "\(path)!/\($0)" } ?? path)
  }

  private func failure(member: String?) -> DocumentError {
    let reason = archive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
    let lowered = reason.lowercased()
    if lowered.contains("encrypt") || lowered.contains("passphrase") {
      return DocumentError(
        .unreadable, "the member is encrypted; export the package without a password",
        at: location(member))
    }
    // Without central directory libarchive recognises nothing.
    let isCut = lowered.contains("truncated") || lowered.contains("unrecognized archive format")
    return isCut
      ? DocumentError(
        .truncated, "the archive ends too early (\(reason)); export or copy it again",
        at: location(member))
      : DocumentError(
        .malformed, "the archive is damaged (\(reason)); export or copy it again",
        at: location(member))
  }
}

/// A locale for UTF-8 names, whatever the environment says; never changed, set per thread where used.
nonisolated(unsafe) let utf8Locale: locale_t? = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)

private let codePage437 = Array(
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
    + "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}")
