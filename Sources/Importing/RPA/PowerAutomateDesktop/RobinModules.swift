import Inventory

/// What modules of Power Automate for desktop lead to by themselves.
///
/// Source: the reference of actions (learn.microsoft.com/power-automate/desktop-flows/actions-reference).
enum RobinModule {
  /// The product behind a module; `nil` where it leads to none, or to one that parameters name.
  static func application(
    ofModule module: String, action: String
  ) -> (name: String, channel: Connection.Channel)? {
    if module == "Scripting" || module == "System" {
      let scripts = [
        "RunPowershellScript": "PowerShell", "RunPythonScript": "Python", "RunVBScript": "VBScript",
        "RunJavascript": "JScript", "RunDOSCommand": "Windows Command Prompt",
        "RunDotNetScript": ".NET script",
      ]
      let act = action.split(separator: ".").dropFirst().first.map(String.init) ?? ""
      return scripts[act].map { ($0, .internalCall) }
    }
    if module == "Email" {
      return (action.contains("Send") ? "SMTP" : "IMAP", .mail)
    }
    return applications[module.lowercased()]
  }

  private static let applications: [String: (name: String, channel: Connection.Channel)] = [
    "excel": ("Microsoft Excel", .userInterface), "word": ("Microsoft Word", .userInterface),
    "outlook": ("Microsoft Outlook", .mail), "exchange": ("Microsoft Exchange", .mail),
    "exchangeserver": ("Microsoft Exchange", .mail), "sap": ("SAP", .userInterface),
    "sapgui": ("SAP", .userInterface), "sapguiautomation": ("SAP", .userInterface),
    "terminalemulation": ("Terminal emulator", .userInterface),
    "activedirectory": ("Active Directory", .api), "aws": ("Amazon Web Services", .api),
    "azure": ("Microsoft Azure", .api), "googlecognitive": ("Google Cloud", .api),
    "ibmcognitive": ("IBM Watson", .api), "microsoftcognitive": ("Azure AI services", .api),
    "aibuilder": ("AI Builder", .api), "dataverse": ("Microsoft Dataverse", .api),
    "sharepoint": ("SharePoint", .api), "onedrive": ("OneDrive for Business", .api),
    "msteams": ("Microsoft Teams", .api), "teams": ("Microsoft Teams", .api),
    "cyberark": ("CyberArk", .api), "salesforce": ("Salesforce", .api),
    "servicenow": ("ServiceNow", .api),
  ]

  /// What a person does at an action; `nil` where none is asked anything.
  static func touchPoint(ofAction action: String) -> HumanTouchPoint.Kind? {
    guard action.hasPrefix("Display.") else {
      return action.hasPrefix("HumanInTheLoop.") || action.hasPrefix("Approvals.")
        ? .approval : nil
    }
    if action.contains("Notification") { return nil }
    return action.contains("ShowMessage") ? .work : .form
  }

  /// Whether an action on a page or window reads or writes.
  static func userInterfaceAct(_ action: String) -> Connection.Kind {
    let act = action.split(separator: ".").dropFirst().first.map(String.init) ?? ""
    if ["Extract", "Get", "Read", "Take", "If", "WaitFor"].contains(where: act.hasPrefix) {
      return .reads
    }
    let writes = ["Populate", "Set", "Fill", "Select", "Check", "Upload"]
    return writes.contains(where: act.hasPrefix) ? .writes : .invokes
  }
}
