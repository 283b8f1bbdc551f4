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

/// Links with LLVM's linker and packs the addresses that are relocated when the program starts.
///
/// Some 4 MB less are mapped. The C library has to know that form, as it does since glibc 2.36 (Debian 12).
let smallerInMemory: [LinkerSetting] = [
  .unsafeFlags(
    ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"],
    .when(platforms: [.linux]))
]

/// A library target of ours and its test suite, which mirrors it.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies,
    resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "Rehearse",
  products: [
    .executable(name: "rehearse", targets: ["rehearse"]),
    // For the package under `fuzz`.
    .library(name: "RehearseImporting", targets: ["Importing", "Inventory"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
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
    .systemLibrary(
      name: "CLibICal", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),

    // Modules, in the order of who may import whom.
    module("Facts"),
    module(
      "DocumentReading",
      [
        "CLibXML2", "CArchive", "CMessageDigest", "CLibICal", "Facts",
        .product(name: "Yams", package: "Yams"),
      ]),
    module("Statistics"),
    module("ProcessModel", ["Facts"]),
    module("Inventory", ["Facts", "ProcessModel"]),
    module(
      "Importing", ["Facts", "DocumentReading", "ProcessModel", "Inventory"],
      resources: [.embedInCode("Names/known-applications.yaml")]),
    module("IntegrationGraph", ["Facts", "ProcessModel", "Inventory"]),
    module(
      "Auditing",
      ["DocumentReading", "Facts", "ProcessModel", "Inventory", "IntegrationGraph"]),
    module(
      "EventLogs",
      ["DocumentReading", "Facts", .product(name: "GRDBSQLite", package: "GRDB.swift")]),
    module("EventEngine", ["Statistics"]),
    module("Simulation", ["EventEngine", "Facts", "ProcessModel", "Statistics"]),
    module(
      "Scenarios",
      [
        "DocumentReading", "EventEngine", "Facts", "IntegrationGraph", "Inventory", "ProcessModel",
        "Simulation", "Statistics",
      ]),
    module(
      "Calibration",
      [
        "EventLogs", "Facts", "Importing", "Inventory", "ProcessModel", "Scenarios", "Statistics",
      ]),
    module("Experiments", ["EventEngine", "Scenarios", "Simulation", "Statistics"]),
    module(
      "Reporting",
      [
        "Auditing", "CXLSXWriter", "Calibration", "Experiments", "Facts", "Importing",
        "IntegrationGraph",
        "Inventory", "ProcessModel", "Scenarios", "Simulation", "Statistics",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    module(
      "Workspace", ["Facts", "Inventory", .product(name: "GRDB", package: "GRDB.swift")]),
    module(
      "Workbench",
      [
        "Auditing", "Calibration", "DocumentReading", "EventLogs", "Experiments", "Facts",
        "Importing",
        "IntegrationGraph", "Inventory", "ProcessModel", "Reporting", "Scenarios", "Simulation",
        "Statistics", "Workspace",
      ]),
    module(
      "Server",
      [
        "Auditing", "DocumentReading", "EventLogs", "Experiments", "Facts", "Importing",
        "IntegrationGraph", "Inventory", "ProcessModel", "Reporting", "Scenarios", "Simulation",
        "Workbench", "Workspace",
        .product(name: "Hummingbird", package: "hummingbird"),
      ],
      resources: [
        .embedInCode("Assets/workbench.css"), .embedInCode("Assets/workbench.js"),
      ]),
    .executableTarget(
      name: "rehearse",
      dependencies: [
        "Auditing", "Calibration", "EventLogs", "Facts", "Importing", "IntegrationGraph",
        "Inventory",
        "Reporting", "Scenarios", "Server", "Workbench", "Workspace",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict, linkerSettings: smallerInMemory),

    // Test suites mirror the modules.
    .target(
      name: "EstateTestSupport", dependencies: ["Facts", "ProcessModel", "Inventory"],
      path: "Tests/EstateTestSupport", swiftSettings: strict),
    .target(
      name: "SimulationTestSupport",
      dependencies: ["EventEngine", "Facts", "ProcessModel", "Simulation", "Statistics"],
      path: "Tests/SimulationTestSupport", swiftSettings: strict),
    tests("Facts"),
    tests("DocumentReading", ["Facts"]),
    tests("ProcessModel", ["Facts"]),
    tests("Inventory", ["Facts", "ProcessModel"]),
    tests("Importing", ["Facts", "DocumentReading", "ProcessModel", "Inventory"]),
    tests(
      "IntegrationGraph", ["Facts", "Inventory", "Importing", "ProcessModel", "EstateTestSupport"]),
    tests(
      "Auditing",
      [
        "DocumentReading", "Facts", "ProcessModel", "Inventory", "Importing", "IntegrationGraph",
        "EstateTestSupport",
      ]),
    tests("Statistics", resources: [.copy("Fixtures")]),
    tests(
      "EventLogs",
      ["DocumentReading", "Facts", .product(name: "GRDBSQLite", package: "GRDB.swift")]),
    tests(
      "Calibration",
      [
        "EventLogs", "Facts", "Importing", "Inventory", "ProcessModel", "Scenarios", "Simulation",
        "Statistics",
      ]),
    tests("EventEngine"),
    tests(
      "Simulation",
      ["EventEngine", "Facts", "ProcessModel", "SimulationTestSupport", "Statistics"]),
    tests(
      "Experiments",
      [
        "EventEngine", "Importing", "Inventory", "ProcessModel", "Scenarios", "Simulation",
        "SimulationTestSupport", "Statistics",
      ]),
    tests(
      "Scenarios",
      [
        "DocumentReading", "EventEngine", "Facts", "Importing", "Inventory", "ProcessModel",
        "Simulation", "Statistics",
      ]),
    tests(
      "Reporting",
      [
        "Auditing", "DocumentReading", "Experiments", "Facts", "Importing", "IntegrationGraph",
        "Inventory", "Scenarios", "Simulation",
      ], resources: [.copy("Golden")]),
    tests("Workspace", ["Facts", "Inventory", .product(name: "GRDB", package: "GRDB.swift")]),
    tests(
      "Server",
      [
        "Auditing", "DocumentReading", "Facts", "Inventory", "Simulation", "Workbench", "Workspace",
        .product(name: "Hummingbird", package: "hummingbird"),
      ]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["rehearse", .product(name: "Subprocess", package: "swift-subprocess")],
      swiftSettings: strict),
  ]
)
