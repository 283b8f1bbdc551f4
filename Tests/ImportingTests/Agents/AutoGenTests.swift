import Facts
import Importing
import Inventory
import Testing

@Suite("AutoGen")
struct AutoGenTests {
  private let team = """
    {"provider": "autogen_agentchat.teams.SelectorGroupChat", "component_type": "team", "label": "Travel desk",
     "description": "Plans trips", "config": {
      "participants": [
       {"provider": "autogen_agentchat.agents.AssistantAgent", "component_type": "agent", "config": {
         "name": "planner", "description": "Plans", "system_message": "x",
         "model_client": {"provider": "autogen_ext.models.openai.OpenAIChatCompletionClient", "component_type": "model",
           "config": {"model": "gpt-4o", "api_key": "sk-secret", "max_tokens": 5}},
         "tools": [{"provider": "autogen_core.tools.FunctionTool", "component_type": "tool", "config": {
           "name": "weather", "source_code": "def weather():\\n  k = os.getenv('WEATHER_KEY')\\n  get(f'https://api.weather.example/v1?k={k}')"}}],
         "workbench": [{"provider": "autogen_ext.tools.mcp.McpWorkbench", "component_type": "workbench",
           "config": {"server_params": {"type": "StdioServerParams", "command": "npx", "args": ["-y", "@example/maps@1"],
             "env": {"MAPS_TOKEN": "t0p"}}}}],
         "handoffs": ["booker", {"target": "user"}]}},
       {"provider": "autogen_agentchat.teams.RoundRobinGroupChat", "component_type": "team", "label": "Booking", "config": {
         "participants": [{"provider": "autogen_agentchat.agents.AssistantAgent", "component_type": "agent",
           "config": {"name": "booker"}}]}},
       {"provider": "autogen_agentchat.agents.UserProxyAgent", "component_type": "agent",
        "config": {"name": "traveller", "description": "Approves the plan"}}],
      "model_client": {"provider": "autogen_ext.models.openai.AzureOpenAIChatCompletionClient",
        "config": {"model": "gpt-4o-mini", "azure_endpoint": "https://x.openai.azure.com/"}},
      "termination_condition": {"provider": "autogen_agentchat.base.OrTerminationCondition", "config": {"conditions": [
        {"provider": "autogen_agentchat.conditions.MaxMessageTermination", "config": {"max_messages": 10}},
        {"provider": "autogen_agentchat.conditions.TextMentionTermination", "config": {"text": "DONE"}}]}}}}
    """

