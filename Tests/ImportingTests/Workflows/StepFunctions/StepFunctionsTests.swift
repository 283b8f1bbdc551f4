import Facts
import Importing
import Inventory
import Testing

@Suite("AWS Step Functions")
struct StepFunctionsTests {
  private let machine = """
    {
      "Comment": "Handles a claim",
      "StartAt": "Look up",
      "States": {
        "Look up": {
          "Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem",
          "Parameters": {"TableName": "Claims"}, "Next": "High?",
          "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 5}, {"ErrorEquals": ["A"]}],
          "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Repair"}], "TimeoutSeconds": 30
        },
        "High?": {"Type": "Choice", "Choices": [{"Next": "Ask the approver"}], "Default": "Each item"},
        "Ask the approver": {
          "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
          "Parameters": {"FunctionName": "${AskApproverFunction}"}, "Next": "Each item",
          "HeartbeatSeconds": 3600
        },
        "Each item": {
          "Type": "Map", "Next": "Both",
          "ItemProcessor": {"StartAt": "Book", "States": {
            "Book": {"Type": "Task", "End": true,
              "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:book-item:live"}}}
        },
        "Both": {
          "Type": "Parallel", "Next": "Payout",
          "Branches": [
            {"StartAt": "Book", "States": {"Book": {"Type": "Task", "End": true,
              "Resource": "arn:aws:states:::sqs:sendMessage",
              "Parameters": {"QueueUrl": "https://sqs.eu-west-1.amazonaws.com/1/bookings"}}}},
            {"StartAt": "Pause", "States": {"Pause": {"Type": "Wait", "Seconds": 5, "End": true}}}]
        },
        "Payout": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
          "Parameters": {"StateMachineArn": "arn:aws:states:eu-west-1:1:stateMachine:payouts"},
          "Next": "Rate"},
        "Rate": {"Type": "Task", "Resource": "arn:aws:states:::bedrock:invokeModel",
          "Parameters": {"ModelId": "anthropic.claude-v2"}, "Next": "Tell"},
        "Tell": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke",
          "Arguments": {"Method": "POST", "ApiEndpoint": "https://crm.example.com/claims",
            "Authentication": {"ConnectionArn": "arn:aws:events:eu-west-1:1:connection/crm/77"}},
          "End": true},
        "Repair": {"Type": "Pass", "Next": "Failed"},
        "Failed": {"Type": "Fail"}
      }
    }
    """

