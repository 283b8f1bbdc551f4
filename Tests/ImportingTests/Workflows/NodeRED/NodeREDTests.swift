import Facts
import Inventory
import Testing

@testable import Importing

@Suite("Node-RED")
struct NodeREDTests {
  private let flows = """
    [{"id": "t1", "type": "tab", "label": "Claims intake", "disabled": false, "info": "Takes claims from the desk."},
    {"id": "t2", "type": "tab", "label": "Night run", "disabled": true, "env": [{"name": "DESK_KEY", "type": "cred"}]},
    {"id": "s1", "type": "subflow", "name": "Register claim"},
    {"id": "b1", "type": "mqtt-broker", "name": "Plant", "broker": "mq.harbour.example"},
    {"id": "a", "type": "inject", "z": "t2", "name": "nightly", "crontab": "0 2 * * *", "repeat": "", "once": false, "x": 1, "y": 1, "wires": [["b"]]},
    {"id": "b", "type": "http request", "z": "t2", "name": "fetch claims", "method": "GET", "url": "https://desk.harbour.example/claims", "authType": "basic", "x": 1, "y": 1, "wires": [["c"]]},
    {"id": "c", "type": "link call", "z": "t2", "name": "hand on", "links": ["d"], "timeout": "30", "x": 1, "y": 1, "wires": [[]]},
    {"id": "d", "type": "link in", "z": "t1", "name": "in", "links": [], "x": 1, "y": 1, "wires": [["e"]]},
    {"id": "e", "type": "switch", "z": "t1", "name": "large?", "x": 1, "y": 1, "wires": [["f"], ["g"]]},
    {"id": "f", "type": "subflow:s1", "z": "t1", "name": "", "x": 1, "y": 1, "wires": [[]]},
    {"id": "g", "type": "ui_form", "z": "t1", "name": "Enter amount", "x": 1, "y": 1, "wires": [["h"]]},
    {"id": "h", "type": "mqtt out", "z": "t1", "name": "", "topic": "claims/new", "broker": "b1", "x": 1, "y": 1, "wires": []},
    {"id": "i", "type": "catch", "z": "t1", "name": "all errors", "x": 1, "y": 1, "wires": [["j"]]},
    {"id": "j", "type": "e-mail", "z": "t1", "name": "tell the desk", "server": "smtp.harbour.example", "x": 1, "y": 1, "wires": []},
    {"id": "k", "type": "comment", "z": "t1", "name": "a remark", "x": 1, "y": 1, "wires": []},
    {"id": "l", "type": "debug", "z": "t1", "name": "", "d": true, "x": 1, "y": 1, "wires": []},
    {"id": "m", "type": "mysql", "z": "s1", "name": "store", "mydb": "db", "x": 1, "y": 1, "wires": []},
    {"id": "db", "type": "MySQLdatabase", "name": "", "host": "db.harbour.example", "db": "claims"}]
    """

