import DocumentReading
import Facts
import Importing
import Inventory
import Testing

/// A file of flows; `elements` stand below the root.
private func mule(_ elements: String) -> String {
  let modules = [
    "http", "db", "salesforce", "jms", "os", "a2a", "mcp", "validation", "batch", "ms-inference",
    "file", "munit",
  ]
  let namespaces = modules.map { "xmlns:\($0)=\"http://www.mulesoft.org/schema/mule/\($0)\"" }
    .joined(separator: " ")
  return """
    <?xml version="1.0" encoding="UTF-8"?>
    <mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:ee="http://www.mulesoft.org/schema/mule/ee/core"
      xmlns:doc="http://www.mulesoft.org/schema/mule/documentation" \(namespaces)>
    \(elements)
    </mule>
    """
}

@Suite("MuleSoft applications")
struct MuleSoftTests {
  private let path = "order-api/src/main/mule/orders.xml"

  private func fragment(_ elements: String) throws -> EstateFragment {
    try #require(imported([path: mule(elements)]).first).fragment
  }

  @Test("a project is one system, named by its descriptor, else by its folder")
  func application() throws {
    let plain = try #require(imported([path: mule("<flow name=\"f\"/>")]).first)
    #expect(plain.format == "mulesoft")
    #expect(plain.status == .imported)
    #expect(plain.fragment.systems.map(\.name) == ["order-api"])
    #expect(plain.fragment.systems.first?.sources.first?.provenance == .inferred)
    let pom = """
      <project xmlns="http://maven.apache.org/POM/4.0.0"><artifactId>order-api</artifactId>
      <version>1.4.0</version><packaging>mule-application</packaging><name>Order API</name>
      <description>Takes orders</description></project>
      """
    let artifact = "{\"minMuleVersion\": \"4.6.0\", \"secureProperties\": [\"db.password\"]}"
    let estate = estate([
      "order-api/pom.xml": pom, "order-api/mule-artifact.json": artifact,
      path: mule("<flow name=\"f\"/>"),
    ])
    #expect(estate.systems.map(\.name) == ["Order API"])
    #expect(estate.systems.first?.version.value == "1.4.0")
    #expect(estate.systems.first?.purpose.value == "Takes orders")
    #expect(estate.systems.first?.technology.value == "MuleSoft")
    #expect(estate.credentials.map(\.name) == ["db.password"])
  }

  @Test("a deployable jar is read like a project")
  func jar() throws {
    let jar = archive([
      "orders.xml": mule("<flow name=\"f\"><logger/></flow>"),
      "META-INF/mule-artifact/mule-artifact.json": "{\"minMuleVersion\": \"4.6.0\"}",
      "META-INF/maven/g/order-api/pom.xml":
        "<project><artifactId>order-api</artifactId><packaging>mule-application</packaging></project>",
    ])
    let documents = imported(["deploy/order-api-1.jar": jar])
    #expect(Estate(merging: documents).systems.map(\.name) == ["order-api"])
    #expect(documents.allSatisfy { $0.status == .imported })
  }

