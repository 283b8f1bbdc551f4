internal import DocumentReading
internal import Facts

/// Guesses the parts that no column has the known name of, by the words of names and by what the first records hold.
///
/// A name alone is not enough here: a case must come again, activities must be few, times must be times, and the time
/// of an event must differ within cases, since one that does not is the case's.
///
/// - Parameters:
///   - rows: the first records.
///   - columns: those that are known; the others are added.
func guessByWords(_ header: [String], _ rows: [CSVRow], _ columns: inout [LogPart: Int]) {
  let guess = WordGuess(header, rows)
  if columns[.caseID] == nil { columns[.caseID] = guess.caseColumn(columns) }
  if columns[.activity] == nil { columns[.activity] = guess.activityColumn(columns) }
  guess.addTimes(&columns)
  if columns[.resource] == nil { columns[.resource] = guess.resourceColumn(columns) }
}

/// Names of columns as words, and what the columns hold.
private struct WordGuess {
  private let header: [String]
  private let words: [[String]]
  private let values: [[String]]
  private let rows: [CSVRow]

  init(_ header: [String], _ rows: [CSVRow]) {
    self.header = header
    self.rows = rows
    words = header.map(nameWords)
    values = header.indices.map { column in
      rows.compactMap { $0[column]?.trimmed }.filter { !standsForNothing($0) }
    }
  }

  private func has(_ column: Int, _ some: Set<String>) -> Bool {
    words[column].contains { some.contains($0) }
  }

  private func free(_ columns: [LogPart: Int]) -> [Int] {
    let taken = Set(columns.values)
    return words.indices.filter { !taken.contains($0) }
  }

  /// Whether a column holds times, which numbers without marks are not by themselves.
  private func isTime(_ column: Int) -> Bool {
    let texts = values[column].filter { !standsForNoTime($0) }
    guard let format = LogTimeFormat.common(of: texts) else { return false }
    return format != .spreadsheetDays || has(column, Self.starts.union(Self.ends).union(Self.times))
  }

  // MARK: Cases, activities, resources

  private static let ids: Set<String> = [
    "id", "no", "nr", "num", "number", "key", "code", "nummer", "numero", "ref", "reference",
    "identifier", "kennung", "n",
  ]
  /// What cases are, the likeliest first.
  private static let cases = [
    "case", "trace", "instance", "inst", "ticket", "incident", "issue", "request", "claim",
    "workorder", "order", "entity", "application", "po", "so", "invoice", "document", "contract",
    "shipment", "delivery", "patient", "complaint", "opportunity", "lead", "matter", "token",
    "item", "object", "fall", "vorgang", "auftrag", "auftrags", "beleg", "bestellung", "bestell",
    "antrag", "antrags", "rechnung", "rechnungs", "akte", "vertrag", "vertrags", "lieferung",
    "schaden", "dossier", "commande", "demande", "facture", "caso", "pedido", "solicitud",
    "factura", "expediente", "pratica", "ordine", "richiesta", "zaak", "bestelling", "aanvraag",
    "processo", "solicitacao",
  ]
  private static let activities: Set<String> = [
    "activity", "act", "task", "step", "event", "operation", "action", "milestone", "stage",
    "phase", "aktivitat", "aktivitaet", "tatigkeit", "taetigkeit", "schritt", "arbeitsgang",
    "aufgabe", "ereignis", "prozessschritt", "meilenstein", "activite", "etape", "tache",
    "actividad", "tarea", "etapa", "activiteit", "taak", "stap", "attivita", "compito",
    "atividade", "passo", "status", "state",
  ]
  private static let notActivity: Set<String> = [
    "user", "by", "resource", "date", "time", "timestamp", "duration", "instance", "inst", "count",
    "cost", "order", "index", "old", "from", "previous", "group", "owner", "agent",
  ]
  private static let people: Set<String> = [
    "user", "users", "username", "person", "employee", "employees", "agent", "agents", "operator",
    "operators", "worker", "workers", "owner", "assignee", "performer", "resource", "resources",
    "staff", "clerk", "handler", "executor", "technician", "analyst", "caseworker", "mitarbeiter",
    "mitarbeiterin", "bearbeiter", "bearbeiterin", "sachbearbeiter", "benutzer", "kollege",
    "kollegin", "utilisateur", "usuario", "empleado", "medewerker", "utente", "operatore",
    "responsable", "responsavel",
  ]
  private static let places: Set<String> = [
    "machine", "workcenter", "workstation", "station", "equipment", "maschine", "arbeitsplatz",
  ]
  private static let groups: Set<String> = [
    "team", "group", "department", "unit", "role", "abteilung", "gruppe", "rolle", "equipe",
  ]
  private static let notPerson: Set<String> = [
    "type", "cost", "count", "rate", "price", "time", "date", "timestamp", "amount", "email",
  ]

