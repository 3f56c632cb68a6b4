// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "coros",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "CorosKernel", targets: ["CorosKernel"]),
    .library(name: "CorosHistory", targets: ["CorosHistory"]),
    .executable(name: "coros", targets: ["coros"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: [
    // The kernel: knows no shell, no terminal, no Foundation.
    .target(
      name: "CorosKernel",
      dependencies: [
        .product(name: "HeapModule", package: "swift-collections")
      ]
    ),

    // How the past comes back, and where a run stops.
    .target(name: "CorosHistory", dependencies: ["CorosKernel"]),

    // What can be spawned on it.
    .target(name: "CorosPrograms", dependencies: ["CorosKernel"]),

    // From text to commands, expressions and JSON: knows nothing.
    .target(name: "CorosLanguage"),
    // How text comes from files, and gets into them.
    .target(name: "CorosFiles", dependencies: ["CorosLanguage"]),
    // What happened on a machine, and why.
    .target(name: "CorosInsight", dependencies: ["CorosHistory", "CorosKernel", "CorosLanguage"]),
    // Runs and machines in forms that other programs read.
    .target(
      name: "CorosExports",
      dependencies: ["CorosFiles", "CorosHistory", "CorosInsight", "CorosKernel", "CorosLanguage"]
    ),
    // What can be asked of a debugging session; knows no text and no terminal.
    .target(
      name: "CorosSession",
      dependencies: ["CorosFiles", "CorosHistory", "CorosInsight", "CorosKernel", "CorosLanguage"]
    ),
    // How that is typed and said: commands, their pages, scripts, the stepper.
    .target(
      name: "CorosShell",
      dependencies: [
        "CorosExports", "CorosFiles", "CorosHistory", "CorosInsight", "CorosKernel",
        "CorosLanguage", "CorosSession",
      ]
    ),

    // The terminal: line editing by libedit and full screens by ncurses, knowing neither kernel nor shell.
    .systemLibrary(
      name: "CEditLine",
      pkgConfig: "libedit",
      providers: [.apt(["libedit-dev"]), .brew(["libedit"])]
    ),
    // Without pkg-config, whose flags for it SwiftPM prohibits; macOS has it under another name.
    .systemLibrary(name: "CCurses", providers: [.apt(["libncurses-dev"])]),
    .target(
      name: "CorosTerminal",
      dependencies: ["CCurses", "CEditLine"],
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])),
        .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]
    ),

    // The program that puts them together.
    .executableTarget(
      name: "coros",
      dependencies: [
        "CorosFiles", "CorosInsight", "CorosKernel", "CorosLanguage", "CorosPrograms",
        "CorosSession",
        "CorosShell", "CorosTerminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),

    .target(
      name: "CorosTestSupport",
      dependencies: ["CorosKernel"],
      path: "Tests/CorosTestSupport"
    ),
    // Random abuse of the kernel: by tests for a while, and by `scripts/stress` for as long as one likes.
    .target(
      name: "CorosStorm",
      dependencies: ["CorosKernel"],
      path: "Fuzz/Storm"
    ),
    .executableTarget(
      name: "stress",
      dependencies: [
        "CorosStorm",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Fuzz/Stress"
    ),
    .testTarget(
      name: "CorosKernelTests",
      dependencies: ["CorosKernel", "CorosStorm", "CorosTestSupport"]
    ),
    .testTarget(
      name: "CorosHistoryTests",
      dependencies: ["CorosHistory", "CorosKernel", "CorosTestSupport"]
    ),
    .testTarget(
      name: "CorosProgramsTests",
      dependencies: ["CorosPrograms", "CorosStorm", "CorosTestSupport"]
    ),
    // What must hold whatever is typed: asserted by fuzzers, and by tests over what they found.
    .target(
      name: "CorosLanguageChecks",
      dependencies: ["CorosLanguage"],
      path: "Fuzz/LanguageChecks"
    ),
    .target(
      name: "CorosShellChecks",
      dependencies: ["CorosKernel", "CorosLanguageChecks", "CorosSession", "CorosShell"],
      path: "Fuzz/Checks"
    ),
    .testTarget(name: "CorosLanguageTests", dependencies: ["CorosKernel", "CorosLanguage"]),
    .testTarget(
      name: "CorosFilesTests",
      dependencies: ["CorosFiles", "CorosLanguage", "CorosTestSupport"]
    ),
    .target(
      name: "CorosInsightTestSupport",
      dependencies: ["CorosInsight", "CorosKernel"],
      path: "Tests/CorosInsightTestSupport"
    ),
    .testTarget(
      name: "CorosInsightTests",
      dependencies: ["CorosInsight", "CorosInsightTestSupport", "CorosKernel"]
    ),
    .testTarget(
      name: "CorosExportsTests",
      dependencies: ["CorosExports", "CorosInsight", "CorosInsightTestSupport", "CorosKernel"]
    ),
    .testTarget(
      name: "CorosSessionTests",
      dependencies: [
        "CorosHistory", "CorosInsight", "CorosKernel", "CorosPrograms", "CorosSession",
        "CorosTestSupport",
      ]
    ),
    .testTarget(
      name: "CorosShellTests",
      dependencies: [
        "CorosInsightTestSupport", "CorosLanguageChecks", "CorosPrograms", "CorosShell",
        "CorosShellChecks", "CorosTestSupport",
      ],
      // Read where they are, so that they can also be recorded anew.
      exclude: ["Corpus", "Transcripts", "Validators"]
    ),
    .testTarget(
      name: "CorosTerminalTests",
      dependencies: ["CorosTerminal", "CorosTestSupport", "EditorFixture"]
    ),
    // A line editor and nothing else, for tests that type at it on a real terminal.
    .executableTarget(
      name: "EditorFixture",
      dependencies: ["CorosTerminal"],
      path: "Tests/EditorFixture"
    ),
    // Reads the sources as text: imports, folders, names.
    .testTarget(name: "CorosArchitectureTests", dependencies: ["CorosTestSupport"]),
    .testTarget(
      name: "CorosBinaryTests",
      dependencies: ["coros", "CorosKernel", "CorosTestSupport"]
    ),
  ],
  swiftLanguageModes: [.v6]
)

// One strictness for all our own Swift targets.
for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ]
}
