import DocumentReading
import Facts
import Importing
import Inventory
import ProcessModel
import Testing

@Suite("DMN files")
struct ImportDMNTests {
  /// The five vintages of the namespace that files carry.
  private static let vintages = [
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20151101",
    "http://www.omg.org/spec/DMN/20180521/MODEL/", "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
  ]

  private func dmn(
    _ content: String, attributes: String = "name=\"Loans\"", namespace: String = vintages[4]
  ) throws -> XMLElement {
    let text = """
      <dmn:definitions xmlns:dmn="\(namespace)" namespace="urn:loans" \(attributes)>
      \(content)
      </dmn:definitions>
      """
    return try parseXML(Array(text.utf8), path: "loans.dmn")
  }

  /// A decision with a table of one number, one string column and one output.
  private func decision(_ rules: String, policy: String = "hitPolicy=\"ANY\"") -> String {
    """
    <dmn:decision id="D" name="Approval"><dmn:variable name="approval" typeRef="feel:string"/>
    <dmn:decisionTable \(policy)>
      <dmn:input label="Age"><dmn:inputExpression typeRef="number"><dmn:text>applicant.age</dmn:text>
        </dmn:inputExpression></dmn:input>
      <dmn:input><dmn:inputExpression typeRef="string"><dmn:text>country</dmn:text>
        </dmn:inputExpression></dmn:input>
      <dmn:output/>
      \(rules)
    </dmn:decisionTable></dmn:decision>
    """
  }

  private func rule(_ cells: String...) -> String {
    let inputs = cells.dropLast().map {
      "<dmn:inputEntry><dmn:text>\($0)</dmn:text></dmn:inputEntry>"
    }
    return "<dmn:rule>\(inputs.joined())<dmn:outputEntry><dmn:text>\(cells.last ?? "")</dmn:text>"
      + "</dmn:outputEntry></dmn:rule>"
  }

