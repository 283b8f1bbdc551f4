import Facts
import Importing
import Inventory
import Testing

/// A solution with desktop flows only.
private func solution(_ workflows: String) -> String {
  "<ImportExportXml><Workflows>\(workflows)</Workflows></ImportExportXml>"
}

private func desktopFlow(_ name: String, _ id: String, _ script: String) -> String {
  let text =
    script.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
      "\n", with: "\\r\\n"
    )
    .replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  return """
    <Workflow WorkflowId="{\(id)}" Name="\(name)"><Category>6</Category><StateCode>1</StateCode>
    <Definition>"\(text)"</Definition></Workflow>
    """
}

@Suite("Power Automate desktop flows")
struct PowerAutomateDesktopTests {
  private let script = """
    @INPUT Amount : { 'Description': '''Two
    lines''', 'Type': 'Numeric' }
    # Opens the ledger
    SET Address TO $'''https://ledger.example.com/login'''
    WebAutomation.LaunchEdge.LaunchEdge Url: Address Timeout: 60 BrowserInstance=> Browser
    ON ERROR REPEAT 2 TIMES WAIT 5
    END
    WebAutomation.PopulateTextField.PopulateTextField BrowserInstance: Browser Control: appmask['Login']['User'] Text: $'''x'''
    IF Amount > 1000 THEN
        Display.ShowMessageDialog.ShowMessage Title: $'''Approve the amount''' Message: $'''Sure?'''
    ELSE
        CALL Post
    END
    BLOCK Save
    ON BLOCK ERROR all
        CALL Post
    END
        Excel.LaunchExcel.LaunchAndOpenUnderExistingProcess Path: $'''\\\\files\\ledger.xlsx''' Instance=> Excel
        DISABLE Excel.CloseExcel.Close Instance: Excel
    END
    @@flowname: 'Print letters'
    External.RunFlow FlowId: 'aaaaaaaa-0000-4000-8000-00000000000b' @Count: 1
    FUNCTION Post GLOBAL
        System.RunApplication.RunApplication ApplicationPath: $'''C:\\SAP\\saplogon.exe''' ProcessId=> P
        Database.ExecuteSqlStatement.ConnectAndExecute ConnectionString: $'''Provider=MSOLEDBSQL;Password=hunter2''' Statement: $'''SELECT *
    FROM dbo.Items i JOIN Orders o ON 1 = 1''' Timeout: 30 Result=> R
        WAIT 5
    END FUNCTION
    """

  @Test("a plain script gives steps, calls, people and error paths")
  func plainScript() throws {
    let documents = imported(["ledger/source/main.txt": script])
    let document = try #require(documents.first)
    #expect(document.format == "power-automate-desktop")
    #expect(document.fragment.systems.map(\.name) == ["ledger"])
    #expect(
      document.fragment.steps.map { "\($0.kind.rawValue) \($0.name ?? "")" } == [
        "action Set Address", "action WebAutomation.LaunchEdge.LaunchEdge",
        "error-handling On error",
        "action WebAutomation.PopulateTextField.PopulateTextField", "decision If",
        "human Approve the amount", "call Call Post", "group Block",
        "error-handling On block error",
        "call Call Post", "action Excel.LaunchExcel.LaunchAndOpenUnderExistingProcess",
        "call Run Print letters", "action System.RunApplication.RunApplication",
        "action Database.ExecuteSqlStatement.ConnectAndExecute", "wait Wait",
      ])
    #expect(document.fragment.steps[1].retries == 2)
    #expect(document.fragment.steps.last?.timeout == TimeSpan(seconds: 5))
    #expect(document.fragment.touchPoints.map(\.kind) == [.approval])
    #expect(
      shown(document.fragment.connections) == [
        "ledger invokes application ledger.example.com by ui: LaunchEdge",
        "ledger writes application ledger.example.com by ui: PopulateTextField",
        "ledger invokes application Microsoft Excel by ui: LaunchExcel",
        "ledger invokes system Print letters by internal: RunFlow",
        "ledger invokes application SAP by internal: RunApplication",
        "ledger reads application SQL Server by database: ExecuteSqlStatement",
      ])
    #expect(document.fragment.connections.last?.data == ["dbo.Items", "Orders"])
    #expect(!"\(document)".contains("hunter2"))
    #expect(document.problems.contains { $0.message.contains("switched off") })
  }

  @Test("a solution's flows call each other, and a cloud flow's call of one resolves")
  func solutionAndCloudFlow() {
    let cloud = """
      {"properties": {"displayName": "Orders", "definition": {"$schema": "https://x/workflowdefinition.json#",
      "triggers": {}, "actions": {"run": {"type": "OpenApiConnection", "inputs": {"host": {
      "apiId": "/providers/Microsoft.PowerApps/apis/shared_uiflow", "operationId": "RunUIFlow_V2"},
      "parameters": {"uiFlowId": "AAAAAAAA-0000-4000-8000-00000000000A"}}}}}}}
      """
    let desktop = solution(
      desktopFlow("Ledger", "aaaaaaaa-0000-4000-8000-00000000000a", script)
        + desktopFlow("Print letters", "aaaaaaaa-0000-4000-8000-00000000000b", "WAIT 1\nCALL X"))
    let documents = imported(["s/customizations.xml": desktop, "cloud/definition.json": cloud])
    #expect(documents.map(\.format) == ["power-automate", "power-automate-desktop"])
    let estate = Estate(merging: documents)
    let calls = shown(estate.connections)
    #expect(calls.contains("Orders invokes system Ledger by internal: RunUIFlow_V2"))
    #expect(calls.contains("Ledger invokes system Print letters by internal: RunFlow"))
    #expect(estate.systems.map(\.name).sorted() == ["Ledger", "Orders", "Print letters"])
    #expect(estate.systems.first { $0.name == "Ledger" }?.status.value == .production)
  }

  @Test("connectors lead to their product, with the connection's name as credential")
  func connectors() throws {
    let text = """
      @@table: 'Invoices'
      @@connectionDisplayName: 'Finance site'
      External.InvokeCloudConnector Connection: '{x}' ConnectorId: '/providers/Microsoft.PowerApps/apis/shared_sharepointonline' OperationId: 'GetItems' @r=> R
      LOOP FOREACH Item IN R
          SET X TO $'''a'''
      END
      """
    let document = try #require(imported(["flows/read.txt": text]).first)
    #expect(
      shown(document.fragment.connections) == ["read reads application SharePoint by api: GetItems"]
    )
    #expect(document.fragment.connections.first?.data == ["Invoices"])
    #expect(document.fragment.credentials.map(\.name) == ["Finance site"])
  }

  @Test("other texts with such words are no scripts")
  func others() {
    let documents = imported([
      "readme.md":
        "# Notes\nCALL me => later\nUse `Excel.Launch Path: x` here\nand there\nand on\n",
      "a.bas": "IF A = 1 THEN\nCALL B\nPRINT \"x\"\nGOSUB 7\nEND\n",
    ])
    #expect(documents.allSatisfy { $0.status == .notInventory })
  }

  @Test("open texts and broken definitions do not stop the import")
  func broken() {
    let open = imported(["x.txt": "SET A TO $'''never closed\nCALL B\nWAIT 1"])
    #expect(open.count == 1)
    let broken = solution(
      "<Workflow WorkflowId=\"{1}\" Name=\"D\"><Category>6</Category><Definition>\"no end</Definition></Workflow>"
    )
    let document = imported(["customizations.xml": broken]).first
    #expect(document?.status == .partial)
    #expect(document?.fragment.systems.first?.unknowns.isEmpty == false)
  }
}
