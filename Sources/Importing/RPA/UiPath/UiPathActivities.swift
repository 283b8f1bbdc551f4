import DocumentReading
import Inventory

/// What UiPath's activities are, by their names in XAML.
///
/// Source: the activities reference of UiPath (docs.uipath.com/activities), and the names in real
/// projects. Prefixes differ from file to file, so that only names and namespace URIs count.
enum UiPathActivity {
  /// Elements with a name or reference of their own that are parts of an activity, not activities.
  private static let parts: Set<String> = [
    "Activity", "ActivityAction", "ActivityFunc", "AssignOperation", "BackupSlot", "BackupValues",
    "CSharpReference", "CSharpValue", "CVCache", "CvDescriptor", "DelegateArgumentValue",
    "DelegateInArgument", "DelegateOutArgument", "Dictionary", "FieldArgument", "FieldObject",
    "FlowStep",
    "IfElseIfBlock",
    "InArgument", "InOutArgument", "List", "Literal", "MailFolderArgument", "MailboxArgument",
    "OutArgument", "Target", "TargetAnchorable", "TargetApp", "Variable", "VerifyExecutionOptions",
    "VerifyExecutionTypeIntoOptions", "ViewStateData", "VisualBasicReference", "VisualBasicValue",
  ]

  /// Activities that only order, repeat or enclose others.
  private static let groups: Set<String> = [
    "DoWhile", "Flowchart", "InterruptibleDoWhile", "InterruptibleWhile", "LoginScope",
    "NApplicationCard", "Parallel", "ParallelForEach", "Pick", "PickBranch", "ProcessScope",
    "RepeatNumberOfTimes", "RepeatNumberOfTimesX", "Sequence", "SequenceX", "State",
    "StateMachine", "TriggerScope", "While",
  ]

  /// Whether an element is an activity.
  static func isActivity(_ element: XMLElement) -> Bool {
    guard let namespace = element.namespace, !element.name.contains("."),
      !parts.contains(element.name)
    else { return false }
    let isOfActivities =
      namespace == UiPathWorkflow.activitiesNamespace
      || namespace.hasPrefix("http://schemas.uipath.com/workflow/")
      || (namespace.hasPrefix("clr-namespace:") && !isOfRuntime(namespace))
    // Older files give neither name nor reference to what has its default name, but always a size.
    let marks = ["DisplayName", "WorkflowViewState.IdRef", "VirtualizedContainerService.HintSize"]
    return isOfActivities && marks.contains { element[$0] != nil }
  }

  /// Whether a namespace of code is that of .NET itself, whose elements are values.
  private static func isOfRuntime(_ namespace: String) -> Bool {
    let code = namespace.dropFirst("clr-namespace:".count)
    guard !code.contains("Activit") else { return false }
    return ["System", "Microsoft.", "Newtonsoft", "mscorlib"].contains { code.hasPrefix($0) }
  }

  /// The library of the organisation's own that an activity comes from; `nil` for activities of
  /// packages.
  ///
  /// A library is a project of its own, whose workflows Studio makes into activities without naming
  /// the namespace after activities, as packages do.
  static func library(of element: XMLElement) -> String? {
    guard let namespace = element.namespace, namespace.hasPrefix("clr-namespace:"),
      let assembly = namespace.split(separator: ";").first(where: { $0.hasPrefix("assembly=") })?
        .dropFirst("assembly=".count).split(separator: ",").first
    else { return nil }
    let isOfPackage = ["Activit", "UiPath"].contains { namespace.contains($0) }
    return isOfPackage ? nil : String(assembly).trimmedOrNil
  }

  /// The kind of step that an activity is; `nil` for an arrow.
  static func kind(of element: XMLElement) -> Step.Kind? {
    let name = element.name
    if groups.contains(name) || name.contains("ForEach") { return .group }
    if touchPoint(of: element) != nil { return .human }
    if library(of: element) != nil { return .call }
    switch name {
    case "If", "FlowDecision", "FlowSwitch", "Switch", "IfElseIf", "IfElseIfV2":
      return .decision
    case "Transition":
      let hasCondition = element["Condition"] != nil || element.first("Transition.Condition") != nil
      return hasCondition ? .decision : nil
    case "TryCatch", "Catch", "RetryScope", "Throw", "Rethrow", "TerminateWorkflow",
      "GlobalExceptionHandler":
      return .errorHandling
    case "InvokeWorkflowFile", "InvokeWorkflowInteractive", "InvokeProcess", "RunJob", "StartJob",
      "StartJobAndGetReference", "RunAgent", "BeginProcess", "RunParallelProcess":
      return .call
    case "Delay":
      return .wait
    default:
      return name.hasPrefix("Wait") || name.hasSuffix("AndResume") ? .wait : .action
    }
  }

