import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program without a terminal: scripts, options, exit statuses.
@Suite struct BatchTests {
  // MARK: - Input

  @Test func `commands come from standard input, with no prompt`() throws {
    let outcome = try coros(input: "spawn hello\nrun\n")
    #expect(outcome.exit == .code(0))
    #expect(outcome.output == "task 1: hello\n[1] Hello, world!\nall finished at tick 2\n")
    #expect(outcome.errors == "")
  }

  @Test func `the last line needs no newline, and an empty script succeeds`() throws {
    #expect(try coros(input: "echo a\necho b").output == "a\nb\n")
    #expect(try coros().exit == .code(0))
  }

  @Test func `a file is a script, and the words after it are its arguments`() throws {
    let folder = try TemporaryFolder()
    folder.write("echo $2 $1 $#\n", to: "script")
    let outcome = try coros(folder.file("script"), "one", "--json", "three")
    #expect(outcome.exit == .code(0))
    #expect(outcome.output == "--json one 3\n")
  }

  @Test func `check says all that is wrong with a script, and runs none of it`() throws {
    let folder = try TemporaryFolder()
    folder.write(
      "shared n = 0\nprogram bump {\n  n = n + 1\n}\nspawn bump\nrun; echo ran\nspawn $x\n",
      to: "right"
    )
    let right = try coros("check", folder.file("right"))
    #expect(right.exit == .code(0))
    #expect(right.output == "\(folder.file("right")): nothing is wrong\n")
    folder.write("shared n\nprogram bump { m = 1 }\nspwan bump; mutex n\necho \"\n", to: "wrong")
    let wrong = try coros("check", folder.file("wrong"))
    #expect(wrong.exit == .code(2))
    #expect(wrong.output == "")
    for place in [
      ":2: there is nothing called `m`", ":3: there is no command 'spwan'", ":3: `n` is",
    ] {
      #expect(wrong.errors.contains("wrong" + place), "\(place)")
    }
    #expect(wrong.errors.contains("wrong:4: this quote is never closed"))
    #expect(try coros("check", folder.file("none")).exit == .code(2))
  }

  @Test func `a dash is standard input, with arguments`() throws {
    #expect(try coros("-", "a b", input: "echo \"<$1>\"\n").output == "<a b>\n")
  }

  @Test func `-c runs commands with arguments, and does not read standard input`() throws {
    let outcome = try shell(
      "printf 'left\\n' | { \"$1\" -c 'echo $1; echo two\necho three' one; cat; }",
      corosProgram
    )
    #expect(outcome.output == "one\ntwo\nthree\nleft\n")
  }

  @Test func `a missing file, a folder, and an unreadable standard input`() throws {
    let missing = try coros("/no/such/file")
    #expect(missing.exit == .code(2))
    #expect(missing.errors.contains("/no/such/file"))
    #expect(try coros("/").exit == .code(2))
    #expect(try shell("exec \"$1\" <&-", corosProgram).exit == .code(2))
  }

  // MARK: - Options

  @Test func `in a sandbox only files named on the command line are read, and nothing is written`()
    throws
  {
    let folder = try TemporaryFolder()
    folder.write(
      "source $1; source \(folder.file("unnamed")); save $2; export --csv -",
      to: "script"
    )
    folder.write("echo named", to: "other")
    folder.write("echo unreachable", to: "unnamed")
    let outcome = try coros(
      "--sandbox",
      "--keep-going",
      folder.file("script"),
      folder.file("other"),
      folder.file("new")
    )
    #expect(outcome.exit == .code(1))
    #expect(outcome.output.hasPrefix("named\ntid,name,") && !outcome.output.contains("unreachable"))
    #expect(outcome.errors.split(separator: "a sandbox has no files").count == 3)
    #expect(access(folder.file("new"), F_OK) != 0)
  }

  @Test func `the version and the help go to standard output`() throws {
    let version = try coros("--version")
    #expect(version.exit == .code(0))
    #expect(version.output.hasPrefix("coros "))
    for option in ["--help", "-h"] {
      let help = try coros(option)
      #expect(help.exit == .code(0))
      #expect(help.errors == "")
      for word in ["-c ", "--policy", "--seed", "--json", "--echo", "--keep-going", "--color"] {
        #expect(help.output.contains(word))
      }
    }
  }

