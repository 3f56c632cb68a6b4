import Testing

@testable import CorosCommands
@testable import CorosShell

/// Definitions that are changed in an editor.
@Suite(.timeLimit(.minutes(15))) struct EditTests {
  private func session(_ lines: String...) -> TestShell {
    var settings = Settings()
    settings.isInteractive = true
    let session = TestShell(settings)
    for line in lines { session.type(line) }
    return session
  }

  @Test func `a program is defined anew, for the tasks made later`() {
    let session = session("shared n = 0", "program bump { n = n + 1 }", "spawn bump")
    session.host.editing = { $0.replacing("+ 1", with: "+ 5") }
    #expect(session.type("edit bump") == "")
    #expect(session.type("program bump") == "program bump { n = n + 5 }\n")
    session.type("run")
    #expect(session.type("print n", "assert n == 1").contains("fails") == false)
    session.type("spawn bump", "run")
    #expect(session.type("assert n == 6") == "")
  }

  @Test func `a new name begins with an empty program, a procedure with its text`() {
    let session = session("procedure twice(x) { x += 2 }")
    var texts: [String] = []
    session.host.editing = {
      texts.append($0)
      return $0
    }
    session.type("edit fresh", "edit twice")
    #expect(texts == ["program fresh {\n}\n", "procedure twice(x) { x += 2 }\n"])
    // What was left as it was has not been defined, if it was new.
    #expect(session.type("program fresh").contains("program fresh {\n}"))
  }

  @Test func `an error says where it is, changes nothing, and loses nothing`() {
    let session = session("shared n = 0", "program bump { n = n + 1 }")
    session.host.editing = { _ in "program bump {\n  n = n + m\n}\n" }
    #expect(
      session.type("edit bump") == """
        bump:2: there is nothing called `m`
            n = n + m
                    ^
          hint: declare it first: `shared m = 0`, or `var m` in the program; `edit bump` goes on with your text

        """
    )
    #expect(session.type("program bump") == "program bump { n = n + 1 }\n")
    var found = ""
    session.host.editing = {
      found = $0
      return $0.replacing("+ m", with: "+ 2")
    }
    session.type("edit bump")
    #expect(found == "program bump {\n  n = n + m\n}\n")
    #expect(session.type("program bump") == "program bump {\n  n = n + 2\n}\n")
    // The next one begins with the definition.
    session.type("edit bump")
    #expect(found == "program bump {\n  n = n + 2\n}\n")
  }

  @Test func `a wrong text can be dropped`() {
    let session = session("shared n = 0", "program bump { n = n + 1 }")
    session.host.editing = { _ in "nonsense" }
    #expect(session.type("edit bump").contains("goes on with your text"))
    var found = ""
    session.host.editing = {
      found = $0
      return $0
    }
    session.type("edit --fresh bump")
    #expect(found == "program bump { n = n + 1 }\n")
  }

  @Test(arguments: [
    ("edit", "edit needs the name of a program"), ("edit a b", "edit does not take 'b'"),
    ("edit n", "'n' is no program or procedure"), ("edit 1x", "'1x' cannot be the name"),
    ("edit while", "'while' cannot be the name"), ("edit ../../x", "cannot be the name"),
    ("edit bump", "there is no editor"),
  ])
  func `what cannot be edited is refused`(_ line: String, _ message: String) {
    let session = session("shared n = 0", "program bump { n = n + 1 }")
    #expect(session.type(line).contains(message))
  }

  @Test func `one definition at a time`() {
    let session = session("shared n = 0", "program bump { n = n + 1 }")
    for text in ["shared k = 0", "program a { yield }\nprogram b { yield }"] {
      session.host.editing = { _ in text }
      #expect(session.type("edit bump").contains("this is not one program or procedure"))
    }
  }

  @Test func `in a script and in a sandbox it is refused`() {
    let script = TestShell()
    #expect(script.type("edit x").contains("edit needs a person at a terminal"))
    var settings = Settings()
    settings.isInteractive = true
    settings.isSandboxed = true
    let sandbox = TestShell(settings)
    sandbox.host.editing = { _ in "program x { yield }" }
    #expect(sandbox.type("edit x").contains("which a sandbox does not allow"))
    #expect(sandbox.type("program x").contains("there is no program"))
  }
}
