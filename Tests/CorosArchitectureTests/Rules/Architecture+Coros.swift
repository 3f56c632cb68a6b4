extension Architecture {
  /// The architecture of this package; CONTRIBUTING.md shows it to readers.
  static let coros = Architecture(modules: [
    Module(
      name: "CorosKernel",
      foreign: [
        "HeapModule", "Synchronization", "System(HomeExecutor)", "System(Inbox)",
        "System(TaskTable)",
      ],
      folders: [
        "Basics", "Waiting", "Policies/Structures", "Policies", "Policies/Names", "StepLog",
        "Calls", "Objects", "Events", "Coroutines", "Programs", "SystemCalls", "Tasks", "Scheduler",
      ]
    ),
    Module(name: "CorosSync", imports: ["CorosKernel"]),
    Module(
      name: "CorosIO",
      imports: ["CorosKernel"],
      foreign: ["CEpoll", "System"],
      folders: ["Words", "Devices", "Recording", "World", "Calls"]
    ),
    Module(
      name: "CorosMachine",
      imports: ["CorosKernel"],
      folders: ["Code", "Text", "Machine"]
    ),
    Module(
      name: "CorosHistory",
      imports: ["CorosKernel"],
      folders: ["Record", "Breakpoints", "Replay", "Comparison", "TimeMachine"]
    ),
    Module(
      name: "CorosExplore",
      imports: ["CorosHistory", "CorosKernel"],
      folders: [
        "Questions", "Results", "Ground", "Searches", "Runs", "Reduction", "States", "Shrinking",
        "Explorer",
      ]
    ),
    Module(
      name: "CorosTesting",
      imports: ["CorosExplore", "CorosHistory", "CorosKernel"],
      foreign: ["Synchronization", "Testing"],
      folders: ["Conditions", "Runs", "Pictures"]
    ),
    Module(
      name: "CorosPrograms",
      imports: ["CorosIO", "CorosKernel", "CorosSync"],
      folders: ["Support", ""]
    ),
    Module(
      name: "CorosLanguage",
      folders: ["Text", "JSON", "Diagnostics", "Programs", "Commands", "Expressions"]
    ),
    Module(
      name: "CorosInterpreter",
      imports: ["CorosKernel", "CorosLanguage", "CorosSync"],
      folders: ["Code", "Names", "Compiler", "Machine", "Definitions"]
    ),
    Module(name: "CorosFiles", imports: ["CorosLanguage"], foreign: ["System"]),
    Module(
      name: "CorosInsight",
      imports: ["CorosHistory", "CorosKernel", "CorosLanguage", "CorosSync"],
      folders: [
        "Words", "Timeline", "Sharing", "Events", "Output", "Metrics", "Graph", "Lints",
        "Expressions", "Workloads", "Why", "Quiz", "Forks",
      ]
    ),
    Module(
      name: "CorosExports",
      imports: ["CorosFiles", "CorosHistory", "CorosInsight", "CorosKernel", "CorosLanguage"],
      folders: ["Page", ""]
    ),
    Module(
      name: "CorosSession",
      imports: [
        "CorosExplore", "CorosFiles", "CorosHistory", "CorosInsight", "CorosInterpreter",
        "CorosIO", "CorosKernel", "CorosLanguage", "CorosMachine", "CorosSync",
      ],
      foreign: ["System(SavedRun)", "System(SessionFolder)", "System(SessionJournal)"],
      folders: [
        "Fields", "Machine", "Breakpoints", "Journal", "Session", "Results", "Requests",
        "Exploring", "SavedRuns",
      ]
    ),
    Module(
      name: "CorosLessons",
      imports: [
        "CorosExplore", "CorosFiles", "CorosHistory", "CorosInsight", "CorosLanguage",
        "CorosSession",
      ],
      folders: ["Text", "Answers", "First", "Packs", "Progress", "Verdicts"]
    ),
    Module(
      name: "CorosShell",
      imports: [
        "CorosExplore", "CorosExports", "CorosFiles", "CorosHistory", "CorosInsight",
        "CorosIO", "CorosInterpreter", "CorosKernel", "CorosLanguage", "CorosLessons",
        "CorosMachine",
        "CorosSession",
      ],
      foreign: ["System(Shell+Scripts)", "System(Shell+Completion)"],
      folders: [
        "Presentation", "Console", "Shell", "Results", "Session", "Pager", "Scripts", "Guests",
        "Reports", "Breakpoints", "Timeline", "Quiz", "Stepper", "Exploring", "Lessons", "Typing",
      ]
    ),
    Module(
      name: "CorosCommands",
      imports: [
        "CorosExplore", "CorosExports", "CorosFiles", "CorosHistory", "CorosInsight",
        "CorosIO", "CorosInterpreter", "CorosKernel", "CorosLanguage", "CorosLessons",
        "CorosMachine", "CorosSession", "CorosShell",
      ],
      foreign: ["System(WorkloadFile)"],
      folders: [
        "Options", "Results", "Families", "Tasks", "Programs", "Running", "Breakpoints", "Travel",
        "Looking", "Asking", "Exploring", "Machine", "Learning", "Scripting", "Shell", "",
        "Reference",
      ]
    ),
    Module(
      name: "CorosTerminal",
      foreign: ["CCurses", "CEditLine", "Synchronization", "System"],
      folders: ["", "Screen"]
    ),
    Module(name: "CorosServer", imports: ["CorosLanguage"], foreign: ["System"]),
    Module(
      name: "CorosMonitor",
      imports: [
        "CorosCommands", "CorosHistory", "CorosKernel", "CorosLanguage", "CorosServer",
        "CorosShell",
      ],
      foreign: ["Synchronization", "System(Monitor)"]
    ),
    Module(
      name: "coros",
      imports: [
        "CorosCommands", "CorosFiles", "CorosIO", "CorosInsight", "CorosKernel", "CorosLanguage",
        "CorosLessons", "CorosPrograms", "CorosServer", "CorosSession", "CorosShell",
        "CorosTerminal",
      ],
      foreign: ["ArgumentParser", "System"]
    ),
  ])

  /// What a module must never reach, even indirectly.
  static let laws: [(module: String, never: [String])] = [
    ("CorosKernel", ["CorosHistory", "CorosLanguage", "CorosPrograms", "CorosSync"]),
    ("CorosSync", ["CorosHistory", "CorosLanguage", "CorosPrograms"]),
    ("CorosIO", ["CorosHistory", "CorosLanguage", "CorosPrograms", "CorosSync"]),
    ("CorosLanguage", ["CorosKernel", "CorosHistory", "CorosFiles"]),
    ("CorosInterpreter", ["CorosFiles", "CorosHistory", "CorosInsight", "CorosSession"]),
    ("CorosHistory", ["CorosExplore", "CorosLanguage", "CorosFiles", "CorosInsight"]),
    ("CorosExplore", ["CorosLanguage", "CorosFiles", "CorosInsight"]),
    ("CorosTesting", ["CorosLanguage", "CorosSync", "CorosShell"]),
    ("CorosPrograms", ["CorosShell", "CorosSession", "CorosHistory"]),
    ("CorosInsight", ["CorosFiles", "CorosExports", "CorosSession", "CorosShell"]),
    ("CorosExports", ["CorosSession", "CorosShell"]),
    ("CorosSession", ["CorosExports", "CorosShell", "CorosTerminal"]),
    ("CorosLessons", ["CorosExports", "CorosShell", "CorosTerminal"]),
    ("CorosShell", ["CorosCommands", "CorosPrograms", "CorosTerminal"]),
    ("CorosCommands", ["CorosPrograms", "CorosTerminal"]),
    ("CorosTerminal", ["CorosKernel", "CorosShell", "CorosLanguage"]),
    ("CorosServer", ["CorosKernel", "CorosShell", "CorosTerminal"]),
    ("CorosMonitor", ["CorosPrograms", "CorosTerminal"]),
  ]

  /// The modules for embedders, which have `public` names.
  static let products = [
    "CorosExplore", "CorosHistory", "CorosIO", "CorosKernel", "CorosMonitor", "CorosSync",
    "CorosTesting",
  ]
}
