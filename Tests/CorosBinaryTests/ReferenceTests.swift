import CorosTestSupport
import Foundation
import Testing

/// The reference as the program prints it: a documentation page, a manual page, and shell completions.
@Suite struct ReferenceTests {
  private static let page = "Sources/CorosShell/CorosShell.docc/Commands.md"

  private func markdown() throws -> String {
    let outcome = try coros("--reference", "markdown")
    #expect(outcome.exit == .code(0) && outcome.errors == "")
    return outcome.output
  }

  private func manualPage() throws -> String {
    let outcome = try coros("--reference", "man")
    #expect(outcome.exit == .code(0) && outcome.errors == "")
    return outcome.output
  }

  // MARK: - Markdown

  @Test func `the page in the documentation is up to date`() throws {
    let written = try String(contentsOfFile: packageFolder + "/" + Self.page, encoding: .utf8)
    let printed = try markdown()
    #expect(written == printed, "\(Self.page) is not up to date: run scripts/reference")
  }

  @Test func `each command has an example with a result`() throws {
    let sections = try markdown().components(separatedBy: "\n#### ").dropFirst()
    #expect(sections.count > 40)
    for section in sections {
      let name = section.prefix { $0 != "\n" }
      // Loops and the like have no result of their own.
      let example =
        section.contains("With `--json`") ? "{\"command\":\"\(name)\"" : "coros> \(name) "
      #expect(section.contains("\n\(example)"), "\(name)")
    }
  }

  @Test func `the examples leave no file behind`() throws {
    let folder = try TemporaryFolder()
    let outcome = try shell(
      "cd \"$1\" && mkdir work tmp && cd work && TMPDIR=../tmp \"$2\" --reference markdown && ls -A . ../tmp >&2",
      folder.path,
      corosProgram
    )
    #expect(outcome.output == (try markdown()))
    #expect(outcome.errors == ".:\n\n../tmp:\n")
  }

  @Test func `without a folder for the examples there is a hint`() throws {
    let outcome = try coros("--reference", "markdown", environment: ["TMPDIR": "/no/such"])
    #expect(outcome.exit == .code(1) && outcome.output == "")
    #expect(outcome.errors.contains("'/no/such'") && outcome.errors.contains("TMPDIR"))
  }

  // MARK: - The manual page

