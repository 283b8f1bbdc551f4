import Facts
import Inventory

/// What libraries and keywords of Robot Framework lead to.
///
/// Sources: Robot Framework User Guide and standard libraries; keyword documentation of RPA Framework
/// (rpaframework.org), SeleniumLibrary, Browser, RequestsLibrary and DatabaseLibrary. Names of keywords
/// are compared without case, blanks and underscores.
struct RobotLibrary {
  /// Name as imported.
  let written: String

  init?(_ written: String) {
    guard !written.isEmpty, !written.contains("${") else { return nil }
    self.written = written
  }

  /// The application that a library leads to; `nil` where it stays within the robot.
  var application: String? {
    let known: [String: String] = [
      "rpa.excel.files": "Microsoft Excel", "rpa.excel.application": "Microsoft Excel",
      "rpa.word.application": "Microsoft Word", "rpa.outlook.application": "Microsoft Outlook",
      "rpa.email.imapsmtp": "SMTP", "rpa.email.exchange": "Microsoft Exchange",
      "rpa.sap": "SAP GUI",
      "rpa.salesforce": "Salesforce", "rpa.hubspot": "HubSpot", "rpa.smartsheet": "Smartsheet",
      "rpa.twitter": "Twitter", "rpa.slack": "Slack", "rpa.notifier": "Notifications",
      "rpa.openai": "OpenAI", "rpa.ms graph": "Microsoft Graph", "rpa.msgraph": "Microsoft Graph",
      "rpa.cloud.azure": "Azure AI Services", "rpa.cloud.aws": "Amazon Web Services",
      "rpa.cloud.google": "Google Cloud", "rpa.documentai": "Document AI",
      "rpa.documentai.base64ai": "Base64.ai", "rpa.hubspot.hubspot": "HubSpot",
      "rpa.robocorp.workitems": "Control Room work items", "rpa.mfa": "MFA",
      "sshlibrary": "SSH", "saplibrary": "SAP GUI", "sapguilibrary": "SAP GUI",
      "imaplibrary": "IMAP", "kafkalibrary": "Apache Kafka", "mqttlibrary": "MQTT",
    ]
    return known[written.lowercased()]
  }

  var channel: Connection.Channel {
    let name = written.lowercased()
    if name.contains("excel") || name.contains("word") { return .file }
    if name.contains("email") || name.contains("outlook") || name.contains("imap") { return .mail }
    if name.contains("sap") { return .userInterface }
    if name.contains("workitems") || name.contains("kafka") || name.contains("mqtt") {
      return .queue
    }
    return .api
  }

  // MARK: Keywords

  /// What a keyword does to an application.
  struct Use {
    var application: String
    var kind: Connection.Kind
    var channel: Connection.Channel
    /// Whether the application is that of an address among the arguments.
    var needsAddress = false
    /// The application of the library it belongs to, which then needs no other mention.
    var library: String?
  }

