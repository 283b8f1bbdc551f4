/// Names of applications that products only name by executable, connector or host.
///
/// Sources: executables as the vendors install them; connectors as listed in the connector reference
/// for Power Automate (learn.microsoft.com/connectors/connector-reference); hosts as the vendors
/// document them for firewalls. What is not listed keeps the name its file gives it.
enum KnownApplication {
  /// The name of the application that an executable starts; `nil` where it is not listed.
  static func named(byExecutable executable: String) -> String? {
    executables[lastComponent(of: executable).lowercased()]
  }

  /// The name of the application that a connector leads to; `nil` where it is not listed.
  ///
  /// - Parameter connector: Name with or without the prefix `shared_`.
  static func named(byConnector connector: String) -> String? {
    let lowered = connector.lowercased()
    return connectors[lowered.hasPrefix("shared_") ? String(lowered.dropFirst(7)) : lowered]
  }

  /// The name of the application behind a host; `nil` where it is not listed.
  static func named(byHost host: String) -> String? {
    let host = host.lowercased()
    return hosts.first { host == $0.0 || host.hasSuffix(".\($0.0)") }?.1
  }

  /// The listed spelling of an application's name; `nil` where it is not listed.
  static func named(_ name: String) -> String? { spellings[name.lowercased()] }

  /// Whether an executable is a web browser, which is a means and not a target.
  static func isBrowser(executable: String) -> Bool {
    ["chrome.exe", "msedge.exe", "firefox.exe", "iexplore.exe", "chromium.exe", "safari.exe"]
      .contains(lastComponent(of: executable).lowercased())
  }

  private static let executables: [String: String] = [
    "acrobat.exe": "Adobe Acrobat", "acrord32.exe": "Adobe Acrobat",
    "cmd.exe": "Windows Command Prompt", "credentialuibroker.exe": "Windows Security",
    "excel.exe": "Microsoft Excel", "explorer.exe": "Windows Explorer",
    "mstsc.exe": "Remote Desktop",
    "msaccess.exe": "Microsoft Access", "notepad.exe": "Notepad",
    "outlook.exe": "Microsoft Outlook",
    "powerpnt.exe": "Microsoft PowerPoint", "powershell.exe": "PowerShell",
    "saplogon.exe": "SAP", "saplgpad.exe": "SAP", "teams.exe": "Microsoft Teams",
    "ms-teams.exe": "Microsoft Teams", "wfica32.exe": "Citrix Workspace",
    "winword.exe": "Microsoft Word",
  ]

  private static let connectors: [String: String] = [
    "approvals": "Approvals", "azureblob": "Azure Blob Storage", "azuread": "Microsoft Entra ID",
    "azurequeues": "Azure Queues", "commondataservice": "Microsoft Dataverse",
    "commondataserviceforapps": "Microsoft Dataverse", "conversionservice": "Content Conversion",
    "docusign": "DocuSign", "dropbox": "Dropbox", "dynamicscrmonline": "Dynamics 365",
    "excelonlinebusiness": "Excel Online (Business)", "flowpush": "Power Automate Notifications",
    "gmail": "Gmail", "jira": "Jira", "keyvault": "Azure Key Vault",
    "microsoftcopilotstudio": "Microsoft Copilot Studio", "microsoftforms": "Microsoft Forms",
    "office365": "Office 365 Outlook", "office365groups": "Office 365 Groups",
    "office365users": "Office 365 Users", "onedriveforbusiness": "OneDrive for Business",
    "onenote": "OneNote (Business)", "outlook": "Outlook.com", "planner": "Planner",
    "powerbi": "Power BI", "powerplatformforadmins": "Power Platform for Admins",
    "projectonline": "Project Online", "rss": "RSS", "salesforce": "Salesforce", "sap": "SAP",
    "saperp": "SAP", "sendmail": "Mail", "servicebus": "Azure Service Bus",
    "service-now": "ServiceNow", "sharepointonline": "SharePoint", "slack": "Slack",
    "smtp": "SMTP", "sql": "SQL Server", "teams": "Microsoft Teams", "todo": "Microsoft To Do",
    "twilio": "Twilio", "uiflow": "Desktop flows", "webcontents": "HTTP with Microsoft Entra ID",
    "wordonlinebusiness": "Word Online (Business)", "zendesk": "Zendesk",
  ]

  private static let hosts: [(String, String)] = [
    ("atlassian.net", "Atlassian Cloud"), ("crm.dynamics.com", "Dynamics 365"),
    ("docusign.net", "DocuSign"), ("graph.microsoft.com", "Microsoft Graph"),
    ("outlook.office.com", "Office 365 Outlook"), ("outlook.office365.com", "Office 365 Outlook"),
    ("salesforce.com", "Salesforce"), ("force.com", "Salesforce"),
    ("service-now.com", "ServiceNow"), ("sharepoint.com", "SharePoint"),
    ("zendesk.com", "Zendesk"), ("openai.azure.com", "Azure OpenAI"), ("api.openai.com", "OpenAI"),
  ]

  private static let spellings: [String: String] = {
    var spellings = [
      "ms excel": "Microsoft Excel", "excel": "Microsoft Excel",
      "outlook": "Microsoft Outlook", "ms outlook": "Microsoft Outlook",
      "ms teams": "Microsoft Teams", "teams": "Microsoft Teams", "dataverse": "Microsoft Dataverse",
      "sharepoint online": "SharePoint", "word": "Microsoft Word",
    ]
    for name in Array(executables.values) + Array(connectors.values) + hosts.map(\.1) {
      spellings[name.lowercased()] = name
    }
    return spellings
  }()
}

/// The host of an address such as `https://user@host:8443/path`; `nil` where there is none.
///
/// A leading `www.` is left out, placeholders (`${…}`, `@{…}`, `*`) are no host.
func host(ofAddress address: String) -> String? {
  var rest = Substring(address)
  if let scheme = rest.range(of: "://") {
    rest = rest[scheme.upperBound...]
  } else {
    // Without scheme only what looks like `name.domain/…` is taken for an address.
    guard let stroke = rest.firstIndex(of: "/") ?? rest.indices.last, rest[..<stroke].contains(".")
    else { return nil }
  }
  rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
  if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
  if let port = rest.lastIndex(of: ":"), rest[rest.index(after: port)...].allSatisfy(\.isNumber) {
    rest = rest[..<port]
  }
  let host = rest.lowercased()
  let isHost =
    !host.isEmpty
    && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
    && (host.contains(".") || host == "localhost") && !host.hasPrefix(".") && !host.hasSuffix(".")
  guard isHost else { return nil }
  return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
}

extension Substring {
  /// The range of the first occurrence of a text.
  fileprivate func range(of text: String) -> Range<Substring.Index>? { ranges(of: text).first }
}
