import Facts
import Inventory
import Testing

@testable import Importing

@Suite("Airflow workflows for dag-factory")
struct DAGFactoryTests {
  private let dags = """
    default:
      default_args:
        owner: Claims Data
        retries: 2
        email: claims-ops-team@harbour.example
      schedule: "@daily"
    claims_export:
      description: Exports claims
      task_groups:
        - group_name: load
      tasks:
        - task_id: wait_for_desk
          operator: airflow.providers.http.sensors.http.HttpSensor
          http_conn_id: claims_desk
        - task_id: fetch
          operator: airflow.providers.standard.operators.bash.BashOperator
          bash_command: "curl -s https://desk.harbour.example/claims"
          dependencies: [wait_for_desk]
        - task_id: approve
          operator: airflow.providers.standard.operators.hitl.ApprovalOperator
          subject: Release the export
        - task_id: store
          operator: airflow.providers.snowflake.operators.snowflake.SnowflakeOperator
          snowflake_conn_id: warehouse
          sql: INSERT INTO claims.daily SELECT 1
          retries: 5
          outlets:
            - __type__: airflow.sdk.Asset
              uri: "s3://claims/daily"
        - task_id: next
          operator: airflow.operators.trigger_dagrun.TriggerDagRunOperator
          trigger_dag_id: claims_report
        - task_id: tidy
          operator: airflow.providers.standard.operators.python.PythonOperator
          python_callable_name: tidy
          trigger_rule: one_failed
    claims_index:
      schedule:
        - __type__: airflow.sdk.Asset
          uri: "s3://claims/daily"
      tasks:
        index:
          decorator: airflow.sdk.definitions.decorators.task
    """

  @Test("workflows with what they inherit, and an asset that leads from one to the other")
  func whole() throws {
    let document = try #require(imported(["dags.yml": dags]).first)
    #expect(document.format == "airflow-dag-factory" && document.status == .imported)
    let fragment = document.fragment
    #expect(fragment.systems.map(\.name) == ["claims_export", "claims_index"])
    #expect(fragment.systems.map(\.owner.value) == ["Claims Data", "Claims Data"])
    #expect(fragment.systems.map(\.volume.value) == [Frequency(count: 1, per: .day), nil])
    #expect(
      shown(fragment.connections) == [
        "claims_export reads application connection claims_desk of Airflow by api: HttpSensor",
        "claims_export invokes application desk.harbour.example by api: BashOperator",
        "claims_export writes application Snowflake by database: SnowflakeOperator",
        "claims_export invokes system claims_report by internal: TriggerDagRunOperator",
        "claims_export escalates team claims-ops-team@harbour.example by mail: email_on_failure",
        "claims_index escalates team claims-ops-team@harbour.example by mail: email_on_failure",
        "claims_export triggers system claims_index by internal: asset",
      ])
    #expect(fragment.connections[2].data == ["claims.daily"])
    #expect(
      fragment.steps.map(\.kind) == [
        .group, .wait, .action, .human, .action, .call, .errorHandling, .action,
      ])
    #expect(fragment.steps.map(\.retries) == [nil, 2, 2, 2, 5, 2, 2, 2])
    #expect(fragment.touchPoints.map(\.name) == ["Release the export"])
    #expect(fragment.credentials.map(\.name) == ["claims_desk", "warehouse"])
    #expect(fragment.triggers.map(\.expression) == ["@daily", "updated: s3://claims/daily"])
  }

  @Test("tasks under default are those of every workflow")
  func inherited() throws {
    let text = """
      default:
        tasks:
          - {task_id: a, operator: airflow.operators.bash.BashOperator}
          - {task_id: b, operator: airflow.operators.bash.BashOperator}
      one:
        tasks:
          - {task_id: b, bash_command: "echo"}
      """
    let fragment = try #require(imported(["dags.yml": text]).first).fragment
    #expect(fragment.steps.map(\.id) == ["a", "b"])
  }

  @Test("a task without operator is left out with a problem")
  func problems() {
    expectProblems(
      "dags.yml",
      """
      one:
        tasks:
          - {task_id: a, operator: airflow.operators.bash.BashOperator}
          - 1️⃣{task_id: b}
      """, [(.medium, "neither operator nor decorator")])
  }

  @Test("a workflow may wait for data sets by their names, as a list or a condition")
  func namedDataSets() throws {
    let text = """
      stock_report:
        schedule:
          file: sets.yml
          datasets: [orders, returns]
        tasks: [{task_id: a, operator: airflow.operators.bash.BashOperator}]
      price_report:
        schedule:
          datasets: "((orders & prices) | stock)"
        tasks: [{task_id: a, operator: airflow.operators.bash.BashOperator}]
      shelf_report:
        schedule:
          datasets:
            __or__:
              - "s3://shop/raw"
              - __and__: ["s3://shop/shelf"]
        tasks: [{task_id: a, operator: airflow.operators.bash.BashOperator}]
      """
    let fragment = try #require(imported(["dags.yml": text]).first).fragment
    #expect(fragment.triggers.map(\.kind) == [.event, .event, .event])
    #expect(
      fragment.triggers.map(\.expression) == [
        "updated: orders, returns", "updated: orders, prices, stock",
        "updated: s3://shop/raw, s3://shop/shelf",
      ])
  }

  @Test("operators under their paths of before 2.0 lead where the present ones lead")
  func oldPaths() throws {
    let text = """
      shop:
        tasks:
          - task_id: old_request
            operator: airflow.operators.http_operator.SimpleHttpOperator
            http_conn_id: shop_desk
          - {task_id: old_pod, operator: airflow.contrib.operators.kubernetes_pod_operator.KubernetesPodOperator}
          - {task_id: new_pod, operator: airflow.providers.cncf.kubernetes.operators.pod.KubernetesPodOperator}
      """
    let fragment = try #require(imported(["dags.yml": text]).first).fragment
    #expect(
      uniqueInOrder(fragment.connections.map(\.target.name)) == [
        "connection shop_desk of Airflow", "Kubernetes",
      ])
  }

  @Test("damaged files give a problem or nothing, and no crash")
  func damaged() {
    #expect(imported(["d.yml": "one: {tasks: [{operator: a.b"]).first?.format == nil)
    #expect(imported(["d.yml": "one: {tasks: {a: {operator: 3}}}"]).first?.format == nil)
    let odd = "one: {tasks: [{task_id: 1, operator: a.B, retries: x, sql: {}}], schedule: [[[]]]}"
    #expect(imported(["d.yml": odd]).first?.fragment.steps.count == 1)
  }
}
