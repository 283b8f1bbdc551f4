import DocumentReading
import Facts

/// The text of a scenario with a second variant that is like one that is there and stands behind it.
///
/// - Parameters:
///   - text: The scenario in YAML.
///   - variant: Name of the variant that is copied.
///   - name: Name of the copy: letters, digits, `+`, `-` and `_`.
///   - file: The file that messages name.
/// - Throws: `WorkbenchError.badInput` where there is no such variant, the name is none or taken, or the
///   variants do not stand one below the other.
public func scenarioText(
  _ text: String, copyingVariant variant: String, as name: String, file: String
) throws(WorkbenchError) -> String {
  do {
    let document = try parseYAML(Array(text.utf8), path: file)
    let variants = document["variants"]?.object ?? []
    guard let member = variants.first(where: { $0.key == variant }) else {
      throw WorkbenchError.badInput(["\(file): the scenario has no variant '\(variant)'"])
    }
    let isName =
      !name.isEmpty
      && name.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
          || scalar == "+" || scalar == "-" || scalar == "_"
      }
    guard isName, !variants.contains(where: { $0.key == name }) else {
      throw WorkbenchError.badInput([
        "'\(name.prefix(60))' cannot be a variant's name: letters, digits, +, - and _, and none that is "
          + "taken"
      ])
    }
    if let copied = withCopy(of: member, named: name, in: text),
      let changed = try? parseYAML(Array(copied.utf8), path: file),
      scenarioLeaves(changed) == leaves(of: document, withCopyOf: variant, named: name)
    {
      return copied
    }
    throw WorkbenchError.badInput([
      "\(file): variant '\(variant)' cannot be copied by a form, since it does not stand on lines of its "
        + "own; copy it in the text"
    ])
  } catch {
    throw WorkbenchError(error)
  }
}

private func withCopy(of member: DataMember, named name: String, in text: String) -> String? {
  guard let line = member.keyLocation.line, let column = member.keyLocation.column else {
    return nil
  }
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  guard lines.indices.contains(line - 1) else { return nil }
  // The variant ends with the last line that is indented further than its name.
  func isInside(_ line: String) -> Bool {
    line.prefix { $0 == " " }.count >= column
      && line.contains { $0 != " " }
  }
  let end = lines[line...].firstIndex { !isInside($0) } ?? lines.endIndex
  var copy = Array(lines[(line - 1)..<end])
  let head = String(copy[0].unicodeScalars.prefix(column - 1))
  guard head.allSatisfy({ $0 == " " }) else { return nil }
  let rest = copy[0].unicodeScalars.dropFirst(column - 1)
  // A name may be written in quotation marks, and may hold a colon then.
  let written = rest.first == "\"" || rest.first == "'" ? member.key.count + 2 : member.key.count
  copy[0] = head + name + String(rest.dropFirst(written))
  lines.insert(contentsOf: copy, at: end)
  return lines.joined(separator: "\n")
}

/// What the values of a document would be with a second variant like one that is there.
private func leaves(
  of document: DataNode, withCopyOf variant: String, named name: String
) -> [String: String] {
  var found = scenarioLeaves(document)
  let own = "variants\u{0}\(variant)"
  for (path, value) in scenarioLeaves(document) where path == own || path.hasPrefix("\(own)\u{0}") {
    found["variants\u{0}\(name)\(path.dropFirst(own.count))"] = value
  }
  return found
}