  @Test("a decision table is read in every vintage of the format", arguments: vintages)
  func table(namespace: String) throws {
    let root = try dmn(
      decision(
        rule("&gt;= 18", "&quot;US&quot;", "&quot;yes&quot;") + rule("&lt; 18", "-", "no + 1")),
      namespace: namespace)
    let (fragment, problems, isPartial) = importDMN(root, path: "rules/loans.dmn")
    #expect(problems.isEmpty)
    #expect(!isPartial)
    let system = try #require(fragment.systems.first)
    #expect(system.name == "Loans")
    #expect(system.kind.value == .rules)
    #expect(system.aliases == ["D", "Approval"])
    #expect(fragment.decisions.map(\.system) == ["Loans"])
    let table = try #require(fragment.decisions.first?.table)
    #expect(table.id == "D")
    #expect(table.name == "Approval")
    #expect(table.hitPolicy == .any)
    #expect(table.inputs.map(\.name) == ["applicant.age", "country"])
    #expect(table.inputs.map(\.label) == ["Age", nil])
    #expect(table.inputs.map(\.type) == ["number", "string"])
    #expect(table.outputs.map(\.name) == ["approval"])
    #expect(table.outputs.map(\.type) == ["string"])
    #expect(
      table.rules.map(\.tests) == [
        [.interval(.init(lower: 18)), .string("US")],
        [.interval(.init(upper: 18, includesUpper: false)), .any],
      ])
    #expect(table.rules.map(\.outputs) == [["yes"], ["no + 1"]])
    #expect(table.rules.map(\.id) == ["D rule 1", "D rule 2"])
    #expect(table.rules[0].location.line == 9)
    #expect(fragment.steps.map(\.kind) == [.decision])
  }

  @Test(
    "hit policies are known by name and by letter",
    arguments: [
      ("", .unique, nil), ("hitPolicy=\"UNIQUE\"", .unique, nil), ("hitPolicy=\"F\"", .first, nil),
      ("hitPolicy=\"RULE ORDER\"", .ruleOrder, nil),
      ("hitPolicy=\"OUTPUT ORDER\"", .outputOrder, nil),
      ("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", .collect, "SUM"),
      ("hitPolicy=\"C#\"", .collect, "COUNT"),
      ("hitPolicy=\"PRIORITY\"", .priority, nil),
    ] as [(String, DecisionTable.HitPolicy, String?)])
  func hitPolicies(
    attribute: String, policy: DecisionTable.HitPolicy, aggregation: String?
  ) throws {
    let root = try dmn(decision(rule("-", "-", "1"), policy: attribute))
    let table = try #require(importDMN(root, path: "p").fragment.decisions.first?.table)
    #expect(table.hitPolicy == policy)
    #expect(table.aggregation == aggregation)
  }

  @Test("an input that is another decision takes the values which that one writes out")
  func domain() throws {
    func table(_ id: String, asks input: String, _ rules: String) -> String {
      """
      <dmn:decision id="\(id)" name="\(id)"><dmn:decisionTable><dmn:input><dmn:inputExpression>
        <dmn:text>\(input)</dmn:text></dmn:inputExpression></dmn:input><dmn:output/>\(rules)
        </dmn:decisionTable></dmn:decision>
      """
    }
    let root = try dmn(
      table("Points", asks: "age", rule("&gt; 18", "100") + rule("-", "0"))
        + table("Sum", asks: "age", rule("&gt; 18", "age + 1") + rule("-", "0"))
        + table("Class", asks: "Points", rule("100", "&quot;high&quot;"))
        + table("Level", asks: "Class", rule("&quot;high&quot;", "1"))
        + table("Bonus", asks: "Sum", rule("100", "1")))
    let tables = importDMN(root, path: "loans.dmn").fragment.decisions.map(\.table)
    let allowed = Dictionary(
      tables.map { ($0.name, $0.inputs[0].allowed) }, uniquingKeysWith: { first, _ in first })
    #expect(allowed["Class"] == .anyOf([UnaryTest(feel: "100"), UnaryTest(feel: "0")]))
    #expect(allowed["Level"] == .anyOf([.string("high")]))
    // What is worked out may be anything, and ages are not decided here.
    #expect(allowed["Bonus"] == .some(nil) && allowed["Points"] == .some(nil))
  }

  @Test("an unknown hit policy and rules of the wrong width are left out and reported")
  func brokenTables() throws {
    let unknown = importDMN(
      try dmn(decision(rule("-", "-", "1"), policy: "hitPolicy=\"BEST\"")), path: "p")
    #expect(unknown.fragment.decisions.isEmpty)
    #expect(unknown.problems.map(\.severity) == [.high])
    #expect(unknown.isPartial)
    let narrow = importDMN(try dmn(decision(rule("-", "1") + rule("-", "-", "1"))), path: "p")
    #expect(narrow.fragment.decisions.first?.table.rules.map(\.id) == ["D rule 2"])
    #expect(narrow.problems.map(\.severity) == [.high])
  }

  @Test("input data are read, other models are called, a requirement of nothing is reported")
  func requirements() throws {
    let root = try dmn(
      """
      <dmn:import name="Rating" namespace="urn:rating" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
      <dmn:inputData id="I" name="Applicant"/>
      <dmn:decision id="A" name="A"><dmn:literalExpression><dmn:text>1</dmn:text></dmn:literalExpression>
      </dmn:decision>
      <dmn:decision id="B" name="B"><dmn:informationRequirement><dmn:requiredInput href="#I"/>
        </dmn:informationRequirement><dmn:informationRequirement><dmn:requiredDecision href="#A"/>
        </dmn:informationRequirement><dmn:informationRequirement><dmn:requiredDecision href="urn:rating#R"/>
        </dmn:informationRequirement><dmn:informationRequirement><dmn:requiredInput href="#II"/>
        </dmn:informationRequirement>
        <dmn:context/></dmn:decision>
      """)
    let (fragment, problems, isPartial) = importDMN(root, path: "p")
    #expect(
      fragment.connections.map {
        "\($0.kind) \($0.target.kind) \($0.target.name) \($0.action ?? "")"
      }
        == [
          "invokes system Rating ", "reads data Applicant ", "reads data A ",
          "invokes system Rating R",
        ])
    #expect(problems.map(\.severity) == [.info, .high, .info])
    #expect(problems[1].message.contains("'II'"))
    #expect(problems[1].message.contains("did you mean 'I'?"))
    #expect(problems[1].location.element == "B")
    #expect(isPartial)
    #expect(fragment.systems.first?.unknowns == ["Not decision tables, and so not analysed: A, B."])
  }

  @Test("tables inside contexts and functions are read too")
  func nestedTables() throws {
    let table = """
      <dmn:decisionTable><dmn:input><dmn:inputExpression><dmn:text>x</dmn:text></dmn:inputExpression>
      </dmn:input><dmn:output/></dmn:decisionTable>
      """
    let root = try dmn(
      """
      <dmn:decision id="D" name="Two"><dmn:context><dmn:contextEntry>\(table)</dmn:contextEntry>
      <dmn:contextEntry>\(table)</dmn:contextEntry></dmn:context></dmn:decision>
      <dmn:businessKnowledgeModel id="K" name="Fee"><dmn:encapsulatedLogic>\(table)
      </dmn:encapsulatedLogic></dmn:businessKnowledgeModel>
      """)
    let fragment = importDMN(root, path: "p").fragment
    let decisions = fragment.decisions
    #expect(fragment.steps.map(\.name) == ["Two", "Fee"])
    #expect(decisions.map(\.table.name) == ["Two", "Two (2)", "Fee"])
    #expect(Set(decisions.map(\.table.id)).count == 3)
  }

  @Test("functions are used, sources of knowledge and their owners govern, a unit owns a decision")
  func knowledge() throws {
    let root = try dmn(
      """
      <dmn:organizationUnit id="O" name="Credit policy"/>
      <dmn:knowledgeSource id="S" name="Policy 7"><dmn:owner href="#O"/></dmn:knowledgeSource>
      <dmn:businessKnowledgeModel id="K" name="Fee"/>
      <dmn:decisionService id="Serve" name="Offer service"/>
      <dmn:decision id="D" name="Offer"><dmn:question>What may be offered?</dmn:question>
        <dmn:knowledgeRequirement><dmn:requiredKnowledge href="#K"/></dmn:knowledgeRequirement>
        <dmn:authorityRequirement><dmn:requiredAuthority href="#S"/></dmn:authorityRequirement>
        <dmn:decisionOwner href="#O"/>
        <dmn:literalExpression><dmn:text>1</dmn:text></dmn:literalExpression></dmn:decision>
      """)
    let fragment = importDMN(root, path: "p").fragment
    #expect(
      fragment.connections.map { "\($0.source.name) \($0.kind) \($0.target.name)" } == [
        "Credit policy governs Loans", "Loans reads Fee", "Policy 7 governs Loans",
      ])
    let system = try #require(fragment.systems.first)
    #expect(system.team.value == "Credit policy")
    #expect(system.purpose.value == "What may be offered?")
    #expect(system.aliases == ["Serve", "Offer service", "D", "Offer"])
    #expect(fragment.steps.map(\.kind) == [.decision, .group, .decision])
    #expect(fragment.steps.last?.evidence.note == "a literal expression")
  }

  @Test("duplicate ids, and files without decisions, are reported")
  func identifiers() throws {
    let twice = importDMN(
      try dmn("<dmn:decision id=\"D\" name=\"a\"/><dmn:decision id=\"D\" name=\"b\"/>"), path: "p")
    #expect(twice.problems.map(\.severity) == [.info, .high])
    #expect(twice.fragment.steps.map(\.name) == ["a"])
    let nothing = importDMN(try dmn("", attributes: ""), path: "folder/x.dmn")
    #expect(nothing.problems.map(\.severity) == [.medium])
    #expect(nothing.fragment.systems.map(\.name) == ["x.dmn"])
  }

  @Test(
    "the product is told by exporter or extensions",
    arguments: [
      ("exporter=\"DMN Modeler; Method and Style (1.0)\"", "DMN Modeler"),
      ("xmlns:camunda=\"http://camunda.org/schema/1.0/dmn\" camunda:x=\"1\"", "Camunda"), ("", nil),
    ] as [(String, String?)])
  func technology(attributes: String, product: String?) throws {
    let root = try dmn("<dmn:decision id=\"D\"/>", attributes: attributes)
    #expect(importDMN(root, path: "p").fragment.systems.first?.technology.value == product)
  }
}
