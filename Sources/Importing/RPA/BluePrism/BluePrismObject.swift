import Inventory

/// Objects that Blue Prism brings along for an application, by their names.
enum BluePrismObject {
  /// The application behind an object, and by what means it is reached; `nil` where it leads to none.
  static func application(
    of object: String
  ) -> (application: String, channel: Connection.Channel)? {
    let key = nameKey(object)
    return known.first { key.hasPrefix($0.prefix) }.map { ($0.application, $0.channel) }
  }

  private static let known: [(prefix: String, application: String, channel: Connection.Channel)] = [
    ("msexcel", "Microsoft Excel", .file), ("msword", "Microsoft Word", .file),
    ("msoutlook", "Microsoft Outlook", .mail), ("mspowerpoint", "Microsoft PowerPoint", .file),
    ("msaccess", "Microsoft Access", .database), ("msteams", "Microsoft Teams", .api),
    ("microsoftexcel", "Microsoft Excel", .file),
    ("microsoftoutlook", "Microsoft Outlook", .mail),
    ("microsoftgraph", "Microsoft Graph", .api), ("emailpop3smtp", "SMTP", .mail),
    ("emailexchange", "Microsoft Exchange", .mail), ("emailimap", "IMAP", .mail),
    ("datasqlserver", "SQL Server", .database), ("dataoledb", "Database (OLE DB)", .database),
    ("dataodbc", "Database (ODBC)", .database), ("dataoracle", "Oracle Database", .database),
    ("sharepoint", "SharePoint", .api), ("salesforce", "Salesforce", .api),
    ("servicenow", "ServiceNow", .api), ("sapgui", "SAP", .userInterface),
  ]
}
