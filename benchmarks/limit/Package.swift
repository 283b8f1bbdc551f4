// swift-tools-version: 6.2
import PackageDescription

// The workloads written by hand as state machines: what is possible on a machine, to measure the
// generic engine by. Nothing of the product depends on it, and it depends on nothing of the product.
let package = Package(
  name: "limit",
  targets: [
    .executableTarget(name: "limit", swiftSettings: [.treatAllWarnings(as: .error)])
  ]
)
