/// Columns by name: for each part of an event the names under which programs write it, the best first.
///
/// Names are compared without case, accents, blanks and punctuation; German, French, Spanish, Dutch, Italian and
/// Portuguese ones stand behind the English. Sources: IEEE 1849 as pm4py writes it to CSV (`case:concept:name`,
/// `time:timestamp`), Simod, Prosimos, AgentSimulator, Celonis, Disco, ProM, exports of ticket systems, and our
/// own logs.
private let knownNames: [(part: LogPart, names: [String])] = [
  (
    .caseID,
    [
      "caseconceptname", "caseid", "case", "caseidentifier", "casekey", "casenumber", "caseno",
      "traceid", "trace", "processinstanceid", "processinstance", "instanceid", "processid",
      "ocelid", "ticketid", "ticketnumber", "ticket", "incidentid", "incidentnumber", "issuekey",
      "issueid", "requestid", "orderid", "ordernumber", "timelineid", "documentkey", "procinstid",
      "pxinsname", "pzinskey", "objectid", "number",
      "fallid", "fallnummer", "fallnr", "fall", "fallkennung", "vorgangsid", "vorgangid",
      "vorgangsnummer", "vorgangsnr", "prozessinstanz", "auftragsnummer", "aktenzeichen",
      "ticketnummer", "ticketnr", "auftrag", "beleg", "belegnummer", "belegnr", "bestellung",
      "bestellnummer", "antrag", "antragsnummer", "rechnungsnummer", "vorgang",
      "idcas", "iddecas", "idducas", "identifiantducas", "identifiantcas", "numerodecas", "cas",
      "ndossier", "dossiern", "nodossier", "numerodossier", "numerodedossier", "iddossier",
      "iddudossier",
      "iddelcaso", "iddecaso", "idcaso", "casoid", "identificadordelcaso", "numerodecaso", "caso",
      "numerodeexpediente", "nexpediente", "expediente",
      "zaakid", "zaaknummer", "zaaknr", "zaak", "casusid", "casus", "dossiernummer", "dossiernr",
      "dossierid", "dossier",
      "iddocaso", "codigodocaso", "numerodocaso", "idpratica", "numeropratica", "pratica",
    ]
  ),
  (
    .activity,
    [
      "conceptname", "activity", "activityname", "activityen", "task", "taskname", "event",
      "activityde", "activityfr", "activityes", "activityit", "activitynl", "activitypt",
      "actname", "activitytype", "eventname", "eventtypename", "eventtype", "step", "stepname",
      "operation", "ocelactivity", "pytaskname", "pxtaskname",
      "aktivitat", "aktivitaet", "aktivitatsname", "tatigkeit", "taetigkeit", "arbeitsschritt",
      "prozessschritt", "schritt", "aufgabe", "ereignis", "vorgang",
      "activite", "nomactivite", "nomdelactivite", "etape", "tache", "evenement",
      "actividad", "nombredelaactividad", "tarea", "paso", "etapa", "evento",
      "activiteit", "activiteitnaam", "handeling", "taak", "stap", "gebeurtenis",
      "attivita", "compito", "fase", "atividade", "tarefa", "passo",
      // What a case became says less than what was done, where a log has both.
      "action", "status", "state", "incidentstate", "newstatus", "newstate", "tostatus", "tostate",
      "newvalue", "newstring", "tostring", "to", "tcode", "transactioncode", "actid",
    ]
  ),
  (
    .start,
    [
      "starttimestamp", "starttime", "timestart", "start", "started", "startdate", "startdatetime",
      "startedat", "begin", "begintime", "begintimestamp", "eventtimestart", "eventstart",
      "activitystarttimestamp", "activitystarttime", "activitystart",
      "startzeit", "startzeitpunkt", "startzeitstempel", "startdatum", "beginn", "beginnzeit",
      "anfang", "anfangszeit",
      "debut", "datededebut", "datedebut", "heurededebut", "heuredebut", "horodatagedebut",
      "inicio", "fechadeinicio", "fechainicio", "fechayhoradeinicio", "horadeinicio",
      "horainicio", "comienzo",
      "starttijd", "starttijdstip", "begintijd", "begindatum", "aanvang",
      "inizio", "datainizio", "datadiinizio", "orainizio", "datadeinicio", "datainicio",
    ]
  ),
  (
    .end,
    [
      "endtimestamp", "endtime", "timeend", "completetimestamp", "completiontime", "timecomplete",
      "timetimestamp", "end", "ended", "finished", "finishedat", "enddate", "enddatetime",
      "completed", "completedat", "timestamp", "eventtime", "eventtimestamp", "eventtimeend",
      "eventend", "activityendtimestamp", "activityendtime", "activityend",
      "time", "datetime", "date", "oceltimestamp", "changed", "changedat",
      "endzeit", "endzeitpunkt", "endzeitstempel", "enddatum", "ende", "zeitstempel",
      "zeitpunkt", "datumuhrzeit", "zeit", "uhrzeit", "datum",
      "fin", "datedefin", "datefin", "heuredefin", "heurefin", "horodatagefin", "horodatage",
      "dateheure", "dateetheure", "heure",
      "fechadefin", "fechafin", "fechadefinalizacion", "fechayhoradefin", "horadefin", "horafin",
      "marcadetiempo", "fechayhora", "fechahora", "fecha", "hora",
      "eindtijd", "eindtijdstip", "einddatum", "einde", "tijdstempel", "tijdstip", "tijd",
      "fine", "datafine", "datadifine", "orafine", "dataeora", "dataora",
      "datadetermino", "datatermino", "datadefim", "datafim", "fim", "termino", "datahora",
      "dataehora", "data",
    ]
  ),
  (
    .resource,
    [
      "orgresource", "resource", "resourceid", "resourcename", "user", "username", "userid",
      "performer", "worker", "employee", "operator", "assignee", "assignedto", "agent", "owner",
      "activityuser", "eventuser", "author", "changedby", "updatedby", "completedby",
      "orggroup", "orgrole", "role",
      "bearbeiter", "bearbeiterin", "sachbearbeiter", "sachbearbeiterin", "mitarbeiter",
      "mitarbeiterin", "ressource", "benutzer", "nutzer", "person", "ausfuhrender",
      "ausfuehrender", "zustandig", "zustaendig", "rolle", "abteilung",
      "intervenant", "utilisateur", "agenttraitant", "gestionnaire", "executant", "acteur",
      "responsable",
      "recurso", "usuario", "empleado", "gestor", "ejecutor", "rol",
      "medewerker", "behandelaar", "gebruiker", "uitvoerder", "hulpbron", "rol",
      "risorsa", "utente", "operatore", "usuario", "executor", "responsavel",
    ]
  ),
  (
    .enabled,
    ["timeenabled", "enabledtime", "enabletime", "enabledtimestamp", "enabled", "assignedtime"]
  ),
  (.lifecycle, ["lifecycletransition", "transition", "lifecycle", "lebenszyklus"]),
  (.instance, ["conceptinstance", "activityinstanceid", "activityinstance", "eventinstanceid"]),
]

