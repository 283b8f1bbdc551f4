internal import CArchive
internal import CLibXML2

/// The C libraries that documents are read with, and the versions that are installed.
public func documentLibraries() -> [(name: String, version: String)] {
  [
    ("libxml2", String(cString: xmlParserVersion)),
    ("libarchive", String(cString: archive_version_string())),
  ]
}