  @Test("flows, sources, processors and handlers of errors are steps; routes and settings are none")
  func steps() throws {
    let elements = """
      <flow name="main">
        <http:listener path="/orders" doc:name="Listener"><http:response/></http:listener>
        <set-variable variableName="x" doc:name="Keep x"/>
        <ee:transform doc:name="Map"><ee:message><ee:set-payload/></ee:message></ee:transform>
        <choice doc:name="Big?">
          <when expression="#[x]"><raise-error type="APP:BIG" doc:name="Refuse"/></when>
          <otherwise><flow-ref name="store" doc:name="Store it"/></otherwise>
        </choice>
        <until-successful maxRetries="3" doc:name="Retry"><http:request method="GET" url="https://a.example/x" responseTimeout="2000" doc:name="Ask"><http:headers/></http:request></until-successful>
        <error-handler>
          <on-error-continue type="HTTP:TIMEOUT" doc:name="Go on"><logger doc:name="Log"/></on-error-continue>
          <on-error-propagate doc:name="Give up"/>
        </error-handler>
      </flow>
      <sub-flow name="store"><validation:is-not-null doc:name="Not empty"/></sub-flow>
      """
    let fragment = try fragment(elements)
    #expect(
      fragment.steps.map { "\($0.kind.rawValue) \($0.name ?? "-")" } == [
        "group main", "group Listener", "action Keep x", "action Map", "decision Big?",
        "error-handling Refuse", "call Store it", "group Retry", "call Ask",
        "error-handling Go on: HTTP:TIMEOUT", "action Log", "error-handling Give up", "group store",
        "decision Not empty",
      ])
    #expect(fragment.steps.first { $0.name == "Retry" }?.retries == 3)
    #expect(
      fragment.steps.first { $0.name == "Ask" }?.timeout == TimeSpan(microseconds: 2_000_000))
    #expect(
      fragment.triggers.map { "\($0.kind.rawValue) \($0.expression ?? "")" } == ["call /orders"])
    #expect(Set(fragment.steps.map(\.id)).count == fragment.steps.count)
  }

  @Test("connectors lead to products and hosts, with tables, queues and objects")
  func connectors() throws {
    let elements = """
      <http:request-config name="Bank"><http:request-connection host="bank.example"/></http:request-config>
      <db:config name="DB"><db:my-sql-connection host="${db.host}" password="${secure::db.password}"/></db:config>
      <ms-inference:text-generation-config name="AI"><ms-inference:anthropic-connection
        anthropicModelName="claude-sonnet" apiKey="sk-12345"/></ms-inference:text-generation-config>
      <flow name="f">
        <jms:listener destination="orders.new" config-ref="J"/>
        <http:request config-ref="Bank" method="post" path="/pay"/>
        <db:select config-ref="DB"/>
        <salesforce:create type="Order__c"/>
        <os:store objectStore="Cache"/>
        <file:write path="/x"/>
        <ms-inference:chat-answer-prompt config-ref="AI"/>
      </flow>
      """
    let document = try #require(imported([path: mule(elements)]).first)
    let fragment = document.fragment
    #expect(
      shown(fragment.connections) == [
        "JMS triggers system order-api by queue: listener",
        "order-api writes application bank.example by api: POST /pay",
        "order-api reads application MySQL by database: select",
        "order-api writes application Salesforce by api: create",
        "order-api writes data Cache by internal: store",
        "order-api writes application File system by file: write",
        "order-api invokes application Anthropic by api: chat-answer-prompt",
      ])
    #expect(fragment.connections.map(\.data) == [["orders.new"], [], [], ["Order__c"], [], [], []])
    #expect(fragment.systems.first?.models == ["claude-sonnet"])
    #expect(
      fragment.credentials.map(\.name) == ["db.password", "AI apiKey"])
    // A secret in the file is noted, and its value is nowhere.
    #expect(document.problems.map(\.severity) == [.low])
    #expect(!"\(document)".contains("sk-12345"))
  }

  @Test("secrets in an address are left out")
  func addresses() throws {
    let elements = """
      <flow name="f"><http:request method="GET" url="https://kim:hunter2@a.example/x?key=s3cret"/></flow>
      """
    let fragment = try fragment(elements)
    #expect(
      shown(fragment.connections) == [
        "order-api reads application a.example by api: GET https://a.example/x"
      ])
  }

  @Test("schedules, events and the operations of an API router start flows")
  func triggers() throws {
    let elements = """
      <flow name="a"><scheduler><scheduling-strategy><cron expression="0 0 6 * * ?" timeZone="UTC"/></scheduling-strategy></scheduler></flow>
      <flow name="b"><scheduler><scheduling-strategy><fixed-frequency frequency="5" timeUnit="MINUTES"/></scheduling-strategy></scheduler></flow>
      <flow name="c"><salesforce:replay-channel-listener streamingChannel="/event/Paid__e"/></flow>
      <flow name="get:\\orders\\(id):api-config"><logger/></flow>
      <flow name="d"><mcp:tool-listener name="find-order"/></flow>
      """
    #expect(
      try fragment(elements).triggers.map { "\($0.kind.rawValue) \($0.expression ?? "")" } == [
        "schedule 0 0 6 * * ? UTC", "schedule every 5 minutes",
        "event replay-channel-listener /event/Paid__e", "call GET /orders/(id)",
        "call MCP tool-listener find-order",
      ])
  }

  @Test("agents are called by their address and served under their own")
  func agents() throws {
    let elements = """
      <a2a:server-config name="S"><a2a:connection agentPath="/"/>
        <a2a:card name="Order agent" url="https://agents.example/orders" version="2.0.0">
        <a2a:description>Knows orders</a2a:description></a2a:card></a2a:server-config>
      <a2a:client-config name="Stock"><a2a:client-connection serverUrl="https://agents.example/stock"/></a2a:client-config>
      <mcp:client-config name="Tools"><mcp:sse-client-connection serverUrl="${tools.url}"/></mcp:client-config>
      <flow name="f"><a2a:task-listener config-ref="S"/>
        <a2a:send-message config-ref="Stock"/><mcp:call-tool config-ref="Tools" toolName="find"/></flow>
      """
    let document = try #require(imported([path: mule(elements)]).first)
    let system = try #require(document.fragment.systems.first)
    #expect(system.kind.value == .agent)
    #expect(system.aliases == ["Order agent", "https://agents.example/orders"])
    #expect(system.purpose.value == "Knows orders")
    #expect(
      shown(document.fragment.connections) == [
        "order-api writes system https://agents.example/stock by a2a: send-message",
        "order-api invokes application order-api: ${tools.url} by mcp: call-tool find",
      ])
    #expect(document.problems.map(\.severity) == [.low])
  }

  @Test("references to flows that are computed or not there are noted")
  func problems() {
    expectProblems(
      path,
      mule(
        """
        <flow name="f">
          1️⃣<flow-ref name="#[vars.next]"/>
          2️⃣<flow-ref name="elsewhere"/>
          <flow-ref name="f"/>
          3️⃣<flow-ref/>
        </flow>
        """), [(.low, "computed"), (.info, "'elsewhere'"), (.medium, "names no flow")])
  }

  @Test("tests of flows and lone descriptors say nothing of an estate")
  func beside() {
    let documents = imported([
      "a/src/test/munit/t.xml": mule("<munit:config/><munit:test name=\"t\"/>"),
      "b/mule-artifact.json": "{\"minMuleVersion\": \"4.6.0\"}",
    ])
    #expect(documents.map(\.status) == [.notInventory, .notInventory])
    #expect(documents.allSatisfy { $0.problems.map(\.severity) == [.info] })
  }

  @Test("what runs on the machine itself is the application's own and not shared with others")
  func ownMachine() throws {
    let document = try #require(
      imported([
        path: mule(
          """
          <db:config name="Orders_Db"><db:my-sql-connection host="localhost" port="3306" database="o"/></db:config>
          <http:request-config name="Stock"><http:request-connection host="127.0.0.1" port="8091"/></http:request-config>
          <flow name="f"><db:select config-ref="Orders_Db"><db:sql>SELECT a FROM orders</db:sql></db:select>
          <http:request method="GET" config-ref="Stock" path="/stock"/></flow>
          """)
      ]).first)
    #expect(document.fragment.connections.map(\.target.name) == ["MySQL", "order-api: Stock"])
    #expect(document.problems.map(\.message).contains { $0.contains("of the machine itself") })
  }

  @Test("truncated, deeply nested and wrongly encoded files are told, not read")
  func damaged() {
    let whole = mule("<flow name=\"f\"><logger/></flow>")
    #expect(imported([path: String(whole.prefix(whole.count - 20))]).map(\.status) == [.failed])
    let deep = String(repeating: "<try>", count: 10_000)
    #expect(imported([path: mule("<flow name=\"f\">\(deep)")]).map(\.status) == [.failed])
    let nested = String(repeating: "<try>", count: 200) + String(repeating: "</try>", count: 200)
    #expect(
      imported([path: mule("<flow name=\"f\">\(nested)</flow>")]).map(\.status) == [.imported])
  }
}
