import Facts
import Importing
import Inventory
import ProcessModel
import Testing

@Suite("Drools rules")
struct DroolsTests {
  private let rules = """
    // Rules of the credit desk. rule "in a comment" when then end
    package com.example.credit;
    import com.example.Applicant;
    global com.example.MailService mails;
    global java.util.List seen;

    declare Score
      value : int
    end

    function boolean isLate(int days) { if (days > 3) { return true; } return false; }

    query "open cases"
      a : Applicant(open == true)
    end

    rule "Too young"
      salience 10 no-loop true ruleflow-group "checks"
    when
      $a : Applicant(age < 18)
    then
      $a.setAccepted(false);
      mails.send("rejected; end of story");
    end

    rule "Old enough, small sum" ruleflow-group "checks"
    when
      $a : Applicant(age >= 18, age <= 70, sum < 5000, country == 'CH')
    then
      modify($a) { setAccepted(true) };
      insert(new Score(5));
    end

    rule "Nightly" timer (cron: 0 0 2 * * ?)
    when
      not( Applicant(open == true) )
    then
      seen.clear();
      kcontext.getKieRuntime().startProcess("cleanup");
    end

    rule "Off" enabled false
    when
      eval(true)
    then
    end
    """

  @Test(
    "each rule is a decision of the package; queries are steps; comments and strings are passed over"
  )
  func language() throws {
    let documents = imported(["credit.drl": rules])
    #expect(documents.map(\.format) == ["drools"])
    #expect(documents[0].status == .imported)
    #expect(
      documents[0].problems.map(\.message) == ["left out, because they are not enabled: 1 rule"])
    let fragment = documents[0].fragment
    let system = try #require(fragment.systems.first)
    #expect(system.name == "com.example.credit")
    #expect(system.kind.value == .rules)
    #expect(system.aliases == ["checks"])
    #expect(system.unknowns.contains { $0.contains("isLate") })
    #expect(
      fragment.steps.map { "\($0.name ?? "") \($0.kind.rawValue)" } == [
        "Too young decision", "Old enough, small sum decision", "Nightly decision",
        "open cases action",
      ])
    #expect(fragment.steps[0].evidence.location.line == 17)
    #expect(
      fragment.steps[0].evidence.note == "salience 10, no-loop true, ruleflow-group checks")
    #expect(fragment.triggers.map(\.expression) == ["cron: 0 0 2 * * ?"])
    #expect(
      shown(fragment.connections) == [
        "com.example.credit reads data Applicant by internal: match",
        "com.example.credit writes data Score by internal: insert",
        "com.example.credit invokes application MailService by internal: send",
        "com.example.credit invokes system cleanup by internal: startProcess",
      ])
  }

  @Test("rules that only compare fields of one fact with values are a decision table")
  func table() throws {
    let table = try #require(imported(["credit.drl": rules])[0].fragment.decisions.first?.table)
    #expect(table.hitPolicy == .collect)
    #expect(table.inputs.map(\.name) == ["age", "sum", "country"])
    #expect(table.outputs.map(\.name) == ["accepted"])
    #expect(table.rules.map(\.id) == ["Too young", "Old enough, small sum"])
    #expect(table.rules[0].tests.map(\.feel) == ["< 18", "-", "-"])
    #expect(table.rules[1].tests.map(\.feel) == ["[18..70]", "< 5000", "\"CH\""])
    #expect(table.rules.map(\.outputs) == [["false"], ["true"]])
  }

  @Test("conditions that are more than comparisons make no table")
  func noTable() {
    let text = """
      package p
      rule A when Order(total > 5 || rush == true) then end
      rule B when Order(total > limit.get(3)) or Order(rush == true) then end
      rule C when exists Order(total > 5) then end
      rule D when $o : Order(isLate()) then end
      """
    let fragment = imported(["o.drl": text])[0].fragment
    #expect(fragment.steps.map(\.id) == ["A", "B", "C", "D"])
    #expect(fragment.decisions.isEmpty)
  }

  @Test("a rule unit is named as processes call it")
  func unit() {
    let text = """
      package com.example
      unit LoanUnit;
      rule approve when /loans[ amount <= 2000 ] then end
      """
    let system = imported(["l.drl": text])[0].fragment.systems[0]
    #expect(system.name == "LoanUnit")
    #expect(system.aliases == ["com.example.LoanUnit"])
  }

  @Test("a spreadsheet's rows are rules")
  func spreadsheet() throws {
    let file = workbook([
      (
        "Tables",
        [
          ["", "RuleSet", "com.example.fees"], ["", "Import", "com.example.Account"],
          ["", "Sequential", "true"], [],
          ["", "RuleTable Monthly fee"],
          ["Remark", "CONDITION", "CONDITION", "ACTION", "NAME"],
          ["", "$a : Account", "", "", ""],
          ["", "balance &gt;= $param", "kind", "$a.setFee($param);", ""],
          ["", "Balance from", "Kind", "Fee", "Name"],
          ["first", "10000", "private", "0", "Rich"], ["", "", "private", "5", ""], [],
          ["A note below the table"],
        ]
      )
    ])
    let documents = imported(["fees.drl.xlsx": file])
    #expect(documents.map(\.format) == ["drools"])
    #expect(documents[0].status == .imported)
    let fragment = documents[0].fragment
    #expect(fragment.systems.map(\.name) == ["com.example.fees"])
    #expect(fragment.steps.map(\.id) == ["Rich", "Monthly fee_11"])
    let table = try #require(fragment.decisions.first?.table)
    #expect(table.hitPolicy == .ruleOrder)
    #expect(table.inputs.map(\.name) == ["balance", "kind"])
    #expect(table.outputs.map(\.label) == ["Fee"])
    #expect(table.rules[0].tests.map(\.feel) == [">= 10000", "\"private\""])
    #expect(table.rules[1].tests.map(\.feel) == ["-", "\"private\""])
    #expect(table.rules.map(\.outputs) == [["0"], ["5"]])
    #expect(
      shown(fragment.connections) == ["com.example.fees reads data Account by internal: match"])
  }

  @Test("a binary workbook is named and said not to be read")
  func binary() {
    let file: [UInt8] =
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array("RuleTable x".utf8)
    let document = imported(["visa.drl.xls": file])[0]
    #expect(document.status == .partial)
    #expect(document.fragment.systems.map(\.name) == ["visa"])
    #expect(document.problems.map(\.severity) == [.medium])
    #expect(document.problems[0].message.contains("save it as .xlsx"))
  }

  @Test("templates, languages of an organisation's own and files without rules are told as such")
  func dialects() {
    let template = """
      template header
      age
      kind

      package p
      template "ages"
      rule "Age @{row.rowNumber}" when A(age > @{age}) then end
      end template
      """
    let first = imported(["t.drt": template])[0]
    #expect(first.fragment.steps.map(\.id) == ["Age @{row.rowNumber}"])
    #expect(first.problems.map(\.severity) == [.medium])
    let worded = """
      package p
      rule "Young"
      avoid looping
      when
        There is a customer
      then
        Set category to NA
      end
      """
    let second = imported(["w.dslr": worded])[0]
    #expect(second.fragment.steps.map(\.id) == ["Young"])
    #expect(second.problems.first?.message.contains("language of their own") == true)
    let third = imported(["g.drl": "import a.B;\nglobal a.B b;\n"])[0]
    #expect(third.format == "drools")
    #expect(third.problems.map(\.severity) == [.info])
  }

  @Test("what is cut off, foreign or nested is noted, and does not crash")
  func damaged() {
    let cut = "package p\nrule \"whole\" when A() then end\nrule \"cut\" when A("
    let document = imported(["c.drl": cut])[0]
    #expect(document.fragment.steps.map(\.id) == ["whole", "cut"])
    #expect(document.problems.map(\.severity) == [.medium])
    let odd = "package p\nrule A when then end\nwhatever this is\nrule B when then end"
    #expect(imported(["o.drl": odd])[0].fragment.steps.map(\.id) == ["A", "B"])
    let prose = "A rule of thumb: when in doubt, then ask, and that is the end of it. declare it."
    #expect(imported(["notes.txt": prose])[0].format == nil)
    let java = "package a.b;\nimport c.D;\npublic class rule { void then() { } /* end query */ }"
    #expect(imported(["A.java": java])[0].format == nil)
    let deep = "package p\nrule A when X(" + String(repeating: "(", count: 20_000) + " then end"
    #expect(imported(["d.drl": deep]).count == 1)
  }
}
