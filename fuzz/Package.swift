// swift-tools-version: 6.2
import PackageDescription

// Feeds damaged and invented files to the importers, guided by coverage (libFuzzer, which comes with
// the Swift toolchain). A package of its own, because everything is compiled with instrumentation.
// Run it by `make fuzz`.
let package = Package(
  name: "RehearseFuzzing",
  dependencies: [.package(name: "Rehearse", path: "..")],
  targets: [
    .executableTarget(
      name: "FuzzImport",
      dependencies: [
        .product(name: "RehearseImporting", package: "Rehearse")
      ],
      swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-parse-as-library"])])
  ]
)
