import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Shows who is attached from other terminals, and decides who drives.
  enum Attach: SimpleCommand {
    static let manual = Manual(
      name: "attach",
      summary: "see who looks at this machine from other terminals",
      usage: "attach [allow|deny|take|off]",
      group: .shell,
      details: """
        In another terminal of the same user, `coros attach` looks at this machine: it can ask whatever shows \
        something, at any tick, and changes nothing. One terminal drives; at first it is this one.

          attach allow  let the process drive that has asked to
          attach deny   do not let it
          attach take   drive again here; any command that changes something does so, too
          attach off    let everybody go, and nobody attach again

        In the other terminal, `attach drive` asks to drive, `attach take` drives without asking, and `attach \
        watch` only looks on. `stepper` opens a stepper there, which shows each step as it is made. Nobody else on this machine can attach, and nobody from elsewhere.
        """,
      example: "attach",
      seeAlso: ["exit", "stepper"],
      completion: [.words(["allow", "deny", "off", "take"]), .nothing]
    )

    static let reference = Reference(
      notes: "From scripts nobody can attach, unless they run with `--attach NAME`.",
      demonstration: ["attach"]
    )

    /// Without words it only tells something.
    static func access(hasWords: Bool) -> GuestAccess { hasWords ? .changing : .present }

    struct Result: CommandResult, ResultObject {
      let name: String?
      let socket: String?
      let refusal: String?
      let driver: Int?
      let attached: [Attached]
      /// What has been done; empty for a look.
      let deed: String
      /// Who drives if no process at another terminal does, for whoever asks.
      let home: String

      static let fields: [ResultField<Self>] = [
        .textOrNull(
          "name",
          "the name that `coros attach` takes; null if nobody can attach",
          \.name
        ),
        .textOrNull("socket", "the path of the socket", \.socket),
        .numberOrNull("driver", "the process that drives; null for this terminal", \.driver),
        .objects("attached", "those attached", \.attached),
      ]

      func text(in look: Look) -> String {
        guard let name, socket != nil else { return "nobody can attach: \(refusal ?? "")" }
        var lines = deed.isEmpty ? [] : [deed]
        if deed.isEmpty {
          lines.append("`coros attach \(name)` in another terminal looks at this machine")
        }
        lines += attached.map { "process \($0.pid) \($0.role)" }
        if driver == nil { lines.append("\(home) drives") }
        return lines.joined(separator: "\n")
      }
    }

    struct Attached: ResultObject {
      let pid: Int
      let role: String

      static let fields: [ResultField<Self>] = [
        .number("pid", "the process", \.pid),
        .text("does", "watches, drives, or asks to drive", \.role),
      ]
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 1, manual)
      let desk = shell.visitors
      var deed = ""
      if let word = invocation.arguments.first {
        guard let desk, desk.socket != nil else {
          throw CommandFailure(
            "nobody can attach",
            at: word.range,
            hint: desk?.refusal ?? "scripts are served with `coros --attach NAME FILE`"
          )
        }
        switch word.text {
        case "allow", "deny":
          guard let pid = desk.decide(allows: word.text == "allow") else {
            throw CommandFailure(
              "nobody has asked to drive",
              at: word.range,
              hint: "`attach` shows who is attached"
            )
          }
          deed = word.text == "allow" ? "process \(pid) drives now" : "process \(pid) still watches"
        case "take": desk.takeBack()
        case "off": desk.turnOff()
        default:
          throw manual.refusal(of: word)
        }
      }
      return Result(
        name: desk?.socket == nil ? nil : desk?.name,
        socket: desk?.socket,
        refusal: desk?.refusal ?? "scripts are served with `coros --attach NAME FILE`",
        driver: desk?.driver,
        attached: (desk?.attached ?? []).map { Attached(pid: $0.pid, role: $0.role) },
        deed: deed,
        home: !shell.isAnsweringGuest
          ? "this terminal" : desk?.hasOwner == true ? "the terminal of the machine" : "nobody"
      )
    }
  }
}
