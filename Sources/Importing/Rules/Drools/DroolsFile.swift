import DocumentReading
import Facts

/// A file of the Drools Rule Language, cut into its statements.
///
/// Source: Drools documentation, "Drools Rule Language (DRL)": package, unit, imports, globals,
/// functions, declarations, queries and rules. Conditions and consequences stay text.
struct DroolsFile {
  /// A rule.
  struct Rule {
    var name: String
    var line: Int
    /// Attributes by name, with their value as written; an empty value where none is given.
    var attributes: [(name: String, value: String)] = []
    var parent: String?
    /// Conditions without comments.
    var condition = ""
    /// What is done, without comments.
    var consequence = ""

    subscript(_ attribute: String) -> String? {
      attributes.first { $0.name == attribute }?.value
    }
  }

  var package: String?
  var unit: String?
  var imports: [String] = []
  /// Globals with their types: what rules call that is not among the facts.
  var globals: [(type: String, name: String)] = []
  /// Types that the file declares.
  var types: [String] = []
  var queries: [(name: String, line: Int)] = []
  var functions: [String] = []
  var rules: [Rule] = []
  /// Attributes that hold for all rules of the file.
  var attributes: [(name: String, value: String)] = []
  /// What was not understood, with the line.
  var problems: [(line: Int, message: String)] = []
  /// Whether rules are made of the file and of data elsewhere.
  private(set) var isTemplate = false
  private var hasLanguage = false
  /// Whether the first statement that is not understood comes before any rule or query.
  private(set) var isForeign = false

  static let attributeNames: Set<String> = [
    "salience", "enabled", "date-effective", "date-expires", "no-loop", "agenda-group",
    "activation-group", "duration", "timer", "auto-focus", "lock-on-active", "ruleflow-group",
    "dialect", "calendars", "refract",
  ]

  init(_ text: String) {
    var scanner = DroolsScanner(text)
    while let word = scanner.nextWord() {
      let line = scanner.wordLine
      switch word {
      case "package": package = scanner.qualifiedName() ?? package
      case "unit": unit = scanner.qualifiedName() ?? unit
      case "import":
        let statement = scanner.restOfStatement()
        imports.append(statement)
      case "global":
        let parts = scanner.restOfStatement().split(whereSeparator: \.isWhitespace)
        if let name = parts.last, parts.count > 1 {
          globals.append((parts.dropLast().joined(separator: " "), String(name)))
        }
      case "function":
        if let name = scanner.function() { functions.append(name) }
      case "declare":
        let body = scanner.text(until: ["end"])
        let words = body.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." }
        let skipped: Set<Substring> = ["trait", "enum", "type"]
        if let name = words.first(where: { !skipped.contains($0) }),
          !["entry", "window"].contains(name)
        {
          types.append(String(name))
        }
      case "query":
        guard let name = scanner.name() else { break }
        queries.append((name, line))
        _ = scanner.text(until: ["end"])
      case "rule":
        if let rule = rule(&scanner, line) { rules.append(rule) }
      case "expander":
        _ = scanner.restOfLine()
        noteLanguage(line)
      case "template":
        // `template header` has column names below it, `template "name"` may.
        if !isTemplate {
          isTemplate = true
          problems.append(
            (line, "the rules are a template; the data that make rules of it are not in the file"))
        }
        scanner.skipToStatement()
      case "end": _ = scanner.restOfLine()
      case let name where Self.attributeNames.contains(name):
        attributes.append((name, scanner.attributeValue()))
      case ";", "@": _ = word == "@" ? scanner.annotation() : ()
      default:
        if rules.isEmpty, queries.isEmpty, types.isEmpty, functions.isEmpty {
          isForeign = true
          return
        }
        problems.append(
          (
            line,
            "'\(word.prefix(40))' begins no statement of the rule language; it was passed over"
          ))
        scanner.skipToStatement()
      }
    }
  }

  private mutating func rule(_ scanner: inout DroolsScanner, _ line: Int) -> Rule? {
    guard let name = scanner.name() else {
      problems.append((line, "a rule has no name and was left out; give it one"))
      scanner.skipToStatement()
      return nil
    }
    var rule = Rule(name: name, line: line)
    var foreignLines = 0
    while let word = scanner.nextWord() {
      switch word {
      case "extends": rule.parent = scanner.name()
      case "attributes", ",", ":": break
      case "@": scanner.annotation()
      case "when":
        rule.condition = scanner.text(until: ["then"])
        rule.consequence = scanner.text(until: ["end"])
        if foreignLines > 0 { noteLanguage(line) }
        if scanner.isAtEnd, !scanner.foundStop {
          problems.append((line, "the rule '\(name)' has no 'end'; the file is cut off there"))
        }
        return rule
      case "then":
        rule.consequence = scanner.text(until: ["end"])
        return rule
      case let attribute where Self.attributeNames.contains(attribute):
        rule.attributes.append((attribute, scanner.attributeValue()))
      default:
        // Languages of an organisation's own have words for attributes too, a line each.
        foreignLines += 1
        guard foreignLines <= 5, !["rule", "query", "declare", "end"].contains(word) else {
          if rules.isEmpty, queries.isEmpty { isForeign = true }
          problems.append(
            (
              line,
              "the rule '\(name)' has neither 'when' nor 'then' where '\(word.prefix(40))' stands;"
                + " it was left out"
            ))
          scanner.skipToStatement()
          return nil
        }
        _ = scanner.restOfLine()
      }
    }
    if rules.isEmpty, queries.isEmpty { isForeign = true }
    problems.append((line, "the rule '\(name)' is cut off before its conditions and was left out"))
    return nil
  }

  private mutating func noteLanguage(_ line: Int) {
    guard !hasLanguage else { return }
    hasLanguage = true
    problems.append(
      (line, "the rules are worded in a language of their own (DSL); their conditions are not read")
    )
  }
}
