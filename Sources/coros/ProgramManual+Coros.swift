import CorosKernel
import CorosShell
import CorosTerminal

extension ProgramManual.Option {
  static let commands = Self("-c", "Run these commands.", takes: .any("COMMANDS"))
  static let policy = Self(
    "--policy",
    "Who runs next.",
    takes: .word("NAME[:KEY=VALUE,...]", PolicyChoice.names)
  )
  static let seed = Self("--seed", "Where the random numbers begin.", takes: .any("N"))
  static let json = Self("--json", "One JSON object a line, instead of text.")
  static let echo = Self("--echo", "Show each command before it runs.")
  static let keepGoing = Self("--keep-going", "Go on after a command that fails.")
  static let sandbox = Self("--sandbox", "Let no command read or write a file.")
  static let resume = Self("--resume", "Bring the last session at a prompt back.")
  static let color = Self(
    "--color",
    "When to colour: auto, always or never.",
    takes: .word("WHEN", TerminalInfo.ColorChoice.allCases.map(\.rawValue))
  )
  static let reference = Self(
    "--reference",
    "Print the whole reference: man, for `man -l -`, or markdown.",
    takes: .word("FORM", PrintedReference.Form.allCases.map(\.rawValue))
  )
  static let completions = Self(
    "--completions",
    "Print what makes Tab work in bash, zsh or fish.",
    takes: .word("SHELL", CompletionScript.Language.allCases.map(\.rawValue))
  )
  static let version = Self("--version", "Show the version.")
  static let help = Self("--help", short: "-h", "Show help information.")
}

extension ProgramManual {
  /// This program: its command line, and what it finds around it.
  static let coros = ProgramManual(
    name: "coros",
    version: "0.1.0",
    date: "2026-11-23",
    summary: "A mini operating system that you type at.",
    usages: [
      ("coros [OPTION ...]", "a prompt, or the commands of standard input"),
      ("coros [OPTION ...] FILE [ARG ...]", "a script; `$1`, `$2`, ... are its arguments"),
      ("coros [OPTION ...] -c COMMANDS [ARG ...]", "commands"),
    ],
    description: """
      Coros is a mini operating system. Programs become tasks that share one virtual CPU; between two ticks \
      the machine stands still, and you can list the tasks, kill them, wait for them, step them one system \
      call at a time, go back in time, and see why each one runs or waits. The same programs, policy, seed \
      and commands give the same run, byte for byte.
      """,
    options: [
      .commands, .policy, .seed, .json, .echo, .keepGoing, .sandbox, .resume, .color, .reference,
      .completions,
      .version, .help,
    ],
    exitStatuses: [
      ("0", "All went well."),
      ("1", "A command failed: an assertion, a deadlock, an unknown name."),
      (
        "2",
        "The command line or a line's syntax was wrong, or a script could not be read."
      ),
      ("130", "Interrupted by Ctrl-C."),
      ("N", "What `exit N` says."),
    ],
    variables: [
      ("NO_COLOR", "No colour, unless `--color always` asks for it."),
      (
        "TERM",
        "The terminal: one that is dumb or unknown gets no colour, and a plain line to type in."
      ),
      (
        "LC_ALL, LC_CTYPE, LANG",
        "The locale: one that is not UTF-8 gets charts of ASCII characters."
      ),
      ("COLUMNS, LINES", "The size of the terminal, where that does not tell it."),
      ("XDG_STATE_HOME, HOME", "Where the history and the sessions are kept."),
      (
        "TMPDIR",
        "Where the examples of `--reference markdown` run for a moment, instead of `/tmp`."
      ),
      ("EDITRC", "Another name for the file `~/.editrc`."),
    ],
    files: [
      (
        "~/.local/state/coros/history",
        "The lines typed at the prompt; in `$XDG_STATE_HOME` if that is set."
      ),
      ("~/.local/state/coros/sessions", "The journals of the last ten sessions, for `--resume`."),
      ("~/.editrc", "The keys of the line editor, as editrc(5) describes it."),
    ],
    examples: [
      ("coros -c 'spawn count 3; run'", "Run a program to its end:"),
      (
        "coros --json lesson.coros | jq .tick", "Run a script, and read its results with a program:"
      ),
      ("coros --policy mlfq:quanta=2/4/8", "Begin with another policy:"),
      ("coros --reference man | man -l -", "Read this page where it is not installed:"),
    ]
  )
}