  @Test(arguments: [
    (["--jsno"], "Did you mean '--json'?"),
    (["--nonsense"], "coros --help"),
    (["-x"], "-x"),
    (["--policy"], "Missing value"),
    (["-c"], "Missing value"),
    (["--policy", "nonsense"], "there is no policy 'nonsense'"),
    (["--policy=rr:quantum=0"], "quantum must be"),
    (["--policy", "rr:nonsense=1"], "nonsense=1"),
    (["--seed", "x"], "'x' is invalid"),
    (["--seed=-1"], "'-1' is invalid"),
    (["--color", "blue"], "'auto', 'always' or 'never'"),
    (["--json=1"], "does not take any value"),
    (["--reference", "tape"], "one of man, markdown"),
    (["--completions", "csh"], "one of bash, zsh, fish"),
  ])
  func `an invalid command line is status 2, with a hint`(words: [String], message: String) throws {
    let outcome = try BatchProgram(corosProgram, words, input: .text("echo unreached\n")).wait()
    #expect(outcome.exit == .code(2))
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("coros: "))
    #expect(outcome.errors.contains(message))
  }

  @Test func `a value follows its option, or an equals sign`() throws {
    for words in [["--seed", "7"], ["--seed=7"]] {
      let outcome = try BatchProgram(corosProgram, words + ["-c", "seed"]).wait()
      #expect(outcome.exit == .code(0))
      #expect(outcome.output.contains("7"))
    }
    #expect(try coros("--policy=rr:quantum=3", "-c", "policy").output.contains("quantum=3"))
    #expect(try coros("--", "-c", input: "").errors.contains("-c"))
  }

  @Test func `commands may be given in several parts, of which none is lost`() throws {
    let outcome = try coros("-c", "echo a", "--json", "-c", "", "-c", "nonsense", "-c", "echo b")
    #expect(outcome.output.hasPrefix("{\"command\":\"echo\",\"text\":\"a\""), "\(outcome.output)")
    #expect(outcome.errors.contains("\"line\":3,") && outcome.exit == .code(1))
  }

  @Test func `each command is shown with --echo`() throws {
    #expect(try coros("--echo", "-c", "echo a").output == "coros> echo a\na\n")
    // Even one that cannot be parsed, so that the user sees the mistake.
    #expect(try coros("--echo", "-c", "echo \"").output == "coros> echo \"\n")
  }

  @Test func `colour is used on terminals only, unless requested`() throws {
    #expect(!(try coros("-c", "spawn hello; ps")).output.contains("\u{1B}"))
    let asked = try coros("--color", "always", "-c", "spawn hello; ps")
    #expect(asked.output.contains("\u{1B}["))
  }

  @Test func `the seed determines the dice`() throws {
    let script = "spawn dice 20; run"
    let first = try coros("--seed", "1", "-c", script).output
    #expect(try coros("--seed", "1", "-c", script).output == first)
    #expect(try coros("--seed", "2", "-c", script).output != first)
  }

  // MARK: - Failures

  @Test func `a script stops at its first failure, and reports its place`() throws {
    let folder = try TemporaryFolder()
    folder.write("echo before\nassert tick == 1\necho after\n", to: "script")
    let outcome = try coros(folder.file("script"))
    #expect(outcome.exit == .code(1))
    #expect(outcome.output == "before\n")
    #expect(outcome.errors.hasPrefix(folder.file("script") + ":2: "))
    let input = try coros(input: "\nnonsense\n")
    #expect(input.exit == .code(1))
    #expect(input.errors.hasPrefix("standard input:2: "))
  }

  @Test func `with --keep-going a script continues, and its status is the worst`() throws {
    let outcome = try coros("--keep-going", input: "nonsense\necho after\n")
    #expect(outcome.exit == .code(1))
    #expect(outcome.output == "after\n")
  }

  @Test(arguments: [
    ("exit", 0), ("exit 7", 7), ("nonsense", 1), ("echo \"", 2), ("assert tick == 1", 1),
    ("nonsense || echo fine", 0), ("nonsense && echo never", 1), ("spawn circle 2; run", 1),
  ])
  func `exit statuses`(line: String, status: Int32) throws {
    #expect(try coros("-c", line).exit == .code(status))
    #expect(try coros(input: line + "\n").exit == .code(status))
  }

  @Test func `results and diagnostics stay in order in one file`() throws {
    let outcome = try coros(
      "--keep-going",
      input: "echo one\nnonsense\necho two\nnonsense\necho three\n",
      joinsErrors: true
    )
    let lines = outcome.output.split(separator: "\n")
      .filter { ["one", "two", "three"].contains($0) || $0.contains("there is no command") }
      .map { $0.contains("there is no command") ? "failure" : String($0) }
    #expect(lines == ["one", "failure", "two", "failure", "three"])
  }

  // MARK: - Ctrl-C, and closed pipes

  @Test func `an interrupt ends an endless run`() throws {
    for arguments in [
      ["-c", "spawn duet; run; echo never"], ["--json", "-c", "spawn duet; wait 1"],
    ] {
      let program = try BatchProgram(corosProgram, arguments)
      try program.waitForOutput()
      program.signal(SIGINT)
      let outcome = try program.wait()
      #expect(outcome.exit == .code(130))
      #expect(!outcome.output.contains("never"))
    }
  }

  #if os(Linux)
    @Test func `an interrupt ends a wait for standard input`() throws {
      let program = try BatchProgram(corosProgram, input: .silence)
      // Before it blocks, the program would be killed by the signal.
      try program.wait(for: "a program that waits") { $0.isAsleep }
      program.signal(SIGINT)
      #expect(try program.wait().exit == .code(130))
    }
  #endif

  @Test func `a closed pipe ends the program`() throws {
    let outcome = try shell(
      "{ \"$1\" -c 'spawn duet; run'; echo \"status $?\" >&2; } | head -n 1",
      corosProgram
    )
    #expect(outcome.output == "task 1: duet\n")
    #expect(outcome.errors.contains("status "))
    #expect(!outcome.errors.contains("status 0"))
  }

  @Test func `a closed or full standard output is a failure`() throws {
    #expect(try shell("exec \"$1\" -c 'echo a' >&-", corosProgram).exit == .code(1))
    #if os(Linux)
      #expect(try shell("exec \"$1\" -c 'echo a' >/dev/full", corosProgram).exit == .code(1))
    #endif
  }

  // MARK: - Hostile input

  #if os(Linux)
    @Test func `a million lines stream in constant memory`() throws {
      func peakMemory(lines: Int) throws -> Int {
        let folder = try TemporaryFolder()
        let lines = String(repeating: "echo line\n", count: lines)
        // At the end the program writes an error, and blocks, so that its memory can be read.
        folder.write(lines + "nonsense\nsource /dev/stdin\n", to: "script")
        let program = try BatchProgram(
          corosProgram,
          ["--keep-going", folder.file("script")],
          input: .silence
        )
        try program.waitForErrors()
        #expect(program.output.utf8.count == lines.utf8.count / 2)
        return try #require(program.peakMemory)
      }
      #expect(try peakMemory(lines: 1_000_000) < peakMemory(lines: 1_000) + (4 << 20))
    }
  #endif

  @Test func `all common line endings are accepted`() throws {
    #expect(try coros(input: "\u{FEFF}echo a\r\necho b\r\n\r\n").output == "a\nb\n")
  }

  @Test func `a line that is not UTF-8 is refused with its number`() throws {
    let bytes = Array("echo a\necho ".utf8) + [0xFF, 0xFE] + Array("\necho b\n".utf8)
    let outcome = try BatchProgram(corosProgram, ["--keep-going"], input: .bytes(bytes)).wait()
    #expect(outcome.exit == .code(2))
    #expect(outcome.output == "a\nb\n")
    #expect(outcome.errors.contains("standard input:2: this line is not UTF-8, from byte 6 on"))
  }

  @Test func `a NUL does no harm`() throws {
    let outcome = try coros("--keep-going", input: "echo a\0b\n\0\necho c\n")
    #expect(outcome.output.hasSuffix("c\n"))
    #expect(outcome.exit != .signal(SIGILL) && outcome.exit != .signal(SIGSEGV))
  }

  @Test func `a line of ten million characters is a line`() throws {
    let long = String(repeating: "x", count: 10_000_000)
    let outcome = try coros(input: "echo \(long)\necho after\n")
    #expect(outcome.exit == .code(0))
    #expect(outcome.output.utf8.count == 10_000_000 + 7)
    let wrong = try coros("--keep-going", input: long + "\necho after\n")
    #expect(wrong.exit == .code(1))
    #expect(wrong.output == "after\n")
    #expect(wrong.errors.utf8.count < 1_000)
  }

  @Test func `an overlong line is refused, and the next one is read`() throws {
    let outcome = try coros(
      "--keep-going",
      input: String(repeating: "x", count: 20_000_000) + "\necho after\n"
    )
    #expect(outcome.exit == .code(2))
    #expect(outcome.output == "after\n")
    #expect(outcome.errors.contains("this line is longer than"))
  }
}
