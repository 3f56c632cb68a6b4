package import CorosFiles
import CorosHistory
import CorosKernel
package import CorosLanguage
import CorosSession

// What a person has chosen with `set`, and what follows from it.

extension Shell {
  /// The value of a preference.
  package func preference(_ name: String) -> String {
    variables.value(of: .named(name)) ?? Preference.named(name)?.standard ?? ""
  }

  /// Chooses a value for a preference; an empty one is that of a fresh session.
  ///
  /// - Throws: What is wrong with the value, and why it cannot be kept for the next session.
  package func choose(
    _ preference: Preference,
    _ value: Argument
  ) throws(CommandFailure) {
    if !value.text.isEmpty, let mistake = preference.mistake(value.text) {
      throw CommandFailure(mistake.what, at: value.range, hint: mistake.hint, status: 2)
    }
    use(preference.name, value.text)
    // What a script or a function chooses is its own affair.
    guard place == .prompt, let preferenceFile else { return }
    do throws(FileError) {
      try preferenceFile.keep(preference.name, value.text)
    } catch {
      throw CommandFailure("it holds for this session only: \(error.message)", hint: error.hint)
    }
  }

  private func use(_ name: String, _ value: String) {
    if value.isEmpty { variables.remove(name) } else { _ = variables.set(name, to: value) }
    var theme = Theme.all[preference("theme")] ?? .standard
    for role in Style.Role.allCases {
      if let paint = Paint(named: preference("color_\(role)")), !preference("color_\(role)").isEmpty
      {
        theme[role] = paint
      }
    }
    console.settings.theme = theme
  }

  /// Takes over the preferences of earlier sessions, and keeps those of this one.
  ///
  /// - Parameter file: Where they stay.
  /// - Returns: What is wrong with the file; nil if nothing is.
  package func usePreferences(in file: PreferenceFile) -> FileError? {
    if !settings.isSandboxed { preferenceFile = file }
    do throws(FileError) {
      for (name, value) in try file.read() { use(name, value) }
      return nil
    } catch {
      return error
    }
  }

  /// The prompt, in parts; without the blank behind it.
  package var promptParts: [StyledRun] {
    guard let template = try? PromptTemplate(preference("prompt")) else { return [] }
    return template.parts { field in
      switch field {
      case .tick: machine.lastMoment > 0 ? "\(scheduler.now)" : nil
      case .branch: machine.branchCount > 1 ? "branch \(machine.branch)" : nil
      case .past: machine.moment < machine.lastMoment ? "past" : nil
      case .live: session.live.isOn ? "live" : nil
      case .policy: scheduler.policyDescription
      case .tasks: "\(scheduler.liveTaskCount)"
      case .status: variables.status == 0 ? nil : "\(variables.status)"
      }
    }
  }
}