  @Test func `the manual page has only requests that every formatter knows, and closes each`()
    throws
  {
    let requests: Set = [
      ".\\\"", ".TH", ".SH", ".SS", ".PP", ".TP", ".RS", ".RE", ".nf", ".fi", ".sp",
    ]
    var depth = 0
    var isFilled = true
    for line in try manualPage().split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    {
      #expect(!line.isEmpty && line.utf8.allSatisfy { $0 < 0x80 }, "\(line)")
      #expect(!line.hasPrefix("'"))
      // An unescaped dash becomes a typographic one, which does not work when pasted.
      #expect(
        line.replacing("\\-", with: "").contains("-") == false || line.hasPrefix("."),
        "\(line)"
      )
      guard line.hasPrefix(".") else { continue }
      let request = line.prefix { $0 != " " }
      #expect(requests.contains(String(request)), "\(line)")
      if request == ".RS" { depth += 1 }
      if request == ".RE" { depth -= 1 }
      if request == ".nf" || request == ".fi" {
        #expect(isFilled == (request == ".nf"))
        isFilled.toggle()
      }
      #expect(depth >= 0)
    }
    #expect(depth == 0 && isFilled)
  }

  @Test func `the manual page has the usual sections, and every command`() throws {
    let text = try manualPage()
    for section in [
      "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "POLICIES", "PROGRAMS",
      "EXIT STATUS",
      "ENVIRONMENT", "FILES", "EXAMPLES",
    ] {
      #expect(
        text.contains(".SH \(section)\n") || text.contains(".SH \"\(section)\"\n"),
        "\(section)"
      )
    }
    let help = try coros("--json", "-c", "help").output
    let commands =
      try #require(
        try JSONSerialization.jsonObject(with: Data(help.utf8)) as? [String: Any]
      )["commands"] as? [[String: Any]]
    for command in try #require(commands) {
      let usage = try #require(command["usage"] as? String)
      #expect(text.contains("\\fB" + usage.replacing("-", with: "\\-") + "\\fR\n"), "\(usage)")
    }
  }

  @Test func `the manual page has exactly the options of the program`() throws {
    let dump = try coros("--experimental-dump-help").output
    let tool = try #require(
      try JSONSerialization.jsonObject(with: Data(dump.utf8)) as? [String: Any]
    )
    let command = try #require(tool["command"] as? [String: Any])
    var expected = "\n.SH \"OPTIONS\"\n"
    for argument in try #require(command["arguments"] as? [[String: Any]]) {
      guard argument["kind"] as? String != "positional" else { continue }
      let names = try #require(argument["names"] as? [[String: Any]]).map { name in
        (name["kind"] as? String == "short" ? "-" : "--") + (name["name"] as? String ?? "")
      }
      let isFlag = argument["kind"] as? String == "flag"
      let value = isFlag ? "" : " " + (argument["valueName"] as? String ?? "")
      let usage = names.joined(separator: ", ") + value
      expected += ".TP\n\\fB\(usage)\\fR\n\(argument["abstract"] as? String ?? "")\n"
    }
    let text = try manualPage().replacing("\\-", with: "-").replacing("\\(ga", with: "`")
    let start = try #require(text.range(of: "\n.SH \"OPTIONS\"\n"))
    let end = try #require(text.range(of: "\n.SH \"COMMANDS\"\n"))
    let told = text[start.lowerBound..<end.lowerBound] + "\n"
    #expect(told.replacing("\\fBman -l -\\fR", with: "`man -l -`") == expected)
  }

  @Test func `the manual page lists each environment variable that is read`() throws {
    let sources = try shell(
      "grep -rhoE '[vV]ariable\\(\"[A-Z_]+\"|getenv\\(\"[A-Z_]+\"' Sources | sort -u"
    ).output
    let names = sources.split(separator: "\n").map { $0.drop { $0 != "\"" }.filter { $0 != "\"" } }
    #expect(names.count >= 5)
    let text = try manualPage()
    for name in names { #expect(text.contains(name), "\(name)") }
  }

  // MARK: - Tab

  /// The completions of bash after these words; the last is the word being typed.
  private func offered(_ words: [String], in folder: String) throws -> [String] {
    let script = """
      . /dev/fd/3 3<<<"$(\"$0\" --completions bash)"
      cd "$1"; shift
      complete -p coros >/dev/null || exit 9
      COMP_WORDS=(coros "$@") COMP_CWORD=$#
      _coros
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let outcome = try BatchProgram(
      "/usr/bin/env",
      ["bash", "--norc", "-c", script, corosProgram, folder] + words
    ).wait()
    #expect(outcome.exit == .code(0) && outcome.errors == "")
    return outcome.output.split(separator: "\n").map { String($0) }.sorted()
  }

  @Test(
    arguments: [
      (["--po"], ["--policy"]),
      (["--policy", "st"], ["stcf", "stride"]),
      (["--policy", "=", "m"], ["manual", "mlfq"]),
      (["--color", ""], ["always", "auto", "never"]),
      (["--color", "="], ["always", "auto", "never"]),
      (["--json", "--reference", ""], ["man", "markdown"]),
      (["--completions", "f"], ["fish"]),
      (["--seed", ""], []),
      (["-c", ""], []),
      (["--h"], ["--help"]),
      ([""], ["a b.coros", "lesson.coros"]),
      (["--json", "l"], ["lesson.coros"]),
      (["-c", "ps", "--se"], ["--seed"]),
      (["-c", "ps", "l"], ["lesson.coros"]),
      // Words after the script belong to the script.
      (["lesson.coros", "--js"], []),
      (["lesson.coros", "--policy", "a"], ["a b.coros"]),
      (["--nonsense", "--js"], ["--json"]),
    ] as [([String], [String])]
  )
  func `Tab in bash`(words: [String], expected: [String]) throws {
    let folder = try TemporaryFolder()
    folder.write("", to: "lesson.coros")
    folder.write("", to: "a b.coros")
    #expect(try offered(words, in: folder.path) == expected)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions have every option and every word`(language: String) throws {
    let outcome = try coros("--completions", language)
    #expect(outcome.exit == .code(0) && outcome.errors == "")
    for line in outcome.output.split(separator: "\n") where !line.contains("#") {
      #expect(line.count { $0 == "'" }.isMultiple(of: 2), "\(line)")
    }
    let dash = language == "fish" ? "-l " : "--"
    for option in [
      "policy", "seed", "json", "echo", "keep-going", "resume", "color", "reference", "completions",
      "version", "help",
    ] {
      #expect(outcome.output.contains(dash + option), "\(option)")
    }
    for words in ["rr fifo sjf", "auto always never", "man markdown", "bash zsh fish"] {
      #expect(outcome.output.contains(words), "\(words)")
    }
  }

  // MARK: - Installing

  @Test func `everything is installed under a folder, and works there`() throws {
    let folder = try TemporaryFolder()
    let prefix = folder.file("a folder")
    let outcome = try shell(
      "COROS_PROGRAM=\"$2\" scripts/install \"$1\"",
      prefix,
      corosProgram
    )
    #expect(outcome.exit == .code(0) && outcome.errors == "")
    let files = [
      "bin/coros", "share/man/man1/coros.1", "share/bash-completion/completions/coros",
      "share/zsh/site-functions/_coros", "share/fish/vendor_completions.d/coros.fish",
    ]
    #expect(outcome.output == files.map { "\(prefix)/\($0)\n" }.joined())
    #expect(try shell("exec \"$1/bin/coros\" -c 'echo a'", prefix).output == "a\n")
    #expect(folder.read("a folder/" + files[1]) == (try manualPage()))
    for (file, language) in zip(files.dropFirst(2), ["bash", "zsh", "fish"]) {
      #expect(folder.read("a folder/" + file) == (try coros("--completions", language).output))
    }
  }

  @Test func `a failed installation is reported, with a hint`() throws {
    let folder = try TemporaryFolder()
    folder.write("", to: "file")
    let outcome = try shell(
      "COROS_PROGRAM=\"$2\" scripts/install \"$1\"",
      folder.file("file"),
      corosProgram
    )
    #expect(outcome.exit == .code(1))
    #expect(outcome.errors.contains("scripts/install ~/.local"))
    #expect(try shell("scripts/install --prefix /tmp").exit == .code(2))
  }
}