  /// What a keyword leads to; `nil` where it is not known to lead anywhere.
  static func use(ofKeyword key: String) -> Use? {
    switch key {
    case "openavailablebrowser", "openbrowser", "opencontextbrowser", "openchromebrowser",
      "openuserbrowser", "newpage", "goto", "openheadlesschromebrowser":
      return Use(
        application: "Web browser", kind: .reads, channel: .userInterface, needsAddress: true)
    case "httpget", "download", "downloadfile", "get", "getonsession", "getrequest",
      "sessionlessget":
      return Use(application: "", kind: .reads, channel: .api, needsAddress: true)
    case "httppost", "httpput", "httppatch", "httpdelete", "post", "postonsession", "putonsession",
      "patchonsession", "deleteonsession", "postrequest":
      return Use(application: "", kind: .writes, channel: .api, needsAddress: true)
    case "createsession":
      return Use(application: "", kind: .invokes, channel: .api, needsAddress: true)
    case "openworkbook", "readworksheet", "readworksheetastable", "getcellvalue":
      return Use(application: "Microsoft Excel", kind: .reads, channel: .file)
    case "createworkbook", "saveworkbook", "appendrowstoworksheet", "setcellvalue",
      "setworksheetvalue":
      return Use(application: "Microsoft Excel", kind: .writes, channel: .file)
    case "sendmessage", "sendemail", "sendsmtphtmlmessage":
      return Use(application: "SMTP", kind: .writes, channel: .mail)
    case "listmessages", "waitformessage", "getemails":
      return Use(application: "IMAP", kind: .reads, channel: .mail, library: "SMTP")
    case "connecttodatabase", "query", "executesqlstring", "callstoredprocedure":
      return Use(
        application: "Database", kind: key == "query" ? .reads : .invokes, channel: .database)
    case "getinputworkitem", "foreachinputworkitem", "getworkitempayload", "getworkitemvariable",
      "getworkitemvariables":
      return Use(application: "Control Room work items", kind: .reads, channel: .queue)
    case "createoutputworkitem", "saveworkitem", "releaseinputworkitem", "setworkitemvariable",
      "setworkitemvariables":
      return Use(application: "Control Room work items", kind: .writes, channel: .queue)
    case "getsecret": return Use(application: "Vault", kind: .reads, channel: .api)
    case "runprocess", "startprocess", "runandreturnrc", "runandreturnrcandoutput",
      "openapplication",
      "windowsrun":
      return Use(application: "Command line", kind: .invokes, channel: .unknown)
    case "createfile", "appendtofile", "copyfile", "movefile", "removefile":
      return Use(application: "File system", kind: .writes, channel: .file)
    case "getfile", "readfile", "getbinaryfile", "readtablefromcsv":
      return Use(application: "File system", kind: .reads, channel: .file)
    default: return nil
    }
  }

  /// What a person does at a keyword; `nil` where none is asked.
  static func humanAct(_ key: String) -> HumanTouchPoint.Kind? {
    switch key {
    case "getvaluefromuser", "getselectionfromuser", "getselectionsfromuser", "runassistant",
      "rundialog", "askuser", "showdialog", "collectinputfromuser":
      return .form
    case "pauseexecution": return .work
    case "executemanualstep": return .review
    default: return nil
    }
  }

  static func kind(ofKeyword key: String) -> Step.Kind {
    if key == "sleep" || key.hasPrefix("waituntil") && key != "waituntilkeywordsucceeds" {
      return .wait
    }
    switch key {
    case "runkeywordif", "runkeywordunless", "runkeywordandreturnif": return .decision
    case "runkeywordandignoreerror", "runkeywordandcontinueonfailure", "runkeywordandreturnstatus",
      "runkeywordandexpecterror", "runkeywordandwarnonfailure", "fail", "fatalerror":
      return .errorHandling
    case "waituntilkeywordsucceeds", "runkeywords", "repeatkeyword": return .group
    default: return .action
    }
  }

  /// The kind of step that a word of the language is: no word of it, a word that is no step, or one.
  static func control(_ word: String) -> Step.Kind?? {
    switch word {
    case "FOR", "WHILE", "TRY", "GROUP", ": FOR", ":FOR": .some(.group)
    case "IF", "ELSE IF": .some(.decision)
    case "EXCEPT": .some(.errorHandling)
    case "END", "ELSE", "FINALLY", "RETURN", "BREAK", "CONTINUE", "VAR", "\\": .some(nil)
    default: nil
    }
  }

  /// A length of time such as `10s`, `1 min 30 s` or a number of seconds; `nil` where it is none.
  static func time(_ text: String) -> TimeSpan? {
    if let seconds = Double(text) { return seconds >= 0 ? TimeSpan(seconds: seconds) : nil }
    var total = 0.0
    var rest = text.lowercased().filter { $0 != " " }[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      let unit = rest.dropFirst(digits.count).prefix { $0.isLetter }
      guard let number = Double(digits), number < 1e9 else { return nil }
      switch unit {
      case "ms", "milliseconds", "millisecond", "millis": total += number / 1000
      case "s", "sec", "secs", "second", "seconds": total += number
      case "m", "min", "mins", "minute", "minutes": total += number * 60
      case "h", "hour", "hours": total += number * 3600
      case "d", "day", "days": total += number * 86_400
      default: return nil
      }
      rest = rest.dropFirst(digits.count + unit.count)
    }
    return total > 0 ? TimeSpan(seconds: total) : nil
  }
}