  /// Whether some values come again, and are there in nine of ten records.
  private func comesAgain(_ column: Int) -> Bool {
    let texts = values[column]
    return 10 * texts.count >= 9 * rows.count && Set(texts).count < texts.count
  }

  func caseColumn(_ columns: [LogPart: Int]) -> Int? {
    let notCase = Self.notActivity.union([
      "type", "status", "amount", "value", "name", "activity", "task", "step", "event", "line",
    ]).subtracting(["instance", "inst", "order"])
    func rank(_ column: Int) -> (Int, Int, Int)? {
      guard !isTime(column), comesAgain(column) else { return nil }
      var isNumbered = false
      var best: Int?
      for word in words[column] {
        if Self.ids.contains(word) {
          isNumbered = true
          continue
        }
        var stem = word
        for end in ["nummer", "number", "nr", "no", "id", "key"]
        where word.hasSuffix(end) && word.count > end.count + 1
          && Self.cases.contains(String(word.dropLast(end.count)))
        {
          stem = String(word.dropLast(end.count))
          isNumbered = true
        }
        if let place = Self.cases.firstIndex(of: stem) { best = min(best ?? place, place) }
      }
      // The name of an entity is as good as its number; of other things a name says little.
      let isNamed = words[column].contains("entity")
      let others = notCase.subtracting(isNamed ? ["name"] : [])
      guard let best, !has(column, others) else { return nil }
      return (isNumbered || isNamed ? 0 : 1, best, column)
    }
    if let found = free(columns).compactMap(rank).min(by: <) { return found.2 }
    // A column that is only called a number is the case's where most of its values come again.
    return free(columns).first { column in
      !words[column].isEmpty && words[column].allSatisfy(Self.ids.contains) && !isTime(column)
        && comesAgain(column) && 2 * Set(values[column]).count <= values[column].count
    }
  }

  func activityColumn(_ columns: [LogPart: Int]) -> Int? {
    func rank(_ column: Int) -> (Int, Int)? {
      let texts = values[column]
      guard has(column, Self.activities), !has(column, Self.notActivity), !isTime(column),
        !texts.isEmpty, rows.count < 10 || 2 * Set(texts).count <= texts.count
      else { return nil }
      let isName = has(
        column, ["name", "description", "desc", "text", "label", "bezeichnung", "beschreibung"])
      let isCode = has(column, Self.ids)
      return (isName ? 0 : isCode ? 3 : has(column, ["type"]) ? 2 : 1, column)
    }
    return free(columns).compactMap(rank).min(by: <)?.1
  }

  func resourceColumn(_ columns: [LogPart: Int]) -> Int? {
    func rank(_ column: Int) -> (Int, Int)? {
      let texts = values[column]
      guard !has(column, Self.notPerson), !isTime(column), !texts.isEmpty,
        rows.count < 10 || 2 * Set(texts).count <= texts.count
      else { return nil }
      let all = words[column]
      let isBy = all.contains { ["by", "von", "por", "par", "door"].contains($0) }
      if isBy {
        // Who put a record into the system need not be who did the work.
        let isRecording = has(
          column,
          ["created", "create", "entered", "opened", "angelegt", "erstellt", "requested", "last"])
        return all.count > 1 ? (isRecording ? 4 : 1, column) : nil
      }
      if has(column, Self.people) { return (0, column) }
      if has(column, Self.places) || (all.contains("work") && all.contains("center")) {
        return (2, column)
      }
      return has(column, Self.groups) ? (3, column) : nil
    }
    return free(columns).compactMap(rank).min(by: <)?.1
  }

  // MARK: Times