  @Test("every state is a step, at all depths; tasks are connections")
  func states() throws {
    let documents = imported(["claims/statemachine/statemachine.asl.json": machine])
    #expect(documents.map(\.format) == ["aws-step-functions"])
    #expect(documents[0].status == .imported)
    #expect(documents[0].problems.isEmpty)
    let fragment = documents[0].fragment
    let system = try #require(fragment.systems.first)
    #expect(system.name == "claims")
    #expect(system.purpose.value == "Handles a claim")
    #expect(system.models == ["anthropic.claude-v2"])
    #expect(
      fragment.steps.map { "\($0.id) \($0.kind.rawValue)" } == [
        "Look up action", "High? decision", "Ask the approver human", "Each item group",
        "Book call", "Both group", "Both/Book action", "Pause wait", "Payout call", "Rate action",
        "Tell action", "Repair error-handling", "Failed error-handling",
      ])
    #expect(fragment.steps[0].retries == 5)
    #expect(fragment.steps[0].timeout == TimeSpan(seconds: 30))
    #expect(fragment.steps[2].timeout == TimeSpan(seconds: 3600))
    #expect(
      fragment.touchPoints.map { "\($0.step) \($0.kind.rawValue)" } == ["Ask the approver approval"]
    )
    #expect(fragment.credentials.map(\.name) == ["crm"])
    let calls = shown(fragment.connections)
    #expect(calls.count == 7)
    #expect(calls[1] == "claims invokes system AskApproverFunction by api: invoke.waitForTaskToken")
    #expect(fragment.connections[1].evidence.first?.note == "named after a placeholder")
    #expect(calls[2] == "claims invokes system book-item by api: invoke")
    #expect(fragment.connections[2].evidence.first?.note == nil)
    #expect(calls[4] == "claims invokes system payouts by api: startExecution.sync:2")
    #expect(calls[6] == "claims writes application crm.example.com by api: POST")
    #expect(fragment.connections[0].kind == .reads)
    #expect(fragment.connections[0].channel == .database)
    #expect(fragment.connections[0].data == ["Claims"])
    #expect(fragment.connections[3].channel == .queue)
    #expect(fragment.connections[3].data == ["bookings"])
  }

  @Test("a SAM template names the machine in a file, its functions, schedule and role")
  func serverless() throws {
    let template = """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        ClaimsMachine:
          Type: AWS::Serverless::StateMachine
          Properties:
            Name: handle-claims
            DefinitionUri: statemachine/claims.asl.json
            DefinitionSubstitutions:
              AskApproverFunction: !GetAtt AskFunction.Arn
            Role: !GetAtt ClaimsRole.Arn
            Policies:
              - LambdaInvokePolicy: {FunctionName: !Ref AskFunction}
            Events:
              Nightly:
                Type: Schedule
                Properties: {Schedule: rate(1 day)}
              Uploaded:
                Type: EventBridgeRule
                Properties: {Pattern: {source: [aws.s3], detail-type: [Object Created]}}
        AskFunction:
          Type: AWS::Serverless::Function
          Properties: {FunctionName: ask-approver}
      """
    let documents = imported([
      "p/template.yaml": template, "p/statemachine/claims.asl.json": machine,
    ])
    #expect(documents.map(\.status) == [.imported, .imported])
    let estate = Estate(merging: documents)
    #expect(estate.systems.map(\.name) == ["handle-claims"])
    #expect(estate.systems[0].aliases == ["ClaimsMachine"])
    #expect(estate.steps.count == 13)
    #expect(
      estate.triggers.map { "\($0.kind.rawValue) \($0.expression ?? "")" }.sorted() == [
        "event aws.s3, Object Created", "schedule rate(1 day)",
      ])
    #expect(
      estate.permissions.map(\.name).sorted() == [
        "LambdaInvokePolicy (ask-approver)", "run as ClaimsRole",
      ])
    #expect(
      shown(estate.connections).contains(
        "handle-claims invokes system ask-approver by api: invoke.waitForTaskToken"))
  }

  @Test("definitions as text with references, and inline ones, are read where they stand")
  func inline() {
    let template = """
      {"Resources": {
        "Text": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"DefinitionString":
          {"Fn::Join": ["", ["{\\"StartAt\\": \\"A\\", \\"States\\": {\\"A\\": {\\"Type\\": \\"Task\\", \\"Resource\\": \\"",
            {"Fn::GetAtt": ["Worker", "Arn"]}, "\\", \\"End\\": true}}}"]]}}},
        "Inline": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"Definition":
          {"StartAt": "B", "States": {"B": {"Type": "Succeed"}}}}},
        "Elsewhere": {"Type": "AWS::Serverless::StateMachine", "Properties":
          {"DefinitionUri": "gone.asl.json"}},
        "Worker": {"Type": "AWS::Lambda::Function", "Metadata": {"aws:cdk:path": "Stack/Packer/Resource"}},
        "Nightly": {"Type": "AWS::Events::Rule", "Properties": {"ScheduleExpression": "cron(0 2 * * ? *)",
          "Targets": [{"Arn": {"Ref": "Text"}}]}}}}
      """
    let documents = imported(["stack.json": template])
    #expect(documents[0].status == .partial)
    #expect(documents[0].problems.map(\.severity) == [.medium])
    #expect(documents[0].problems[0].message.contains("gone.asl.json"))
    let fragment = documents[0].fragment
    #expect(fragment.systems.map(\.name) == ["Text", "Inline", "Elsewhere"])
    #expect(fragment.steps.map { "\($0.system) \($0.id)" } == ["Text A", "Inline B"])
    #expect(shown(fragment.connections) == ["Text invokes system Packer by api"])
    #expect(fragment.triggers.map(\.expression) == ["cron(0 2 * * ? *)"])
  }

  @Test("serverless.yml has its machines under stepFunctions")
  func serverlessFramework() {
    let text = """
      service: claims
      stepFunctions:
        stateMachines:
          intake:
            events:
              - schedule: rate(10 minutes)
            definition:
              StartAt: Sort
              States:
                Sort:
                  Type: Task
                  Resource: !GetAtt sort.Arn
                  End: true
      """
    let estate = estate(["serverless.yml": text])
    #expect(estate.systems.map(\.name) == ["intake"])
    #expect(shown(estate.connections) == ["intake invokes system sort by api"])
    #expect(estate.triggers.map(\.expression) == ["rate(10 minutes)"])
  }

  @Test("states that lead nowhere, lack a type or are no objects are noted")
  func problems() {
    let text = """
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Bee"}, "Be": {"End": true}, "C": 5,
       "D": {"Type": "Task", "Resource": "{% $which %}", "End": true}}}
      """
    let document = imported(["m.json": text])[0]
    #expect(document.problems.map(\.severity) == [.low, .medium, .medium, .low])
    #expect(document.problems[0].message.contains("did you mean 'Be'"))
    #expect(document.fragment.steps.map(\.id) == ["A", "Be", "D"])
    #expect(imported(["m.json": String(text.dropLast(9))])[0].status == .failed)
  }

  @Test("machines inside machines are read as deep as the reader goes")
  func deep() {
    var text = "{\"Type\": \"Succeed\"}"
    for _ in 0..<50 {
      text =
        "{\"Type\": \"Map\", \"ItemProcessor\": {\"StartAt\": \"S\", \"States\": {\"S\": \(text)}}}"
    }
    let document = imported(["m.json": "{\"StartAt\": \"S\", \"States\": {\"S\": \(text)}}"])[0]
    #expect(document.fragment.steps.count == 51)
    #expect(Set(document.fragment.steps.map(\.id)).count == 51)
  }
}
