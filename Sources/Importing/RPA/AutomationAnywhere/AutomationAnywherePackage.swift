import Inventory

/// What packages of Automation 360 and their commands are.
///
/// Source: the package reference of Automation Anywhere (docs.automationanywhere.com), and the names
/// in exported bots.
enum AutomationAnywherePackage {
  /// What kind of step a command is; `nil` for comments.
  static func kind(_ package: String, _ command: String) -> Step.Kind? {
    let key = nameKey(package)
    let command = command.lowercased()
    if isHuman(key, command) { return .human }
    switch key {
    case "comment": return nil
    case "step": return .group
    case "if": return command == "else" ? .group : .decision
    case "switch": return .decision
    case "loop": return command.contains("break") || command.contains("continue") ? .action : .group
    case "errorhandler": return command == "finally" ? .group : .errorHandling
    case "taskbot": return command.contains("run") ? .call : .action
    case "delay", "wait", "waitforscreenchange", "waitforwindow": return .wait
    default:
      if command == "comment" { return nil }
      return command.hasPrefix("wait") || command.hasPrefix("delay") ? .wait : .action
    }
  }

  private static func isHuman(_ key: String, _ command: String) -> Bool {
    let packages = [
      "messagebox", "prompt", "interactiveforms", "interactiveform", "aari", "form", "forms",
      "humantask", "assistant",
    ]
    if packages.contains(key) { return !command.contains("close") }
    return command.contains("humantask") || command.contains("usertask")
      || key.contains("documentvalidation") || command.contains("openvalidator")
  }

  /// What a person does at a command that asks one.
  static func touchPoint(_ package: String, _ command: String) -> HumanTouchPoint.Kind {
    if command.lowercased().contains("valid") { return .review }
    return nameKey(package) == "messagebox" ? .work : .form
  }

  /// Whether a package asks a language model.
  static func isModel(_ key: String) -> Bool {
    ["generativeai", "openai", "azureopenai", "amazonbedrock", "googlevertexai", "aiskill"]
      .contains(where: key.contains)
  }

  /// The product behind a package, by its name in lower case letters and digits; `nil` where it leads
  /// to none.
  static func application(
    of key: String
  ) -> (name: String, channel: Connection.Channel)? {
    known.first { key.hasPrefix($0.prefix) }.map { ($0.name, $0.channel) }
  }

  /// Longer beginnings first.
  private static let known: [(prefix: String, name: String, channel: Connection.Channel)] = [
    ("microsoft365excel", "Excel Online (Business)", .api),
    ("office365excel", "Excel Online (Business)", .api),
    ("microsoft365outlook", "Office 365 Outlook", .mail),
    ("office365outlook", "Office 365 Outlook", .mail),
    ("microsoft365calendar", "Office 365 Outlook", .api),
    ("microsoft365onedrive", "OneDrive for Business", .api),
    ("office365onedrive", "OneDrive for Business", .api),
    ("onedrive", "OneDrive for Business", .api),
    ("microsoftteams", "Microsoft Teams", .api), ("sharepoint", "SharePoint", .api),
    ("excel", "Microsoft Excel", .userInterface), ("word", "Microsoft Word", .userInterface),
    ("outlook", "Microsoft Outlook", .mail), ("exchange", "Microsoft Exchange", .mail),
    ("email", "Mail", .mail), ("sap", "SAP", .userInterface), ("salesforce", "Salesforce", .api),
    ("servicenow", "ServiceNow", .api), ("workday", "Workday", .api), ("jira", "Jira", .api),
    ("slack", "Slack", .api), ("googlesheets", "Google Sheets", .api), ("gmail", "Gmail", .mail),
    ("googledrive", "Google Drive", .api), ("google", "Google Cloud", .api),
    ("activedirectory", "Active Directory", .api), ("snowflake", "Snowflake", .database),
    ("azureopenai", "Azure OpenAI", .api), ("generativeai", "Generative AI", .api),
    ("openai", "OpenAI", .api), ("amazonbedrock", "Amazon Bedrock", .api),
    ("amazon", "Amazon Web Services", .api), ("aws", "Amazon Web Services", .api),
    ("azure", "Microsoft Azure", .api), ("iqbot", "Automation Anywhere IQ Bot", .api),
    ("documentextraction", "Automation Anywhere Document Automation", .api),
    ("documentautomation", "Automation Anywhere Document Automation", .api),
    ("ftp", "FTP", .file), ("terminalemulator", "Terminal emulator", .userInterface),
    ("citrix", "Citrix Workspace", .userInterface), ("python", "Python", .internalCall),
    ("vbscript", "VBScript", .internalCall), ("javascript", "JavaScript", .internalCall),
    ("powershell", "PowerShell", .internalCall), ("cyberark", "CyberArk", .api),
    ("dynamics", "Dynamics 365", .api), ("netsuite", "Oracle NetSuite", .api),
    ("coupa", "Coupa", .api), ("genesys", "Genesys", .api), ("zendesk", "Zendesk", .api),
  ]
}
