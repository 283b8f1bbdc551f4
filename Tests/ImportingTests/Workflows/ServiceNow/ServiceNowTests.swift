import DocumentReading
import Facts
import Inventory
import Testing

@testable import Importing

@Suite("ServiceNow exports")
struct ServiceNowTests {
  private func document(_ text: String) throws -> SourceDocument {
    try #require(imported(["export.xml": text]).first)
  }

  private func steps(_ fragment: EstateFragment) -> [String] {
    fragment.steps.map { "\($0.kind.rawValue) \($0.name ?? "-")" }
  }

  @Test("a flow has its steps once, in order, though its snapshot repeats them")
  func flow() throws {
    let document = try document(serviceNowFlow)
    #expect(document.format == "servicenow")
    #expect(document.status == .imported)
    let fragment = document.fragment
    let system = try #require(fragment.systems.first)
    #expect(fragment.systems.count == 1)
    #expect(system.name == "Handle outage")
    #expect(system.aliases.contains("handle_outage"))
    #expect(system.technology.value == "ServiceNow Flow Designer")
    #expect(system.purpose.value == "What to do")
    #expect(system.creator.value == "kim")
    #expect(system.owner.isKnown == false)
    #expect(system.status.value == .production)
    #expect(
      steps(fragment) == [
        "action Update Record: Set to open", "human Ask For Approval", "decision If: High impact",
        "human Create Task", "call Tell everybody", "call Post to Slack", "error-handling Catch",
        "error-handling Log",
      ])
    #expect(
      fragment.touchPoints.map { "\($0.kind.rawValue) \($0.team ?? "-")" } == [
        "approval -", "work Network",
      ])
    #expect(fragment.triggers.map(\.expression) == ["Created incident"])
    #expect(fragment.permissions.map(\.name) == ["run as system", "run with role itil"])
    #expect(
      shown(fragment.connections) == [
        "ServiceNow triggers system Handle outage by internal",
        "Handle outage writes application ServiceNow by internal: Update Record",
        "Handle outage invokes application ServiceNow by people: Ask For Approval",
        "Handle outage writes application ServiceNow by internal: Create Task",
        "Handle outage invokes system Tell everybody by internal: subflow",
        "Handle outage invokes system Post to Slack by internal: action",
      ])
    #expect(
      fragment.connections.map(\.data) == [
        ["incident"], ["incident"], [], ["incident_task"], [], [],
      ])
  }

  @Test("an update set carries the same records as text, at the place of the change")
  func updateSet() throws {
    let fragment = try document(serviceNowUpdateSet(serviceNowFlow)).fragment
    #expect(fragment.steps.count == 8)
    #expect(fragment.steps.first?.evidence.location.line == 4)
    #expect(fragment.steps.first?.evidence.location.element?.contains("a1") == true)
    let nested = try document(serviceNowUpdateSet(serviceNowUpdateSet(serviceNowFlow))).fragment
    #expect(nested.steps.count == 8)
  }

  @Test("inputs of older flows are records of their own")
  func olderFlow() throws {
    let text = serviceNowFile(
      "sys_hub_flow", serviceNowRecord("sys_hub_flow", "f", ["name": "Old", "type": "subflow"]),
      serviceNowRecord(
        "sys_hub_action_instance", "a",
        ["action_type": "Look Up Record|x", "flow": "Old|f", "order": "1"]),
      serviceNowRecord(
        "sys_variable_value", "v",
        ["document_key": "a", "variable": "Table|x", "value": "change_request"]),
      serviceNowRecord(
        "sys_hub_flow_logic", "w",
        ["logic_definition": "Wait for a duration of time|x", "flow": "Old|f", "order": "2"]),
      serviceNowRecord(
        "sys_hub_action_instance", "c",
        ["action_type": "Wait For Condition|x", "flow": "Old|f", "order": "3"]))
    let fragment = try document(text).fragment
    #expect(
      steps(fragment) == [
        "action Look Up Record", "wait Wait for a duration of time", "wait Wait For Condition",
      ])
    #expect(fragment.connections.first?.data == ["change_request"])
    #expect(fragment.triggers.map(\.kind) == [.call])
    // That people end the wait is concluded, and says so.
    #expect(fragment.touchPoints.map(\.evidence.provenance) == [.inferred])
  }

  @Test("a workflow of the older editor has its published activities, with those of people")
  func workflow() throws {
    func activity(_ id: String, _ type: String, _ name: String, _ version: String = "v2") -> String
    {
      serviceNowRecord(
        "wf_activity", id,
        [
          "activity_definition": "\(type)|x", "name": name,
          "workflow_version": "Onboard|\(version)",
          "timeout": "1970-01-01 02:00:00",
        ])
    }
    let text = serviceNowUpdateSet(
      serviceNowFile(
        "wf_workflow", serviceNowRecord("wf_workflow", "w", ["name": "Onboard"]),
        serviceNowRecord(
          "wf_workflow_version", "v1", ["workflow": "Onboard|w", "published": "false"]),
        serviceNowRecord(
          "wf_workflow_version", "v2",
          [
            "workflow": "Onboard|w", "published": "true", "active": "true", "table": "sc_req_item",
            "condition": "active=true",
          ]),
        activity("0", "Begin", "Begin"), activity("1", "Approval - Group", "Manager agrees"),
        activity("2", "Catalog Task", "Order laptop"), activity("3", "If", "Approved?"),
        activity("4", "Rollback To", "Back"), activity("5", "Timer", "Wait"),
        activity("9", "Run Script", "old", "v1"),
        serviceNowRecord(
          "wf_workflow_instance", "6",
          ["workflow": "Create account|x", "workflow_version": "Onboard|v2"])))
    let document = try document(text)
    let fragment = document.fragment
    #expect(fragment.systems.map(\.name) == ["Onboard"])
    #expect(fragment.systems.first?.status.value == .production)
    #expect(
      steps(fragment) == [
        "group Begin", "human Manager agrees", "human Order laptop", "decision Approved?",
        "error-handling Back", "wait Wait", "action Activity",
      ])
    #expect(fragment.steps[1].timeout == TimeSpan(microseconds: 7_200_000_000))
    #expect(
      fragment.touchPoints.map { "\($0.kind.rawValue) \($0.name ?? "-")" } == [
        "approval Manager agrees", "work Order laptop",
      ])
    #expect(
      shown(fragment.connections).contains(
        "Onboard invokes system Create account by internal: workflow"))
    #expect(document.problems.map(\.severity) == [.info])
  }

  @Test("a script's address counts where the variable that gets it begins with it, up to its path")
  func variables() {
    let script = """
      var url = 'https://api.ledger.example/v1/' + number;
      rm.setEndpoint( url );
      """
    #expect(ServiceNowScript(script).addresses == ["https://api.ledger.example/v1/"])
    #expect(
      ServiceNowScript("var u = 'https://' + host + '/v1'; r.setEndpoint(u);").addresses == [])
    #expect(ServiceNowScript("var u = 'https://api.' + h; r.setEndpoint(u);").addresses == [])
    // Which of two assignments counts is not known; a comparison and a field are none.
    let either = "var u = 'https://a.example/x'; u = get(); r.setEndpoint(u);"
    #expect(ServiceNowScript(either).addresses == [])
    let beside = "var u = 'https://a.example/x'; if (u == b) o.u = c; r.setEndpoint(u);"
    #expect(ServiceNowScript(beside).addresses == ["https://a.example/x"])
  }

  @Test("the plan that every instance has by default is no workflow of anybody's")
  func defaultPlan() throws {
    let text = serviceNowUpdateSet(
      serviceNowFile(
        "sc_cat_item",
        serviceNowRecord(
          "sc_cat_item", "c", ["name": "New badge", "delivery_plan": "DEFAULT|523d"])))
    let fragment = try document(text).fragment
    #expect(fragment.triggers.isEmpty && fragment.touchPoints.isEmpty)
  }

  @Test("business rules, jobs and event actions are named, with what their scripts name")
  func scripts() throws {
    let script = """
      var r = new sn_ws.RESTMessageV2('Payroll', 'post');
      // r = new sn_ws.RESTMessageV2('Old one', 'post');
      r.setEndpoint("https://api.payroll.example/v1");
      var g = new GlideRecord('x_leave'); g.insert();
      gs.eventQueue('leave.taken', g);
      sn_fd.FlowAPI.getRunner().subflow('x_hr.tell_manager').inBackground().run();
      var secret = 'hunter2';
      """
    let text = serviceNowUpdateSet(
      serviceNowFile(
        "sys_script",
        serviceNowRecord(
          "sys_script", "b",
          [
            "name": "Send leave", "collection": "x_request", "when": "after",
            "action_insert": "true", "action_update": "true", "active": "false",
            "condition": "current.ok", "advanced": "true", "script": script,
          ])),
      serviceNowFile(
        "sysauto_script",
        serviceNowRecord(
          "sysauto_script", "j",
          [
            "name": "Nightly", "run_type": "daily", "run_time": "1970-01-01 02:00:00",
            "run_dayofweek": "1", "active": "true",
          ])),
      serviceNowFile(
        "sysevent_script_action",
        serviceNowRecord(
          "sysevent_script_action", "e", ["name": "On leave", "event_name": "leave.taken"])))
    let fragment = try document(text).fragment
    #expect(
      fragment.systems.map { "\($0.name): \($0.technology.value ?? "-")" } == [
        "On leave: ServiceNow script action", "Nightly: ServiceNow scheduled script",
        "Send leave (x_request): ServiceNow business rule",
      ])
    #expect(fragment.systems.map(\.status.value) == [nil, .production, .disabled])
    #expect(
      fragment.triggers.map { "\($0.kind.rawValue) \($0.expression ?? "-")" } == [
        "event leave.taken", "schedule daily at 02:00:00", "event after insert/update x_request",
      ])
    let rule = "Send leave (x_request)"
    #expect(
      shown(fragment.connections) == [
        "ServiceNow triggers system On leave by queue",
        "ServiceNow triggers system \(rule) by internal",
        "\(rule) invokes system Payroll by api: RESTMessageV2",
        "\(rule) invokes application api.payroll.example by api: setEndpoint",
        "\(rule) invokes system x_hr.tell_manager by internal: FlowAPI",
        "\(rule) writes application ServiceNow by internal: GlideRecord",
        "\(rule) invokes application ServiceNow by queue: eventQueue",
      ])
    #expect(!"\(fragment)".contains("hunter2"))
  }

  @Test("assignment and approval rules name groups; libraries count where they reach out")
  func rules() throws {
    let unload =
      "<unload unload_date=\"x\">"
      + [
        serviceNowRecord(
          "sysrule_assignment", "1",
          ["name": "Network", "table": "incident", "group": "Network team|g"]),
        serviceNowRecord(
          "sysrule_approvals", "2",
          ["name": "Big", "table": "change_request", "approval_group": "Board|g"]),
        serviceNowRecord("sys_script_include", "3", ["name": "Quiet", "script": "var a = 1;"]),
        serviceNowRecord(
          "sys_ui_action", "4",
          ["name": "Send", "table": "x_order", "script": "new sn_ws.RESTMessageV2('Shop', 'x')"]),
        serviceNowRecord("sys_decision", "5", ["name": "u_route", "label": "Route"]),
        serviceNowRecord(
          "sys_decision_question", "6", ["decision_table": "Route|5", "label": "Far away"]),
      ].joined() + "</unload>"
    let fragment = try document(unload).fragment
    #expect(
      fragment.systems.map(\.name) == [
        "Send (x_order)", "Network (incident)", "Big (change_request)", "Route",
      ])
    #expect(
      shown(fragment.connections).filter { !$0.contains("triggers") } == [
        "Send (x_order) invokes system Shop by api: RESTMessageV2",
        "Network (incident) hands-over team Network team by people: assignment",
      ])
    #expect(fragment.touchPoints.map(\.team) == ["Board"])
    #expect(fragment.steps.last?.name == "Far away")
  }

  @Test("web services in both directions, their credentials by name, also one record a file")
  func services() throws {
    let documents = imported([
      "app/sys_app_1.xml": serviceNowFile(
        "sys_app", serviceNowRecord("sys_app", "1", ["name": "HR"])),
      "app/update/sys_rest_message_2.xml": serviceNowFile(
        "sys_rest_message",
        serviceNowRecord(
          "sys_rest_message", "2",
          [
            "name": "Payroll", "rest_endpoint": "https://pay.example/api",
            "authentication_type": "basic",
            "basic_auth_profile": "Payroll login|x",
          ])),
      "app/update/sys_rest_message_fn_3.xml": serviceNowFile(
        "sys_rest_message_fn",
        serviceNowRecord(
          "sys_rest_message_fn", "3",
          ["function_name": "Post entry", "http_method": "post", "rest_message": "Payroll|2"])),
      "app/update/sys_ws_operation_4.xml": serviceNowFile(
        "sys_ws_operation",
        serviceNowRecord(
          "sys_ws_operation", "4",
          [
            "name": "Take leave", "http_method": "POST", "operation_uri": "/api/x_hr/leave",
            "web_service_definition": "Leave|5", "requires_authentication": "false",
            "sys_scope": "HR|1",
          ])),
      "app/update/sys_dictionary_6.xml": serviceNowFile(
        "sys_dictionary", serviceNowRecord("sys_dictionary", "6", ["element": "x"])),
    ])
    #expect(
      documents.map(\.status) == [.notInventory, .notInventory, .imported, .imported, .partial])
    #expect(documents[1].problems.map(\.severity) == [.info])
    let estate = Estate(merging: documents)
    #expect(estate.systems.map(\.name) == ["HR Leave", "Payroll"])
    #expect(
      shown(estate.connections) == ["Payroll writes application pay.example by api: Post entry"])
    #expect(
      estate.credentials.map { "\($0.name) \($0.application ?? "-")" } == [
        "Payroll login pay.example"
      ])
    #expect(estate.triggers.map(\.expression) == ["POST /api/x_hr/leave"])
    #expect(estate.permissions.map(\.name) == ["open to callers without authentication"])
  }

  @Test("a computed address keeps its fixed part, else a name of its own")
  func computedAddress() throws {
    func targets(_ address: String) throws -> [String] {
      let message = serviceNowRecord(
        "sys_rest_message", "m", ["name": "Out", "rest_endpoint": address])
      return try document(serviceNowFile("sys_rest_message", message)).fragment.connections.map {
        $0.target.name
      }
    }
    #expect(try targets("https://${instance}.service-now.com/api") == ["ServiceNow"])
    #expect(try targets("https://${host}/api") == ["Out endpoint"])
  }

  @Test("a catalog item that starts a flow is a form in front of it")
  func catalog() throws {
    let text = serviceNowFile(
      "sc_cat_item",
      serviceNowRecord(
        "sc_cat_item", "i", ["name": "New laptop", "flow_designer_flow": "Order laptop|f"]))
    let fragment = try document(text).fragment
    #expect(
      fragment.triggers.map { "\($0.system): \($0.expression ?? "")" } == [
        "Order laptop: catalog item New laptop"
      ])
    #expect(fragment.touchPoints.map(\.kind) == [.form])
  }

  @Test("agents have tools, and those that need a person's consent say so")
  func agents() throws {
    let text = serviceNowUpdateSet(
      serviceNowFile(
        "sn_aia_usecase",
        serviceNowRecord("sn_aia_usecase", "u", ["name": "Resolve incident", "team": "Team|t"])),
      serviceNowFile(
        "sn_aia_team_member",
        serviceNowRecord("sn_aia_team_member", "m", ["team": "Team|t", "agent": "Triage|a"])),
      serviceNowFile(
        "sn_aia_agent",
        serviceNowRecord("sn_aia_agent", "a", ["name": "Triage agent", "role": "x"])),
      serviceNowFile(
        "sn_aia_tool",
        serviceNowRecord(
          "sn_aia_tool", "t1",
          ["name": "Restart", "type": "subflow", "target_document": "Restart server|x"])),
      serviceNowFile(
        "sn_aia_agent_tool_m2m",
        serviceNowRecord(
          "sn_aia_agent_tool_m2m", "x",
          [
            "agent": "Triage|a", "tool": "Restart|t1", "name": "Restart",
            "execution_mode": "copilot",
            "max_auto_executions": "5", "timeout": "30",
          ])),
      serviceNowFile(
        "sn_aia_trigger_configuration",
        serviceNowRecord(
          "sn_aia_trigger_configuration", "c",
          ["usecase": "Resolve incident|u", "target_table": "incident", "active": "true"])))
    let fragment = try document(text).fragment
    #expect(
      fragment.systems.map { "\($0.name) \($0.kind.value?.rawValue ?? "-")" } == [
        "Triage agent agent", "Resolve incident orchestrator",
      ])
    #expect(
      shown(fragment.connections) == [
        "Resolve incident invokes system Triage agent by internal: team member",
        "Triage agent invokes system Restart server by internal: tool",
        "ServiceNow triggers system Resolve incident by internal",
      ])
    #expect(fragment.steps.map { "\($0.kind.rawValue) \($0.name ?? "")" } == ["human Restart"])
    #expect(fragment.touchPoints.map(\.kind) == [.approval])
    #expect(fragment.guardrails.count == 2)
    #expect(fragment.triggers.map(\.expression) == ["incident"])
  }

  @Test("deleted records, repeated ones and partial updates count as they should")
  func changes() throws {
    let text = serviceNowFile(
      "sysauto_script",
      serviceNowRecord("sysauto_script", "a", action: "DELETE", ["name": "Gone"]),
      serviceNowRecord("sysauto_script", "b", ["name": "First name", "active": "true"]),
      serviceNowRecord("sysauto_script", "b", ["name": "Last name", "active": "true"]),
      serviceNowRecord("sysauto_script", "b", action: "UPDATE", ["active": "false"]))
    let document = try document(text)
    #expect(document.fragment.systems.map(\.name) == ["Last name"])
    #expect(document.fragment.systems.first?.status.value == .disabled)
    #expect(document.problems.map(\.message).contains { $0.contains("1 records are deleted") })
  }

  @Test("damaged payloads and inputs are noted with their place, the rest is read")
  func damaged() throws {
    let broken = serviceNowUpdateSet("<record_update><x>", serviceNowFlow)
    let document = try document(broken)
    #expect(document.status == .partial)
    #expect(document.fragment.steps.count == 8)
    #expect(document.problems.first?.severity == .medium)
    #expect(document.problems.first?.location.element == "change_0")
    let inputs = try self.document(
      serviceNowFile(
        "sys_hub_flow", serviceNowRecord("sys_hub_flow", "f", ["name": "F"]),
        serviceNowRecord(
          "sys_hub_action_instance_v2", "a",
          ["flow": "F|f", "action_type": "Log|x", "values": "H4sIbroken"])))
    #expect(inputs.problems.map(\.severity) == [.low])
    let cut = try self.document(String(serviceNowFlow.prefix(serviceNowFlow.count / 2)))
    #expect(cut.status == .failed)
    let deep = String(repeating: "<a>", count: 10_000)
    #expect(try self.document("<unload unload_date=\"x\">\(deep)").status == .failed)
  }

  @Test("flows without steps, and steps without their flow, are partial")
  func parts() throws {
    let empty = try document(
      serviceNowFile("sys_hub_flow", serviceNowRecord("sys_hub_flow", "f", ["name": "F"])))
    #expect(empty.status == .partial)
    let orphan = try document(
      serviceNowFile(
        "sys_hub_action_instance_v2",
        serviceNowRecord(
          "sys_hub_action_instance_v2", "a", ["flow": "Lost flow|f", "action_type": "Log|x"])))
    #expect(orphan.status == .partial)
    #expect(orphan.fragment.systems.map(\.name) == ["Lost flow"])
    #expect(orphan.fragment.systems.first?.sources.first?.provenance == .inferred)
  }

  @Test("data that is no automation says so")
  func beside() throws {
    let document = try document(
      "<unload unload_date=\"x\">\(serviceNowRecord("incident", "1", ["number": "INC1"]))</unload>")
    #expect(document.status == .notInventory)
    #expect(document.problems.map(\.message) == ["the file holds no automation, but 1 incident"])
  }
}
