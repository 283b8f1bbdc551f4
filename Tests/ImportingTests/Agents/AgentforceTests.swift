import Facts
import Importing
import Inventory
import Testing

@Suite("Agentforce agents")
struct AgentforceTests {
  private func metadata(_ root: String, _ content: String) -> String {
    "<\(root) xmlns=\"http://soap.sforce.com/2006/04/metadata\">\(content)</\(root)>"
  }

  private var project: [String: String] {
    [
      "p/app/main/default/genAiPlannerBundles/Resort/Resort.genAiPlannerBundle": metadata(
        "GenAiPlannerBundle",
        """
        <description>Helps guests</description><masterLabel>Resort Agent</masterLabel>
        <genAiFunctions><genAiFunctionName>EmployeeCopilot__Answer</genAiFunctionName></genAiFunctions>
        <genAiPlugins><genAiPluginName>Booking</genAiPluginName></genAiPlugins>
        <localTopics><developerName>Spa</developerName><masterLabel>Spa</masterLabel>
          <localActionLinks><functionName>Book_Spa</functionName></localActionLinks>
          <localActions><developerName>Book_Spa</developerName><invocationTarget>SpaBooking</invocationTarget>
            <invocationTargetType>apex</invocationTargetType></localActions></localTopics>
        """),
      "p/app/main/default/genAiPlugins/Booking.genAiPlugin-meta.xml": metadata(
        "GenAiPlugin",
        """
        <canEscalate>true</canEscalate><developerName>Booking</developerName>
        <genAiFunctions><functionName>Create_Booking</functionName></genAiFunctions>
        <masterLabel>Bookings</masterLabel>
        """),
      "p/other/main/default/genAiFunctions/Create_Booking/Create_Booking.genAiFunction-meta.xml":
        metadata(
          "GenAiFunction",
          """
          <invocationTarget>Create_Booking_Flow</invocationTarget><invocationTargetType>flow</invocationTargetType>
          <isConfirmationRequired>true</isConfirmationRequired><masterLabel>Create booking</masterLabel>
          """),
      "p/other/main/default/genAiFunctions/Create_Booking/input/schema.json":
        "{\"properties\": {}, \"lightning:type\": \"lightning__objectType\"}",
      "p/app/main/default/bots/Resort/Resort.bot-meta.xml": metadata(
        "Bot",
        "<agentType>EinsteinServiceAgent</agentType><description>Talks</description><label>Resort</label>"
      ),
      "p/app/main/default/bots/Resort/v1.botVersion-meta.xml": metadata(
        "BotVersion",
        """
        <fullName>v1</fullName>
        <botDialogs><botSteps><type>Message</type></botSteps>
          <botSteps><conversationSystemMessage><type>Transfer</type></conversationSystemMessage><type>SystemMessage</type></botSteps>
          <botSteps><type>Group</type><botSteps><botInvocation><invocationActionName>Log_Call</invocationActionName>
            <invocationActionType>flow</invocationActionType></botInvocation><type>Invocation</type></botSteps></botSteps>
          <developerName>Hand_Over</developerName><label>Hand over</label></botDialogs>
        <conversationDefinitionPlanners><genAiPlannerName>Resort</genAiPlannerName></conversationDefinitionPlanners>
        <role>Guest service</role>
        """),
    ]
  }

  @Test("bot and planner are one agent, with what both say")
  func agent() throws {
    let documents = imported(project)
    #expect(documents.filter { $0.format == "agentforce" }.allSatisfy { $0.status == .imported })
    #expect(documents.first { $0.path.hasSuffix("schema.json") }?.status == .notInventory)
    let estate = Estate(merging: documents)
    let system = try #require(estate.system(named: "Resort Agent"))
    #expect(system.name == "Resort")
    #expect(system.kind.value == .agent)
    #expect(system.technology.value == "Salesforce Agentforce")
    #expect(system.purpose.value == "Helps guests")
    #expect(system.humanInvolvement.value == "Converses with customers")
    #expect(system.version.value == "v1")
  }