/// Names of times at which a record was written, which say when something happened where no other time does.
private let recordingNames = [
  "sysupdatedon", "syscreatedon", "updated", "updatedat", "updatedon", "modified", "modifiedat",
  "modifiedon", "created", "createdat", "createdon", "createddate", "creationdate", "udate",
  "utime",
]

/// A name without case, blanks, punctuation and accents.
func plainName(_ name: String) -> String {
  var plain = ""
  for scalar in name.lowercased().unicodeScalars
  where scalar.properties.isAlphabetic || 48...57 ~= scalar.value {
    switch scalar {
    case "à", "á", "â", "ã", "ä", "å": plain += "a"
    case "ç": plain += "c"
    case "è", "é", "ê", "ë": plain += "e"
    case "ì", "í", "î", "ï": plain += "i"
    case "ñ": plain += "n"
    case "ò", "ó", "ô", "õ", "ö": plain += "o"
    case "ù", "ú", "û", "ü": plain += "u"
    case "ß": plain += "ss"
    case "º", "ª": continue
    default: plain.unicodeScalars.append(scalar)
    }
  }
  return plain
}

/// Guesses which column is which part of an event.
///
/// - Parameters:
///   - header: names of the columns.
///   - given: columns that the user named; they are taken as they are.
/// - Returns: for each part that was found, the position of its column.
func guessColumns(
  _ header: [String], given: [LogPart: String]
) -> (columns: [LogPart: Int], unknown: [(part: LogPart, column: String)]) {
  var columns: [LogPart: Int] = [:]
  var unknown: [(part: LogPart, column: String)] = []
  for part in LogPart.allCases {
    guard let name = given[part] else { continue }
    if let index = header.firstIndex(of: name) {
      columns[part] = index
    } else {
      unknown.append((part, name))
    }
  }
  let plain = header.map(plainName)
  for (part, names) in knownNames where columns[part] == nil {
    let taken = Set(columns.values)
    for name in names {
      if let index = plain.indices.first(where: { plain[$0] == name && !taken.contains($0) }) {
        columns[part] = index
        break
      }
    }
  }
  return (columns, unknown)
}

/// The column of a time at which records were written.
func recordingColumn(_ header: [String], leavingOut taken: Set<Int>) -> Int? {
  let plain = header.map(plainName)
  for name in recordingNames {
    if let found = plain.indices.first(where: { plain[$0] == name && !taken.contains($0) }) {
      return found
    }
  }
  return nil
}
