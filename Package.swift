// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target is compiled with.
let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// The engine also hands out spans of its buffers (decision 0002).
let engineSettings = settings + [.enableExperimentalFeature("Lifetimes")]

/// `ANNALS_PORTABLE_KERNELS=1` builds the reader without special instructions, as other processors
/// have it.
let formatsSettings =
  Context.environment["ANNALS_PORTABLE_KERNELS"] == nil
  ? settings : settings + [.define("ANNALS_PORTABLE_KERNELS")]

/// `ANNALS_CHECKS=1` adds programs that check more than the tests have time for, and fuzz targets, which
/// need the fuzzer's own `main`.
let checks: [Target] =
  Context.environment["ANNALS_CHECKS"] == nil
  ? []
  : [
    .executableTarget(
      name: "AnnalsReaderCheck",
      dependencies: [
        "AnnalsFormats", "AnnalsEngine", "AnnalsPlatform", "FormatsTwin", "SeededRandom",
      ],
      path: "Tests/ReaderCheck", swiftSettings: settings),
    .executableTarget(
      name: "AnnalsReaderFuzz", dependencies: ["AnnalsEngine", "FormatsTwin"],
      path: "Tests/ReaderFuzz", exclude: ["Corpus"], swiftSettings: settings),
    .executableTarget(
      name: "AnnalsFileFuzz", dependencies: ["AnnalsEngine", "FormatsTwin"],
      path: "Tests/FileFuzz", exclude: ["Corpus"], swiftSettings: settings),
    .executableTarget(
      name: "AnnalsConsoleCheck", dependencies: ["ConsoleTwin", "AnnalsPlatform"],
      path: "Tests/ConsoleCheck", swiftSettings: settings),
    .executableTarget(
      name: "ArrowFuzz", dependencies: ["AnnalsFormats", "AnnalsEngine"],
      path: "Tests/Fuzz/Arrow", swiftSettings: settings),
    .executableTarget(
      name: "BundleFuzz", dependencies: ["AnnalsBundles"], path: "Tests/Fuzz/Bundle",
      swiftSettings: settings),
    .target(
      name: "ScriptGrammar",
      dependencies: [
        "AnnalsScripting", "AnnalsReports", "AnnalsEvents", "AnnalsEngine", "SeededRandom",
      ],
      path: "Tests/ScriptGrammar", swiftSettings: settings),
    .executableTarget(
      name: "AnnalsScriptCheck", dependencies: ["ScriptGrammar", "AnnalsPlatform"],
      path: "Tests/ScriptCheck", swiftSettings: settings),
    .executableTarget(
      name: "AnnalsAttackCheck",
      dependencies: ["AnnalsScripting", "AnnalsReports", "AnnalsEvents", "AnnalsPlatform"],
      path: "Tests/AttackCheck", swiftSettings: settings),
    .executableTarget(
      name: "AnnalsScriptFuzz", dependencies: ["ScriptGrammar"], path: "Tests/ScriptFuzz",
      swiftSettings: settings),
    .executableTarget(
      name: "AnnalsFormulaFuzz", dependencies: ["ScriptGrammar"], path: "Tests/FormulaFuzz",
      swiftSettings: settings),
  ]