  @Test("topics, actions and dialogues are steps; hand-overs and confirmations are people's")
  func steps() {
    let estate = estate(project)
    #expect(
      Set(estate.steps.map { "\($0.id) \($0.kind)" }) == [
        "EmployeeCopilot__Answer action", "Spa group", "Spa.Book_Spa call", "Booking group",
        "Booking.escalate human", "Booking.Create_Booking call", "Hand_Over group",
        "Hand_Over.1 action", "Hand_Over.2 human", "Hand_Over.3 group", "Hand_Over.4 call",
      ])
    #expect(
      Set(estate.touchPoints.map { "\($0.name ?? "") \($0.kind)" }) == [
        "Bookings exception", "Confirm Create booking approval", "Hand over exception",
      ])
  }

  @Test("actions lead to flows, Apex and Salesforce itself, across packages of a project")
  func connections() {
    let estate = estate(project)
    #expect(
      Set(shown(estate.connections)) == [
        "Resort invokes application Salesforce by internal: EmployeeCopilot__Answer",
        "Resort invokes system SpaBooking by internal: tool",
        "Resort invokes system Create_Booking_Flow by internal: tool",
        "Resort invokes system Log_Call by internal: tool",
        "Resort escalates team Live agents of Resort by people: Bookings",
        "Resort escalates team Live agents of Resort by people: Hand over",
      ])
    #expect(estate.system(named: "Create_Booking_Flow")?.kind.value == .workflow)
    #expect(estate.system(named: "SpaBooking")?.kind.value == .script)
  }

  @Test("a topic and an action without agent stand for themselves, in part")
  func lone() {
    let topic = "p/app/main/default/genAiPlugins/Booking.genAiPlugin-meta.xml"
    let documents = imported([topic: project[topic] ?? ""])
    #expect(documents.map(\.status) == [.partial])
    #expect(documents.first?.fragment.systems.map(\.name) == ["Bookings"])
  }

  @Test("a prompt template has its model, state, records and what fills it")
  func promptTemplate() throws {
    let estate = estate([
      "genAiPromptTemplates/Sum.genAiPromptTemplate-meta.xml": metadata(
        "GenAiPromptTemplate",
        """
        <developerName>Sum</developerName><masterLabel>Summary</masterLabel>
        <templateVersions><inputs><definition>SOBJECT://Case</definition></inputs>
          <primaryModel>sfdc_ai__GPT4</primaryModel><status>Published</status>
          <templateDataProviders><definition>flow://Get_Case</definition><referenceName>Flow:Get_Case</referenceName></templateDataProviders>
        </templateVersions>
        """)
    ])
    let system = try #require(estate.system(named: "Sum"))
    #expect(system.models == ["sfdc_ai__GPT4"])
    #expect(system.status.value == .production)
    #expect(
      Set(shown(estate.connections)) == [
        "Summary reads application Salesforce by internal: prompt input",
        "Summary invokes system Get_Case by internal: tool",
      ])
  }

  // MARK: Agent Script

  private let script = """
    # Travel
    config:
       developer_name: "Travel_Agent"
       agent_label: "Travel agent"
       agent_type: "AgentforceServiceAgent"
       description: "Books journeys"

    connection messaging:
       outbound_route_type: "OmniChannelFlow"
       outbound_route_name: "flow://Route_To_Desk"

    variables:
       topic: mutable string = ""

    start_agent router:
       reasoning:
          instructions: |
             Ask first.
             actions: are not named here
             go_nowhere: @utils.transition to @subagent.nowhere
          actions:
             go_booking: @utils.transition to @subagent.booking
             go_person: @utils.escalate
                description: "Give up"

    subagent booking:
       description: "Books"
       actions:
          book_flight:
             description: "Book a flight"
             require_user_confirmation: True
             inputs:
                target: string
                   description: "Where to"
             target: "flow://BookFlight"
          ask_price:
             target: "apex://PriceFinder"
          odd_one:
             description: "Leads nowhere"
       reasoning:
          instructions: ->
             if @variables.topic:
                run @actions.ask_price
                   with place=@variables.topic
             | Use {!@actions.book_flight}: it is
               target: "flow://Wrong"
          actions:
             book: @actions.book_flight
                with place=...
                set @variables.topic = @outputs.x
    """

  @Test("Agent Script is read by its indentation, free text is passed over")
  func agentScript() throws {
    let documents = imported(["aiAuthoringBundles/Travel/Travel.agent": script])
    #expect(documents.map(\.format) == ["agentforce"])
    #expect(
      documents.first?.problems.map { "\($0.severity) \($0.location.line ?? 0)" } == ["low 38"])
    let estate = Estate(merging: documents)
    let system = try #require(estate.system(named: "Travel_Agent"))
    #expect(system.name == "Travel agent")
    #expect(system.purpose.value == "Books journeys")
    #expect(
      estate.steps.map { "\($0.id) \($0.kind)" } == [
        "start_agent router group", "subagent booking group", "booking.book_flight call",
        "booking.ask_price call", "booking.odd_one call", "router.go_booking call",
        "router.go_person human",
      ])
    #expect(
      Set(shown(estate.connections)) == [
        "Travel agent invokes system BookFlight by internal: tool",
        "Travel agent invokes system PriceFinder by internal: tool",
        "Travel agent invokes system Route_To_Desk by internal: tool",
        "Travel agent escalates team Live agents of Travel agent by people: go_person",
      ])
    #expect(
      Set(estate.touchPoints.map { "\($0.name ?? "") \($0.kind)" }) == [
        "Confirm book_flight approval", "go_person exception",
      ])
  }

  @Test("an agent elsewhere is called by its API name")
  func connectedAgent() {
    let estate = estate([
      "a.agent": """
      config:
         developer_name: "Front"
      connected_subagent orders:
         target: "agentforce://Order_Agent"
      start_agent main:
         description: "Begins"
      """
    ])
    #expect(
      shown(estate.connections) == ["Front invokes system Order_Agent by internal: tool"])
    #expect(estate.steps.map(\.kind) == [.call, .group])
  }

  @Test("a page that quotes a script is no script, and a script that is cut off gives what it has")
  func otherTexts() {
    let page = "# How to write agents\n\nWrite this:\n\n```\n\(script)\n```\n"
    #expect(imported(["README.md": page]).map(\.status) == [.notInventory])
    let cut = imported(["t.agent": String(script.prefix(script.count * 3 / 4))])
    #expect(cut.first?.format == "agentforce")
    #expect(cut.first?.fragment.steps.isEmpty == false)
  }

  @Test("damaged and deeply nested metadata gives a problem and no crash")
  func hostile() {
    let path = "p/app/main/default/bots/Resort/v1.botVersion-meta.xml"
    let version = project[path] ?? ""
    #expect(imported([path: String(version.prefix(200))]).first?.status == .failed)
    let open = String(repeating: "<botSteps>", count: 200)
    let close = String(repeating: "</botSteps>", count: 200)
    let deep = imported([
      path: metadata("BotVersion", "<botDialogs>\(open)\(close)</botDialogs>")
    ])
    #expect(deep.first?.problems.isEmpty == false)
  }
}
