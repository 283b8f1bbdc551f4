/// Headers of other languages, and of configuration databases and architecture tools, that mean a
/// field; in lower case, without punctuation and accents.
///
/// Sources: column labels of ServiceNow's tables `cmdb_ci` and `cmdb_ci_business_app`, fields of LeanIX'
/// fact sheets, and the words that organisations use.
extension RegisterField {
  /// The fields of each such header, the likelier first: `systeme` is one system in French and several
  /// in German.
  static let byOtherHeader: [String: [RegisterField]] = {
    var fields: [String: [RegisterField]] = [:]
    for (field, headers) in otherHeaders {
      for header in headers { fields[header, default: []].append(field) }
    }
    return fields
  }()

  private static let otherHeaders: [(RegisterField, [String])] = [
    (
      .name,
      [
        "application name", "app name", "application", "ci name", "configuration item",
        "process name",
        "workflow name", "flow name", "solution", "solution name", "asset name", "asset",
        "use case",
        "fact sheet", "fact sheet name", "display name", "automation title",
        "bezeichnung", "anwendungsname", "anwendung", "systemname", "automatisierung",
        "prozessname",
        "roboter", "loesung", "losung",
        "nom", "nom du systeme", "systeme", "nom de l automatisation", "nom de l application",
        "automatisation", "denomination", "intitule",
        "naam", "systeemnaam", "systeem", "automatisering", "naam automatisering", "applicatienaam",
        "applicatie",
        "nombre", "nombre del sistema", "nombre de la aplicacion", "nombre de la automatizacion",
        "automatizacion", "sistema", "aplicacion",
      ]
    ),
    (
      .identifier,
      [
        "sys id", "external id", "ci id", "number", "asset tag", "correlation id", "uuid", "guid",
        "reference", "nummer", "kennung", "inventarnummer", "identifiant", "numero", "referentie",
        "identificador", "referencia",
      ]
    ),
    (
      .aliases,
      [
        "alternative names", "short name", "acronym", "abbreviation", "synonyms", "synonyme",
        "auch bekannt als", "abkurzung", "kurzname", "autres noms", "abreviation", "andere namen",
        "afkorting", "otros nombres", "abreviatura",
      ]
    ),
    (
      .kind,
      [
        "sys class name", "ci class", "ci type", "fact sheet type", "application type", "subtype",
        "typ", "art", "kategorie", "klasse", "systemtyp", "categorie", "type d automatisation",
        "soort", "tipo", "categoria", "clase", "tipo de automatizacion",
      ]
    ),
    (
      .technology,
      [
        "software product", "it component", "technology stack", "plattform", "technologie",
        "produkt",
        "werkzeug", "plateforme", "outil", "produit", "technologie utilisee", "technologieplatform",
        "hulpmiddel", "plataforma", "tecnologia", "herramienta", "producto",
      ]
    ),
    (
      .purpose,
      [
        "short description", "long description", "zweck", "beschreibung", "kurzbeschreibung",
        "funktion", "aufgabe", "was es tut", "objectif", "finalite", "descriptif", "fonction",
        "doel",
        "omschrijving", "beschrijving", "functie", "proposito", "objetivo", "finalidad",
        "descripcion",
        "funcion",
      ]
    ),
    (
      .owner,
      [
        "owned by", "application owner", "it application owner", "it owner", "product owner",
        "managed by", "accountable owner", "subscriptions responsible", "verantwortlich",
        "verantwortlicher", "verantwortliche person", "eigentumer", "eigentuemer", "besitzer",
        "fachverantwortlicher", "anwendungsverantwortlicher", "prozessverantwortlicher",
        "ansprechpartner", "proprietaire", "responsable", "responsable metier",
        "responsable de l application", "eigenaar", "verantwoordelijke", "proceseigenaar",
        "contactpersoon", "propietario", "dueno", "responsable del proceso",
      ]
    ),
    (
      .team,
      [
        "support group", "assignment group", "managed by group", "organization", "organisation",
        "abteilung", "bereich", "organisationseinheit", "gruppe", "fachbereich", "equipe",
        "departement", "unite", "afdeling", "groep", "eenheid", "equipo", "departamento", "unidad",
        "area",
      ]
    ),
    (
      .integrations,
      [
        "interfaces with", "related systems", "upstream applications", "downstream applications",
        "rel to requires", "requires", "consumes", "schnittstellen", "integriert mit",
        "verbunden mit", "angebundene systeme", "verbundene systeme", "zielsysteme",
        "abhangigkeiten", "abhaengigkeiten", "systeme", "integre avec", "systemes connectes",
        "connecte a", "systemes cibles", "dependances", "koppelingen", "gekoppeld met",
        "gekoppelde systemen", "koppelvlakken", "systemen", "afhankelijkheden", "integraciones",
        "se integra con", "sistemas conectados", "conectado con", "dependencias",
      ]
    ),
    (
      .failureRate,
      [
        "fehlerquote", "fehlerrate", "ausfallrate", "fehlerhaufigkeit", "fehlerhaeufigkeit",
        "storungsrate", "taux d echec", "taux d erreur", "frequence des pannes",
        "frequence des echecs", "foutpercentage", "foutfrequentie", "uitvalpercentage",
        "tasa de fallos", "tasa de error", "frecuencia de fallos",
      ]
    ),
    (
      .volume,
      [
        "volumen", "menge", "anzahl", "fallzahl", "transaktionen", "laufe", "laeufe", "durchsatz",
        "haufigkeit", "haeufigkeit", "ausfuhrungen", "ausfuehrungen", "vorgange", "vorgaenge",
        "nombre de cas", "nombre d executions", "frequence", "aantal", "frequentie", "transacties",
        "uitvoeringen", "hoeveelheid", "cantidad", "frecuencia", "transacciones", "ejecuciones",
        "numero de casos",
      ]
    ),
    (
      .humanInvolvement,
      [
        "menschliche beteiligung", "manuelle schritte", "manuelle eingriffe", "manueller anteil",
        "eingriffe", "mitarbeiterbeteiligung", "intervention humaine", "etapes manuelles",
        "implication humaine", "menselijke tussenkomst", "handmatige stappen",
        "menselijke betrokkenheid", "intervencion humana", "pasos manuales", "participacion humana",
      ]
    ),
    (
      .status,
      [
        "operational status", "install status", "life cycle stage", "life cycle stage status",
        "lifecycle phase", "deployment status", "zustand", "lebenszyklus", "statut", "etat",
        "cycle de vie", "levenscyclus", "fase", "toestand", "estado", "ciclo de vida", "etapa",
      ]
    ),
    (
      .criticality,
      [
        "emergency tier", "kritikalitat", "kritikalitaet", "wichtigkeit", "prioritat", "prioritaet",
        "criticite", "priorite", "kritikaliteit", "belang", "prioriteit", "criticidad",
        "importancia", "prioridad",
      ]
    ),
    (
      .creator,
      [
        "manufacturer", "supplier", "developed by", "sys created by", "hersteller", "erstellt von",
        "entwickler", "autor", "fournisseur", "cree par", "auteur", "developpeur", "leverancier",
        "gemaakt door", "ontwikkelaar", "proveedor", "creado por", "desarrollador",
      ]
    ),
    (.version, ["versie", "software version", "versione"]),
    (
      .models,
      [
        "sprachmodell", "ki modell", "modele", "modele ia", "modele de langage", "taalmodel",
        "modelo", "modelo de ia", "llm model",
      ]
    ),
  ]
}
