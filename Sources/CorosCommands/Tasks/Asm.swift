import CorosFiles
import CorosKernel
import CorosLanguage
import CorosMachine
import CorosSession
import CorosShell

extension Commands {
  /// Loads a program in assembly.
  enum Asm: SimpleCommand {
    static let manual = Manual(
      name: "asm",
      summary: "load a program in assembly",
      usage: "asm (FILE [KEY=VALUE ...] [--hide] | --show)",
      group: .tasks,
      details: """
        Each thread of the program is a task of its own; all threads of one load share its memory. An \
        instruction is a step. A thread ends well with `halt`; one that cannot go on fails, and the others \
        go on.

          threads=2   how many (default: 1, or one for each value of a register)
          load=1000   the cell of the first instruction
          memory=128  the memory, in units of 1024 cells
          ax=5        a register at first; ax=1/2 gives each thread its own

        Registers: ax bx cx dx ex fx, the stack pointer sp and bp. Cells of memory contain numbers; `.var N` \
        gives the next free one a name. An operand is $5, %ax, a cell such as 2000, N, 8(%ax) or \
        0(%ax,%bx,4). A line that begins with a period is a label, and # begins a comment.

          mov S, D     D = S                     j .L              go on at .L
          lea M, %r    r = the number of cell M  je .L             if b == a; see below
          add %a, %b   b = b + a; also sub, mul  call .L           until `ret`
          neg %r       r = -r                    push %r, pop %r   the stack
          test %a, %b  compare b with a          xchg %r, M        swap, in one step
          yield        let the next task run     fetchadd %r, M    add, r = old value
          halt         the end                   futex-wait M, %r  sleep if M == r
          nop          nothing                   futex-wake M      wake one at M
          rdump        write the registers       mdump N           write cell N

        The conditional jumps are je jne jgt jgte jlt jlte.

        As on the machines of textbooks, a timer takes the CPU away: `policy timer every=3`.

        To predict what happens, load with `--hide`: `info`, `cells` and the stepper then show a ? for what \
        registers and cells contain, until `asm --show`. `quiz asm` asks for such numbers.
        """,
      example: "asm Examples/asm/race.s threads=2 bx=3",
      seeAlso: ["cells", "info", "policy", "quiz", "step"],
      options: [
        .init("--hide", nil, "show ? instead of what registers and cells contain"),
        .init("--show", nil, "show what they contain again"),
      ],
      completion: [.fileOf([".s"]), .words(LoadSettings.keys.map { $0 + "=" })]
    )

    static let reference = Reference(
      notes: """
        A conditional jump looks at what the last `test` found out; before the first it is never taken. `push` of \
        a cell pushes its number, as `lea` gives it. Numbers have 64 bits: a result that does not fit is a fault, as \
        are cells that do not exist or contain instructions, and running past the end.
        """,
      demonstration: ["asm race.s threads=2 bx=1"],
      files: [(race.name, race.text)]
    )

    /// A program for demonstrations: each thread adds to one cell, `bx` times.
    static let race = (
      name: "race.s",
      text: """
      .var count
      .again
      mov count, %ax
      add $1, %ax
      mov %ax, count
      sub $1, %bx
      test $0, %bx
      jgt .again
      halt

      """
    )

    struct Result: CommandResult, ResultObject {
      let tids: [TaskID]
      let name: String
      let isHidden: Bool

      static let fields: [ResultField<Self>] = [
        .numbers("tids", "the new tasks, one for each thread; `$!` is now the last") {
          $0.tids.map(\.rawValue)
        },
        .sometimes("hidden", .truth, "true if what registers and cells contain is hidden") {
          $0.isHidden ? .bool(true) : nil
        },
      ]

      func text(in look: Look) -> String {
        guard !tids.isEmpty else { return "registers and cells are shown" }
        return tids.map { "task \($0): " + look.style.paint(excerpt(of: name), .name) }
          .joined(separator: "\n")
          + (isHidden
            ? "\nWhat registers and cells contain is hidden; `asm --show` shows it." : "")
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let options = try OptionWords(invocation, manual)
      let words = options.operands.map { invocation.arguments[$0] }
      if let place = options.place(of: "--show") {
        guard words.isEmpty, !options.has("--hide") else {
          throw CommandFailure(
            "asm --show takes nothing else",
            at: place,
            hint: "type `asm --show` by itself"
          )
        }
        shell.session.hidesMachineValues = false
        return Result(tids: [], name: "", isHidden: false)
      }
      guard let file = words.first else {
        throw CommandFailure(
          "asm needs a file",
          at: invocation.name.range,
          hint: "try `\(manual.example)`"
        )
      }
      let load = try load(file, words.dropFirst(), shell)
      let tids = try shell.ask(invocation) { session throws(RequestFailure) in
        try session.load(load)
      }
      if options.has("--hide") { shell.session.hidesMachineValues = true }
      let isHidden = shell.session.hidesMachineValues
      return Result(tids: tids, name: load.assembly.name, isHidden: isHidden)
    }

    /// Reads a program and how it is to be loaded.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - words: The settings, each `KEY=VALUE`.
    ///   - shell: The shell that reads files.
    /// - Returns: The program and its threads.
    /// - Throws: What is wrong, with its place in the line or in the file.
    static func load(
      _ file: Argument,
      _ words: some Sequence<Argument>,
      _ shell: Shell
    ) throws(CommandFailure) -> AssemblyLoad {
      var settings = LoadSettings()
      for argument in words {
        do throws(AssemblyError) {
          try settings.set(argument.text)
        } catch {
          throw CommandFailure(error.message, at: argument.range, hint: error.hint)
        }
      }
      let text: String
      do throws(FileError) {
        text = try shell.files.text(of: file.text)
      } catch {
        throw CommandFailure(error, at: file.range)
      }
      do throws(AssemblyError) {
        return try AssemblyLoad(text, name: name(of: file.text), settings)
      } catch {
        throw failure(error, file, text)
      }
    }

    /// The last part of a path.
    private static func name(of path: String) -> String {
      path.split(separator: "/").last.map(String.init) ?? path
    }

    private static func failure(
      _ error: AssemblyError,
      _ file: Argument,
      _ text: String
    ) -> CommandFailure {
      guard let number = error.line else {
        return CommandFailure(error.message, at: file.range, hint: error.hint)
      }
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      var failure = CommandFailure(error.message, at: error.range, hint: error.hint)
      failure.source = SourceLine(file: file.text, number: number, text: String(lines[number - 1]))
      return failure
    }
  }
}
