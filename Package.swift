// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "coros",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "CorosKernel", targets: ["CorosKernel"]),
    .library(name: "CorosHistory", targets: ["CorosHistory"]),
    .library(name: "CorosSync", targets: ["CorosSync"]),
    .library(name: "CorosExplore", targets: ["CorosExplore"]),
    .library(name: "CorosIO", targets: ["CorosIO"]),
    .library(name: "CorosTesting", targets: ["CorosTesting"]),
    .library(name: "CorosMonitor", targets: ["CorosMonitor"]),
    .executable(name: "coros", targets: ["coros"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: [
    // The kernel: independent of the shell, the terminal and Foundation.
    .target(
      name: "CorosKernel",
      dependencies: [
        .product(name: "HeapModule", package: "swift-collections")
      ]
    ),

    // What tasks share: locks, semaphores, conditions and the like.
    .target(name: "CorosSync", dependencies: ["CorosKernel"]),

    // Sockets, files and real time. The header has what Swift's Glibc module lacks: epoll and accept4.
    .systemLibrary(name: "CEpoll"),
    .target(name: "CorosIO", dependencies: ["CEpoll", "CorosKernel"]),

    // Programs in assembly, and the machine that runs them.
    .target(name: "CorosMachine", dependencies: ["CorosKernel"]),

    // Time travel and breakpoints.
    .target(name: "CorosHistory", dependencies: ["CorosKernel"]),

    // Tries the schedules of some tasks: every one, or many.
    .target(name: "CorosExplore", dependencies: ["CorosHistory", "CorosKernel"]),

    // Explores the schedules of tasks in tests written with Swift Testing.
    .target(name: "CorosTesting", dependencies: ["CorosExplore", "CorosHistory", "CorosKernel"]),

    // The built-in programs.
    .target(name: "CorosPrograms", dependencies: ["CorosIO", "CorosKernel", "CorosSync"]),

    // Parses commands, expressions and JSON; depends on nothing.
    .target(name: "CorosLanguage"),
    // Compiles typed programs and runs them.
    .target(
      name: "CorosInterpreter",
      dependencies: ["CorosKernel", "CorosLanguage", "CorosSync"]
    ),
    // Reads and writes text files.
    .target(name: "CorosFiles", dependencies: ["CorosLanguage"]),
    // Explains what happened on a machine, and why.
    .target(
      name: "CorosInsight",
      dependencies: ["CorosHistory", "CorosKernel", "CorosLanguage", "CorosSync"]
    ),
    // Writes runs and machines in formats for other programs.
    .target(
      name: "CorosExports",
      dependencies: ["CorosFiles", "CorosHistory", "CorosInsight", "CorosKernel", "CorosLanguage"],
      // Turned into Swift by scripts/player: a resource would have to be found beside the program.
      exclude: ["Player"]
    ),
    // The requests of a debugging session and their results, without text or terminal.
    .target(
      name: "CorosSession",
      dependencies: [
        "CorosExplore", "CorosFiles", "CorosHistory", "CorosInsight", "CorosInterpreter",
        "CorosIO", "CorosKernel", "CorosLanguage", "CorosMachine", "CorosSync",
      ]
    ),
    // Lessons: their texts, what a learner has made of them, and whether it is right.
    .target(
      name: "CorosLessons",
      dependencies: [
        "CorosExplore", "CorosFiles", "CorosHistory", "CorosInsight", "CorosLanguage",
        "CorosSession",
      ]
    ),
    // The text interface without its commands: how they are typed and printed, scripts, the stepper.
    .target(
      name: "CorosShell",
      dependencies: [
        "CorosExplore", "CorosExports", "CorosFiles", "CorosHistory", "CorosInsight",
        "CorosIO", "CorosInterpreter", "CorosKernel", "CorosLanguage", "CorosLessons",
        "CorosMachine",
        "CorosSession",
      ]
    ),
    // The commands, and the pages made of them.
    .target(
      name: "CorosCommands",
      dependencies: [
        "CorosExplore", "CorosExports", "CorosFiles", "CorosHistory", "CorosInsight",
        "CorosIO", "CorosInterpreter", "CorosKernel", "CorosLanguage", "CorosLessons",
        "CorosMachine", "CorosSession", "CorosShell",
      ]
    ),

    // The terminal: line editing with libedit, full screens with ncurses; independent of kernel and shell.
    .systemLibrary(
      name: "CEditLine",
      pkgConfig: "libedit",
      providers: [.apt(["libedit-dev"]), .brew(["libedit"])]
    ),
    // Without pkg-config, because SwiftPM prohibits its flags; macOS has it under another name.
    .systemLibrary(name: "CCurses", providers: [.apt(["libncurses-dev"])]),
    .target(
      name: "CorosTerminal",
      dependencies: ["CCurses", "CEditLine"],
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])),
        .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]
    ),

    // Lets other terminals look at a machine and drive it, over a socket that only their user can open.
    .target(name: "CorosServer", dependencies: ["CorosLanguage"]),

    // Serves a prompt into an app's own machine.
    .target(
      name: "CorosMonitor",
      dependencies: [
        "CorosCommands", "CorosHistory", "CorosKernel", "CorosLanguage", "CorosServer",
        "CorosShell",
      ]
    ),

    // The program that combines them.
    .executableTarget(
      name: "coros",
      dependencies: [
        "CorosCommands", "CorosFiles", "CorosIO", "CorosInsight", "CorosKernel", "CorosLanguage",
        "CorosLessons",
        "CorosPrograms", "CorosServer", "CorosSession", "CorosShell", "CorosTerminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),

    .target(
      name: "CorosTestSupport",
      dependencies: ["CorosKernel"],
      path: "Tests/CorosTestSupport"
    ),
    // Random load on the kernel: briefly in tests, for any length of time by `scripts/stress`.
    .target(
      name: "CorosStorm",
      dependencies: ["CorosKernel", "CorosSync"],
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
      name: "CorosSyncTests",
      dependencies: ["CorosKernel", "CorosStorm", "CorosSync", "CorosTestSupport"]
    ),
    .testTarget(
      name: "CorosIOTests",
      dependencies: ["CorosHistory", "CorosIO", "CorosKernel", "CorosTestSupport"]
    ),
    .testTarget(
      name: "CorosMachineTests",
      dependencies: ["CorosHistory", "CorosKernel", "CorosMachine", "CorosTestSupport"]
    ),
    .testTarget(
      name: "CorosHistoryTests",
      dependencies: ["CorosHistory", "CorosKernel", "CorosTestSupport"]
    ),
    .testTarget(
      name: "CorosExploreTests",
      dependencies: [
        "CorosExplore", "CorosHistory", "CorosInterpreter", "CorosKernel", "CorosSync",
      ]
    ),
    .testTarget(
      name: "CorosTestingTests",
      dependencies: ["CorosExplore", "CorosHistory", "CorosKernel", "CorosSync", "CorosTesting"]
    ),
    .testTarget(
      name: "CorosProgramsTests",
      dependencies: ["CorosPrograms", "CorosStorm", "CorosSync", "CorosTestSupport"]
    ),
    // Invariants for any input: checked by fuzzers, and by tests of their findings.
    .target(
      name: "CorosLanguageChecks",
      dependencies: ["CorosLanguage"],
      path: "Fuzz/LanguageChecks"
    ),
    .target(
      name: "CorosShellChecks",
      dependencies: [
        "CorosCommands", "CorosKernel", "CorosLanguageChecks", "CorosSession", "CorosShell",
      ],
      path: "Fuzz/Checks"
    ),
    .target(
      name: "CorosProgramChecks",
      dependencies: ["CorosInterpreter", "CorosKernel", "CorosLanguage"],
      path: "Fuzz/ProgramChecks"
    ),
    .testTarget(name: "CorosLanguageTests", dependencies: ["CorosKernel", "CorosLanguage"]),
    .testTarget(
      name: "CorosInterpreterTests",
      dependencies: [
        "CorosHistory", "CorosInterpreter", "CorosKernel", "CorosLanguage", "CorosSync",
        "CorosTestSupport",
      ]
    ),
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
      dependencies: [
        "CorosHistory", "CorosInsight", "CorosInsightTestSupport", "CorosKernel",
        "CorosPrograms", "CorosSync", "CorosTestSupport",
      ]
    ),
    .testTarget(
      name: "CorosExportsTests",
      dependencies: [
        "CorosExports", "CorosInsight", "CorosInsightTestSupport", "CorosKernel", "CorosLanguage",
      ]
    ),
    .testTarget(
      name: "CorosSessionTests",
      dependencies: [
        "CorosHistory", "CorosInsight", "CorosKernel", "CorosPrograms", "CorosSession",
        "CorosTestSupport",
      ]
    ),
    .testTarget(
      name: "CorosLessonsTests",
      dependencies: [
        "CorosFiles", "CorosInsight", "CorosLanguage", "CorosLessons", "CorosTestSupport",
      ]
    ),
    .testTarget(
      name: "CorosShellTests",
      dependencies: [
        "CorosCommands", "CorosExplore", "CorosInsightTestSupport", "CorosLanguageChecks",
        "CorosLessons",
        "CorosProgramChecks", "CorosPrograms", "CorosShell", "CorosShellChecks", "CorosSync",
        "CorosTestSupport",
      ],
      // Read from the source folder, so that they can be recorded again.
      exclude: ["Corpus", "Transcripts", "Validators"]
    ),
    .testTarget(
      name: "CorosTerminalTests",
      dependencies: ["CorosTerminal", "CorosTestSupport", "EditorFixture"]
    ),
    .testTarget(
      name: "CorosServerTests",
      dependencies: ["CorosLanguage", "CorosServer", "CorosTestSupport"]
    ),
    .testTarget(
      name: "CorosMonitorTests",
      dependencies: [
        "CorosHistory", "CorosKernel", "CorosLanguage", "CorosMonitor", "CorosServer",
        "CorosTestSupport",
      ]
    ),
    // A line editor and nothing else, for tests on a pseudo terminal.
    .executableTarget(
      name: "EditorFixture",
      dependencies: ["CorosTerminal"],
      path: "Tests/EditorFixture"
    ),
    // Checks the sources as text: imports, folders, names.
    .testTarget(name: "CorosArchitectureTests", dependencies: ["CorosTestSupport"]),
    .testTarget(
      name: "CorosBinaryTests",
      dependencies: ["coros", "CorosKernel", "CorosTestSupport"]
    ),
  ],
  swiftLanguageModes: [.v6]
)

// For `scripts/test`, which builds the tests of the kernel and the programs twice more, optimised and with sanitizers:
// with this variable the package has what these need, and nothing else.
if Context.environment["COROS_KERNEL_ONLY"] != nil {
  let needed = [
    "CorosKernel", "CorosSync", "CorosPrograms", "CorosStorm", "CorosTestSupport", "CorosHistory",
    "CorosLanguage", "CorosInterpreter", "CorosExplore", "CorosTesting", "CEpoll", "CorosIO",
    "CorosIOTests", "CorosKernelTests", "CorosProgramsTests", "CorosSyncTests",
    "CorosExploreTests", "CorosTestingTests",
  ]
  package.targets.removeAll { !needed.contains($0.name) }
  package.products.removeAll { $0.name != "CorosKernel" }
}

// The same settings for all our Swift targets.
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
