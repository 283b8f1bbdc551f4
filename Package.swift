// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of ours: Swift 6 mode, strict imports, warnings are errors.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A library target of ours and its test suite, which mirrors it.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies,
    swiftSettings: strict)
}

let package = Package(
  name: "Rehearse",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),

    .systemLibrary(
      name: "CMessageDigest", pkgConfig: "libmd", providers: [.apt(["libmd-dev"])]),

    module("Facts"),
    module(
      "DocumentReading",
      ["CLibXML2", "CArchive", "CMessageDigest", "Facts", .product(name: "Yams", package: "Yams")]),
    module("Statistics"),
    module("ProcessModel", ["Facts"]),
    module("EventEngine", ["Statistics"]),
    module("Inventory", ["Facts", "ProcessModel"]),
    module("Simulation", ["EventEngine", "Facts", "ProcessModel", "Statistics"]),
    module("Experiments", ["EventEngine", "Simulation", "Statistics"]),
    module("Importing", ["Facts", "DocumentReading", "ProcessModel", "Inventory"]),
    module(
      "Workspace", ["Facts", "Inventory", .product(name: "GRDB", package: "GRDB.swift")]),
    module(
      "Scenarios",
      [
        "DocumentReading", "EventEngine", "Facts", "Inventory", "ProcessModel", "Simulation",
        "Statistics",
      ]),
    tests(
      "Scenarios",
      [
        "DocumentReading", "EventEngine", "Facts", "Inventory", "ProcessModel", "Simulation",
        "Statistics",
      ]),

    tests("EventEngine"),
    tests("Inventory", ["Facts", "ProcessModel"]),
    tests("Workspace", ["Facts", "Inventory"]),
    tests("Simulation", ["EventEngine", "Facts", "ProcessModel", "Statistics"]),
  ]
)
