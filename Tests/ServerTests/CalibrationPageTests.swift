import Foundation
import HTTPTypes
import Testing
import Workbench

@testable import Server

/// A scenario of an event log, in the browser and for programs.
@Suite struct CalibrationPageTests {
  /// Twenty working days from Monday 2026-03-02, four cases a day: 20 minutes of checking by Ann and half an
  /// hour of deciding by Bob, one after the other.
  private static let log: String = {
    var rows = ["order,step,begun,done,who"]
    for day in 0..<20 {
      let date = 2 + day / 5 * 7 + day % 5
      for number in 0..<4 {
        let hour = 9 + number
        let day = date < 10 ? "0\(date)" : "\(date)"
        let clock = hour < 10 ? "0\(hour)" : "\(hour)"
        let id = "c\(date)-\(number)"
        let start = "2026-03-\(day)T\(clock)"
        rows.append("\(id),check,\(start):00:00Z,\(start):20:00Z,Ann")
        rows.append("\(id),decide,\(start):20:00Z,\(start):50:00Z,Bob")
      }
    }
    return rows.joined(separator: "\n") + "\n"
  }()

  private static let columns = [
    "case": "order", "activity": "step", "start": "begun", "end": "done", "resource": "who",
  ]

  private func upload(
    _ workbench: TestWorkbench, _ text: String, as paths: [String] = ["orders.csv"]
  ) async throws -> String {
    let begun = try await workbench.ask(.post, "/api/v1/uploads")
    let upload = try #require(try TestWorkbench.object(begun)["upload"] as? String)
    for path in paths {
      let stored = try await workbench.ask(
        .put, "/api/v1/uploads/\(upload)/file?path=\(path)", body: text)
      #expect(stored.status == 201)
    }
    return upload
  }

  private var query: String {
    Self.columns.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
  }

  @Test func aLogBecomesAScenarioThatRuns() async throws {
    let workbench = try TestWorkbench()
    let upload = try await upload(workbench, Self.log)
    let page = try await workbench.page("/calibrate?upload=\(upload)&\(query)")
    #expect(page.status == 200)
    #expect(page.text.contains("80 cases, 160 events"))
    let read = try TestWorkbench.object(
      try await workbench.ask(.get, "/api/v1/uploads/\(upload)/log?\(query)"))
    #expect((read["log"] as? [String: Any])?["cases"] as? Int == 80)
    var fields = Self.columns
    fields["upload"] = upload
    fields["name"] = "orders"
    let sent = try await workbench.submit("/calibrate", fields)
    #expect(sent.status == 303 && sent.header("Location") == "/jobs/1")
    let job = try #require(await workbench.state.jobs.wait(for: 1))
    #expect(job.state == .done, "\(job.message) \(job.problems)")
    #expect(job.result == "/scenarios/orders")
    #expect(job.message.contains("80 cases and 160 events"))
    let scenario = try await workbench.page("/scenarios/orders")
    #expect(scenario.text.contains("It can be run."))
    #expect(scenario.text.contains("/scenarios/orders/calibration"))
    let calibration = try await workbench.page("/scenarios/orders/calibration")
    #expect(calibration.status == 200)
    #expect(
      calibration.header("Content-Security-Policy")?.contains("sandbox allow-scripts") == true)
    #expect(calibration.text.contains("decide"))
    let run = try await workbench.send(
      .post, "/api/v1/studies", ["scenario": "orders", "replications": "2"])
    #expect(run.status == 202, "\(run.text)")
    let study = try #require(await workbench.state.jobs.wait(for: 2))
    #expect(study.state == .done, "\(study.problems)")
    // The name is taken now, and the log of the first stays where it is.
    let second = try await self.upload(workbench, Self.log)
    fields["upload"] = second
    let refused = try await workbench.send(.post, "/api/v1/calibrations", fields)
    #expect(refused.status == 422 && refused.text.contains("already"))
    let kept = workbench.state.folder.calibrations.appending(path: "orders/orders.csv")
    #expect(try String(contentsOf: kept, encoding: .utf8) == Self.log)
  }

  @Test func whatIsNoLogIsSaidToBeNone() async throws {
    let workbench = try TestWorkbench()
    let upload = try await upload(workbench, "a,b\n1,2\n")
    let page = try await workbench.page("/calibrate?upload=\(upload)")
    #expect(page.status == 422)
    #expect(page.text.contains("The log cannot be read"))
    #expect(page.text.contains("orders.csv"))
    // Where it lies on this machine is nobody's business.
    #expect(!page.text.contains(workbench.state.folder.uploads.path))
    let two = try await self.upload(workbench, "a\n", as: ["a.csv", "b.csv"])
    #expect(try await workbench.page("/calibrate?upload=\(two)").text.contains("2 files"))
    #expect(try await workbench.page("/calibrate?upload=nowhere").status == 404)
    let name = try await workbench.send(
      .post, "/api/v1/calibrations", ["upload": upload, "name": "../x"])
    #expect(name.status == 400)
  }
}
