import Facts
import Inventory

/// Words in which registers of other languages say when, whether and how much, and their English ones.
enum RegisterWords {
  /// The period that a word in a header means.
  static func period(_ word: String) -> Frequency.Period? {
    periods.first { $0.1.contains(plainLetters(word)) }?.0
  }

  private static let periods: [(Frequency.Period, [String])] = [
    (.hour, ["stunde", "stundlich", "stuendlich", "heure", "horaire", "uur", "hora"]),
    (
      .day,
      ["tag", "taglich", "taeglich", "jour", "quotidien", "dag", "dagelijks", "dia", "diario"]
    ),
    (
      .week,
      [
        "woche", "wochentlich", "woechentlich", "semaine", "hebdomadaire", "wekelijks", "semana",
        "semanal",
      ]
    ),
    (.month, ["monat", "monatlich", "mois", "mensuel", "maand", "maandelijks", "mes", "mensual"]),
    (
      .year,
      [
        "jahr", "jahrlich", "jaehrlich", "an", "annee", "annuel", "jaar", "jaarlijks", "ano",
        "anual",
      ]
    ),
  ]

  /// A quantity with its words in English, so that `120 pro Tag` reads as `120 per day`.
  static func quantityInEnglish(_ text: String) -> String {
    guard text.contains(where: \.isLetter) else { return text }
    let english: [String: String] = [
      "pro": "per", "par": "per", "por": "per", "al": "per", "je": "per", "prozent": "percent",
      "pourcent": "percent", "procent": "percent", "porcentaje": "percent", "von": "of",
      "sur": "of",
      "van": "of", "de": "of", "taglich": "daily", "taeglich": "daily", "wochentlich": "weekly",
      "woechentlich": "weekly", "monatlich": "monthly", "jahrlich": "yearly", "jaehrlich": "yearly",
      "stundlich": "hourly", "stuendlich": "hourly", "quotidien": "daily", "hebdomadaire": "weekly",
      "mensuel": "monthly", "annuel": "yearly", "dagelijks": "daily", "wekelijks": "weekly",
      "maandelijks": "monthly", "jaarlijks": "yearly", "diario": "daily", "semanal": "weekly",
      "mensual": "monthly", "anual": "yearly", "etwa": "about", "environ": "about",
      "ongeveer": "about",
      "aproximadamente": "about",
    ]
    var result = ""
    var word = ""
    func take() {
      let plain = plainLetters(word.lowercased())
      let named = period(plain).map { named in
        switch named {
        case .hour: "hour"
        case .day: "day"
        case .week: "week"
        case .month: "month"
        case .year: "year"
        }
      }
      // `an` is English too.
      result += english[plain] ?? (plain == "an" ? nil : named) ?? word
      word = ""
    }
    for character in text {
      if character.isLetter {
        word.append(character)
      } else {
        take()
        result.append(character)
      }
    }
    take()
    return result
  }

  /// Words for what nobody knows.
  static let unknown: Set<String> = [
    "unbekannt", "k a", "keine angabe", "offen", "inconnu", "inconnue", "non connu", "a definir",
    "onbekend", "n t b", "nog te bepalen", "desconocido", "desconocida", "por definir", "sin dato",
    "not set", "empty", "null", "nicht bekannt", "n b",
  ]

  /// Words for nothing and nobody.
  static let none: Set<String> = [
    "kein", "keine", "keiner", "keines", "niemand", "nein", "aucun", "aucune", "personne", "non",
    "geen", "niemand", "nee", "ninguno", "ninguna", "nadie", "nessuno",
  ]

  /// Words of other languages and products for stages of life.
  static let statuses: [LifecycleStatus: [String]] = [
    .development: [
      "geplant", "in entwicklung", "entwicklung", "plan", "pipeline", "on order", "pending install",
      "en developpement", "prevu", "planifie", "in ontwikkeling", "gepland", "en desarrollo",
      "planificado", "phase in", "under development", "design", "test",
    ],
    .pilot: ["pilotphase", "im pilot", "pilote", "en pilote", "piloto", "en piloto", "proef"],
    .production: [
      "produktiv", "produktion", "in produktion", "in betrieb", "aktiv", "im einsatz", "en service",
      "en production", "actif", "active", "in productie", "in gebruik", "actief", "operationeel",
      "en produccion", "activo", "en uso", "operativo", "installed", "in service", "deployed",
      "phase out", "ready",
    ],
    .disabled: [
      "inaktiv", "deaktiviert", "abgeschaltet", "pausiert", "inactif", "desactive", "suspendu",
      "inactief", "uitgeschakeld", "gepauzeerd", "inactivo", "desactivado", "suspendido",
      "non operational", "nonoperational", "in maintenance", "repair in progress", "absent",
    ],
    .retired: [
      "stillgelegt", "ausser betrieb", "abgelost", "abgeloest", "retire", "hors service",
      "mis hors service",
      "buiten gebruik", "uitgefaseerd", "retirado", "fuera de servicio", "dado de baja",
      "end of life", "endoflife",
    ],
  ]