  private static let starts: Set<String> = [
    "start", "started", "starting", "begin", "began", "begun", "beginning", "beginn", "anfang",
    "debut", "inicio", "inizio", "aanvang",
  ]
  private static let ends: Set<String> = [
    "end", "ended", "ending", "finish", "finished", "complete", "completed", "completion", "close",
    "closed", "done", "stop", "stopped", "resolved", "executed", "ende", "fertig", "beendet",
    "abgeschlossen", "erledigt", "fin", "final", "fim", "fine", "einde", "termino",
  ]
  private static let times: Set<String> = [
    "time", "timestamp", "date", "datetime", "stamp", "datum", "zeit", "zeitpunkt", "zeitstempel",
    "eventtime", "fecha", "hora", "tijd", "data", "horodatage", "at", "on",
  ]
  /// Words of times that were only planned.
  private static let planned: Set<String> = [
    "planned", "plan", "scheduled", "schedule", "expected", "target", "due", "baseline",
    "estimated", "sla", "deadline", "requested", "promised", "soll", "geplant", "prevu",
    "previsto", "gepland", "forecast", "duration", "birth",
  ]

  func addTimes(_ columns: inout [LogPart: Int]) {
    let caseColumn = columns[.caseID]
    func candidates(_ some: Set<String>) -> [Int] {
      let all = free(columns).filter {
        has($0, some) && !has($0, Self.planned) && isTime($0) && isOfEvents($0, caseColumn)
      }
      return all.filter { has($0, ["actual", "ist", "real"]) } + all
    }
    if columns[.end] == nil {
      columns[.end] =
        candidates(Self.ends).first { column in
          columns[.start].map { areOrdered($0, column) } ?? true
        }
    }
    if columns[.start] == nil {
      columns[.start] = candidates(Self.starts).first { column in
        columns[.end].map { areOrdered(column, $0) } ?? true
      }
    }
    if columns[.start] == nil, columns[.end] == nil {
      columns[.end] =
        recordingColumn(header, leavingOut: Set(columns.values)) ?? candidates(Self.times).first
    }
    // A time of the event beside one that says when it ended is its start, where it lies before.
    if columns[.start] == nil, let end = columns[.end], has(end, Self.ends) {
      columns[.start] = free(columns).first {
        has($0, ["time", "timestamp", "eventtime"]) && !has($0, Self.ends)
          && !has($0, Self.planned.union(["created", "create", "updated", "modified", "changed"]))
          && isTime($0) && isOfEvents($0, caseColumn) && areOrdered($0, end, mostlyBefore: true)
      }
    }
  }

  /// Whether times differ within half of the cases that have several records.
  private func isOfEvents(_ column: Int, _ caseColumn: Int?) -> Bool {
    guard let caseColumn else { return true }
    var seen: [String: Set<String>] = [:]
    var counts: [String: Int] = [:]
    for row in rows {
      guard let name = row[caseColumn]?.trimmed, let text = row[column]?.trimmed,
        !standsForNothing(text)
      else { continue }
      seen[name, default: []].insert(text)
      counts[name, default: 0] += 1
    }
    let several = counts.filter { $0.value > 1 }.keys
    return 2 * several.count { (seen[$0]?.count ?? 0) > 1 } >= several.count
  }

  /// Whether the times of a column are not after those of another in 19 of 20 records that have both.
  ///
  /// - Parameter mostlyBefore: whether they must lie before them in half of these.
  private func areOrdered(_ first: Int, _ second: Int, mostlyBefore: Bool = false) -> Bool {
    guard let format = LogTimeFormat.common(of: values[first] + values[second]) else {
      return false
    }
    var (both, ordered, before) = (0, 0, 0)
    for row in rows {
      guard let a = row[first].flatMap({ format.read($0[...].utf8)?.local }),
        let b = row[second].flatMap({ format.read($0[...].utf8)?.local })
      else { continue }
      both += 1
      if a <= b { ordered += 1 }
      if a < b { before += 1 }
    }
    return 20 * ordered >= 19 * both && (!mostlyBefore || 2 * before >= both && both > 0)
  }
}

/// The words of a name, without case and accents: `TaskStartTime`, `task_start_time` and `Task start time` have three.
func nameWords(_ name: String) -> [String] {
  var words: [String] = []
  var word = ""
  var isAfterLower = false
  let characters = Array(name)
  for (place, character) in characters.enumerated() {
    guard character.isLetter || character.isNumber else {
      words.append(word)
      word = ""
      isAfterLower = false
      continue
    }
    let isNextLower = place + 1 < characters.count && characters[place + 1].isLowercase
    let isWithin = place > 0 && characters[place - 1].isUppercase && isNextLower
    if character.isUppercase, isAfterLower || isWithin {
      words.append(word)
      word = ""
    }
    word.append(character)
    isAfterLower = character.isLowercase || character.isNumber
  }
  words.append(word)
  return words.map(plainName).filter { !$0.isEmpty }
}
