import Facts
import Importing
import Inventory
import Testing

@Suite("Bedrock agents")
struct BedrockAgentsTests {
  private let template = """
    Parameters:
      Name: {Type: String, Default: claims-agent}
    Resources:
      Fn:
        Type: AWS::Lambda::Function
        Properties: {FunctionName: claims-tools, Description: Opens and pays claims}
      Role:
        Type: AWS::IAM::Role
        Properties:
          RoleName: claims-role
          Policies: [{PolicyDocument: {Statement: [{Effect: Allow, Action: ["bedrock:InvokeModel"]}]}}]
      Helper:
        Type: AWS::Bedrock::Agent
        Properties: {AgentName: helper, FoundationModel: amazon.nova-lite-v1:0}
      HelperAlias:
        Type: AWS::Bedrock::AgentAlias
        Properties: {AgentAliasName: live, AgentId: !GetAtt Helper.AgentId}
      Base:
        Type: AWS::Bedrock::KnowledgeBase
        Properties: {Name: policies, StorageConfiguration: {Type: OPENSEARCH_SERVERLESS}}
      Agent:
        Type: AWS::Bedrock::Agent
        Properties:
          AgentName: !Ref Name
          Description: Handles claims
          FoundationModel: anthropic.claude-3-haiku-20240307-v1:0
          AgentResourceRoleArn: !GetAtt Role.Arn
          AgentCollaboration: SUPERVISOR
          GuardrailConfiguration: {GuardrailIdentifier: no-advice}
          KnowledgeBases: [{KnowledgeBaseId: !Ref Base, Description: d}]
          AgentCollaborators: [{CollaboratorName: helper, AgentDescriptor: {AliasArn: !GetAtt HelperAlias.AgentAliasArn}}]
          ActionGroups:
            - {ActionGroupName: ask, ParentActionGroupSignature: AMAZON.UserInput}
            - ActionGroupName: claims
              ActionGroupExecutor: {Lambda: !GetAtt Fn.Arn}
              FunctionSchema: {Functions: [{Name: open}, {Name: pay, RequireConfirmation: ENABLED}]}
            - ActionGroupName: mail
              ActionGroupExecutor: {CustomControl: RETURN_CONTROL}
              ApiSchema:
                Payload: |
                  {"openapi": "3.0.0", "paths": {"/mail": {"post": {"operationId": "send"}}}}
            - {ActionGroupName: old, ActionGroupState: DISABLED}
    """

  @Test("a template: agents with action groups, knowledge, collaborators, people and role")
  func stack() throws {
    let documents = imported(["template.yaml": template])
    #expect(documents.map(\.format) == ["bedrock-agents"])
    #expect(documents.map(\.status) == [.imported])
    let said = documents[0].fragment
    #expect(said.systems.map(\.name) == ["helper", "claims-tools", "claims-agent"])
    // The template declares the function itself; what it does is in its code.
    #expect(said.systems[1].kind.value == .script)
    #expect(said.systems[1].technology.value == "AWS Lambda")
    #expect(said.systems[1].purpose.value == "Opens and pays claims")
    #expect(said.systems[1].unknowns.count == 1)
    let agent = said.systems[2]
    #expect(agent.kind.value == .orchestrator)
    #expect(agent.purpose.value == "Handles claims")
    #expect(agent.models == ["anthropic.claude-3-haiku-20240307-v1:0"])
    #expect(said.steps.map(\.id) == ["ask", "claims/open", "claims/pay", "mail/send"])
    #expect(said.steps.map(\.kind) == [.human, .action, .action, .action])
    #expect(
      shown(said.connections) == [
        "helper invokes application Amazon Bedrock by api: model",
        "policies reads application Amazon OpenSearch by database: index",
        "claims-agent invokes application Amazon Bedrock by api: model",
        "claims-agent invokes system claims-tools by api: open",
        "claims-agent invokes system claims-tools by api: pay",
        "claims-agent invokes application program that calls claims-agent by internal: send",
        "claims-agent reads application policies by internal: knowledge base",
        "claims-agent invokes system helper by internal: helper",
      ])
    #expect(said.touchPoints.map(\.step) == ["ask", "claims/pay"])
    #expect(said.touchPoints.map(\.kind) == [.form, .approval])
    #expect(said.permissions.map(\.name) == ["run as claims-role", "bedrock:InvokeModel"])
    #expect(said.guardrails.map(\.name) == ["no-advice"])
    #expect(documents[0].problems.map(\.severity) == [.info])
  }

  @Test("a function that is called like its agent with the region behind it has its logical id")
  func namesake() {
    let said = imported([
      "template.yaml": """
      Resources:
        Tools:
          Type: AWS::Serverless::Function
          Properties: {FunctionName: !Sub "desk-${AWS::Region}"}
        Agent:
          Type: AWS::Bedrock::Agent
          Properties:
            AgentName: desk
            ActionGroups:
              - ActionGroupName: a
                ActionGroupExecutor: {Lambda: !GetAtt Tools.Arn}
                FunctionSchema: {Functions: [{Name: open}]}
              - ActionGroupName: b
                ActionGroupExecutor: {Lambda: "arn:aws:lambda:eu-west-1:1:function:elsewhere"}
                FunctionSchema: {Functions: [{Name: close}]}
      """
    ])[0].fragment
    #expect(said.systems.map(\.name) == ["Tools", "desk"])
    #expect(
      shown(said.connections) == [
        "desk invokes system Tools by api: open", "desk invokes system elsewhere by api: close",
      ])
  }

  @Test("what the service says of an agent, and a flow")
  func described() throws {
    let documents = imported([
      "agent.json": """
      {"agent": {"agentId": "AB12", "agentArn": "arn:aws:bedrock:eu-west-1:1:agent/AB12", "agentName": "desk",
      "instruction": "You help. More.", "foundationModel": "amazon.nova-pro-v1:0", "agentStatus": "NOT_PREPARED"}}
      """,
      "flow.json": """
      {"name": "letters", "arn": "arn:aws:bedrock:eu-west-1:1:flow/F1", "id": "F1", "definition": {"nodes": [
      {"name": "In", "type": "Input"},
      {"name": "Write", "type": "Prompt", "configuration": {"prompt": {"sourceConfiguration": {"inline": {"modelId": "amazon.nova-lite-v1:0"}}}}},
      {"name": "Ask", "type": "Agent", "configuration": {"agent": {"agentAliasArn": "arn:aws:bedrock:eu-west-1:1:agent-alias/AB12/TST"}}},
      {"name": "If", "type": "Condition"}], "connections": []}}
      """,
    ])
    #expect(documents.map(\.format) == ["bedrock-agents", "bedrock-agents"])
    let agent = try #require(documents[0].fragment.systems.first)
    #expect(agent.status.value == .development)
    #expect(agent.aliases.contains("AB12"))
    let flow = documents[1].fragment
    #expect(flow.steps.map(\.kind) == [.wait, .action, .call, .decision])
    #expect(
      shown(flow.connections) == [
        "letters invokes application Amazon Bedrock by api: prompt",
        "letters invokes system AB12 by internal: agent",
      ])
    #expect(Estate(merging: documents).systems.map(\.name) == ["desk", "letters"])
  }
}
