import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// ServiceNow: update sets, application files as source control has them (one record a file), and
  /// records exported as XML.
  static let serviceNow = ImportFormat(
    id: "servicenow", title: "ServiceNow update set and application files",
    sniff: { file in
      guard let root = file.xmlRootName, root.namespace == nil else { return nil }
      switch root.name {
      case "unload":
        return file.contains("unload_date") || file.contains("<sys_id>") ? .whole : nil
      case "record_update":
        guard let table = recordTable(of: file) else { return nil }
        if ["sys_app", "sys_store_app"].contains(table) { return .anchor }
        // What says nothing of an estate needs no other file, and none needs it.
        return ServiceNowReader.isRead(table) ? .part : .whole
      case "xml", "update_set":
        return file.contains("<sys_id>") && file.contains("<sys_created_on>") ? .whole : nil
      default: return nil
      }
    },
    read: readServiceNow)
}

/// The table that the root of a record's file names.
private func recordTable(of file: CandidateFile) -> String? {
  let start = String(decoding: file.bytes.prefix(1024), as: UTF8.self)
  guard let root = start.firstRange(of: "<record_update") else { return nil }
  let tag = start[root.upperBound...].prefix { $0 != ">" }
  guard let attribute = tag.firstRange(of: "table=") else { return nil }
  let value = tag[attribute.upperBound...]
  guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
  return String(value.dropFirst().prefix { $0 != quote })
}

/// Records of several files speak of one another, so that all are gathered before any is read.
private func readServiceNow(_ group: ImportGroup) -> [FileReading] {
  var readings: [FileReading] = []
  var files: [(file: CandidateFile, records: ServiceNowRecords)] = []
  for file in group.files {
    do {
      files.append(
        (file, ServiceNowRecords(try file.xml(), path: file.path, limits: file.limits)))
    } catch {
      var failure = FileReading(path: file.path)
      failure.hasFailed = true
      failure.problems = [ImportProblem(error)]
      readings.append(failure)
    }
  }
  let index = ServiceNowIndex(files.flatMap(\.records.all))
  for (file, records) in files {
    var reader = ServiceNowReader(records, index: index, path: file.path, limits: file.limits)
    readings.append(reader.reading())
  }
  return readings
}
