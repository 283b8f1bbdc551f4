internal import CArchive
internal import CLibICal
internal import CLibXML2

/// The C libraries that documents are read with, and the versions that are installed.
public func documentLibraries() -> [(name: String, version: String)] {
  [
    ("libxml2", LIBXML_DOTTED_VERSION),
    ("libarchive", String(String(cString: archive_version_string()).drop { !$0.isNumber })),
    ("libical", ICAL_VERSION),
  ]
}