  @Test("a team calls its agents and asks a person; agents have models, tools and servers")
  func teamFile() throws {
    let documents = imported(["team.json": team])
    #expect(documents.map(\.format) == ["autogen"])
    #expect(documents.map(\.status) == [.imported])
    let fragment = documents[0].fragment
    #expect(fragment.systems.map(\.name) == ["Travel desk", "planner", "Booking", "booker"])
    #expect(
      fragment.systems.map(\.kind.value) == [.orchestrator, .agent, .orchestrator, .agent])
    #expect(fragment.systems[0].models == ["gpt-4o-mini"])
    #expect(fragment.systems[1].models == ["gpt-4o"])
    #expect(
      fragment.steps.map { "\($0.system) \($0.id) \($0.kind.rawValue)" } == [
        "Travel desk planner call", "Booking booker call", "Travel desk Booking call",
        "Travel desk traveller human",
      ])
    #expect(
      fragment.touchPoints.map { "\($0.step) \($0.kind.rawValue)" } == [
        "handoff to user exception", "traveller approval",
      ])
    #expect(
      shown(fragment.connections) == [
        "planner invokes application weather by internal: tool",
        "planner invokes application api.weather.example by api: code",
        "planner invokes application @example/maps by mcp: workbench",
        "planner invokes system booker by internal: handoff",
        "planner escalates team user by people: handoff",
        "Travel desk invokes system planner by internal: participant",
        "Booking invokes system booker by internal: participant",
        "Travel desk invokes system Booking by internal: participant",
      ])
    #expect(
      fragment.guardrails.map(\.name) == [
        "stops at MaxMessageTermination: max messages 10",
        "stops at TextMentionTermination: text DONE",
      ])
    #expect(
      fragment.credentials.map(\.name) == [
        "OpenAIChatCompletionClient api_key", "WEATHER_KEY", "MAPS_TOKEN",
      ])
    for secret in ["sk-secret", "t0p"] { #expect(!"\(documents)".contains(secret)) }
  }

  @Test("a gallery lists teams, agents and tools")
  func gallery() {
    let documents = imported([
      "gallery.json": """
      {"id": "g", "name": "G", "metadata": {"author": "a", "version": "1"}, "components": {
       "agents": [{"provider": "autogen_agentchat.agents.UserProxyAgent", "component_type": "agent", "config": {"name": "critic"}}],
       "models": [{"provider": "autogen_ext.models.openai.OpenAIChatCompletionClient", "component_type": "model", "config": {"model": "m"}}],
       "tools": [{"provider": "autogen_ext.tools.http.HttpTool", "component_type": "tool", "config": {
         "name": "rates", "host": "rates.example.com", "port": 443, "method": "GET", "path": "/eur", "json_schema": {}}}],
       "terminations": [], "teams": [\(team)], "workbenches": []}}
      """
    ])
    #expect(documents.map(\.status) == [.imported])
    let fragment = documents[0].fragment
    #expect(fragment.systems.map(\.name).prefix(2) == ["critic", "Travel desk"])
    #expect(fragment.touchPoints.first?.system == "critic")
    #expect(
      shown(fragment.connections).first
        == "rates reads application rates.example.com by api: GET /eur")
  }

  @Test("exports of version 0.2: agents, group chats, workflows, skills; models say nothing")
  func legacy() {
    let documents = imported([
      "agent.json": """
      {"user_id": "p@example.com", "version": "0.0.1", "type": "assistant", "config": {"name": "writer",
       "description": "Writes", "human_input_mode": "ALWAYS", "max_consecutive_auto_reply": 5,
       "code_execution_config": "local", "llm_config": {"config_list": [{"model": "gpt-4", "api_key": "k3y"}]}},
       "skills": [{"name": "search", "content": "import os\\ndef search(): pass"}]}
      """,
      "model.json":
        "{\"user_id\": \"p\", \"model\": \"gpt-4\", \"api_type\": \"open_ai\", \"base_url\": null}",
      "skill.json":
        "{\"user_id\": \"p\", \"name\": \"news\", \"content\": \"def news():\\n get('https://news.example.com/a')\"}",
      "workflow.json": """
      {"name": "Desk", "type": "autonomous", "summary_method": "last",
       "sender": {"type": "userproxy", "config": {"name": "user_proxy", "human_input_mode": "NEVER"}},
       "receiver": {"type": "groupchat", "config": {"name": "manager", "max_round": 8},
         "groupchat_config": {"agents": [{"type": "assistant", "config": {"name": "analyst"}}]}}}
      """,
    ])
    #expect(documents.map(\.status) == [.imported, .notInventory, .imported, .imported])
    let estate = Estate(merging: documents)
    #expect(
      estate.systems.map(\.name) == ["analyst", "Desk", "manager", "news", "user_proxy", "writer"])
    #expect(estate.touchPoints.map { "\($0.system) \($0.kind)" } == ["writer review"])
    #expect(
      Set(shown(estate.connections)) == [
        "writer invokes application search by internal: skill",
        "news invokes application news.example.com by api: code",
        "Desk invokes system user_proxy by internal: participant",
        "Desk invokes system manager by internal: participant",
        "manager invokes system analyst by internal: participant",
      ])
    #expect(estate.permissions.map(\.name) == ["run code (local)"])
    #expect(!"\(documents)".contains("k3y"))
    #expect(!"\(documents)".contains("p@example.com"))
  }

  @Test("nameless, wrongly typed and truncated files give problems, not crashes")
  func hostile() {
    let odd = imported([
      "a.json": """
      {"provider": "autogen_agentchat.teams.Swarm", "component_type": "team",
       "config": {"name": "T", "participants": [{"provider": "autogen_agentchat.agents.AssistantAgent", "config": {"name": 5}}, 3]}}
      """,
      "b.json": String(team.prefix(300)),
      "c.json": "[{\"provider\": \"autogen_x.Y\", \"config\": {}}]",
    ])
    #expect(odd.map(\.status) == [.partial, .failed, .notInventory])
    #expect(odd[0].problems.count == 2)
    var deep =
      "{\"provider\": \"autogen_agentchat.agents.AssistantAgent\", \"config\": {\"name\": \"a\"}}"
    for level in 0..<60 {
      deep = """
        {"provider": "autogen_agentchat.teams.Swarm", "config": {"name": "t\(level)", "participants": [\(deep)]}}
        """
    }
    #expect(imported(["d.json": deep]).map(\.status) == [.imported])
  }
}
