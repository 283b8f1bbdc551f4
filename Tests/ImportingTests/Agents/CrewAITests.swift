import Facts
import Importing
import Inventory
import Testing

@Suite("CrewAI teams")
struct CrewAITests {
  private let agents = """
    researcher:
      role: >
        Senior Credit Researcher
      goal: Find what is known of an applicant
      backstory: Thorough.
      llm: azure/gpt-4o
      max_retry_limit: 2
      tools:
        - BureauTool
    writer:
      role: "{topic} writer"
      goal: Write the memo
      backstory: Terse.
      allow_delegation: true
    """

  private let tasks = """
    research_task:
      description: Look it up
      expected_output: A list
      agent: researcher
    memo_task:
      description: Write it
      expected_output: A memo
      agent: writer
      human_input: true
      guardrail: Every figure has a source
      max_execution_time: 90
      context:
        - research_task
    """

  @Test("agents become systems with goal, model and tools, in part")
  func agentsFile() throws {
    let documents = imported(["crew/config/agents.yaml": agents])
    #expect(documents.map(\.status) == [.partial])
    let estate = Estate(merging: documents)
    let researcher = try #require(estate.system(named: "Senior Credit Researcher"))
    #expect(researcher.name == "researcher")
    #expect(researcher.kind.value == .agent)
    #expect(researcher.technology.value == "CrewAI")
    #expect(researcher.purpose.value == "Find what is known of an applicant")
    #expect(researcher.purpose.winner?.evidence.location.line == 4)
    #expect(researcher.models == ["azure/gpt-4o"])
    #expect(
      shown(estate.connections) == ["researcher invokes application BureauTool by internal: tool"])
    let writer = try #require(estate.system(named: "writer"))
    #expect(writer.aliases.isEmpty)
    #expect(writer.unknowns.contains { $0.contains("delegate") })
  }

  @Test("tasks become steps of their agents; context is data flow, human input is review")
  func tasksFile() {
    let estate = estate(["c/agents.yaml": agents, "c/tasks.yaml": tasks])
    #expect(estate.systems.map(\.name) == ["researcher", "writer"])
    #expect(
      estate.steps.map { "\($0.system) \($0.id)" } == [
        "researcher research_task", "writer memo_task",
      ])
    #expect(estate.steps.map(\.retries) == [2, nil])
    #expect(estate.steps.last?.timeout == TimeSpan(microseconds: 90_000_000))
    #expect(estate.touchPoints.map { "\($0.system) \($0.kind)" } == ["writer review"])
    #expect(estate.guardrails.map(\.name) == ["Every figure has a source"])
    let flow = estate.connections.first { $0.action == "context" }
    #expect(flow.map { shown([$0]) } == ["writer reads system researcher by internal: context"])
    #expect(flow?.data == ["research_task"])
  }

  @Test("agents and tasks that are not there are noted with a guess")
  func problems() {
    expectProblems(
      "tasks.yaml",
      """
      a:
        description: x
        expected_output: y
        agent: 1️⃣resercher
        context: [2️⃣bb]
      b:
        description: x
        expected_output: y
        agent: writer
      """,
      [(.medium, "did you mean 'researcher'?"), (.medium, "did you mean 'b'?")],
      besides: ["agents.yaml": agents])
  }

  @Test("tasks without an agent belong to a crew that is named after the folder")
  func crew() throws {
    let estate = estate([
      "poems/config/tasks.yaml": "write:\n  description: x\n  expected_output: y\n"
    ])
    let crew = try #require(estate.systems.first)
    #expect(crew.name == "poems crew")
    #expect(crew.sources.map(\.provenance) == [.inferred])
    #expect(estate.steps.map(\.system) == ["poems crew"])
  }

  @Test("collaborators of the Bedrock dialect are called")
  func collaborators() {
    let estate = estate([
      "agents.yaml": """
      lead:
        role: Lead
        goal: Lead
        instructions: x
        collaborator_agents:
          - name: w
            agent: worker
      worker:
        role: Worker
        goal: Work
        instructions: x
      """
    ])
    #expect(shown(estate.connections) == ["lead invokes system worker by internal: collaborator"])
    #expect(
      estate.systems.map(\.technology.value) == ["Amazon Bedrock Agents", "Amazon Bedrock Agents"])
  }

  @Test("knowledge, servers, apps, code and output files of agents and tasks are told")
  func reach() {
    let documents = imported([
      "agents.yaml": """
      clerk:
        role: Clerk
        goal: File
        backstory: x
        llm: {model: gpt-4o, api_key: s3cr3t}
        allow_code_execution: true
        knowledge_sources: [docs/terms.txt]
        mcps: ["https://mcp.example.com/crm?api_key=s3cr3t"]
        apps: [gmail/send_email, jira]
        guardrails: [No personal data]
      empty:
      """,
      "tasks.yaml": """
      file_task:
        description: File it
        expected_output: A note
        agent: clerk
        output_file: out/note.md
      short_task:
        description: Only described
        agent: clerk
      """,
    ])
    #expect(documents.map(\.status) == [.partial, .partial])
    let estate = Estate(merging: documents)
    #expect(
      Set(shown(estate.connections)) == [
        "clerk invokes application https://mcp.example.com/crm by mcp: mcps",
        "clerk writes application Gmail by api: send_email",
        "clerk invokes application Jira by api",
        "clerk reads data terms.txt by file: knowledge",
        "clerk writes data note.md by file: output file",
      ])
    #expect(estate.permissions.map(\.name) == ["run code"])
    #expect(estate.credentials.map(\.name) == ["llm api_key"])
    #expect(estate.guardrails.map(\.name) == ["No personal data"])
    #expect(estate.steps.map(\.id) == ["file_task", "short_task"])
    #expect(!"\(documents)".contains("s3cr3t"))
  }

  @Test("a crew in JSON names its agents, which have a file each, and is read whole")
  func jsonProject() throws {
    let documents = imported([
      "desk/agents/writer.jsonc": """
      {
        // the model
        "role": "Writer", "goal": "Write", "backstory": "x", "llm": "openai/gpt-4o",
        "tools": ["custom:archive"], "settings": {"max_retry_limit": 3, "allow_delegation": true},
      }
      """,
      "desk/crew.jsonc": """
      {"name": "Report desk", "agents": ["writer"], "process": "hierarchical", "manager_llm": "openai/o3",
       "tasks": [{"name": "write", "description": "Write it", "expected_output": "Text", "agent": "writer",
         "human_input": true}]}
      """,
    ])
    #expect(documents.map(\.format) == ["crewai", "crewai"])
    #expect(documents.map(\.status) == [.imported, .imported])
    let estate = Estate(merging: documents)
    #expect(estate.systems.map(\.name) == ["Report desk", "writer"])
    #expect(estate.system(named: "Report desk")?.kind.value == .orchestrator)
    #expect(estate.system(named: "Report desk")?.models == ["openai/o3"])
    #expect(estate.steps.map { "\($0.system) \($0.id) \($0.retries ?? 0)" } == ["writer write 3"])
    #expect(estate.touchPoints.map(\.kind) == [.review])
    #expect(
      Set(shown(estate.connections)) == [
        "Report desk invokes system writer by internal: member",
        "writer invokes application archive by internal: tool",
      ])
  }

  @Test("YAML that only looks alike is skipped")
  func notCrewAI() {
    let documents = imported([
      "a.yaml": "role: x\ngoal: y\n", "b.yaml": "x:\n  role: a\ny:\n  goal: b\n",
      "c.md": "role: one\ngoal: two\n\ttab",
    ])
    #expect(documents.map(\.status) == [.notInventory, .notInventory, .notInventory])
  }
}
