import DocumentReading
public import Facts

/// Two acts that one actor must not do on one case.
public struct DutyPair: Hashable, Sendable, Codable {
  /// Name, such as `create and approve a payment`.
  public var name: String
  /// Phrases that name the first act.
  public var first: [String]
  /// Phrases that name the second act.
  public var second: [String]
  /// Whether the two names must have another word in common, since the phrases name no object.
  public var sameObject: Bool
  /// Where the policy file says so; `nil` for a default pair.
  public var location: SourceLocation?

  /// Creates a pair.
  public init(
    name: String, first: [String], second: [String], sameObject: Bool = false,
    location: SourceLocation? = nil
  ) {
    self.name = name
    self.first = first
    self.second = second
    self.sameObject = sameObject
    self.location = location
  }

  /// Pairs that hold where the policy file names none.
  ///
  /// Source: *From impressive demos to operational chaos* (separation of duties as in finance); the
  /// words, English and German, are assumed.
  public static let assumed: [DutyPair] = [
    DutyPair(
      name: "create and approve a payment",
      first: [
        "create* payment*", "enter* payment*", "prepare* payment*", "propose* payment*",
        "initiate* payment*", "draft* payment*", "request* payment*", "create* invoice*",
        "enter* invoice*", "zahlung* erfass*", "zahlung* anleg*", "zahlung* vorbereit*",
        "rechnung* erfass*",
      ],
      second: [
        "approve* payment*", "approv* payment*", "release* payment*", "authori* payment*",
        "sign* payment*", "approve* invoice*", "zahlung* freigeb*", "zahlung* freigabe*",
        "zahlung* genehmig*", "*zahlungsfreigabe*", "rechnung* freigeb*", "rechnung* genehmig*",
      ]),
    DutyPair(
      name: "create a vendor and pay",
      first: [
        "create* vendor*", "create* supplier*", "add* vendor*", "add* supplier*",
        "register* vendor*", "register* supplier*", "onboard* vendor*", "onboard* supplier*",
        "change* vendor*", "change* supplier*", "lieferant* anleg*", "kreditor* anleg*",
      ],
      second: [
        "pay* vendor*", "pay* supplier*", "pay* invoice*", "execute* payment*", "send* payment*",
        "release* payment*", "approve* payment*", "zahlung* ausführ*", "rechnung* bezahl*",
      ]),
    DutyPair(
      name: "request and approve",
      first: [
        "request*", "submit*", "propose*", "apply", "applies", "recommend*", "beantrag*",
        "vorschlag*",
      ],
      second: [
        "approv*", "authoris*", "authoriz*", "countersign*", "ratif*", "genehmig*", "freigeb*",
        "freigabe*", "bewillig*",
      ], sameObject: true),
    DutyPair(
      name: "grant and use access",
      first: [
        "grant* access*", "grant* permission*", "assign* role*", "assign* permission*",
        "create* user* account*", "berechtigung* erteil*", "zugriff* gewähr*", "rolle* zuweis*",
      ],
      second: [
        "use* access*", "log* in", "export* data", "download* data", "change* record*",
        "zugriff* nutz*", "anmelden",
      ]),
  ]
}

extension PolicySection {
  /// Pairs of acts; they take the place of the default pairs.
  static let duties = PolicySection(key: "duties") { node, policy, reading in
    var pairs: [DutyPair] = []
    for item in reading.items(node) {
      let found = reading.group(item, keys: ["name", "first", "second", "same_object"])
      let first = found["first"].map { reading.texts($0) } ?? []
      let second = found["second"].map { reading.texts($0) } ?? []
      if first.isEmpty || second.isEmpty {
        reading.refuse(
          item, "the pair of duties needs words for 'first' and for 'second'; say both acts")
        continue
      }
      let name = found["name"].flatMap { reading.text($0) } ?? "\(first[0]) and \(second[0])"
      pairs.append(
        DutyPair(
          name: name, first: first, second: second,
          sameObject: found["same_object"].flatMap { reading.truth($0) } ?? false,
          location: item.location))
    }
    policy.duties = pairs
  }

  /// Acts that need a trace and a second approver; they take the place of the default ones.
  static let sensitiveActs = PolicySection(key: "sensitive_acts") { node, policy, reading in
    var acts: [SensitiveAct] = []
    for item in reading.items(node) {
      let found = reading.group(item, keys: ["name", "words"])
      guard let name = found["name"].flatMap({ reading.text($0) }), let words = found["words"]
      else {
        reading.refuse(item, "the act needs a 'name' and 'words' by which it is found")
        continue
      }
      acts.append(SensitiveAct(name: name, words: reading.texts(words), location: item.location))
    }
    policy.sensitiveActs = acts
  }
}

/// A kind of act that must leave a trace and needs a second person's yes.
public struct SensitiveAct: Hashable, Sendable, Codable {
  /// Name, such as `price change`.
  public var name: String
  /// Phrases by which it is found.
  public var words: [String]
  /// Where the policy file says so; `nil` for a default act.
  public var location: SourceLocation?

  /// Creates an act.
  public init(name: String, words: [String], location: SourceLocation? = nil) {
    self.name = name
    self.words = words
    self.location = location
  }

  /// Acts that are looked for where the policy file names none.
  ///
  /// Source: *From impressive demos to operational chaos* (price changes, access rights); payments,
  /// deletion and the words, English and German, are assumed.
  public static let assumed: [SensitiveAct] = [
    SensitiveAct(
      name: "price change",
      words: [
        "change* price*", "update* price*", "set* price*", "adjust* price*", "override* price*",
        "grant* discount*", "preis* änder*", "preis* anpass*", "rabatt* gewähr*",
      ]),
    SensitiveAct(
      name: "access rights",
      words: [
        "grant* access*", "grant* permission*", "assign* role*", "assign* permission*",
        "change* permission*", "elevate* privilege*", "add* administrator*",
        "berechtigung* erteil*", "rolle* zuweis*", "zugriff* gewähr*",
      ]),
    SensitiveAct(
      name: "payment",
      words: [
        "execute* payment*", "send* payment*", "release* payment*", "make* payment*",
        "initiate* payment*", "transfer* money", "transfer* fund*", "pay* supplier*",
        "pay* vendor*", "pay* invoice*", "issue* refund*", "disburse*", "zahlung* ausführ*",
        "geld* überweis*", "rechnung* bezahl*",
      ]),
    SensitiveAct(
      name: "deletion",
      words: [
        "delete* customer*", "delete* account*", "delete* user*", "delete* vendor*",
        "delete* contract*", "erase* data", "purge* data", "purge* record*", "kunde* lösch*",
        "konto* lösch*", "daten* lösch*",
      ]),
  ]
}
