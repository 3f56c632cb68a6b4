package import CorosKernel

extension Program {
  /// Tasks that ask the kernel for their ids.
  package static var whoami: Program {
    Program(
      "whoami",
      "two tasks of one program learn their own ids",
      lesson: """
        Both tasks run the same code, which cannot know the id that the kernel gave them: each \
        asks with GetTid, and the reply is the value of the call at which it stopped.
        """
    ) { _ in
      .body { os in
        let short = try await os.newTask("short", introduce(times: 2))
        let long = try await os.newTask("long", introduce(times: 4))
        try await os.waitTask(short)
        try await os.waitTask(long)
      }
    }
  }
}

private func introduce(times: Int) -> TaskBody {
  { os in
    let me = try await os.getTid()
    for _ in 1...times {
      try await os.write("I am task \(me)")
      try await os.yield()
    }
  }
}
