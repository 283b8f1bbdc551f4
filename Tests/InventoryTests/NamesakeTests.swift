import Facts
import Inventory
import Testing

@Suite("Things that share nothing but a name")
struct NamesakeTests {
  private func described(
    _ path: String, _ product: String?, _ provenance: Provenance = .imported,
    purpose: String? = nil
  ) -> SourceDocument {
    document(path) {
      var payment = system("Process Payment", path, provenance, kind: .workflow)
      if let product { payment.technology.state(product, evidence(path, provenance)) }
      if let purpose { payment.purpose.state(purpose, evidence(path, provenance)) }
      $0.systems = [payment]
    }
  }

  private func names(_ documents: [SourceDocument]) -> [String] {
    Estate(merging: documents).systems.map(\.name).sorted()
  }

  @Test("files of several products in different folders do not describe one system by a name alone")
  func folders() {
    let model = described("models/landscape.archimate", nil)
    let flow = described("crm/flows/pay.xml", "Salesforce Flow")
    let estate = Estate(merging: [model, flow])
    #expect(estate.systems.count == 2)
    #expect(
      estate.systems.flatMap(\.unknowns) == [
        "Another system is also called Process Payment; nothing but the name says that they are one, so they "
          + "stay apart."
      ])
    // One product, one folder or somebody's word make one of them.
    #expect(names([flow, described("bots/pay.xml", "Salesforce Apex")]) == ["Process Payment"])
    #expect(names([flow, described("crm/pay.archimate", nil)]) == ["Process Payment"])
    #expect(names([flow, described("pay.archimate", nil)]) == ["Process Payment"])
    #expect(
      names([flow, model, described("register/list.csv", nil, .declared)]) == ["Process Payment"])
    #expect(
      names([flow, model, described("traces/spans.json", nil, .measured)]) == ["Process Payment"])
    let purpose = "Books the payment of an invoice"
    #expect(
      names([
        described("models/a.archimate", nil, purpose: purpose),
        described("crm/a.xml", "Salesforce Flow", purpose: purpose),
      ]) == ["Process Payment"])
  }

  @Test("a folder that all files lie in does not count")
  func common() {
    #expect(
      names([
        described("exports/models/a.archimate", nil),
        described("exports/crm/a.xml", "Salesforce Flow"),
      ]).count == 2)
  }

  @Test("what a drawing only names is the system of that name, wherever it lies")
  func pools() {
    let pool = document("drawings/a.bpmn") {
      $0.systems = [system("Process Payment", "drawings/a.bpmn")]
    }
    #expect(names([pool, described("crm/a.xml", "Salesforce Flow")]) == ["Process Payment"])
  }

  @Test(
    "one plain word in another folder does not make a system of an application, a longer name does",
    arguments: [
      ("approvals", "approvals", 1), ("Customer", "Customer", 1), ("claims-api", "claims-api", 0),
      ("Loan Intake", "Loan Intake", 0), ("GitHub", "github-mcp-server", 1),
    ])
  func applications(application: String, name: String, left: Int) {
    func estate(_ folder: String) -> Estate {
      Estate(merging: [
        document("flows/a.json") {
          $0.systems = [system("Bot", "flows/a.json")]
          $0.connections = [
            Connection(
              .invokes, from: EntityReference(.system, "Bot"),
              to: EntityReference(.application, application), evidence: evidence("flows/a.json"))
          ]
        },
        document("\(folder)/b.json") {
          $0.systems = [
            system(name, "\(folder)/b.json", aliases: name == application ? [] : [application])
          ]
        },
        document("elsewhere/c.json") { $0.systems = [system("Other", "elsewhere/c.json")] },
      ])
    }
    #expect(estate("servers").applications.count == left)
    // In one folder the name is meant, as before.
    #expect(estate("flows").applications.isEmpty)
  }

  @Test("a script without a name is the packaged flow that is called so, where there is one")
  func scripts() {
    func estate(_ packaged: [String]) -> Estate {
      Estate(merging: [
        document("repo/src/browser-closer/main.txt") {
          var script = AutomationSystem(
            name: "browser-closer",
            source: Evidence(
              .inferred, place("repo/src/browser-closer/main.txt"),
              note: "named after its folder, for a script states no name"))
          script.technology.state("Power Automate Desktop", script.sources[0])
          $0.systems = [script]
        },
        document("repo/solution.zip!/customizations.xml") { fragment in
          fragment.systems = packaged.map { name in
            var flow = system(name, "repo/solution.zip!/customizations.xml")
            flow.technology.state("Power Automate Desktop", flow.sources[0])
            return flow
          }
        },
        document("other/a.json") { $0.systems = [system("Other", "other/a.json")] },
      ])
    }
    #expect(
      estate(["Framework: BrowserCloser", "Framework: Mailer"]).systems.map(\.name).sorted() == [
        "Framework: BrowserCloser", "Framework: Mailer", "Other",
      ])
    // Which of two is meant nothing says.
    #expect(estate(["One: BrowserCloser", "Two: BrowserCloser"]).systems.count == 4)
    #expect(estate(["Framework: Browser Closer Pro"]).systems.count == 3)
  }
}
