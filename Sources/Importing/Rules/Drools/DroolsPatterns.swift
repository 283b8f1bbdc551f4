import Facts
import ProcessModel

/// A pattern of a rule: a type of fact and what is asked of it.
struct DroolsPattern: Hashable {
  /// Type, or the name of a data source of a rule unit.
  var type: String
  /// Constraints as written, parted at commas and `&&`.
  var constraints: [String]
  /// Whether the pattern stands by itself, not inside `not`, `exists`, `accumulate` and the like.
  var isPlain: Bool

  /// The patterns of a condition, in their order.
  static func all(in condition: String) -> [DroolsPattern] {
    let text = Array(condition)
    var patterns: [DroolsPattern] = []
    var index = 0
    var word = ""
    var before = ""
    var isBroken = false
    while index < text.count {
      let character = text[index]
      if character == "\"" {
        index = endOfString(text, index)
        word = ""
        continue
      }
      if character.isLetter || character.isNumber || "_$.".contains(character) {
        word.append(character)
        index += 1
        continue
      }
      let isPath = character == "/" && index + 1 < text.count && text[index + 1].isLetter
      if isPath {
        var name = ""
        index += 1
        while index < text.count, text[index].isLetter || text[index].isNumber || text[index] == "_"
        {
          name.append(text[index])
          index += 1
        }
        var inner = ""
        if index < text.count, text[index] == "[" { (inner, index) = block(text, index) }
        patterns.append(
          DroolsPattern(
            type: name, constraints: parts(of: inner), isPlain: !isBroken && before.isEmpty))
        before = ""
        word = ""
        continue
      }
      if character == "(" {
        let type = word.split(separator: ".").last.map(String.init) ?? ""
        if type.first?.isUppercase == true {
          let (inner, end) = block(text, index)
          let follows = String(text[end..<min(end + 40, text.count)]).split { !$0.isLetter }.first
          patterns.append(
            DroolsPattern(
              type: type, constraints: parts(of: inner),
              isPlain: !isBroken && before.isEmpty
                && !["from", "over", "or"].contains(follows ?? "")))
          before = ""
          index = end
        } else {
          // What stands inside `not (…)`, `exists (…)`, `eval(…)` is no plain condition.
          if !word.isEmpty || !before.isEmpty { isBroken = true }
          index += 1
        }
        word = ""
        continue
      }
      if !word.isEmpty {
        if ["not", "exists", "forall", "accumulate", "collect", "eval", "or"].contains(word) {
          before = word
          if word == "or" || word == "eval" { isBroken = true }
        }
        word = ""
      }
      if character == "|" { isBroken = true }
      index += 1
    }
    return isBroken
      ? patterns.map { DroolsPattern(type: $0.type, constraints: $0.constraints, isPlain: false) }
      : patterns
  }

  private static func endOfString(_ text: [Character], _ start: Int) -> Int {
    var index = start + 1
    while index < text.count {
      if text[index] == "\\" { index += 1 } else if text[index] == "\"" { return index + 1 }
      index += 1
    }
    return text.count
  }

  /// What stands in a pair of brackets, and where it ends.
  private static func block(_ text: [Character], _ start: Int) -> (String, Int) {
    let close: Character = text[start] == "(" ? ")" : "]"
    let open = text[start]
    var depth = 0
    var index = start
    while index < text.count {
      if text[index] == "\"" {
        index = endOfString(text, index)
        continue
      }
      if text[index] == open { depth += 1 }
      if text[index] == close {
        depth -= 1
        if depth == 0 { return (String(text[(start + 1)..<index]), index + 1) }
      }
      index += 1
    }
    return (String(text[min(start + 1, text.count)...]), text.count)
  }

  private static func parts(of inner: String) -> [String] {
    let text = Array(inner)
    var parts: [String] = []
    var part = ""
    var depth = 0
    var index = 0
    while index < text.count {
      if text[index] == "\"" {
        let end = endOfString(text, index)
        part += String(text[index..<end])
        index = end
        continue
      }
      if "([{".contains(text[index]) { depth += 1 }
      if ")]}".contains(text[index]) { depth -= 1 }
      let isBoth = text[index] == "&" && index + 1 < text.count && text[index + 1] == "&"
      if depth == 0, text[index] == "," || isBoth {
        parts.append(part)
        part = ""
        index += isBoth ? 2 : 1
        continue
      }
      part.append(text[index])
      index += 1
    }
    parts.append(part)
    return parts.compactMap(\.trimmedOrNil)
  }
}

/// A constraint `field operator literal`.
struct DroolsComparison {
  var field: String
  /// The rest as a unary test of FEEL.
  var test: String

  /// Reads a constraint; `nil` where it is anything but a comparison of a field.
  init?(_ constraint: String) {
    var text = Substring(constraint)
    // `$a : amount > 5` binds a variable on the way.
    if let colon = text.firstIndex(of: ":"),
      text[..<colon].allSatisfy({
        $0.isLetter || $0.isNumber || $0 == "$" || $0 == "_" || $0.isWhitespace
      })
    {
      text = text[text.index(after: colon)...].drop(while: \.isWhitespace)
    }
    let isNegated = text.first == "!"
    if isNegated { text = text.dropFirst().drop(while: \.isWhitespace) }
    let field = text.prefix { $0.isLetter || $0.isNumber || "_.".contains($0) }
    let rest = text[field.endIndex...].drop(while: \.isWhitespace)
    // A field by itself is asked whether it is true; a type or constant is none.
    if rest.isEmpty, field.first?.isLowercase == true, !field.contains(".") {
      self.field = String(field)
      test = isNegated ? "false" : "true"
      return
    }
    if isNegated { return nil }
    for (word, form) in [("not in", "not("), ("in", "")] where rest.hasPrefix(word) {
      let list = rest.dropFirst(word.count).drop(while: \.isWhitespace)
      guard field.first?.isLetter == true, list.first == "(", list.last == ")",
        !list.dropFirst().contains("(")
      else { return nil }
      self.field = String(field)
      test = form.isEmpty ? String(list.dropFirst().dropLast()) : "not\(list)"
      return
    }
    guard field.first?.isLetter == true,
      let sign = ["==", "!=", "<=", ">=", "<", ">"].first(where: rest.hasPrefix)
    else { return nil }
    guard let value = String(rest.dropFirst(sign.count)).trimmedOrNil,
      !value.contains("||"), !value.contains("&&")
    else { return nil }
    self.field = String(field)
    test = "\(sign) \(value)"
  }
}
