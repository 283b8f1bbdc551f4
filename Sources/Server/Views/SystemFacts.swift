import Facts
import Inventory
import Reporting

/// What is said of one field of a system: each statement with its place, the winning one first.
struct FieldStatements: Sendable {
  /// The field, as `rehearse inventory set` names it.
  var field: Correction.Field
  /// The field for people.
  var title: String
  /// What is said.
  var statements: [(value: String, evidence: Evidence, differs: Bool)]

  /// All fields of a system, in the order of the audit's record.
  static func all(of system: AutomationSystem) -> [FieldStatements] {
    func field<Value>(
      _ field: Correction.Field, _ title: String, _ facts: Field<Value>,
      _ text: (Value) -> String
    ) -> FieldStatements {
      FieldStatements(
        field: field, title: title,
        statements: facts.facts.map { (text($0.value), $0.evidence, $0.value != facts.value) })
    }
    return [
      field(.purpose, "Purpose", system.purpose) { $0 },
      field(.technology, "Technology", system.technology) { $0 },
      field(.owner, "Owner", system.owner) { $0 },
      field(.integrations, "Integrates with", system.integrations) { $0 },
      field(.failureRate, "Failure frequency", system.failureRate) { precisePercent($0.value) },
      field(.volume, "Volume", system.volume, frequencyText),
      field(.humanInvolvement, "Human involvement", system.humanInvolvement) { $0 },
      field(.kind, "Kind", system.kind) { $0.rawValue },
      field(.team, "Team", system.team) { $0 },
      field(.creator, "Made by", system.creator) { $0 },
      field(.runTime, "Run time", system.runTime, writtenDuration),
      field(.status, "Status", system.status) { $0.rawValue },
      field(.criticality, "Criticality", system.criticality) { $0.rawValue },
      field(.version, "Version", system.version) { $0 },
    ]
  }
}

/// A system as JSON: every statement of every field.
struct SystemDocument: Encodable {
  var name: String
  var aliases: [String]
  var fields: [FieldDocument]
  var connections: [ConnectionDocument]
  var unknowns: [String]

  struct FieldDocument: Encodable {
    var field: String
    var value: String?
    var statements: [Statement]

    struct Statement: Encodable {
      var value: String
      var provenance: String
      var path: String
      var position: String?
      var element: String?
      var note: String?
    }
  }

  struct ConnectionDocument: Encodable {
    var source: String
    var kind: String
    var target: String
    var action: String?
  }

  /// The document of a system.
  init(_ system: AutomationSystem, of estate: Estate) {
    name = system.name
    aliases = system.aliases
    unknowns = system.unknowns
    fields = FieldStatements.all(of: system).map { field in
      FieldDocument(
        field: field.field.rawValue, value: field.statements.first?.value,
        statements: field.statements.map { statement in
          let place = statement.evidence.location
          return .init(
            value: statement.value, provenance: statement.evidence.provenance.rawValue,
            path: place.path, position: place.position, element: place.element,
            note: statement.evidence.note)
        })
    }
    connections = estate.connections(of: system).map {
      ConnectionDocument(
        source: $0.source.name, kind: $0.kind.rawValue, target: $0.target.name, action: $0.action)
    }
  }
}

extension Estate {
  /// Connections that begin or end at a system.
  func connections(of system: AutomationSystem) -> [Connection] {
    connections.filter {
      $0.source.key == system.key && $0.source.kind == .system
        || $0.target.key == system.key && $0.target.kind == .system
    }
  }
}
