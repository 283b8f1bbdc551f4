import DocumentReading
import Facts
import Inventory
import Testing

@testable import Importing

@Suite("Names of applications")
struct KnownApplicationTests {
  @Test("executables, connectors and hosts that are listed have their product's name")
  func known() {
    #expect(KnownApplication.named(byExecutable: "C:\\Office\\EXCEL.EXE") == "Microsoft Excel")
    #expect(KnownApplication.named(byConnector: "shared_sharepointonline") == "SharePoint")
    #expect(KnownApplication.named(byConnector: "sharepointonline") == "SharePoint")
    #expect(KnownApplication.named(byHost: "acme.service-now.com") == "ServiceNow")
    #expect(KnownApplication.named(byHost: "notforce.com") == nil)
    #expect(KnownApplication.named(byExecutable: "own.exe") == nil)
    #expect(KnownApplication.named("excel") == "Microsoft Excel")
  }

  @Test("the longest listed domain and the longest listed beginning of a package count")
  func longest() {
    #expect(KnownApplication.named(byHost: "docs.google.com") == "Google Docs")
    #expect(KnownApplication.named(byHost: "accounts.google.com") == "Google")
    #expect(
      KnownApplication.named(byPackage: "UiPath.GSuite.Activities.Gmail.Send") == "Gmail")
    #expect(KnownApplication.named(byPackage: "UiPath.GSuite.Activities") == "Google Workspace")
    #expect(KnownApplication.named(byPackage: "UiPath") == nil)
    #expect(
      KnownApplication.named(byPackage: "@modelcontextprotocol/server-github@1.2.0") == "GitHub")
    #expect(KnownApplication.named(byPackage: "@modelcontextprotocol") == nil)
  }

  @Test("the built-in catalogue can be read, and names of three worlds meet in it")
  func builtIn() throws {
    let catalogue = try ApplicationCatalogue(
      yaml: PackageResources.known_applications_yaml, path: "known-applications.yaml")
    #expect(catalogue == .builtIn)
    #expect(Set(catalogue.spellings.values).count >= 300)
    let names = [
      KnownApplication.named(byConnector: "shared_sharepointonline"),
      KnownApplication.named(byHost: "contoso.sharepoint.com"),
      KnownApplication.named(byPackage: "UiPath.MicrosoftOffice365.Activities.SharePoint"),
    ]
    #expect(Set(names) == ["SharePoint"])
  }

  @Test("entries of one's own add to the catalogue and win over it, for one import")
  func own() throws {
    let own = try ApplicationCatalogue(
      yaml: Array(
        """
        applications:
          - {name: Claims Desk, hosts: desk.example, connectors: [claims], executables: [own.exe]}
          - {name: Our Intranet, hosts: [contoso.sharepoint.com]}
        """.utf8), path: "own.yaml")
    let sum = ApplicationCatalogue.builtIn.adding(own)
    KnownApplication.$catalogue.withValue(sum) {
      #expect(KnownApplication.named(byHost: "eu.desk.example") == "Claims Desk")
      #expect(KnownApplication.named(byExecutable: "own.exe") == "Claims Desk")
      #expect(KnownApplication.named(byHost: "contoso.sharepoint.com") == "Our Intranet")
      #expect(KnownApplication.named(byHost: "other.sharepoint.com") == "SharePoint")
    }
    #expect(KnownApplication.named(byExecutable: "own.exe") == nil)
  }

  @Test(
    "a catalogue that is wrong says where",
    arguments: [
      ("apps: []", 1, "expected one key 'applications'"),
      ("applications:\n  - {hosts: [a.example]}", 2, "lacks its 'name'"),
      ("applications:\n  - {name: A, host: [a.example]}", 2, "did you mean 'hosts'?"),
      ("applications:\n  - {name: A, hosts: [[x]]}", 2, "expected a text"),
      (
        "applications:\n  - {name: A, hosts: [a.example]}\n  - {name: B, hosts: [a.example]}", 3,
        "stands under hosts of both 'A' and 'B'"
      ),
    ])
  func wrong(text: String, line: Int, message: String) {
    let error = #expect(throws: DocumentError.self) {
      try ApplicationCatalogue(yaml: Array(text.utf8), path: "own.yaml")
    }
    #expect(error?.location.line == line)
    #expect(error?.message.contains(message) == true)
  }

  @Test(
    "hosts of addresses",
    arguments: [
      ("https://www.Example.com:8443/a?b#c", "example.com"),
      ("http://user@host.example/x", "host.example"),
      ("desk.example.com/claims", "desk.example.com"), ("http://localhost:80/", "localhost"),
      ("example.com", "example.com"), ("https://10.0.0.1/x", "10.0.0.1"),
    ])
  func hosts(address: String, expected: String) { #expect(host(ofAddress: address) == expected) }

  @Test(
    "what is no address has no host",
    arguments: [
      "", "*", "/path/x.html", "C:\\x.txt", "@{variables('x')}", "https://@{x}/y", "https://",
      "hello", "a b.c/d",
    ])
  func noHosts(address: String) { #expect(host(ofAddress: address) == nil) }

  @Test("operations read or write by their first word")
  func operations() {
    #expect(direction(ofOperation: "GetItems") == .reads)
    #expect(direction(ofOperation: "PostItem") == .writes)
    #expect(direction(ofOperation: "RunScript") == nil)
    #expect(httpDirection("get") == .reads)
    #expect(httpDirection(nil) == .invokes)
  }
}
