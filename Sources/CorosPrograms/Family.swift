package import CorosKernel

extension Program {
  /// A tree of tasks, in which each task outlives its children.
  package static var family: Program {
    Program(
      "family",
      "a tree of tasks: DEPTH generations, two children per task",
      parameters: [Parameter("DEPTH", "the number of generations", standard: "2")],
      lesson: """
        Tasks start from the root down and end from the leaves up, because each task waits for its \
        two children. Look at 'tree' and 'queue' halfway.
        """
    ) { arguments throws(ProgramArgumentError) in
      let depth = try arguments.integer(0, in: 0...8)
      return .body(member(generationsBelow: depth))
    }
  }
}

private func member(generationsBelow generations: Int) -> TaskBody {
  { os in
    let me = try await os.getTid()
    let parent = try await os.getParent()
    try await os.write("task \(me) was born to task \(parent)")
    if generations == 0 { return }

    let elder = try await os.newTask("child", member(generationsBelow: generations - 1))
    let younger = try await os.newTask("child", member(generationsBelow: generations - 1))
    try await os.waitTask(elder)
    try await os.waitTask(younger)
    try await os.write("task \(me) outlived tasks \(elder) and \(younger)")
  }
}
