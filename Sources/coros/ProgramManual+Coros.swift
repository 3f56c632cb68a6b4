import CorosCommands
import CorosKernel
import CorosShell
import CorosTerminal

extension ProgramManual.Option {
  static let commands = Self("-c", "Run these commands.", takes: .any("COMMANDS"))
  static let policy = Self(
    "--policy",
    "The scheduling policy.",
    takes: .word("NAME[:KEY=VALUE,...]", PolicyChoice.names)
  )
  static let seed = Self("--seed", "The seed of the random numbers.", takes: .any("N"))
  static let json = Self("--json", "Print one JSON object per line instead of text.")
  static let echo = Self("--echo", "Show each command before it runs.")
  static let keepGoing = Self("--keep-going", "Continue after a command that fails.")
  static let sandbox = Self(
    "--sandbox",
    "Do not let commands or programs reach files or the network."
  )
  static let listenAny = Self("--listen-any", "Let servers be reached from other machines.")
  static let device = Self(
    "--device",
    "Give a file, or a descriptor as fd:3, a name for programs to open.",
    takes: .any("NAME=PATH")
  )
  static let then = Self(
    "--then",
    "Run this script afterwards, as a grader, whatever the hand-in does.",
    takes: .any("FILE")
  )
  static let maxSteps = Self(
    "--max-steps",
    "Interrupt the script when its tasks have made so many steps; status 124.",
    takes: .any("N")
  )
  static let maxTime = Self(
    "--max-time",
    "Interrupt the script after so many seconds; status 124.",
    takes: .any("SECONDS")
  )
  static let checkPack = Self(
    "--check-pack",
    "Try the lessons in a folder, and say what is wrong with them.",
    takes: .any("FOLDER")
  )
  static let grade = Self(
    "--grade",
    "Grade hand-ins of lessons, as JSON; the pack of this program is first.",
    takes: .any("PACK")
  )
  static let noConfig = Self(
    "--no-config",
    "Use neither the startup file nor the settings that were kept; scripts never do."
  )
  static let resume = Self("--resume", "Restore the last interactive session.")
  static let attach = Self(
    "--attach",
    "Let other terminals attach to this machine by a name, also to a script.",
    takes: .any("NAME")
  )
  static let noAttach = Self("--no-attach", "Let no other terminal attach.")
  static let color = Self(
    "--color",
    "When to use colour: auto, always or never.",
    takes: .word("WHEN", TerminalInfo.ColorChoice.allCases.map(\.rawValue))
  )
  static let reference = Self(
    "--reference",
    "Print the whole reference: man, for `man -l -`, or markdown.",
    takes: .word("FORM", PrintedReference.Form.allCases.map(\.rawValue))
  )
  static let completions = Self(
    "--completions",
    "Print shell completions for bash, zsh or fish.",
    takes: .word("SHELL", CompletionScript.Language.allCases.map(\.rawValue))
  )
  static let version = Self("--version", "Show the version.")
  static let help = Self("--help", short: "-h", "Show help information.")
}

