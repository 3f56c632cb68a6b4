import CorosTestSupport
import Testing

/// The targets of the Makefile, with a stand-in for Docker that records its arguments.
@Suite(.enabled(if: hasMake)) struct MakefileTests {
  private func make(
    _ verbs: String,
    docker body: String = ""
  ) throws -> (
    outcome: BatchProgram.Outcome, commands: String?
  ) {
    let folder = try TemporaryFolder()
    let docker = "#!/bin/sh\necho \"$*\" >>'\(folder.file("commands"))'\n\(body)\n"
    // The shell writes this file: a file written by the test itself may still be open in a process that
    // another test is about to start, and the system does not execute such a file.
    let outcome = try shell(
      """
      printf %s "$2" >"$1/docker" && chmod +x "$1/docker" &&
      PATH="$1:$PATH" make --no-print-directory \(verbs)
      """,
      folder.path,
      docker
    )
    return (outcome, folder.read("commands"))
  }

  @Test(arguments: [
    ("build", "build --tag coros ."),
    ("run", "rm --force coros\nrun --detach --interactive --tty --name coros coros"),
    ("start", "start coros"),
    ("stop", "stop coros"),
    ("restart", "restart coros"),
    ("interact", "start coros\nexec --interactive --tty coros coros"),
    ("delete_cnt", "rm --force coros"),
    ("delete", "rm --force coros\nrmi coros"),
    (
      "build run interact",
      """
      build --tag coros .
      rm --force coros
      run --detach --interactive --tty --name coros coros
      start coros
      exec --interactive --tty coros coros
      """
    ),
    ("IMAGE=a CONTAINER=b run", "rm --force b\nrun --detach --interactive --tty --name b a"),
  ])
  func `a target runs Docker commands`(verbs: String, commands: String) throws {
    let result = try make(verbs)
    #expect(result.outcome.exit == .code(0))
    #expect(result.commands == commands + "\n")
  }

  @Test func `delete removes the image even without a container`() throws {
    let result = try make("delete", docker: "[ \"$1\" = rmi ]")
    #expect(result.outcome.exit == .code(0))
    #expect(result.commands == "rm --force coros\nrmi coros\n")
  }

  @Test func `run replaces the old container, and needs none`() throws {
    let body = "[ \"$1\" != rm ] || { echo 'no such container' >&2; exit 1; }"
    let result = try make("run", docker: body)
    #expect(result.outcome.exit == .code(0))
    #expect(result.outcome.errors == "")
    #expect(result.commands?.contains("run --detach") == true)
  }

  @Test func `if Docker fails, make fails`() throws {
    let result = try make("build run", docker: "exit 3")
    #expect(result.outcome.exit == .code(2))
    #expect(result.commands == "build --tag coros .\n")
  }

  @Test(arguments: ["", "help"])
  func `help lists the targets`(verb: String) throws {
    let result = try make(verb)
    #expect(result.outcome.exit == .code(0))
    #expect(result.commands == nil)
    for verb in [
      "build", "run", "start", "stop", "restart", "interact", "delete", "delete_cnt", "help",
    ] {
      #expect(result.outcome.output.contains("  make \(verb) "))
    }
  }

  @Test func `without Docker there is a hint`() throws {
    let outcome = try shell(
      "make=$(command -v make); PATH=\"$1\" \"$make\" SHELL=/bin/sh build",
      try TemporaryFolder().path
    )
    #expect(outcome.exit == .code(2))
    #expect(outcome.errors.contains("docker is not installed"))
    #expect(outcome.errors.contains("scripts/coros"))
  }
}

private let hasMake = (try? shell("command -v make >/dev/null").exit) == .code(0)
