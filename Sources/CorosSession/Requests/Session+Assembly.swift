import CorosHistory
package import CorosKernel
import CorosLanguage
package import CorosMachine

// Programs in assembly, their registers and their memory.

/// The tasks that the operator made by loading a program.
struct LoadedThreads {
  let tids: [TaskID]
}

extension Session {
  /// Loads a program in assembly and makes a task for each of its threads: one act, which can be taken back.
  ///
  /// The journal has the whole program, so it needs no file later.
  ///
  /// - Parameter load: The program and its threads.
  /// - Returns: The tasks, in the order of the threads.
  /// - Throws: Why there are none.
  package func load(_ load: AssemblyLoad) throws(RequestFailure) -> [TaskID] {
    try requireRoom(for: load.threadCount)
    let words = ["asm", load.assembly.name, load.assembly.text] + load.settings.words
    let tids: [TaskID]
    do {
      tids = try machine.act(
        words.map(quoted).joined(separator: " "),
        note: { LoadedThreads(tids: $0) },
        { try $0.load(load) }
      )
    } catch {
      throw .refused(String(describing: error))
    }
    lastSpawned = tids.last
    live.wake()
    return tids
  }

  /// The registers and flags of a thread in assembly; nil for other tasks.
  package func registers(of tid: TaskID) -> ThreadState? { scheduler.registers(of: tid) }

  /// The memory of a thread in assembly, or of the program that was loaded last; nil if there is none.
  package func memory(of tid: TaskID?) -> MemoryView? { scheduler.memoryView(of: tid) }
}
