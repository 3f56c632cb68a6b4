import CorosLanguage
import Testing

@Suite struct SyntaxErrorTests {
  @Test func `a lone quote is refused with a caret`() {
    #expect(
      refusal(of: "echo 'abc") == """
        this quote is never closed
          echo 'abc
               ^
          hint: end it with another ', or write \\' for the character itself
        """
    )
    #expect(
      refusal(of: #"say "it's "#) == """
        this quote is never closed
          say "it's\u{20}
              ^
          hint: end it with another ", or write \\" for the character itself
        """
    )
  }

  @Test func `a backslash at the end is refused`() {
    #expect(
      refusal(of: #"echo a\"#) == #"""
        nothing follows this backslash
          echo a\
                ^
          hint: write \\ for a backslash itself
        """#
    )
  }

  @Test func `a bar needs a command on both sides`() {
    #expect(
      refusal(of: "ps| |more") == """
        a lone `|` joins nothing here
          ps| |more
              ^
          hint: join commands with ; && or ||, or write '|' for the character itself
        """
    )
    #expect(
      refusal(of: "ps |") == """
        there is no command after `|`
          ps |
             ^
          hint: write the command, or remove the |
        """
    )
  }

  @Test func `a lone ampersand is refused`() {
    #expect(
      refusal(of: "spawn count &") == """
        a lone `&` means nothing here
          spawn count &
                      ^
          hint: spawned tasks already run in the background; write '&' for the character itself
        """
    )
    #expect(refusal(of: "& a").hasPrefix("a lone `&`"))
    #expect(refusal(of: "a &&& b").hasPrefix("a lone `&`"))
    #expect(refusal(of: "a ||| b").hasPrefix("a lone `|`"))
  }

  @Test func `a connector without a command before it is refused`() {
    #expect(
      refusal(of: "a && ; b") == """
        there is no command before `;`
          a && ; b
               ^
          hint: write the command, or remove the ;
        """
    )
    #expect(refusal(of: ";").hasPrefix("there is no command before `;`\n"))
    #expect(refusal(of: "a;;b").hasPrefix("there is no command before `;`\n"))
    #expect(refusal(of: "|| b").hasPrefix("there is no command before `||`\n"))
  }

  @Test func `a connector without a command after it is refused`() {
    #expect(
      refusal(of: "step && # and then") == """
        there is no command after `&&`
          step && # and then
               ^^
          hint: write the command, or remove the &&
        """
    )
    #expect(refusal(of: "a ||").hasPrefix("there is no command after `||`\n"))
    #expect(refusal(of: "a ;") == "")
  }

  @Test func `a dollar sign without a name is refused`() {
    let hint = #"write $name, $1, $@, $#, $! or $?, or \$ for a dollar sign"#
    #expect(
      refusal(of: "echo 5$ x") == """
        no name follows this `$`
          echo 5$ x
                ^
          hint: \(hint)
        """
    )
    #expect(refusal(of: "echo $").hasPrefix("no name follows this `$`\n"))
    #expect(refusal(of: "echo $(ps)").hasPrefix("no name follows this `$`\n"))
    #expect(refusal(of: #"echo "$""#).hasPrefix("no name follows this `$`\n"))
    #expect(refusal(of: "echo $ñ").hasPrefix("no name follows this `$`\n"))
  }

  @Test func `braces without a name are refused`() {
    #expect(
      refusal(of: "echo ${na me}") == """
        `na me` cannot be the name of a variable
          echo ${na me}
               ^^^^^^^^
          hint: a name is made of letters, digits and _, and does not begin with a digit
        """
    )
    #expect(
      refusal(of: "echo ${}") == """
        there is no name between the braces
          echo ${}
               ^^^
          hint: a name is made of letters, digits and _, and does not begin with a digit
        """
    )
    #expect(refusal(of: "${x:-y}").hasPrefix("`x:-y` cannot be the name of a variable\n"))
    #expect(refusal(of: "${1a}").hasPrefix("`1a` cannot be the name of a variable\n"))
  }

  @Test func `a brace never closed is refused`() {
    #expect(
      refusal(of: "echo ${name") == #"""
        this `${` is never closed
          echo ${name
               ^^
          hint: write ${name}, or \$ for a dollar sign
        """#
    )
    #expect(refusal(of: "${").hasPrefix("this `${` is never closed\n"))
  }

  @Test func `a control character outside quotes is refused and shown`() throws {
    #expect(
      refusal(of: "echo a\u{7}b") == """
        there is an invisible character here (U+0007)
          echo a␇b
                ^
          hint: remove it, or put it in quotes if it is meant
        """
    )
    #expect(refusal(of: "\0").hasPrefix("there is an invisible character here (U+0000)\n"))
    #expect(refusal(of: "a\u{7F}").hasPrefix("there is an invisible character here (U+007F)\n"))
    #expect(refusal(of: "a\rb").hasPrefix("there is an invisible character here (U+000D)\n"))
    #expect(try parsed("echo 'a\u{7}\0b'") == [["echo", "a\u{7}\0b"]])
  }

  @Test func `a lookalike of a space is refused outside quotes`() throws {
    #expect(
      refusal(of: "run\u{A0}5") == """
        there is a no-break space here (U+00A0)
          run\u{A0}5
             ^
          hint: type a plain space, or put it in quotes if it is meant
        """
    )
    #expect(
      refusal(of: "run\u{3000}5") == """
        there is an ideographic space here (U+3000)
          run\u{3000}5
             ^^
          hint: type a plain space, or put it in quotes if it is meant
        """
    )
    #expect(
      refusal(of: "ru\u{200B}n") == """
        there is a zero-width space here (U+200B)
          ru\u{FFFD}n
            ^
          hint: type a plain space, or put it in quotes if it is meant
        """
    )
    #expect(try parsed("echo 'a\u{A0}b'") == [["echo", "a\u{A0}b"]])
  }

  @Test func `an unset variable is refused with the nearest name`() {
    let variables = Variables(named: ["workers": "3", "rounds": "9"])
    #expect(
      refusal(of: #"echo "all $wrokers""#, variables) == """
        `$wrokers` has no value
          echo "all $wrokers"
                    ^^^^^^^^
          hint: did you mean `$workers`?
        """
    )
    #expect(
      refusal(of: "echo $depth", variables) == """
        `$depth` has no value
          echo $depth
               ^^^^^^
          hint: give it one: set depth VALUE
        """
    )
  }

  @Test func `an argument that was not given is refused`() {
    #expect(
      refusal(of: "echo $3", Variables(arguments: ["a"])) == """
        there is no `$3`: the script was given 1 argument
          echo $3
               ^^
          hint: $# is the number of arguments, and $@ is all of them
        """
    )
    #expect(refusal(of: "$0").hasPrefix("there is no `$0`: the script was given no arguments\n"))
    #expect(refusal(of: "$99999999999999999999").hasPrefix("there is no `$999"))
  }

  @Test func `the last task is refused before any is spawned`() {
    #expect(
      refusal(of: "wait $!") == """
        `$!` has no value: nothing has been spawned yet
          wait $!
               ^^
          hint: spawn a program first
        """
    )
    #expect(
      refusal(of: "echo $?") == """
        `$?` has no value: no command has run yet
          echo $?
               ^^
          hint: run a command first
        """
    )
  }

  @Test func `a prefix goes before the message`() throws {
    let error = try #require(throws: SyntaxError.self) { try CommandList(parsing: "'") }
    #expect(error.rendered(in: "'", prefix: "demo.coros:3: ").hasPrefix("demo.coros:3: this quote"))
    #expect(error.range == 0..<1)
  }
}