extension ProgramManual {
  /// The manual page of this program.
  static let coros = ProgramManual(
    name: "coros",
    version: Version.number,
    date: Version.date,
    summary: "A mini operating system that you type at.",
    usages: [
      ("coros [OPTION ...]", "a prompt, or the commands of standard input"),
      ("coros [OPTION ...] FILE [ARG ...]", "a script; `$1`, `$2`, ... are its arguments"),
      ("coros [OPTION ...] -c COMMANDS [ARG ...]", "commands"),
      ("coros [OPTION ...] check FILE", "what is wrong with a script, without running it"),
      ("coros --grade PACK FILE ...", "the marks of hand-ins; see `lesson hand-in`"),
      (
        "coros [OPTION ...] explore FILE ... [HOW] [--OPTION ...]",
        "every schedule of the tasks that a script makes; see `explore`"
      ),
      (
        "coros attach [NAME] [--watch | --drive | --take | --list]",
        "looks at the machine of another terminal; see `attach`"
      ),
    ],
    description: """
      Coros is a mini operating system. Programs become tasks that share one virtual CPU. Between two ticks \
      the machine is paused, and you can list the tasks, kill them, wait for them, step them one system \
      call at a time, go back in time, and see why each one runs or waits. The same programs, policy, seed \
      and commands give the same run, byte for byte.
      """,
    options: [
      .commands, .policy, .seed, .json, .echo, .keepGoing, .sandbox, .listenAny, .device,
      .then, .maxSteps, .maxTime, .checkPack, .grade,
      .noConfig, .resume, .attach, .noAttach, .color, .reference, .completions,
      .version, .help,
    ],
    exitStatuses: [
      ("0", "All went well."),
      ("1", "A command failed: an assertion, a deadlock, an unknown name."),
      (
        "2",
        "The command line or a line's syntax was wrong, or a script could not be read."
      ),
      ("124", "The script was interrupted by `--max-steps` or `--max-time`."),
      ("130", "Interrupted by Ctrl-C."),
      ("128+N", "Ended by signal N: 129 by a hang-up, 143 by SIGTERM."),
      ("N", "The status given to `exit N`."),
    ],
    variables: [
      ("NO_COLOR", "If set: no colour, unless `--color always` is given."),
      (
        "TERM",
        "The terminal type. A dumb or unknown terminal gets no colour and a plain input line."
      ),
      (
        "LC_ALL, LC_CTYPE, LANG",
        "The locale. If it is not UTF-8, charts use ASCII characters."
      ),
      ("XDG_RUNTIME_DIR, TMPDIR", "Where the sockets are by which other terminals attach."),
      ("COROS_MONITOR", "If `off`, apps serve no prompt into machines of their own."),
      ("COLUMNS, LINES", "The size of the terminal, if no terminal reports it, as in a pipe."),
      ("XDG_STATE_HOME, HOME", "Where the history and the sessions are stored."),
      ("XDG_CONFIG_HOME, HOME", "Where the startup file and the settings are."),
      (
        "TMPDIR",
        "The directory in which the examples of `--reference markdown` run. Default: `/tmp`."
      ),
      ("EDITRC", "The file to read instead of `~/.editrc`."),
    ],
    files: [
      (
        "~/.local/state/coros/history",
        "The lines typed at the prompt. Under `$XDG_STATE_HOME` if it is set."
      ),
      ("~/.local/state/coros/lessons", "What has been done in lessons."),
      ("~/.local/state/coros/sessions", "The journals of the last ten sessions, for `--resume`."),
      (
        "~/.config/coros/startup.coros",
        "Commands to run when a session begins at a terminal. Under `$XDG_CONFIG_HOME` if it is set."
      ),
      (
        "~/.config/coros/settings.coros",
        "What `set` keeps: the prompt, colours and so on. Under `$XDG_CONFIG_HOME` if it is set."
      ),
      (
        "$XDG_RUNTIME_DIR/coros/NAME.sock",
        "The socket by which other terminals attach. Without the variable: `$TMPDIR/coros-UID`."
      ),
      ("~/.editrc", "The key bindings of the line editor; see editrc(5)."),
    ],
    examples: [
      ("coros -c 'spawn count 3; run'", "Run a program to its end:"),
      (
        "coros --json lesson.coros | jq .tick", "Run a script and process its results:"
      ),
      (
        "coros --sandbox --max-time 10 --then grader.coros student.coros",
        "Grade a hand-in:"
      ),
      ("coros --grade first hand-ins/*", "Grade lessons:"),
      ("coros --policy mlfq:quanta=2/4/8", "Start with another policy:"),
      (
        "coros explore race.coros dpor --check 'n == 2'",
        "Try every schedule; the status is 1 if one fails:"
      ),
      ("coros --reference man | man -l -", "Read this page without installing it:"),
    ]
  )
}
