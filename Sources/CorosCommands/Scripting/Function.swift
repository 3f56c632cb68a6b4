import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Gives commands a name.
  enum Function: ShellCommand {
    static let manual = Manual(
      name: "function",
      summary: "give commands a name",
      usage: "function [NAME [PARAMETER ...] { COMMANDS }]",
      group: .scripting,
      details: """
        Typed as a command, NAME runs the commands; the words behind it are $1, $2, ... in them, $@ is all of them and \
        $# their number. With PARAMETERs it takes as many words, and each is a variable while the commands run. Without \
        anything, lists the functions; with the name of one alone, shows it.
        """,
      example: "function crowd { repeat $1 { spawn count } }",
      seeAlso: ["alias", "repeat", "source"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: [
      "function twice { $@; $@ }", "twice spawn count",
      "function crowd n what { repeat $n { spawn $what } }", "crowd 2 dice", "function",
    ])

    static let takesExpressions = true

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<Result>
    ) throws(CommandFailure) {
      if invocation.arguments.isEmpty {
        let functions = shell.routines.functions.sorted { $0.key < $1.key }
        return results.add(
          Result(
            functions: functions.map {
              .init(name: $0.key, parameters: $0.value.parameters, text: $0.value.text)
            }
          )
        )
      }
      if invocation.arguments.count == 1, let name = invocation.arguments.first?.text,
        let function = shell.routines.functions[name]
      {
        let named = Named(name: name, parameters: function.parameters, text: function.text)
        return results.add(Result(functions: [named]))
      }
      let block = try shell.block(invocation, manual)
      let words = try shell.words(block.head, of: invocation.line)
      guard let name = words.first else {
        throw CommandFailure(
          "function needs a name, and a block",
          at: invocation.name.range,
          hint: "as in `\(manual.example)`"
        )
      }
      var parameters: [String] = []
      for word in words.dropFirst() {
        guard Variables.isName(word.text), !parameters.contains(word.text) else {
          throw CommandFailure(
            "'\(excerpt(of: word.text))' cannot be the name of a parameter",
            at: word.range,
            hint:
              "a name is made of letters, digits and _, does not begin with a digit, and is there once"
          )
        }
        parameters.append(word.text)
      }
      guard shell.commands.command(exactly: name.text) == nil else {
        throw CommandFailure(
          "'\(excerpt(of: name.text))' is a command already",
          at: name.range,
          hint: "choose another name"
        )
      }
      let body = try shell.commands(block.body, of: invocation.line)
      let bytes = invocation.line.utf8.prefix(block.body.upperBound).dropFirst(
        block.body.lowerBound
      )
      shell.routines.aliases[name.text] = nil
      shell.routines.functions[name.text] = .init(
        parameters: parameters,
        line: invocation.line,
        body: body,
        place: shell.place,
        text: String(decoding: bytes, as: UTF8.self).split(separator: "\n")
          .map { $0.drop { $0 == " " } }.joined(separator: "; ")
      )
      results.add(Result(functions: nil))
    }

    struct Result: CommandResult, ResultObject {
      let functions: [Named]?

      static let fields: [ResultField<Self>] = [
        .sometimes(
          "functions",
          .objects(Named.keys),
          "all functions, or the named one, when they are asked for"
        ) { $0.functions.map { .array($0.map(\.json)) } }
      ]

      func text(in look: Look) -> String {
        guard let functions else { return "" }
        if functions.isEmpty { return "no functions; `function NAME { ... }` makes one" }
        return functions.map { function in
          let parameters = function.parameters.map { " " + $0 }.joined()
          return "\(look.style.paint(function.name, .name))\(parameters) { \(function.text) }\n"
        }.joined()
      }
    }

    struct Named: ResultObject {
      let name: String
      let parameters: [String]
      let text: String

      static let fields: [ResultField<Self>] = [
        .text("name", "its name", \.name),
        .texts("parameters", "the names of its parameters", \.parameters),
        .text("text", "its commands, as typed", \.text),
      ]
    }
  }
}
