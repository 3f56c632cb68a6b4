/// A program in assembly, and the threads that will run it.
package struct AssemblyLoad: Sendable {
  package let assembly: Assembly
  /// How it is loaded.
  package let settings: LoadSettings
  /// The threads at their start.
  let threads: [ThreadState]

  /// Reads a program.
  ///
  /// - Parameters:
  ///   - text: The program.
  ///   - name: The name of its file.
  ///   - settings: How to load it.
  /// - Throws: What is wrong with the program, or with what registers are to contain.
  package init(_ text: String, name: String, _ settings: LoadSettings) throws(AssemblyError) {
    let count = settings.threads ?? settings.registers.map(\.values.count).max() ?? 1
    for (register, values) in settings.registers where values.count != 1 && values.count != count {
      throw AssemblyError(
        "\(register.name) has \(values.count) values for \(count) threads",
        hint: "give one value for all, or one for each: \(register.name)=1/2"
      )
    }
    self.settings = settings
    assembly = try AssemblyParser.parse(
      text,
      name: name,
      start: settings.start,
      kilobytes: settings.kilobytes
    )
    threads = (0..<count).map { number in
      var state = ThreadState(counter: settings.start)
      state[.sp] = 1_000 * (settings.kilobytes - number)
      for (register, values) in settings.registers {
        state[register] = values.count == 1 ? values[0] : values[number]
      }
      return state
    }
  }

  /// The number of threads.
  package var threadCount: Int { threads.count }
}
