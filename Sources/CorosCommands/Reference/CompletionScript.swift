import CorosShell

/// A script that makes Tab complete the program's command line in a shell such as bash.
///
/// Options come first and are offered once. A value from a fixed set is completed from that set. Everything
/// else is a file: the script, or one of its arguments.
package struct CompletionScript {
  /// The shells for which there are scripts.
  package enum Language: String, CaseIterable, Sendable {
    case bash, zsh, fish
  }

  private let program: ProgramManual

  package init(for program: ProgramManual) {
    self.program = program
  }

  /// The script.
  ///
  /// - Parameter language: The shell.
  /// - Returns: Its lines.
  package func text(in language: Language) -> String {
    switch language {
    case .bash: bash
    case .zsh: zsh
    case .fish: fish
    }
  }

  private var valued: [ProgramManual.Option] { program.options.filter { $0.value.name != nil } }
  private var flags: [ProgramManual.Option] { program.options.filter { $0.value.name == nil } }

  // MARK: bash

  private var bash: String {
    let name = program.name
    let values = valued.map { option in
      let words = option.value.words
      return words.isEmpty
        ? "    \(option.name)) return ;;"
        : "    \(option.name)) words='\(words.joined(separator: " "))' ;;"
    }
    return """
      # Completion of \(name) for bash. Source it, or put it into
      # ~/.local/share/bash-completion/completions/\(name)

      _\(name)() {
        local word=${COMP_WORDS[COMP_CWORD]} words='' option='' position=1
        COMPREPLY=()
        # Options come first: from the first word that is none, all are files. A sign between an option and
        # its value is a word of its own.
        while ((position < COMP_CWORD)); do
          option=${COMP_WORDS[position]}
          case $option in
            \(valued.map(\.name).joined(separator: "|")))
              [[ ${COMP_WORDS[position + 1]} == = ]] && ((position += 1))
              ((position += 2)) ;;
            -?*) ((position += 1)) ;;
            *) break ;;
          esac
        done
        if ((position > COMP_CWORD)); then
          # The word is the value of an option.
          [[ $word == = ]] && word=''
          case $option in
      \(values.map { "  " + $0 }.joined(separator: "\n"))
          esac
        elif ((position == COMP_CWORD)) && [[ $word == -* ]]; then
          words='\(program.options.flatMap(\.names).joined(separator: " "))'
        fi
        if [[ $words ]]; then
          COMPREPLY=($(compgen -W "$words" -- "$word"))
        else
          local IFS=$'\\n'
          compopt -o filenames 2>/dev/null
          COMPREPLY=($(compgen -f -- "$word"))
        fi
      }

      complete -F _\(name) \(name)

      """
  }

  // MARK: zsh

  private var zsh: String {
    func specification(_ option: ProgramManual.Option) -> String {
      let summary = zshText(option.summary)
      guard let value = option.value.name else {
        guard let short = option.short else { return "'\(option.name)[\(summary)]'" }
        return "'(\(short) \(option.name))'{\(short),\(option.name)}'[\(summary)]'"
      }
      // A single letter is separate from its value; a long option may be joined to it by a sign.
      let sign = option.name.hasPrefix("--") ? "=" : ""
      let words = option.value.words
      let action = words.isEmpty ? " " : "(\(words.map(zshText).joined(separator: " ")))"
      return "'\(option.name)\(sign)[\(summary)]:\(zshText(value)):\(action)'"
    }
    return """
      #compdef \(program.name)
      # Completion of \(program.name) for zsh. Put it as _\(program.name) into a folder of $fpath.

      _arguments -S -A '-*' \\
      \(program.options.map { "  \(specification($0)) \\" }.joined(separator: "\n"))
        '*:script and its arguments:_files'

      """
  }

  /// Text inside the single quotes of a specification, where colons and brackets have a meaning.
  private func zshText(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "[", "]", ":", "\\": result += "\\\(character)"
      case "'": result += "'\\''"
      default: result.append(character)
      }
    }
    return result
  }

  // MARK: fish

  private var fish: String {
    let name = program.name
    let lines = program.options.map { option in
      var line = "complete -c \(name) -n __\(name)_takes_options"
      for name in option.names {
        line += name.hasPrefix("--") ? " -l \(name.dropFirst(2))" : " -s \(name.dropFirst())"
      }
      let words = option.value.words
      if option.value.name != nil { line += " -x" }
      if !words.isEmpty { line += " -a \(fishQuoted(words.joined(separator: " ")))" }
      return line + " -d \(fishQuoted(option.summary))"
    }
    return """
      # Completion of \(name) for fish. Put it into ~/.config/fish/completions/\(name).fish

      # Options come first: from the first word that is none, all are files.
      function __\(name)_takes_options
        set -l words (commandline -opc)
        set -e words[1]
        while set -q words[1]
          switch $words[1]
            case \(valued.map(\.name).joined(separator: " "))
              set -e words[1]
            case -
              return 1
            case '-*'
            case '*'
              return 1
          end
          set -e words[1]
        end
        return 0
      end

      \(lines.joined(separator: "\n"))

      """
  }

  private func fishQuoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
