import CorosHistory
import CorosLanguage

/// The keys of the stepper, for its last line and its help.
enum StepperKeys {
  package struct Entry: Sendable {
    package let keys: String
    /// A word for the last line.
    package let word: String
    /// A sentence for the help.
    package let meaning: String
    /// The command that does the same at the prompt, if there is one.
    package var command = ""
  }

  /// All keys, in the order of the help.
  package static let all: [Entry] = [
    Entry(
      keys: "space s →",
      word: "step",
      meaning: "run one task for a tick",
      command: "step"
    ),
    Entry(keys: "← b", word: "back", meaning: "take back a step", command: "back"),
    Entry(keys: "Enter r", word: "run", meaning: "run by itself, or pause", command: "run"),
    Entry(keys: "+ -", word: "speed", meaning: "run faster, slower"),
    Entry(
      keys: "↑ ↓",
      word: "select",
      meaning: "select a task; Page Up, Page Down, Home, End; or the mouse"
    ),
    Entry(
      keys: "p",
      word: "pick",
      meaning: "give the next tick to the selected task, and run it",
      command: "pick TID; step"
    ),
    Entry(
      keys: "k",
      word: "kill",
      meaning: "end the selected task, when you say y",
      command: "kill TID"
    ),
    Entry(keys: "w", word: "why", meaning: "why it runs or does not", command: "why TID"),
    Entry(keys: "f", word: "follow", meaning: "tell of the selected task alone, or of all again"),
    Entry(
      keys: "B",
      word: "break",
      meaning: "stop whenever the selected task has had the CPU, or no longer so",
      command: "break TID"
    ),
    Entry(keys: "n", word: "next", meaning: "run to the next step of the selected task"),
    Entry(
      keys: "N",
      word: "last",
      meaning: "go back to before its last step",
      command: "goto last TID"
    ),
    Entry(keys: "g", word: "goto", meaning: "go to a tick", command: "goto TICK"),
    Entry(keys: "< >", word: "ends", meaning: "go to the first tick, to the last recorded one"),
    Entry(keys: ":", word: "command", meaning: "run any command, and read what it says"),
    Entry(keys: "/", word: "find", meaning: "select a task by its name, or find a text in a page"),
    Entry(keys: "e", word: "ended", meaning: "list the tasks that have ended, too, or no longer"),
    Entry(keys: "[ ]", word: "scroll", meaning: "show older events and output, or newer ones"),
    Entry(keys: "z Z", word: "zoom", meaning: "twice as many ticks in a column; one again"),
    Entry(keys: "Esc", word: "", meaning: "select nothing; leave a question or a page"),
    Entry(keys: "?", word: "help", meaning: "this page"),
    Entry(keys: "q", word: "quit", meaning: "back to the prompt; all stays as it is"),
  ]

  /// The keys in the last line, the most useful first.
  static let brief: [Entry] = ["space s →", "← b", "Enter r", "p", "k", "w", "g", "f", "+ -", ":"]
    .compactMap { keys in all.first { $0.keys == keys } }
}