  @Test("tabs and subflows are systems; their nodes are steps, and calls lead to what they name")
  func whole() throws {
    let document = try #require(imported(["flows.json": flows]).first)
    #expect(document.format == "node-red" && document.status == .imported)
    let fragment = document.fragment
    #expect(fragment.systems.map(\.name) == ["Claims intake", "Night run", "Register claim"])
    #expect(fragment.systems.map(\.status.value) == [nil, .disabled, nil])
    #expect(fragment.systems.first?.purpose.value == "Takes claims from the desk.")
    #expect(fragment.systems[1].volume.value == Frequency(count: 1, per: .day))
    #expect(
      shown(fragment.connections) == [
        "Night run reads application desk.harbour.example by api: GET",
        "Night run invokes system Claims intake by internal: link call",
        "Claims intake invokes system Register claim by internal: subflow",
        "Claims intake writes application mq.harbour.example by queue: mqtt out",
        "Claims intake writes application smtp.harbour.example by mail: e-mail",
        "Register claim invokes application MySQL by database: mysql",
      ])
    #expect(fragment.connections[3].data == ["claims/new"])
    #expect(fragment.steps.count == 11)
    #expect(fragment.steps.filter { $0.kind == .errorHandling }.map(\.id) == ["i", "j"])
    #expect(fragment.touchPoints.map(\.name) == ["Enter amount"])
    #expect(fragment.touchPoints.map(\.kind) == [.form])
    #expect(fragment.triggers.map(\.expression) == ["0 2 * * *"])
    #expect(fragment.credentials.map(\.name) == ["fetch claims (basic)", "DESK_KEY"])
    #expect(document.problems.map(\.severity) == [.info])
  }

  @Test("an export without its tab is named after the file, a computed address is a problem")
  func loose() {
    expectProblems(
      "pump.json",
      """
      [{"id": "a", "type": "inject", "z": "x", "repeat": "60", "x": 1, "y": 1, "wires": [["b"]]},
      1️⃣{"id": "b", "type": "http request", "z": "x", "name": "call", "method": "use", "url": "", "x": 1, "y": 1, "wires": [[]]}]
      """, [(.low, "is computed or not stated")])
  }

  @Test("an answer of the API and a packaged subflow are read too")
  func wrapped() {
    let tab = """
      {"id": "1", "label": "Pumps", "nodes": [{"id": "a", "type": "inject", "z": "1", "repeat": "60", "x": 1, "y": 1, "wires": []}], "configs": []}
      """
    let packaged = """
      {"id": "1", "type": "subflow", "name": "Filter", "in": [], "flow": [{"id": "a", "type": "change", "z": "1", "x": 1, "y": 1, "wires": []}]}
      """
    let documents = imported(["a.json": tab, "b.json": packaged])
    #expect(documents.map(\.format) == ["node-red", "node-red"])
    #expect(documents.flatMap(\.fragment.systems).map(\.name) == ["Pumps", "Filter"])
    #expect(
      documents.first?.fragment.systems.first?.volume.value == Frequency(count: 60, per: .hour))
  }

  @Test("the identifier of another node is no host, whether that node is in the file or not")
  func identifiers() throws {
    let text = """
      [{"id": "aa11bb22.c3d4e5", "type": "tab", "label": "Pumps"},
      {"id": "8c1e44d2.f0b9a8", "type": "mqtt-broker", "broker": "localhost", "port": "1883"},
      {"id": "1d2e3f4a.5b6c7d", "type": "websocket-listener", "path": "/ws/pumps"},
      {"id": "b", "type": "mqtt out", "z": "aa11bb22.c3d4e5", "topic": "pump/1", "broker": "8c1e44d2.f0b9a8", "x": 1, "y": 1, "wires": []},
      {"id": "c", "type": "mqtt out", "z": "aa11bb22.c3d4e5", "topic": "pump/2", "broker": "9f8e7d6c.5b4a39", "x": 1, "y": 1, "wires": []},
      {"id": "d", "type": "mqtt out", "z": "aa11bb22.c3d4e5", "topic": "pump/3", "broker": "cafe.de", "x": 1, "y": 1, "wires": []},
      {"id": "e", "type": "websocket out", "z": "aa11bb22.c3d4e5", "server": "1d2e3f4a.5b6c7d", "x": 1, "y": 1, "wires": []}]
      """
    let fragment = try #require(imported(["flows.json": text]).first).fragment
    #expect(fragment.connections.map(\.target.name) == ["MQTT broker", "MQTT broker", "cafe.de"])
  }

  @Test("damaged files give a problem or nothing, and no crash")
  func damaged() {
    #expect(imported(["f.json": String(flows.prefix(900))]).first?.status == .failed)
    #expect(imported(["f.json": "[{\"id\": 1, \"type\": [], \"wires\": {}}]"]).first?.format == nil)
    let odd = """
      [{"id": "a", "type": "link out", "z": "x", "links": {"a": 1}, "wires": [[1, null]], "timeout": "x"}]
      """
    #expect(imported(["f.json": odd]).first?.status == .imported)
  }
}
