internal import DocumentReading
internal import Facts

// The list of a replay: a CSV file beside the scenario, one line for each case.

extension ScenarioAssembly {
  /// The list that `replay` names; `nil` where there is none or it is wrong, which is then reported.
  func readList(_ arrivals: Section) -> ArrivalList? {
    for key in ["file", "time", "attributes", "attributes.*"] {
      _ = reading.key("demand.arrivals.replay.\(key)")
    }
    let group = reading.group(arrivals, "replay")
    guard group.isPresent else { return nil }
    let column = reading.text(group, "time") ?? "time"
    let columns = readColumns(group)
    guard let file = reading.text(group, "file"), let node = group.node?["file"], let columns else {
      return nil
    }
    guard isBelow(file) else {
      reading.report(
        key: node.path,
        "'\(node.path)' is `\(shown(file))`, which lies outside of the scenario's folder; put the file "
          + "beside the scenario and name it without '..'", at: node.location)
      return nil
    }
    let table: CSVTable
    do {
      table = try parseCSV(try files(file), path: file, limits: listLimits)
    } catch {
      reading.report(
        key: node.path, "'\(node.path)' cannot be read: \(error)", at: node.location)
      return nil
    }
    guard let list = list(file, table, time: column, columns, group) else { return nil }
    if list.times.isEmpty {
      reading.report(
        key: node.path, "the list \(shown(file)) has no case; give it a line for each",
        at: node.location)
      return nil
    }
    return list
  }

  /// The attributes that the list gives, and their columns.
  private func readColumns(_ group: Section) -> [(attribute: Int, column: ScenarioNode.Member)]? {
    let section = reading.group(group, "attributes")
    let names = attributes.map(\.name)
    var columns: [(attribute: Int, column: ScenarioNode.Member)] = []
    var isWhole = true
    for member in section.node?.members ?? [] {
      let column = reading.leaf(section, member, number: { (_: String) in nil }) {
        text throws(ValueError) in
        if text.isEmpty { throw ValueError("it is empty") }
        return text
      }
      guard let index = names.firstIndex(of: member.key) else {
        let hint =
          nearestName(to: member.key, among: names).map { "did you mean '\($0)'?" }
          ?? (names.isEmpty
            ? "the scenario has no attributes"
            : "known are "
              + names.prefix(8).joined(separator: ", "))
        reading.report(
          key: member.node.path, "'\(shown(member.key))' is no attribute; \(hint)",
          at: member.keyLocation)
        isWhole = false
        continue
      }
      isWhole = isWhole && column != nil && isIndependent(index, member)
      columns.append((index, member))
    }
    return isWhole ? columns : nil
  }

  /// Whether an attribute has no part in a correlation, which a listed value cannot have.
  private func isIndependent(_ index: Int, _ member: ScenarioNode.Member) -> Bool {
    guard
      let other = attributes.indices.first(where: { other in
        attributes[other].correlation?.attribute == index
          || (other == index && attributes[other].correlation != nil)
      })
    else { return true }
    reading.report(
      key: member.node.path,
      "'\(member.key)' comes from the list, so that the correlation of '\(attributes[other].name)' "
        + "cannot hold; remove the correlation, or list both", at: member.keyLocation)
    return false
  }

  private func list(
    _ file: String, _ table: CSVTable, time: String,
    _ columns: [(attribute: Int, column: ScenarioNode.Member)], _ group: Section
  ) -> ArrivalList? {
    func position(of column: String, _ path: String, at location: SourceLocation) -> Int? {
      let found = table.header.indices.filter { table.header[$0] == column }
      if found.count == 1 { return found[0] }
      let hint =
        nearestName(to: column, among: table.header).map { "did you mean '\(shown($0))'?" }
        ?? "it has \(table.header.prefix(8).map { shown($0) }.joined(separator: ", "))"
      reading.report(
        key: path,
        found.isEmpty
          ? "'\(path)': the list \(shown(file)) has no column '\(shown(column))'; \(hint)"
          : "'\(path)': the list \(shown(file)) has \(found.count) columns '\(shown(column))'; rename all "
            + "but one", at: location)
      return nil
    }
    let timeNode = group.node?["time"]
    let timeColumn = position(
      of: time, group.path(of: "time"), at: timeNode?.location ?? group.location)
    let positions = columns.map {
      position(of: $0.column.node.text ?? "", $0.column.node.path, at: $0.column.node.location)
    }
    guard let timeColumn, !positions.contains(nil) else { return nil }
    var list = ArrivalList(
      file: file, times: [], attributes: columns.map(\.attribute), values: [])
    var problems = 0
    func report(_ row: CSVRow, _ column: Int, _ reason: String) {
      problems += 1
      // The first few say what is wrong.
      guard problems <= 5 else { return }
      reading.report(
        key: group.path(of: "file"),
        "the column '\(shown(table.header[column]))' of the list \(reason)",
        at: SourceLocation(path: file, line: row.line))
    }
    for row in table.rows {
      do {
        list.times.append(try parseListedTime(row[timeColumn] ?? ""))
      } catch {
        report(row, timeColumn, "has no date with a time of day here; write it as 2026-01-05 08:30")
      }
      for (column, position) in zip(columns, positions.compactMap(\.self)) {
        do {
          list.values.append(try attributes[column.attribute].code(of: row[position] ?? ""))
        } catch {
          report(
            row, position,
            "has no value of '\(attributes[column.attribute].name)' here, which is "
              + attributes[column.attribute].kindWords)
        }
      }
    }
    return problems == 0 ? list : nil
  }

  /// Whether a file lies in the scenario's folder or below it, by its name.
  func isBelow(_ file: String) -> Bool {
    !file.hasPrefix("/") && !file.contains("\\") && !file.contains("\0")
      && !file.split(separator: "/").contains("..") && !file.hasPrefix("~")
  }
}

/// A list may have a million cases.
private let listLimits = DocumentLimits(bytes: 256 << 20, nodes: 20_000_000)