let cSettings: [CSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "annals",
  products: [
    .library(name: "Annals", targets: ["Annals"]),
    .executable(name: "annals", targets: ["AnnalsProgram"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLua", path: "Sources/CLua", pkgConfig: "lua5.4",
      providers: [.apt(["liblua5.4-dev"]), .brew(["lua"])]),
    .target(name: "CLuaShim", dependencies: ["CLua"], cSettings: cSettings),
    .systemLibrary(
      name: "CSeccomp", path: "Sources/CSeccomp", pkgConfig: "libseccomp",
      providers: [.apt(["libseccomp-dev"])]),
    .target(
      name: "CAnnalsPlatform",
      dependencies: [.target(name: "CSeccomp", condition: .when(platforms: [.linux]))],
      cSettings: cSettings),
    .target(
      name: "AnnalsPlatform", dependencies: ["CAnnalsPlatform"], swiftSettings: settings),
    .target(
      name: "AnnalsLua", dependencies: ["CLuaShim", "AnnalsPlatform"], swiftSettings: settings),
    .target(
      name: "AnnalsEngine", dependencies: ["AnnalsPlatform", "CAnnalsKernels"],
      swiftSettings: engineSettings),
    .target(name: "CAnnalsKernels", cSettings: cSettings),
    .systemLibrary(
      name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CZstd", path: "Sources/CZstd", pkgConfig: "libzstd",
      providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .target(
      name: "AnnalsFormats",
      dependencies: ["AnnalsEngine", "AnnalsPlatform", "CAnnalsKernels", "CZlib", "CZstd"],
      swiftSettings: formatsSettings),
    .target(
      name: "AnnalsEvents", dependencies: ["AnnalsFormats", "AnnalsEngine"],
      swiftSettings: settings),
    .target(
      name: "AnnalsBundles",
      dependencies: [
        "AnnalsFormats", "AnnalsEngine", "AnnalsPlatform",
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: settings),
    .target(name: "AnnalsReports", dependencies: ["AnnalsEngine"], swiftSettings: settings),
    .target(
      name: "AnnalsScripting",
      dependencies: [
        "AnnalsLua", "AnnalsReports", "AnnalsEvents", "AnnalsFormats", "AnnalsEngine",
      ], swiftSettings: settings),
    .target(
      name: "Annals",
      dependencies: [
        "AnnalsScripting", "AnnalsBundles", "AnnalsReports", "AnnalsEvents", "AnnalsFormats",
        "AnnalsEngine",
      ], swiftSettings: settings),
    .target(
      name: "AnnalsConsole", dependencies: ["AnnalsReports", "AnnalsPlatform"],
      swiftSettings: settings),
    .target(
      name: "AnnalsCommand",
      dependencies: [
        "Annals", "AnnalsConsole", "AnnalsPlatform",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),
    .executableTarget(
      name: "AnnalsProgram", dependencies: ["AnnalsCommand"], swiftSettings: settings),
    .executableTarget(
      name: "AnnalsLeakCheck", dependencies: ["AnnalsLua", "AnnalsPlatform"],
      path: "Tests/LeakCheck", swiftSettings: settings),
    .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: settings),
    .target(
      name: "AnnalsTwin", dependencies: ["AnnalsEngine", "SeededRandom"], path: "Tests/Twin",
      swiftSettings: settings),
    .executableTarget(
      name: "AnnalsTwinCheck", dependencies: ["AnnalsTwin"], path: "Tests/TwinCheck",
      exclude: ["compare_with_duckdb.py"], swiftSettings: settings),
    .executableTarget(
      name: "AnnalsRunsCheck",
      dependencies: [
        "AnnalsScripting", "AnnalsReports", "AnnalsEvents", "AnnalsLua", "AnnalsPlatform",
      ], path: "Tests/RunsCheck", swiftSettings: settings),
    .target(name: "CWallsAttack", path: "Tests/WallsAttack", cSettings: cSettings),
    .executableTarget(
      name: "AnnalsWallsCheck", dependencies: ["AnnalsPlatform", "CWallsAttack"],
      path: "Tests/WallsCheck", swiftSettings: settings),
    .testTarget(
      name: "AnnalsLuaTests", dependencies: ["AnnalsLua", "AnnalsPlatform"],
      swiftSettings: settings),
    .testTarget(
      name: "AnnalsPlatformTests", dependencies: ["AnnalsPlatform"], swiftSettings: settings),
    .target(
      name: "FormatsTwin",
      dependencies: ["AnnalsFormats", "AnnalsEngine", "CZlib", "CZstd", "SeededRandom"],
      path: "Tests/FormatsTwin", swiftSettings: settings),
    .testTarget(
      name: "AnnalsFormatsTests",
      dependencies: [
        "AnnalsFormats", "AnnalsEngine", "AnnalsPlatform", "CAnnalsKernels", "FormatsTwin",
        "SeededRandom",
      ],
      exclude: ["Fixtures"],
      swiftSettings: settings),
    .testTarget(
      name: "AnnalsEventsTests",
      dependencies: ["AnnalsEvents", "AnnalsFormats", "AnnalsEngine"],
      exclude: ["Fixtures"], swiftSettings: settings),
    .testTarget(
      name: "AnnalsBundlesTests",
      dependencies: ["AnnalsBundles", "AnnalsFormats", "AnnalsPlatform"],
      exclude: ["Corpus"], swiftSettings: settings),
    .testTarget(
      name: "AnnalsReportsTests", dependencies: ["AnnalsReports", "AnnalsEngine"],
      swiftSettings: settings),
    .testTarget(
      name: "AnnalsScriptingTests",
      dependencies: ["AnnalsScripting", "AnnalsReports", "AnnalsEvents", "AnnalsEngine"],
      exclude: ["Attacks", "Cases", "Fixtures"], swiftSettings: settings),
    .target(
      name: "ConsoleTwin", dependencies: ["AnnalsConsole", "AnnalsReports", "SeededRandom"],
      path: "Tests/ConsoleTwin", swiftSettings: settings),
    .testTarget(
      name: "AnnalsConsoleTests",
      dependencies: [
        "AnnalsConsole", "AnnalsReports", "AnnalsPlatform", "ConsoleTwin", "SeededRandom",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "AnnalsCommandTests",
      dependencies: [
        "AnnalsProgram", "AnnalsCommand", "Annals", "AnnalsConsole", "AnnalsPlatform",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      exclude: ["ConsoleCases", "Fixtures"],
      swiftSettings: settings),
    .testTarget(
      name: "AnnalsEngineTests", dependencies: ["AnnalsEngine", "AnnalsTwin", "SeededRandom"],
      swiftSettings: engineSettings),
  ] + checks,
  swiftLanguageModes: [.v6]
)
