import EstateTestSupport
import Facts
import Inventory
import Testing

@testable import Auditing

@Suite("selectors, waits and error paths of robots")
struct RobotCraftTests {
  @Test(
    "the worst trait of a selector, in the spellings of three products",
    arguments: [
      ("<html app='chrome.exe' title='Orders' /><webctrl tag='A' idx='7' />", SelectorFlaw.index),
      ("<HTMLEdit Path='/HTML/BODY(1)/FORM(1)/INPUT(1)' ID='amount'/>", .pathBesideName),
      ("<HTMLEdit Path='/HTML/BODY(1)/FORM(1)/INPUT(1)' ID='x48213'/>", .absolutePath),
      ("<HTMLButton Path='/HTML/BODY(1)/BUTTON(1)' TagName='BUTTON'/>", .absolutePath),
      ("<webctrl css-selector='body>div>input' id='amount' />", .pathBesideName),
      ("html > body > button", .absolutePath),
      ("html > body > div[Id=\"app\"] > input", .absolutePath),
      ("html > body > input[Id=\"amount\"]", .pathBesideName),
      ("/html/body/input[@id='amount']", .pathBesideName),
      ("<AAElement Role='button' MatchIndex='3'/>", SelectorFlaw.index),
      ("<webctrl tag='TD' tableRow='3' tableCol='2' />", .index),
      ("<webctrl id='ember1274' tag='INPUT' />", .generatedID),
      ("<webctrl id='9c858901-8a57-4791-81fe-4c455b099bc9' idx='2' />", .generatedID),
      ("<webctrl css-selector='body&gt;div'  id='ctl-48213' />", .generatedID),
      ("html > body > div:eq(0) > div:eq(3) > form > textarea", .absolutePath),
      ("<webctrl css-selector='body>div>div>form>input' />", .absolutePath),
      ("/html[1]/body[1]/div[2]/a[1]", .absolutePath), ("//table[@id='t']/tr[4]", .index),
      ("div[Id=\"wrapper\"] > label:eq(2)", .index), ("image: Image_2", .image),
      ("coordinates: 10, 20", .coordinates),
    ])
  func flaws(selector: String, flaw: SelectorFlaw) {
    #expect(SelectorFlaw(of: selector) == flaw)
  }

