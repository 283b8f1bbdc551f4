import Facts
import Importing
import Inventory
import Testing

@Suite("What UiPath projects are connected with")
struct UiPathConnectionTests {
  @Test("databases are known by their provider, of a connection string only the database is kept")
  func databases() {
    let estate = uiPathProject(
      """
      <ui:ExecuteQuery DisplayName="q" ProviderName="System.Data.SqlClient"
        ConnectionString="Server=db1;Database=Claims;User Id=sa;Password=hush" />
      <ui:ExecuteNonQuery DisplayName="n" ConnectionString="[in_Connection]" />
      """)
    #expect(
      shown(estate.connections) == [
        "Invoice_Bot writes application Database of Invoice_Bot by database: ExecuteNonQuery",
        "Invoice_Bot reads application SQL Server by database: ExecuteQuery",
      ])
    #expect(estate.connections.flatMap(\.data) == ["Claims"])
  }

  @Test("a card is connected by the host of its page, and reads or writes by what is done in it")
  func cards() {
    let read = "<uix:NGetText DisplayName=\"Get\" />"
    let write = "<uix:NTypeInto DisplayName=\"Type\" />"
    let click = "<uix:NClick DisplayName=\"Click\" />"
    let target = "Url=\"https://www.orders.example.com:8443/a?b\""
    #expect(
      shown(uiPathProject(uiPathCard(target, read + write + click)).connections) == [
        "Invoice_Bot reads application orders.example.com by ui",
        "Invoice_Bot writes application orders.example.com by ui",
      ])
    #expect(
      shown(uiPathProject(uiPathCard(target, click)).connections) == [
        "Invoice_Bot invokes application orders.example.com by ui"
      ])
  }

  @Test("an application is named by host, else executable, else the title of its page")
  func targets() {
    let cases = [
      ("Url=\"https://acme.sharepoint.com/x\"", "SharePoint", "acme.sharepoint.com"),
      (
        "FilePath=\"C:\\Apps\\Ledger.exe\" Selector=\"&lt;wnd app='ledger.exe' /&gt;\"", "Ledger",
        "ledger.exe"
      ),
      ("Selector=\"&lt;wnd app='excel.exe' title='x' /&gt;\"", "Microsoft Excel", "excel.exe"),
      ("Selector=\"&lt;html app='chrome.exe' title='Claims Desk' /&gt;\"", "Claims Desk", nil),
      (
        "Url=\"*\" Selector=\"&lt;html app='msedge.exe' url='https://desk.example.com/a' /&gt;\"",
        "desk.example.com", nil
      ),
    ]
    for (target, name, alias) in cases {
      let estate = uiPathProject(uiPathCard(target, "<uix:NClick DisplayName=\"c\"/>"))
      #expect(estate.applications.map(\.name) == [name], "\(target)")
      if let alias { #expect(estate.applications.first?.aliases == [alias]) }
    }
    let byTitle = uiPathProject(uiPathCard(cases[3].0, ""))
    #expect(byTitle.connections.first?.evidence.first?.provenance == .inferred)
  }

  @Test("a browser's own dialogs, and titles that say nothing, are no applications")
  func noTargets() {
    for selector in [
      "&lt;wnd app='chrome.exe' title='Save As' /&gt;",
      "&lt;html app='chrome.exe' title='Login' /&gt;",
      "&lt;html app='chrome.exe' title='Order *' /&gt;",
      "&lt;html app='chrome.exe' title='Sorry, there was a problem!' /&gt;",
    ] {
      let estate = uiPathProject(
        uiPathCard("Selector=\"\(selector)\"", "<uix:NClick DisplayName=\"c\"/>"))
      #expect(estate.connections.isEmpty, "\(selector)")
    }
  }

  @Test(
    "addresses of the elements inside a card name it where only a title does; the title is an alias"
  )
  func innerAddress() {
    let inner = """
      <uix:NClick DisplayName="c"><uix:NClick.Target><uix:TargetAnchorable
      BrowserURL="desk.example.com/claims" ScopeSelectorArgument="&lt;html app='chrome.exe'
      title='Claims Desk' /&gt;" /></uix:NClick.Target></uix:NClick>
      """
    let selector = "Selector=\"&lt;html app='chrome.exe' title='Claims Desk' /&gt;\""
    let estate = uiPathProject(uiPathCard(selector, inner))
    #expect(estate.applications.map(\.name) == ["desk.example.com"])
    #expect(estate.applications.first?.aliases == ["Claims Desk"])
  }

  @Test("queues, assets and called processes are connected by their names")
  func orchestrator() {
    let estate = uiPathProject(
      """
      <ui:GetQueueItem DisplayName="a" QueueType="In" />
      <ui:AddQueueItem DisplayName="b" QueueName="Out" />
      <ui:GetRobotCredential DisplayName="c" AssetName="SAP_Login" />
      <ui:InvokeProcess DisplayName="d" ProcessName="Archive Bot" />
      """)
    #expect(
      shown(estate.connections) == [
        "Invoice_Bot invokes system Archive Bot by api: InvokeProcess",
        "Invoice_Bot reads data In by queue: GetQueueItem",
        "Invoice_Bot writes data Out by queue: AddQueueItem",
        "Invoice_Bot reads data SAP_Login by api: GetRobotCredential",
      ])
    #expect(estate.ghosts.map(\.name) == ["Archive Bot"])
  }

  @Test("requests, mail and Excel lead to their applications")
  func services() {
    let estate = uiPathProject(
      """
      <uwah:HttpClient DisplayName="a" EndPoint="https://rates.example.com/v1" Method="GET" />
      <umam:SendMailConnections DisplayName="b" />
      <ui:ExcelApplicationScope DisplayName="c" WorkbookPath="\\\\files\\in\\list.xlsx" />
      <ui:SendOutlookMail DisplayName="d" />
      """)
    #expect(
      shown(estate.connections) == [
        "Invoice_Bot invokes application Microsoft Excel by ui: ExcelApplicationScope",
        "Invoice_Bot writes application Microsoft Outlook by mail: SendOutlookMail",
        "Invoice_Bot writes application Office 365 Outlook by mail: SendMailConnections",
        "Invoice_Bot reads application rates.example.com by api: GET",
        "Invoice_Bot reads data \\\\files\\in\\list.xlsx by file: ExcelApplicationScope",
      ])
  }

  @Test("files of the project itself connect to nothing, and homes of people are not shown")
  func files() {
    let estate = uiPathProject(
      """
      <ui:ReadTextFile DisplayName="a" FileName="Data\\x.txt" />
      <ui:ReadTextFile DisplayName="b" FileName="C:\\Users\\somebody\\Documents\\in.txt" />
      <ui:CopyFile DisplayName="c" Path="C:\\in\\a.pdf" Destination="\\\\srv\\out\\a.pdf" />
      """)
    #expect(
      estate.connections.map(\.target.name) == [
        "C:\\in\\a.pdf", "~\\Documents\\in.txt", "\\\\srv\\out\\a.pdf",
      ])
  }
}
