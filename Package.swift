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

/// The timed loop is generic and lives in `Workload`: it must be specialised in the executables' callers. Specialisations
/// that are alike stay apart: merged, they would call what they differ in through a pointer, or lose their names.
let hotSettings =
  settings + [
    .unsafeFlags(
      [
        "-cross-module-optimization", "-Xllvm", "-swiftmergefunc-threshold=0", "-Xfrontend",
        "-disable-llvm-merge-functions-pass",
      ], .when(configuration: .release))
  ]

let cSettings: [CSetting] = [
  .define("_GNU_SOURCE"),
  .define("RINGBENCH_TEST_HOOKS", .when(configuration: .debug)),
  .unsafeFlags(["-std=gnu17", "-Wall", "-Wextra"] + (warningsAreErrors ? ["-Werror"] : [])),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let histogram: Target.Dependency = .product(name: "Histogram", package: "hdrhistogram-swift")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "ringbench",
  dependencies: [
    // Command lines of all executables, with their help and completions.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Latency percentiles that merge by adding counts.
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    // One fresh process per trial, with its output, its end and its cancellation.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    // The paths that swift-subprocess takes.
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    // Suites are YAML files.
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    // The table at the end of a run.
    .package(url: "https://github.com/ordo-one/TextTable", from: "0.0.2"),
  ],
  targets: [
    // MARK: What both sides share
    .target(name: "Base", dependencies: ["CLinux"], swiftSettings: settings),
    .target(name: "Vocabulary", dependencies: ["Base"], swiftSettings: settings),
    // The commit and the compiler of a build.
    .target(name: "CBuildInformation", cSettings: cSettings),
    .target(
      name: "Documents", dependencies: ["Base", "CBuildInformation", "Vocabulary"], exclude: ["Schema"],
      swiftSettings: settings),
    .target(name: "Arguments", dependencies: ["Base", "Vocabulary", argumentParser], swiftSettings: settings),
    // What Swift's Glibc module lacks of Linux.
    .target(name: "CLinux", cSettings: cSettings),
    .target(name: "CNuma", cSettings: cSettings, linkerSettings: [.linkedLibrary("numa")]),
    .target(
      name: "HostFacts", dependencies: ["Base", "CLinux", "CNuma", "Documents"], swiftSettings: hotSettings),

    // MARK: The measuring side
    .target(
      name: "Instruments", dependencies: ["CLinux", "Documents", "HostFacts", "Vocabulary", histogram],
      swiftSettings: hotSettings),
    .target(name: "CUring", cSettings: cSettings, linkerSettings: [.linkedLibrary("uring")]),
    .target(name: "CTransport", cSettings: cSettings),
    // Instructions that do nothing, around timed regions.
    .target(name: "CMarkers", cSettings: cSettings),
    .target(name: "Uring", dependencies: ["Base", "CUring"], swiftSettings: hotSettings),
    .target(
      name: "BufferModes",
      dependencies: ["Base", "CUring", "HostFacts", "Instruments", "Uring", "Vocabulary"],
      swiftSettings: hotSettings),
    .target(
      name: "Workload",
      dependencies: [
        "Arguments", "Base", "BufferModes", "CMarkers", "CTransport", "CUring", "Documents", "HostFacts", "Instruments",
        "Uring", "Vocabulary", argumentParser,
      ],
      swiftSettings: hotSettings),
    .executableTarget(
      name: "ringbench-socket", dependencies: ["Vocabulary", "Workload", argumentParser], path: "Benchmarks/socket",
      swiftSettings: hotSettings),
    .executableTarget(
      name: "ringbench-pipe", dependencies: ["Vocabulary", "Workload", argumentParser], path: "Benchmarks/pipe",
      swiftSettings: hotSettings),
    .executableTarget(
      name: "ringbench-file", dependencies: ["Vocabulary", "Workload", argumentParser], path: "Benchmarks/file",
      swiftSettings: hotSettings),
    .executableTarget(
      name: "ringbench-reference", path: "Benchmarks/reference", cSettings: cSettings,
      linkerSettings: [.linkedLibrary("uring")]),

    // MARK: The judging side
    .target(
      name: "Processes", dependencies: ["Base", subprocess, systemPackage], swiftSettings: settings),
    .target(
      name: "Statistics", dependencies: ["Base", "Documents", "Vocabulary", histogram], swiftSettings: settings),
    // Embedded, so that a static executable carries its suites wherever it is copied.
    .target(
      name: "Suites", path: "Benchmarks/suites",
      resources: [
        .embedInCode("ci.yaml"), .embedInCode("floor.yaml"), .embedInCode("full.yaml"), .embedInCode("kmbuf.yaml"),
        .embedInCode("overhead.yaml"), .embedInCode("quick.yaml"),
        .embedInCode("questions/hand-back.yaml"), .embedInCode("questions/ring-size.yaml"),
        .embedInCode("questions/refill.yaml"), .embedInCode("questions/buffer-size.yaml"),
        .embedInCode("questions/incremental.yaml"), .embedInCode("questions/bundle.yaml"),
        .embedInCode("questions/correct.yaml"), .embedInCode("questions/groups.yaml"),
        .embedInCode("questions/fair.yaml"), .embedInCode("questions/memory.yaml"),
        .embedInCode("questions/cache.yaml"), .embedInCode("questions/nodes.yaml"),
        .embedInCode("questions/huge-pages.yaml"), .embedInCode("questions/epoll.yaml"),
        .embedInCode("questions/registered.yaml"),
      ],
      swiftSettings: settings),
    .target(
      name: "Planning",
      dependencies: ["Base", "Documents", "Suites", "Vocabulary", .product(name: "Yams", package: "Yams")],
      swiftSettings: settings),
    // From the results of a suite to the answer to its question, in words.
    .target(
      name: "Answering", dependencies: ["Base", "Documents", "Planning", "Statistics", "Vocabulary"],
      swiftSettings: settings),
    .target(
      name: "Running",
      dependencies: [
        "Base", "Documents", "HostFacts", "Planning", "Processes", "Statistics", "Uring", "Vocabulary",
      ],
      swiftSettings: settings),
    .target(
      name: "Reporting",
      dependencies: [
        "Answering", "Base", "Documents", "Planning", "Statistics", "Vocabulary", histogram,
        .product(name: "TextTable", package: "TextTable"),
      ],
      swiftSettings: settings),
    .target(name: "CGuest", cSettings: cSettings),
    // The QEMU plugin's source (GPL-2.0-or-later), which is compiled where it is used.
    .target(
      name: "Profiler", path: "Profiler", exclude: ["COPYING", "README.md"], sources: ["Profiler.swift"],
      resources: [.embedInCode("profiler.c")], swiftSettings: settings),
    // Kernels, initramfs, QEMU, and what runs inside.
    .target(
      name: "KernelLab",
      dependencies: [
        "Base", "CGuest", "Documents", "HostFacts", "Planning", "Processes", "Profiler", "Reporting", "Running",
        "Vocabulary",
      ],
      exclude: ["README.md"], swiftSettings: settings),
    .executableTarget(
      name: "ringbench",
      dependencies: [
        "Arguments", "Base", "Documents", "KernelLab", "Planning", "Processes", "Reporting", "Running", "Vocabulary",
        argumentParser,
      ],
      swiftSettings: settings),

    // MARK: Tests
    .target(
      name: "TestSupport", dependencies: ["Base", "Documents", "Vocabulary", subprocess, systemPackage],
      path: "Tests/Support", exclude: ["look.js", "validate.py"], swiftSettings: settings),
    .target(
      name: "CTestRing", path: "Tests/CTestRing", cSettings: cSettings, linkerSettings: [.linkedLibrary("uring")]),
    // What runs inside a guest, to check a kernel with kernel-managed rings.
    .target(name: "CKernelChecks", path: "Tests/CKernelChecks", cSettings: cSettings),
    .executableTarget(
      name: "kmbuf-checks", dependencies: ["CKernelChecks", "CUring", "HostFacts"], path: "Tests/KernelChecks",
      swiftSettings: settings),
    .executableTarget(name: "guest-program", path: "Tests/GuestProgram", cSettings: cSettings),
    .testTarget(name: "StructureTests", dependencies: ["Base", "TestSupport"], swiftSettings: settings),
    .testTarget(name: "BaseTests", dependencies: ["Base"], swiftSettings: settings),
    .testTarget(
      name: "VocabularyTests", dependencies: ["Arguments", "TestSupport", "Vocabulary"], swiftSettings: settings),
    .testTarget(
      name: "DocumentsTests", dependencies: ["Base", "Documents", "TestSupport", "Vocabulary"], exclude: ["Golden"],
      swiftSettings: settings),
    .testTarget(
      name: "HostFactsTests", dependencies: ["Base", "CTestRing", "Documents", "HostFacts"], swiftSettings: settings),
    .testTarget(
      name: "InstrumentsTests", dependencies: ["Documents", "HostFacts", "Instruments", histogram],
      swiftSettings: settings),
    .testTarget(
      name: "ReferenceTests", dependencies: ["Documents", "TestSupport", "Vocabulary", "ringbench-reference"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "StatisticsTests", dependencies: ["Documents", "Statistics", "TestSupport", "Vocabulary"],
      exclude: ["reference.R"], swiftSettings: settings),
    .testTarget(
      name: "PlanningTests", dependencies: ["Base", "Documents", "Planning", "TestSupport", "Vocabulary"],
      swiftSettings: settings),
    .testTarget(
      name: "AnsweringTests",
      dependencies: ["Answering", "Base", "Documents", "Planning", "Statistics", "TestSupport", "Vocabulary"],
      swiftSettings: settings),
    .testTarget(
      name: "RunningTests",
      dependencies: [
        "Base", "Documents", "Planning", "Processes", "Reporting", "Running", "Statistics", "TestSupport", "Vocabulary",
        "ringbench",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "Base", "Documents", "Reporting", "Statistics", "TestSupport", "Vocabulary", "ringbench", "ringbench-file",
        "ringbench-pipe", "ringbench-socket", histogram,
      ],
      exclude: ["Golden"], swiftSettings: settings),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "Base", "Documents", "Statistics", "TestSupport", "Vocabulary", "ringbench", "ringbench-file", "ringbench-pipe",
        "ringbench-socket",
      ],
      swiftSettings: settings),
    .testTarget(name: "UringTests", dependencies: ["Uring"], swiftSettings: settings),
    .testTarget(
      name: "WorkloadTests",
      dependencies: [
        "BufferModes", "Documents", "TestSupport", "Uring", "Vocabulary", "Workload", "ringbench", "ringbench-file",
        "ringbench-pipe", "ringbench-socket",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "KernelLabTests",
      dependencies: [
        "Base", "CGuest", "Documents", "KernelLab", "Planning", "Processes", "Statistics", "TestSupport", "Vocabulary",
      ],
      swiftSettings: settings),
  ]
)