  @Test(
    "names, stable identifiers, wildcards and what merely looks alike are no flaw",
    arguments: [
      "<html app='chrome.exe' title='Orders 2024' /><webctrl aaname='Sign in' type='submit' />",
      "<HTML Path='/HTML/BODY(1)' />", "html > body", "<webctrl id='username' tag='INPUT' />",
      "<webctrl id='ember*' />",
      "<webctrl id='{{row}}' idx='*' />", "<webctrl id='step-2' name='address1' />",
      "<webctrl id='lines' tag='TABLE' /><webctrl tag='TD' tableRow='3' tableCol='2' />",
      "<wnd cls='#32770' title='Save As' />", "<webctrl id='added-facade' />",
      "div[Id=\"wrapper\"] > form > label[Text=\"ALL\"]", "//input[@id='user'][1]",
      "<webctrl parentid='idsTab-EMAIL_USER_ID' visibleinnertext='Email or user ID' />",
    ])
  func sound(selector: String) { #expect(SelectorFlaw(of: selector) == nil) }

  private func robot(_ selectors: [String?], status: LifecycleStatus? = .production)
    -> EstateBuilder
  {
    var builder = EstateBuilder()
    builder.system("Bot", kind: .rpa, technology: "UiPath", status: status)
    for (index, selector) in selectors.enumerated() {
      builder.step("s\(index)", of: "Bot", selector: selector)
    }
    return builder
  }

  @Test("one finding for a robot, with its counts, the worst first, and the place of each")
  func selectors() throws {
    let fragile = (2...6).map { "<webctrl idx='\($0)' />" } + ["coordinates: 1, 2"]
    let found = findings(.fragileSelector, robot(fragile + ["<webctrl id='ok' />", nil]))
    let finding = try #require(found.first)
    #expect(found.count == 1 && finding.severity == .medium)
    #expect(finding.id == "fragile-selector/system:bot")
    #expect(finding.why.contains("6 of 7 elements with a selector"))
    #expect(finding.evidence.count == 6)
    #expect(finding.evidence[0].note == "point of the screen: coordinates: 1, 2")
    #expect(findings(.fragileSelector, robot(["<webctrl idx='3' />"])).first?.severity == .low)
    #expect(findings(.fragileSelector, robot(fragile, status: .retired)).isEmpty)
  }

  @Test(
    "an element counts once, paths without an identifier come first, and one beside it is shown")
  func paths() throws {
    let long = String(repeating: "x", count: 200)
    let named =
      "<HTMLEdit Path='/HTML/BODY(1)/INPUT(1)' pURL='\(long)' ID='amount' InputType='\(long)'/>"
    let bare = "<HTMLButton Path='/HTML/BODY(1)/BUTTON(1)' pURL='\(long)'/>"
    let finding = try #require(findings(.fragileSelector, robot([named, bare, named])).first)
    #expect(finding.title == "Bot finds 2 elements by what the next release may change")
    #expect(
      finding.why.contains("2 of 2 elements with a selector in the files (100 %), at 3 steps"))
    #expect(finding.evidence.count == 2)
    #expect(
      finding.evidence[0].note
        == "whole path from the root: <HTMLButton Path='/HTML/BODY(1)/BUTTON(1)' …/>")
    // However long, it keeps what tells the element.
    #expect(
      finding.evidence[1].note
        == "whole path from the root, beside an identifier: "
        + "<HTMLEdit Path='/HTML/BODY(1)/INPUT(1)' ID='amount' …/>")
    #expect(finding.remedy.hasPrefix("Let “s1” find its element by a name"))
    #expect(
      finding.remedy.hasSuffix("Drop the path of “s0”, which ID='amount' finds without it."))
  }

  @Test(
    "many fragile ones of what only an export speaks of are low where nothing shows that it runs")
  func exported() {
    func severity(_ status: LifecycleStatus?) -> Severity? {
      var builder = EstateBuilder()
      builder.system(
        "Bot", kind: .rpa, technology: "UiPath", status: status, provenance: .imported)
      for index in 2...9 {
        builder.step("s\(index)", of: "Bot", selector: "<webctrl idx='\(index)' />")
      }
      return findings(.fragileSelector, builder).first?.severity
    }
    #expect(severity(nil) == .low)
    #expect(severity(.production) == .medium)
  }

  @Test("without selectors in the files nothing is concluded, and that is said")
  func blind() {
    var builder = robot([nil])
    builder.connect(.writes, .system("Bot"), .application("SAP"), channel: .userInterface)
    let result = report(builder)
    #expect(result.findings.allSatisfy { $0.check != "fragile-selector" })
    #expect(
      result.remarks.contains { $0.check == "fragile-selector" && $0.text.contains("1 system") })
  }

  @Test("fixed waits are added up, and cost robot hours where runs and price are known")
  func waits() throws {
    var builder = EstateBuilder()
    builder.system("Bot", kind: .rpa, perMonth: 1200)
    builder.system("Quick", kind: .rpa)
    builder.system("Timer", kind: .workflow)
    builder.step("t", of: "Timer", kind: .wait, delay: TimeSpan(seconds: 600))
    for seconds in [3.0, 60, 27] {
      builder.step("w\(seconds)", of: "Bot", kind: .wait, delay: TimeSpan(seconds: seconds))
    }
    builder.step("w", of: "Quick", kind: .wait, delay: .second)
    var policy = AuditPolicy()
    policy.upkeep.robotHour = Money(6, "EUR")
    let found = findings(.hardCodedWait, builder, policy: policy)
    let finding = try #require(found.first)
    // 90 s × 1,200 / 3,600 = 30 h a month, at 6 EUR 180 EUR.
    #expect(found.count == 1 && finding.severity == .medium)
    #expect(finding.why.contains("30 robot hours"))
    #expect(finding.cost?.money == Money(180, "EUR") && finding.cost?.hours == 0)
    #expect(finding.evidence.first?.note == "waits 60 s")
    #expect(findings(.hardCodedWait, builder).first?.cost == nil)
  }

  private func caller(_ technology: String, _ change: (inout EstateBuilder) -> Void = { _ in })
    -> EstateBuilder
  {
    var builder = EstateBuilder()
    builder.system(
      "Bot", kind: .rpa, technology: technology, status: .production, failureRate: 0.1,
      perMonth: 100)
    builder.step("a", of: "Bot")
    builder.connect(.writes, .system("Bot"), .application("SAP"), channel: .userInterface)
    change(&builder)
    return builder
  }

  @Test("no catch and no second attempt is a finding where the product would show one")
  func errorPath() throws {
    let finding = try #require(findings(.missingErrorPath, caller("UiPath Studio 23")).first)
    #expect(finding.severity == .medium)
    // 100 × 10 % × 0.5 h = 5 h at 45 EUR.
    #expect(finding.cost == Finding.Cost(hours: 5, at: Money(45, "EUR")))
    let caught = caller("UiPath") { $0.step("t", of: "Bot", kind: .errorHandling) }
    #expect(findings(.missingErrorPath, caught).isEmpty)
    let again = caller("UiPath") { $0.step("t", of: "Bot", retries: 2) }
    #expect(findings(.missingErrorPath, again).isEmpty)
    let byCaller = caller("Automation Anywhere") { builder in
      builder.system("Parent", technology: "Blue Prism")
      builder.step("c", of: "Parent", kind: .errorHandling)
      builder.connect(.invokes, .system("Parent"), .system("Bot"))
    }
    #expect(findings(.missingErrorPath, byCaller).isEmpty)
  }

  @Test("products that try again by themselves, and systems without steps, are a remark")
  func silent() {
    let result = report(caller("Power Automate"))
    #expect(result.findings.allSatisfy { $0.check != "missing-error-path" })
    #expect(
      result.remarks.contains { $0.check == "missing-error-path" && $0.text.contains("1 system") })
    var local = EstateBuilder()
    local.system("Bot", technology: "UiPath")
    local.step("a", of: "Bot")
    #expect(findings(.missingErrorPath, local).isEmpty)
  }
}
