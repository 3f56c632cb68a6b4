package import CorosKernel

extension Scheduler {
  /// Loads a program into a memory of its own, and makes a task for each of its threads.
  ///
  /// - Parameter load: The program and its threads.
  /// - Returns: The tasks, in the order of the threads.
  /// - Throws: `SystemCallError`; nothing has changed then.
  package func load(_ load: AssemblyLoad) throws -> [TaskID] {
    guard liveTaskCount + load.threads.count <= taskLimit else {
      throw SystemCallError.tooManyTasks(limit: taskLimit)
    }
    let memory = try perform(MakeObject(LoadedProgram(load.assembly, threads: load.threads)))
    return try load.threads.enumerated().map { number, state in
      try createTask(
        load.assembly.name,
        machine: MachineThread(memory, load.assembly, number: number, state: state)
      )
    }
  }

  /// The registers and flags of a thread in assembly, at present or as it ended; nil for other tasks.
  package func registers(of tid: TaskID) -> ThreadState? {
    if let thread = steppedProgram(of: tid) { return (thread as? MachineThread)?.registers }
    return memory(of: tid).flatMap { $0.threads.first { $0.task == tid } }
  }

  /// The memory in which a thread runs; nil for other tasks, and for threads that never ran.
  private func memory(of tid: TaskID) -> LoadedProgram? {
    if let thread = steppedProgram(of: tid) as? MachineThread { return value(of: thread.object) }
    return memories.first { $0.threads.contains { $0.task == tid } }
  }

  private var memories: [LoadedProgram] {
    var found: [LoadedProgram] = []
    while let object = find(LoadedProgram.self, named: "memory \(found.count + 1)"),
      let memory = value(of: object)
    {
      found.append(memory)
    }
    return found
  }

  /// Looks at the memory of a thread in assembly.
  ///
  /// - Parameter tid: The thread; nil for the program that was loaded last.
  /// - Returns: Nil when there is no such memory.
  package func memoryView(of tid: TaskID? = nil) -> MemoryView? {
    (tid.map { memory(of: $0) } ?? memories.last).map { MemoryView(memory: $0) }
  }
}

/// The memory of a program in assembly, for those who look.
package struct MemoryView {
  let memory: LoadedProgram

  /// The number of a cell, by its name or its number; nil when there is no such variable.
  package func cell(named word: String) -> Int? {
    Int(word) ?? memory.assembly.cell(of: word)
  }

  /// What a cell contains.
  ///
  /// - Parameter cell: Its number.
  /// - Returns: The number in it.
  /// - Throws: Why there is none: the cell does not exist, or contains an instruction.
  package func value(of cell: Int) throws(AssemblyError) -> Int {
    do throws(Fault) {
      return memory.cells[try memory.checkedCell(cell)]
    } catch {
      throw AssemblyError(
        error.description,
        hint: "cells 0 to \(memory.cells.count - 1), but for \(memory.assembly.start) to "
          + "\(memory.assembly.end - 1), which contain the program"
      )
    }
  }

  /// The names of the variables.
  package var names: [String] { memory.assembly.variables.map(\.name) }
}
