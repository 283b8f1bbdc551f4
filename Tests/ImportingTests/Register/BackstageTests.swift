import Facts
import Inventory
import Testing

@testable import Importing

@Suite("Backstage")
struct BackstageTests {
  private let catalogue = """
    apiVersion: backstage.io/v1alpha1
    kind: Component
    metadata: {name: claims-core, title: Claims Core}
    spec:
      type: service
      owner: claims-platform
      providesApis: [claims-api]
      dependsOn: ["resource:default/claims-db"]
    ---
    apiVersion: backstage.io/v1alpha1
    kind: Component
    metadata: {name: triage, description: Sorts claims}
    spec: {type: ai-agent, owner: "group:claims-platform", lifecycle: experimental, consumesApis: [claims-api]}
    ---
    apiVersion: backstage.io/v1alpha1
    kind: API
    metadata: {name: claims-tools}
    spec: {type: mcp-server, owner: "user:jo", lifecycle: production, remotes: [{type: sse, url: "https://tools.harbour.example/mcp"}]}
    ---
    apiVersion: backstage.io/v1alpha1
    kind: Group
    metadata: {name: claims-platform, title: Claims Platform}
    spec: {type: team, children: []}
    ---
    apiVersion: scaffolder.backstage.io/v1beta3
    kind: Template
    metadata: {name: new-service}
    spec:
      parameters: [{title: Name}]
      steps:
        - {id: fetch, action: "fetch:template", input: {url: ./skeleton}}
        - {id: publish, name: Publish it, action: "publish:github"}
    """

  @Test("services are applications; agents, tool servers and templates are systems")
  func whole() throws {
    let document = try #require(imported(["catalog-info.yaml": catalogue]).first)
    #expect(document.format == "backstage" && document.status == .imported)
    let fragment = document.fragment
    #expect(fragment.applications.map(\.name) == ["Claims Core"])
    #expect(fragment.applications.map(\.aliases) == [[]])
    #expect(fragment.systems.map(\.name) == ["triage", "claims-tools", "new-service"])
    #expect(fragment.systems.map(\.kind.value) == [.agent, .script, .workflow])
    #expect(fragment.systems.map(\.team.value) == ["claims-platform", nil, nil])
    #expect(fragment.systems.map(\.owner.value) == [nil, "jo", nil])
    #expect(fragment.systems.map(\.status.value) == [.development, .production, nil])
    #expect(fragment.teams.map(\.name) == ["Claims Platform"])
    #expect(
      shown(fragment.connections) == [
        "Claims Core invokes application claims-db by unknown: depends on",
        "claims-api invokes application Claims Core by api: provided by",
        "triage invokes application claims-api by api: consumes",
        "new-service writes application GitHub by api: publish:github",
      ])
    #expect(fragment.steps.map(\.kind) == [.human, .action, .action])
    #expect(fragment.touchPoints.map(\.kind) == [.form])
  }

  @Test("lists of files and of users are not inventory, and say so")
  func beside() throws {
    let text = "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\n"
    let document = try #require(imported(["all.yaml": text]).first)
    #expect(document.status == .notInventory)
    #expect(document.problems.first?.message.contains("only entities of kind Location") == true)
  }

  @Test("an entity whose name is a placeholder is none")
  func skeleton() throws {
    let text = """
      apiVersion: backstage.io/v1alpha1
      kind: Component
      metadata:
        name: "${{ values.name }}"
      spec: {type: service, owner: claims-platform}
      """
    let document = try #require(imported(["catalog-info.yaml": text]).first)
    #expect(document.status == .notInventory && document.fragment.isEmpty)
    #expect(document.problems.map(\.severity) == [.info])
    #expect(document.problems.first?.message.contains("placeholders") == true)
  }

  @Test("damaged files give a problem or nothing, and no crash")
  func damaged() {
    let odd =
      "apiVersion: backstage.io/v1\nkind: Template\nmetadata: {name: 3}\nspec: {steps: [1, {}], parameters: []}"
    #expect(imported(["c.yaml": odd]).first?.problems.count == 2)
    #expect(imported(["c.yaml": "apiVersion: backstage.io/v1\nkind: [a"]).first?.status == .failed)
  }
}
