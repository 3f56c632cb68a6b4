import CorosFiles
import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosShell

/// What a person chooses with `set`, and the file where it stays.
@Suite struct PreferenceTests {
  private func prompt(_ template: String, _ values: [PromptTemplate.Field: String]) throws -> String
  {
    try PromptTemplate(template).parts { values[$0] }.map(\.text).joined()
  }

  @Test func `what stands beside a field is shown with it`() throws {
    let template = "coros{ tick}{ (past)}>"
    #expect(try prompt(template, [:]) == "coros>")
    #expect(try prompt(template, [.tick: "7"]) == "coros 7>")
    #expect(try prompt(template, [.tick: "7", .past: "past"]) == "coros 7 (past)>")
    #expect(try prompt("{policy}{policy}", [.policy: "rr"]) == "rrrr")
    #expect(try prompt("日本", [:]) == "日本")
  }

  @Test(arguments: [
    ("{tik}", "the prompt has no field 'tik'", "did you mean `tick`?"),
    ("{}", "the prompt has no field ''", nil),
    ("a}", "a brace of the prompt has no counterpart", nil),
    ("{tick", "a brace of the prompt has no counterpart", nil),
    (String(repeating: "x", count: 201), "the prompt is too long", "at most 200 characters"),
  ]) func `a template that is wrong is refused`(
    _ text: String,
    _ what: String,
    _ hint: String?
  ) throws {
    let mistake = #expect(throws: PromptTemplate.Mistake.self) { try PromptTemplate(text) }
    #expect(mistake?.what == what)
    if let hint { #expect(mistake?.hint == hint) }
  }

  @Test func `a value is one of those that the preference has`() {
    let test = TestShell()
    #expect(test.type("set theme contrast", "echo $theme") == "contrast\n")
    #expect(test.shell.settings.theme == .contrast)
    #expect(test.type("set theme purple").contains("it can be contrast, plain, standard"))
    #expect(test.type("echo $? $theme") == "2 contrast\n")
    #expect(test.type("set theme ''", "set") == "no names; `set NAME VALUE` makes one\n")
    #expect(test.shell.settings.theme == .standard)
  }

  @Test func `a role of text gets a colour by name`() {
    let test = TestShell()
    test.type("set color_bad 'bold bright-red'", "set color_name plain")
    let style = Style(isEnabled: true, theme: test.shell.settings.theme)
    #expect(style.paint("x", .bad) == "\u{1B}[1;91mx\u{1B}[0m")
    #expect(style.paint("x", .name) == "x")
    #expect(style.paint("x", .good) == "\u{1B}[32mx\u{1B}[0m")
    #expect(test.type("set color_bad crimson").contains("'crimson' is no colour"))
    #expect(test.type("set color_plain red", "echo $color_plain") == "red\n")
    test.type("set color_bad ''")
    #expect(test.shell.settings.theme[.bad] == Theme.standard[.bad])
  }

  @Test func `the high-contrast theme tells no two roles by hue alone, and has nothing faint`() {
    for role in Style.Role.allCases { #expect(!Theme.contrast[role].isFaint) }
    var gray = Set<String>()
    for role in [Style.Role.heading, .good, .asleep, .bad, .plain] {
      var paint = Theme.contrast[role]
      paint.color = nil
      gray.insert(paint.codes)
    }
    #expect(gray.count == 5)
  }

  @Test func `text that a theme has painted is read back`() {
    for theme in Theme.all.values {
      let style = Style(isEnabled: true, theme: theme)
      for role in Style.Role.allCases {
        let line = StyledLine(painted: "a" + style.paint("b", role) + "c", style)
        #expect(line.text == "abc")
        #expect(line.painted(style) == "a" + style.paint("b", role) + "c")
      }
    }
  }

  @Test func `what is chosen at the prompt is kept, and what a script chooses is not`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("deep/er/settings.coros")
    let first = TestShell()
    #expect(first.shell.usePreferences(in: PreferenceFile(path: path)) == nil)
    first.type("set prompt 'it is {tick}> '", "set theme plain", "set theme contrast", "set n 1")
    #expect(first.run("set pager off") == 0)
    let text = "# settings of coros\nset prompt 'it is {tick}> '\nset theme contrast\n"
    #expect(folder.read("deep/er/settings.coros") == text)

    let second = TestShell()
    #expect(second.shell.usePreferences(in: PreferenceFile(path: path)) == nil)
    #expect(second.type("echo $theme") == "contrast\n")
    second.type("set theme ''")
    #expect(folder.read("deep/er/settings.coros")?.contains("theme") == false)

    var settings = Settings()
    settings.isSandboxed = true
    let sandboxed = TestShell(settings)
    #expect(sandboxed.shell.usePreferences(in: PreferenceFile(path: path)) == nil)
    sandboxed.type("set theme contrast")
    #expect(sandboxed.shell.settings.theme == .contrast)
    #expect(folder.read("deep/er/settings.coros")?.contains("theme") == false)
  }

  @Test(arguments: [
    "kill 1", "set n 1", "set theme purple", "set theme 'plain", "set theme", "a; b",
  ])
  func `a file with a line that is no setting is told, and not overwritten`(_ line: String) throws {
    let folder = try TemporaryFolder()
    let text = "# settings of coros\nset pager off\n\(line)\n"
    let path = try folder.write("settings.coros", text)
    let test = TestShell()
    let failure = test.shell.usePreferences(in: PreferenceFile(path: path))
    #expect(failure?.message == "\(path):3: this is no setting")
    #expect(test.type("set theme plain").contains("it holds for this session only"))
    #expect(test.shell.settings.theme == .plain)
    #expect(folder.read("settings.coros") == text)
  }
}
