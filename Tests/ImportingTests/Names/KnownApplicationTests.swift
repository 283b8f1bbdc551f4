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