  /// What a person does at an activity; `nil` where none is involved.
  ///
  /// Creating a task and waiting for it are two activities and one act of a person: the creating one
  /// counts.
  static func touchPoint(of element: XMLElement) -> HumanTouchPoint.Kind? {
    let kinds: [String: HumanTouchPoint.Kind] = [
      "MessageBox": .work, "InputDialog": .form, "RequestCredential": .form, "CustomInput": .form,
      "ShowForm": .form, "BrowseForFile": .form, "BrowseForFolder": .form, "SelectFile": .form,
      "SelectFolder": .form, "CreateFormTask": .form, "CreateExternalTask": .form,
      "CreateAppTask": .form, "CreateUserAction": .form, "CreateFormTaskX": .form,
      "InputDialogX": .form, "MessageBoxX": .work, "CustomInputX": .form,
      "PresentValidationStation": .review,
      "PresentClassificationStation": .review, "CreateDocumentValidationAction": .review,
      "CreateDocumentClassificationAction": .review, "CreateValidationAction": .review,
    ]
    guard let kind = kinds[element.name] else { return nil }
    return touchPointKind(
      label: element["DisplayName"] ?? element["TaskTitle"] ?? element["Title"], fallback: kind)
  }

  /// What an activity does to the user interface it stands in; `nil` for one that touches none.
  static func userInterfaceAct(of element: XMLElement) -> Connection.Kind? {
    let reads: Set<String> = [
      "NGetText", "NExtractDataGeneric", "NExtractData", "NGetAttribute", "GetText", "GetFullText",
      "GetVisibleText", "GetOCRText", "GetValue", "GetAttribute", "ExtractData",
      "ExtractStructuredData",
      "CvGetTextWithDescriptor", "CvExtractDataTableWithDescriptor", "ScreenScraping",
    ]
    let writes: Set<String> = [
      "NTypeInto", "NSelectItem", "NCheck", "NSetText", "NSetClipboard", "TypeInto", "SetText",
      "SelectItem", "SelectMultipleItems", "Check", "TypeSecureText", "SetWebAttribute",
      "CvTypeIntoWithDescriptor",
    ]
    let touches: Set<String> = [
      "NClick", "NHover", "NKeyboardShortcuts", "NCheckState", "NMouseScroll", "NGoToUrl",
      "NTakeScreenshot", "NHighlight", "NFindElements", "NWaitState", "NDragAndDrop", "Click",
      "DoubleClick", "Hover", "SendHotkey", "ClickImage", "ClickText", "ElementExists",
      "FindElement", "WaitUiElementAppear", "WaitUiElementVanish", "NavigateTo",
      "CvClickWithDescriptor", "CvElementExistsWithDescriptor",
    ]
    if reads.contains(element.name) { return .reads }
    if writes.contains(element.name) { return .writes }
    return touches.contains(element.name) ? .invokes : nil
  }

  /// Activities that open or attach to a window or page, with everything inside acting on it.
  static let scopes: Set<String> = [
    "NApplicationCard", "OpenBrowser", "BrowserScope", "AttachBrowser", "OpenApplication",
    "AttachWindow", "WindowScope",
  ]
}

/// A product that activities lead to by themselves, without naming it.
struct UiPathService {
  /// The product.
  var application: String
  /// By what means.
  var channel: Connection.Channel

  private init(_ application: String, _ channel: Connection.Channel) {
    self.application = application
    self.channel = channel
  }

  /// The product behind an activity; `nil` where it leads to none, or to one that is named elsewhere.
  static func of(_ element: XMLElement) -> UiPathService? {
    if let service = byName[element.name] { return service }
    guard let namespace = element.namespace else { return nil }
    // `clr-namespace:UiPath.MicrosoftOffice365.Activities.Mail;assembly=…`
    let code = namespace.split(separator: ";")[0].replacing("clr-namespace:", with: "")
    return byNamespace.first { code.hasPrefix($0.0) }?.1
  }

  /// The products behind all activities below an element, by name.
  static func all(in element: XMLElement) -> [String] {
    element.children.flatMap { child in
      (UiPathActivity.isActivity(child) ? of(child).map { [$0.application] } ?? [] : [])
        + all(in: child)
    }
  }

  /// The product behind a package that projects do not depend on by default; `nil` where it leads to
  /// none.
  static func ofPackage(_ package: String) -> UiPathService? {
    let optional = byNamespace.filter {
      !$0.0.hasPrefix("UiPath.MicrosoftOffice365") && !$0.0.hasPrefix("UiPath.Word")
    }
    return optional.first { package.hasPrefix($0.0) }?.1
  }

  private static let outlook = UiPathService("Microsoft Outlook", .mail)
  private static let excel = UiPathService("Microsoft Excel", .userInterface)
  private static let documents = UiPathService("UiPath Document Understanding", .api)
  private static let word = UiPathService("Microsoft Word", .userInterface)

