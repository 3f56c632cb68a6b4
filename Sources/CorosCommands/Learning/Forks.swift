import CorosInsight
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Shows the tree of processes after each fork and exit.
  enum Forks: SimpleCommand {
    static let manual = Manual(
      name: "forks",
      summary: "show how forks and exits change a tree of processes",
      usage: "forks ACTION,... [KEY=VALUE ...]",
      group: .learning,
      details: """
        An ACTION is a+b, where a forks b, or b-, where b exits. The tree begins with a, which never exits. \
        When a process exits, others take in its children (default: unix):

          reparent=unix   the root, with all that is below them, as Unix does
          reparent=flat   the root, all descendants side by side, as in OSTEP
          reparent=local  the parent of the one that exits
          leaves=yes      a process with children cannot exit

        Draw the trees first, and compare. Nothing happens on your machine.
        """,
      example: "forks a+b,b+c,b-",
      seeAlso: ["tree", "quiz"],
      completion: [
        .nothing, .words(Reparenting.allCases.map { "reparent=\($0.rawValue)" } + ["leaves=yes"]),
      ]
    )

    /// It only tells something.
    static func access(hasWords: Bool) -> GuestAccess { .present }

    static let reference = Reference(
      notes: "A tree is a list: the name of a process, and the list of the trees below it.",
      demonstration: ["forks a+b,b+c,b-"]
    )

    struct Result: CommandResult, ResultObject {
      let run: ForkRun

      static let fields: [ResultField<Self>] = [
        .texts("says", "what each action does", \.run.says),
        ResultField("trees", .list(.tree), "the tree before the first action, and after each") {
          .array($0.run.trees.map(json))
        },
        .texts("failed", "the actions that failed, as typed", \.run.failed),
      ]

      private static func json(_ tree: ForkTree) -> JSON {
        .array([.string(tree.name), .array(tree.children.map(json))])
      }

      func text(in look: Look) -> String {
        var lines = run.trees[0].lines
        for (says, tree) in zip(run.says, run.trees.dropFirst()) {
          lines.append(look.style.paint(says, .heading))
          lines += tree.lines
        }
        return lines.joined(separator: "\n")
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      guard let actions = invocation.arguments.first else {
        throw CommandFailure(
          "forks needs actions",
          at: invocation.name.range,
          hint: "try `\(manual.example)`"
        )
      }
      var reparenting: Reparenting?
      var onlyLeaves: Bool?
      for argument in invocation.arguments.dropFirst() {
        let parts = argument.text.split(separator: "=", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count == 2 ? parts[1] : "") {
        case ("reparent", let word) where reparenting == nil && Reparenting(rawValue: word) != nil:
          reparenting = Reparenting(rawValue: word)
        case ("leaves", "yes") where onlyLeaves == nil: onlyLeaves = true
        case ("leaves", "no") where onlyLeaves == nil: onlyLeaves = false
        default:
          throw CommandFailure(
            "forks does not take '\(excerpt(of: argument.text))' here",
            at: argument.range,
            hint: "usage: \(manual.usage)"
          )
        }
      }
      do throws(ForkError) {
        return Result(
          run: try ForkRun(
            actions.text,
            reparenting: reparenting ?? .unix,
            onlyLeaves: onlyLeaves ?? false
          )
        )
      } catch {
        throw CommandFailure(error.message, at: actions.place(of: error.range), hint: error.hint)
      }
    }
  }
}
