import DocumentReading
public import Facts

/// A class of data and what the organisation asks of those who hold it.
public struct DataClass: Hashable, Sendable, Codable {
  /// Name, such as `payment data`.
  public var name: String
  /// Phrases by which names of data are taken to be of this class; see docs/reference/audit-policy.md.
  public var words: [String]
  /// Whether it must not reach everybody.
  public var sensitive: Bool
  /// Domain it belongs to; `nil` where it was not said.
  public var domain: String?
  /// Longest time for which it may be kept, in days; `nil` where it was not said.
  public var retention: Double?
  /// Where it must be kept, such as `EU`; `nil` where it was not said.
  public var residency: String?
  /// Systems, applications and teams that may hold it; `nil` where it was not said, empty for none.
  public var allowed: [String]?
  /// Where the policy file says so; `nil` for a class of the default lexicon.
  public var location: SourceLocation?

  /// Creates a class of data.
  public init(
    name: String, words: [String], sensitive: Bool = true, domain: String? = nil,
    retention: Double? = nil, residency: String? = nil, allowed: [String]? = nil,
    location: SourceLocation? = nil
  ) {
    self.name = name
    self.words = words
    self.sensitive = sensitive
    self.domain = domain
    self.retention = retention
    self.residency = residency
    self.allowed = allowed
    self.location = location
  }

  /// Classes that are looked for where the policy file does not say otherwise.
  ///
  /// Assumed: words that name such data in English and German, and nothing else often. What they find
  /// is inferred from names, never from the data.
  public static let assumed: [DataClass] = [
    DataClass(
      name: "personal data",
      words: [
        "personal data", "first name", "last name", "surname", "date of birth", "birth date",
        "birthdate", "birthday", "passport*", "identity document*", "id card", "national id",
        "social security", "ssn", "tax id", "home address", "phone number", "mobile number",
        "applicant*", "customer data", "customer record*", "customer master", "employee data",
        "employee record*", "personnel file*", "payroll", "salary", "salaries", "curriculum vitae",
        "resume text", "vorname*", "nachname*", "geburtsdat*", "personalausweis*", "reisepass*",
        "ausweis*", "steuer id", "sozialversicherung*", "antragsteller*", "bewerber*",
        "personenbezogen*", "kundendaten", "personalakte*", "gehalt*", "lohn*",
      ]),
    DataClass(
      name: "payment data",
      words: [
        "iban*", "account number", "bank account", "bank details", "card number", "credit card*",
        "debit card*", "cvv", "cvc", "direct debit*", "payment data", "payment details",
        "payment instruction*", "payment transaction*", "kontonummer*", "bankverbindung*",
        "kreditkarte*", "zahlungsdaten", "zahlungsauftr*", "lastschrift*",
      ]),
    DataClass(
      name: "health data",
      words: [
        "diagnosis", "diagnoses", "patient*", "health record*", "health data", "medical*",
        "prescription*", "lab result*", "clinical*", "disability", "sick note*", "diagnose*",
        "gesundheitsdat*", "medizin*", "krankenakte*", "krankmeldung*", "krankschreibung*",
        "befund*", "arztbrief*",
      ]),
    DataClass(
      name: "credentials",
      words: [
        "password*", "passphrase*", "private key", "secret key", "api key", "access token",
        "client secret", "credential*", "passwort*", "kennwort*", "zugangsdaten",
      ]),
  ]
}

extension PolicySection {
  /// Classes of data; one of a default class's name takes its place.
  static let dataClasses = PolicySection(key: "data_classes") { node, policy, reading in
    for item in reading.items(node) {
      let found = reading.group(
        item,
        keys: ["name", "words", "sensitive", "domain", "retention", "residency", "allowed"])
      guard let name = found["name"].flatMap({ reading.text($0) }) else {
        reading.refuse(item, "the class of data has no 'name'")
        continue
      }
      let known = policy.dataClasses.firstIndex { $0.name.lowercased() == name.lowercased() }
      var dataClass = known.map { policy.dataClasses[$0] } ?? DataClass(name: name, words: [])
      dataClass.location = item.location
      if let words = found["words"] { dataClass.words = reading.texts(words) }
      if let truth = found["sensitive"].flatMap({ reading.truth($0) }) {
        dataClass.sensitive = truth
      }
      dataClass.domain = found["domain"].flatMap { reading.text($0) }
      dataClass.retention = found["retention"].flatMap { reading.days($0) }
      dataClass.residency = found["residency"].flatMap { reading.text($0) }
      if let allowed = found["allowed"] { dataClass.allowed = reading.texts(allowed) }
      if dataClass.words.isEmpty {
        reading.refuse(item, "the class of data '\(name)' has no 'words' by which it is found")
      }
      if let known {
        policy.dataClasses[known] = dataClass
      } else {
        policy.dataClasses.append(dataClass)
      }
    }
  }
}

extension PolicyReading {
  /// A length of time as `30 days`, `18 months` or `7 years`, in days; a month has 30 days, a year 365.
  mutating func days(_ node: DataNode) -> Double? {
    let parts = (node.text ?? "").split(separator: " ")
    let units: [String: Double] = [
      "day": 1, "days": 1, "month": 30, "months": 30, "year": 365, "years": 365,
    ]
    if parts.count == 2, let count = Double(parts[0]), count.isFinite, count >= 0,
      let unit = units[String(parts[1])]
    {
      return count * unit
    }
    refuse(node, "a length of time was expected here, such as 30 days, 18 months or 7 years")
    return nil
  }
}