  private static let byName: [String: UiPathService] = [
    "ClassifyDocumentScope": documents, "DataExtractionScope": documents,
    "DigitizeDocument": documents, "ExtractDocumentData": documents,
    "ClassifyDocument": documents,
    "InvokePowerShell": UiPathService("PowerShell", .internalCall),
    "PowerPointApplicationScope": UiPathService("Microsoft PowerPoint", .userInterface),
    "RaiseAlert": UiPathService("UiPath Orchestrator", .api),
    "ForEachEmailX": outlook, "ForwardMailX": outlook, "MoveMailX": outlook,
    "ReplyToMailX": outlook, "SaveMailAttachmentsX": outlook, "SaveMailX": outlook,
    "SendCalendarInviteX": outlook, "SendMailX": outlook,
    "PowerPointApplicationCard": UiPathService("Microsoft PowerPoint", .userInterface),
    "PowerPointScopeX": UiPathService("Microsoft PowerPoint", .userInterface),
    "ExcelApplicationScope": excel, "ExcelApplicationCard": excel, "ExcelProcessScopeX": excel,
    "GetExchangeMailMessages": UiPathService("Microsoft Exchange", .mail),
    "GetIMAPMailMessages": UiPathService("IMAP", .mail), "GetOutlookMailMessages": outlook,
    "GetPOP3MailMessages": UiPathService("POP3", .mail),
    "MoveOutlookMessage": outlook,
    "OrchestratorHttpRequest": UiPathService("UiPath Orchestrator", .api),
    "OutlookApplicationCard": outlook, "ReplyToOutlookMailMessage": outlook,
    "SendExchangeMail": UiPathService("Microsoft Exchange", .mail),
    "SendMail": UiPathService("SMTP", .mail), "SendOutlookMail": outlook,
    "WordApplicationScope": word,
  ]

  /// By the beginning of the namespace of code, which is that of the package; longer ones first.
  private static let byNamespace: [(String, UiPathService)] = [
    ("UiPath.MicrosoftOffice365.Activities.Mail", UiPathService("Office 365 Outlook", .mail)),
    ("UiPath.MicrosoftOffice365.Activities.Calendar", UiPathService("Office 365 Outlook", .api)),
    ("UiPath.MicrosoftOffice365.Activities.Excel", UiPathService("Excel Online (Business)", .api)),
    ("UiPath.MicrosoftOffice365.Activities.Files", UiPathService("OneDrive for Business", .api)),
    ("UiPath.MicrosoftOffice365.Activities.OneDrive", UiPathService("OneDrive for Business", .api)),
    ("UiPath.MicrosoftOffice365.Activities.Sharepoint", UiPathService("SharePoint", .api)),
    ("UiPath.MicrosoftOffice365.Activities.SharePoint", UiPathService("SharePoint", .api)),
    ("UiPath.MicrosoftOffice365.Activities.Teams", UiPathService("Microsoft Teams", .api)),
    ("UiPath.MicrosoftOffice365.Activities.Planner", UiPathService("Planner", .api)),
    ("UiPath.DocumentUnderstanding", UiPathService("UiPath Document Understanding", .api)),
    ("UiPath.IntelligentOCR", UiPathService("UiPath Document Understanding", .api)),
    ("UiPath.Alteryx", UiPathService("Alteryx", .api)),
    ("UiPath.AmazonWorkSpaces", UiPathService("Amazon WorkSpaces", .api)),
    ("UiPath.Box", UiPathService("Box", .api)),
    ("UiPath.CommunicationsMining", UiPathService("UiPath Communications Mining", .api)),
    ("UiPath.Coupa", UiPathService("Coupa", .api)),
    ("UiPath.DataService", UiPathService("UiPath Data Service", .api)),
    ("UiPath.DocuSign", UiPathService("DocuSign", .api)),
    ("UiPath.GenAI", UiPathService("UiPath GenAI", .api)),
    ("UiPath.GSuite", UiPathService("Google Workspace", .api)),
    ("UiPath.Jira", UiPathService("Jira", .api)),
    ("UiPath.MicrosoftDynamics", UiPathService("Dynamics 365", .api)),
    ("UiPath.MicrosoftTeams", UiPathService("Microsoft Teams", .api)),
    ("UiPath.MLServices", UiPathService("UiPath AI Center", .api)),
    ("UiPath.OracleNetSuite", UiPathService("Oracle NetSuite", .api)),
    ("UiPath.SAP", UiPathService("SAP", .api)),
    ("UiPath.Salesforce", UiPathService("Salesforce", .api)),
    ("UiPath.ServiceNow", UiPathService("ServiceNow", .api)),
    ("UiPath.Slack", UiPathService("Slack", .api)),
    ("UiPath.Smartsheet", UiPathService("Smartsheet", .api)),
    ("UiPath.Tableau", UiPathService("Tableau", .api)),
    ("UiPath.Word", UiPathService("Microsoft Word", .userInterface)),
    ("UiPath.Workday", UiPathService("Workday", .api)),
    ("UiPath.Zoom", UiPathService("Zoom", .api)),
  ]
}
