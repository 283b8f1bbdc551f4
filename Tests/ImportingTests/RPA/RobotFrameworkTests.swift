import Facts
import Inventory
import Testing

@testable import Importing

@Suite("Robot Framework")
struct RobotFrameworkTests {
  private let suite = """
    *** Settings ***
    Documentation     Posts invoices
    Library           RPA.Browser.Selenium
    Library           RPA.Salesforce
    Resource          ledger.resource

    *** Variables ***
    ${PORTAL}         https://portal.harbour.example

    *** Tasks ***
    Post invoices
        [Documentation]    Of today
        ${secret}=    Get Secret    portal-login
        Open Available Browser    ${PORTAL}/invoices
        FOR    ${invoice}    IN    @{invoices}
            TRY
                Wait Until Keyword Succeeds    3x    10 s    Post One    ${invoice}
            EXCEPT    AS    ${error}
                Log    ${error}
            END
        END
        IF    ${failed} > 0
            Run Dialog
        END
        Sleep    1 min 30 s
        Post One
        ...    ${invoice}
        # nothing
        GET    ${HOST}/done

    *** Keywords ***
    Post One
        [Arguments]    ${invoice}
        Append Rows To Worksheet    ${invoice}
        Send Message    subject=Posted
    """

  @Test("steps of tasks and keywords, what they lead to, and who is asked")
  func whole() throws {
    let document = try #require(imported(["bots/post-invoices.robot": suite]).first)
    #expect(document.format == "robot-framework")
    let fragment = document.fragment
    let system = try #require(fragment.systems.first)
    #expect(system.name == "post-invoices" && system.kind.value == .rpa)
    #expect(system.purpose.value == "Posts invoices")
    #expect(
      fragment.steps.map(\.name).map { $0?.split(separator: ": ").last.map(String.init) } == [
        "Get Secret", "Open Available Browser", "FOR", "TRY", "Wait Until Keyword Succeeds",
        "EXCEPT", "Log", "IF", "Run Dialog", "Sleep", "Post One", "GET",
        "Append Rows To Worksheet", "Send Message",
      ])
    #expect(
      fragment.steps.map(\.kind) == [
        .action, .action, .group, .group, .group, .errorHandling, .action, .decision, .human, .wait,
        .call, .action, .action, .action,
      ])
    #expect(fragment.steps[4].retries == 2)
    #expect(fragment.steps[9].delay == TimeSpan(seconds: 90))
    #expect(
      shown(fragment.connections) == [
        "post-invoices reads application portal.harbour.example by ui: Open Available Browser",
        "post-invoices reads application HOST of post-invoices by api: GET",
        "post-invoices writes application Microsoft Excel by file: Append Rows To Worksheet",
        "post-invoices writes application SMTP by mail: Send Message",
        "post-invoices invokes application Salesforce by api: RPA.Salesforce",
        "post-invoices invokes system ledger by internal: Resource",
      ])
    #expect(fragment.credentials.map(\.name) == ["portal-login"])
    #expect(fragment.touchPoints.map(\.kind) == [.form])
    #expect(document.problems.map(\.severity) == [.low])
    #expect(document.problems.first?.location.line == 29)
  }

  @Test("results say how many runs failed and how long they took, old and new times alike")
  func results() throws {
    let text = """
      <robot generator="Robot 7.0" rpa="true"><suite name="Letter Robot" source="/r/letter-robot/tasks.robot">
      <test name="a"><status status="PASS" start="2026-03-02T06:00:00" elapsed="60.0"/></test>
      <test name="b"><status status="FAIL" starttime="20260303 06:00:00.000" endtime="20260303 06:02:00.000"/></test>
      <test name="c"><status status="SKIP" elapsed="0"/></test>
      </suite></robot>
      """
    let document = try #require(imported(["output.xml": text]).first)
    let system = try #require(document.fragment.systems.first)
    #expect(system.name == "Letter Robot" && system.aliases.isEmpty)
    #expect(system.failureRate.value == Probability(0.5))
    #expect(
      system.failureRate.winner?.evidence.note
        == "2 runs of its tasks, 2026-03-02 to 2026-03-03, of which 1 failed")
    #expect(system.failureRate.winner?.evidence.provenance == .measured)
    #expect(system.runTime.value == TimeSpan(seconds: 90))
  }

  @Test("what an editor's extension or an installed package ran is left out, and said so")
  func tools() throws {
    let text = #"""
      <robot generator="Robot 7.0"><suite name="All">
      <suite name="Console" source="c:\Users\x\.vscode\extensions\robot-1.2\console.robot">
      <test name="a"><status status="PASS" elapsed="1"/></test></suite>
      <suite name="Letters" source="/r/letters.robot">
      <test name="b"><status status="PASS" elapsed="1"/></test></suite>
      </suite></robot>
      """#
    let document = try #require(imported(["output.xml": text]).first)
    #expect(document.fragment.systems.map(\.name) == ["Letters"])
    #expect(document.problems.contains { $0.message.contains("Console") && $0.location.line == 2 })
    let alone = text.replacing("/r/letters.robot", with: "/usr/lib/site-packages/letters.robot")
    #expect(try #require(imported(["output.xml": alone]).first).fragment.systems.isEmpty)
  }

  @Test("a manifest names the robot, and its suite is the same where the folder is called so")
  func manifest() {
    let files = [
      "letter-robot/robot.yaml": """
      tasks:
        Letter robot:
          shell: python -m robot tasks.robot
      condaConfigFile: conda.yaml
      """,
      "letter-robot/tasks.robot": "*** Tasks ***\nA\n    Log    x\n",
    ]
    #expect(imported(files).map(\.format) == ["robot-framework", "robot-framework"])
    #expect(estate(files).systems.count == 1)
  }

  @Test("a suite that is called like its folder, since templates call all alike, is said to be so")
  func suiteOfTemplate() {
    let manifest = """
      tasks:
        Orders:
          shell: python -m robot tasks.robot letters.robot
      condaConfigFile: conda.yaml
      """
    let said = imported(["shop/robot.yaml": manifest])[0].fragment
    #expect(said.connections.map(\.target.name) == ["shop", "letters"])
    #expect(
      said.connections.map { $0.evidence.first?.note } == [
        "perhaps the part of this robot in 'tasks.robot'", nil,
      ])
  }

  @Test("damaged files give a problem or nothing, and no crash")
  func damaged() {
    #expect(imported(["output.xml": "<robot><suite name="]).first?.status == .failed)
    #expect(imported(["a.robot": "*** Tasks ***"]).first?.status == .imported)
    #expect(
      imported(["a.robot": "*** Tasks ***\n    Sleep    \u{1F600}\n    ${a}=\n | | x"]).first != nil
    )
  }
}
