// swift-tools-version: 6.2
import PackageDescription

/// `.ci/run` sets this; a user's newer toolchain with a new warning still builds.
let warningsAreErrors = Context.environment["RINGBENCH_WARNINGS_AS_ERRORS"] != nil

let settings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    // Test hooks (corrupted payloads) exist in debug builds only.
    .define("RINGBENCH_TEST_HOOKS", .when(configuration: .debug)),
  ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

/// The timed loop is generic and lives in `Workload`: it must be specialised in the executables' callers.
let hotSettings = settings + [.unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))]

let cSettings: [CSetting] = [
  .define("_GNU_SOURCE"),
  .unsafeFlags(["-std=gnu17", "-Wall", "-Wextra"] + (warningsAreErrors ? ["-Werror"] : [])),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "ringbench",
  dependencies: [
    // Command lines of all executables, with their help and completions.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Latency percentiles that merge by adding counts.
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
  ],
  targets: [
    // MARK: What both sides share
    .target(name: "Results", swiftSettings: settings),
    .target(name: "Arguments", dependencies: ["Results", argumentParser], swiftSettings: settings),
    .target(name: "CNuma", cSettings: cSettings, linkerSettings: [.linkedLibrary("numa")]),
    .target(name: "CLinux", cSettings: cSettings),
    .target(name: "Topology", dependencies: ["CLinux", "CNuma", "Results"], swiftSettings: settings),
    // MARK: The measuring side
    .target(
      name: "Measurement",
      dependencies: ["CLinux", "Results", .product(name: "Histogram", package: "hdrhistogram-swift")],
      swiftSettings: hotSettings),
    .executableTarget(
      name: "ringbench-reference", path: "Benchmarks/reference", cSettings: cSettings,
      linkerSettings: [.linkedLibrary("uring")]),

    // MARK: Tests
    .testTarget(name: "ResultsTests", dependencies: ["Arguments", "Results"], swiftSettings: settings),
    .testTarget(
      name: "TopologyTests", dependencies: ["CLinux", "CTestRing", "Results", "Topology"], swiftSettings: settings),
    .testTarget(
      name: "MeasurementTests",
      dependencies: ["Measurement", "Results", .product(name: "Histogram", package: "hdrhistogram-swift")],
      swiftSettings: settings),
    .target(
      name: "CTestRing", path: "Tests/CTestRing", cSettings: cSettings, linkerSettings: [.linkedLibrary("uring")]),
    .testTarget(
      name: "ReferenceTests", dependencies: ["Results", "ringbench-reference"], swiftSettings: settings),
  ]
)
