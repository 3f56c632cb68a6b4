/// Other words for commands, from other programs.
package enum CommandAliases {
  /// The words that work like the command: the letters of gdb, and what people type first.
  package static let all = [
    "s": "step", "n": "step", "c": "continue", "b": "break", "p": "print", "w": "why",
    "q": "exit", "quit": "exit", "?": "help",
  ]

  /// The aliases of a command, in order.
  package static func aliases(of command: String) -> [String] {
    all.filter { $0.value == command }.map(\.key).sorted { ($0.count, $0) < ($1.count, $1) }
  }

  /// What somebody wants who types a word of another program; nil if nothing is known about it.
  package static func meaning(of word: String) -> String? { meanings[word.lowercased()] }

  private static let meanings: [String: String] = {
    let tasks = "`ps` lists the tasks"
    let run = "`run` lets the tasks run"
    let wait = "`wait TID` runs until a task has ended"
    let why = "`why TID` says why a task runs or waits"
    return [
      "ls": tasks, "jobs": tasks, "tasks": tasks, "threads": tasks,
      "htop": "`top` shows who has the CPU",
      "pstree": "`tree` shows who made whom", "go": run, "start": run, "play": run, "r": run,
      "fg": wait, "join": wait, "waitpid": wait, "bg": "`resume TID` lets a stopped task go on",
      "suspend": "`stop TID` stops a task", "pause": "`stop TID` stops a task",
      "undo": "`back` goes back a step", "prev": "`back` goes back a step",
      "redo": "`forward` goes a step forward again", "next": "`step` runs one tick",
      "reverse-step": "`back` goes back a step",
      "reverse-continue": "`rcontinue` goes back to the last breakpoint",
      "man": "`help COMMAND` explains a command", "info-break": "`breaks` lists the breakpoints",
      "gantt": "`timeline` draws what each task did",
      "chart": "`timeline` draws what each task did",
      "bt": why, "where": why, "backtrace": why, "explain": why,
      "deadlock": "`why TID` says who waits for whom, and `lints` which circles there are",
      "calls": "`events TID call --by call` counts the system calls of a task",
      "cat": "`output TID` shows what a task has written",
      "log": "`events` lists what has happened",
      "display": "`watch EXPRESSION` stops when a value changes",
      "tbreak": "`break ... --once` is removed by its first stop",
      "scheduler": "`policy` shows or chooses who runs next",
      "exec": "`spawn PROGRAM` makes a task", "fork": "`spawn PROGRAM` makes a task",
      "new": "`spawn PROGRAM` makes a task", "restart": "`reset` begins anew",
      "reboot": "`reset` begins anew", "logout": "`exit` leaves", "bye": "`exit` leaves",
      "cls": "`clear` clears the screen", "open": "`load FILE` brings a saved session back",
      "include": "`source FILE` runs a script", "let": "`set NAME VALUE` sets a variable",
      "var": "`set NAME VALUE` sets a variable", "version": "`coros --version` tells it",
    ]
  }()
}