  /// Words of other languages and products for how much depends on a system.
  static let criticalities: [Criticality: [String]] = [
    .missionCritical: [
      "kritisch", "geschaftskritisch", "geschaeftskritisch", "sehr hoch", "critique", "vitale",
      "tres elevee", "kritiek", "bedrijfskritisch", "zeer hoog", "critica", "critico", "muy alta",
      "1 most critical", "tier 1", "tier 0", "mission critical", "missioncritical", "1 critical",
    ],
    .high: [
      "hoch", "elevee", "eleve", "haute", "hoog", "alta", "alto", "2 somewhat critical", "tier 2",
      "business critical", "businesscritical", "2 high",
    ],
    .medium: [
      "mittel", "normal", "moyenne", "moyen", "gemiddeld", "midden", "media", "medio",
      "3 less critical", "tier 3", "business operational", "3 medium", "3 moderate",
    ],
    .low: [
      "niedrig", "gering", "faible", "basse", "laag", "baja", "bajo", "4 not critical", "tier 4",
      "administrative service", "4 low",
    ],
  ]

  /// Words of other languages for kinds of automation.
  static let kinds: [SystemKind: [String]] = [
    .rpa: [
      "roboter", "software roboter", "softwareroboter", "robot logiciel", "robot de software",
      "softwarerobot", "rpa roboter", "rpa robot", "attended bot", "unattended bot",
    ],
    .rules: ["regelwerk", "regelmaschine", "moteur de regles", "regelengine", "motor de reglas"],
    .workflow: [
      "ablauf", "arbeitsablauf", "prozess", "flux", "flux de travail", "processus", "werkstroom",
      "proces", "flujo", "flujo de trabajo", "proceso", "cloud flow", "integration flow",
    ],
    .agent: [
      "ki agent", "agent ia", "agente", "agente de ia", "ai agent", "ai assistant", "virtual agent",
      "ki assistent",
    ],
    .script: ["skript", "makro", "script shell", "macro excel", "guion"],
    .orchestrator: ["orchestrierung", "orkestrator", "orquestador", "orchestrateur"],
  ]

  /// Classes of configuration databases and architecture tools whose rows are applications.
  static let applications: Set<String> = [
    "anwendung", "fachanwendung", "applikation", "logiciel", "applicatie", "aplicacion",
    "cmdb ci appl", "cmdb ci business app", "cmdb ci service", "cmdb ci service auto",
    "cmdb ci app server", "cmdb ci database", "cmdb ci db instance", "business service",
    "application service", "mapped application service", "it component", "itcomponent", "software",
    "saas application", "database instance", "microservice",
  ]

  /// Classes whose rows are neither automations nor applications.
  static let neither: Set<String> = [
    "cmdb ci server", "cmdb ci computer", "cmdb ci netgear", "cmdb ci ip router", "cmdb ci printer",
    "cmdb ci linux server", "cmdb ci win server", "cmdb ci unix server", "cmdb ci storage device",
    "cmdb ci vm instance", "cmdb ci hardware", "server", "computer", "linux server",
    "windows server",
    "network gear", "router", "printer", "storage device", "hardware", "business capability",
    "capability", "organization", "organisation", "user group", "usergroup", "data object",
    "dataobject", "provider", "objective", "project", "platform", "interface", "tech category",
    "location", "person",
  ]
}

/// A text in lower case in which letters with accents stand without them, so that `Propriétaire` and
/// `proprietaire` are one.
func plainLetters(_ text: String) -> String {
  var plain = ""
  for character in text {
    switch character {
    case "á", "à", "â", "ä", "ã", "å": plain.append("a")
    case "é", "è", "ê", "ë": plain.append("e")
    case "í", "ì", "î", "ï": plain.append("i")
    case "ó", "ò", "ô", "ö", "õ", "ø": plain.append("o")
    case "ú", "ù", "û", "ü": plain.append("u")
    case "ç": plain.append("c")
    case "ñ": plain.append("n")
    case "ß": plain.append("ss")
    case "œ": plain.append("oe")
    default: plain.append(character)
    }
  }
  return plain
}
