import CorosKernel

/// A thread of a program in assembly: an instruction is a step.
struct MachineThread: SteppedProgram, Hashable {
  private let memory: Object<LoadedProgram>
  private let assembly: Assembly
  /// Its number among the threads of the load, from 0.
  private let number: Int
  private var state: ThreadState
  /// What it has to write into a pipe, by a call of its own: the pipe may have no room.
  private var pipedLine: String?
  /// The cell of the instruction that has it write that, until it goes on.
  private var pipingPlace: Int?

  init(_ memory: Object<LoadedProgram>, _ assembly: Assembly, number: Int, state: ThreadState) {
    self.memory = memory
    self.assembly = assembly
    self.number = number
    self.state = state
  }

  mutating func resume(with resumption: Resumption) -> Trap {
    // It is killed, cancelled while it slept, or writes into a broken pipe.
    if case .failure(let error) = resumption { return .threw(error) }
    if let line = pipedLine {
      pipedLine = nil
      return .call(Write(line))
    }
    pipingPlace = nil
    return .call(Execute(assembly: assembly, place: state.counter))
  }

  mutating func act(in kernel: KernelContext) -> Disposition<Void> {
    state.task = kernel.caller
    let place = state.counter
    return .catching {
      switch try kernel.change(memory, { $0.step(&state, number: number) }) {
      case .none: break
      case .yield: kernel.endSlice()
      case .halt: return .finish(.exited(0))
      case .write(let text) where kernel.hasOutlet: (pipedLine, pipingPlace) = (text, place)
      case .write(let text): kernel.write(text)
      case .sleep(let cell): return .block(on: .channel(channel(of: cell, in: kernel)))
      case .wake(let cell, let most):
        let channel = channel(of: cell, in: kernel)
        for _ in 0..<most where !kernel.wake(channel) { break }
      case .fault(let fault, let place):
        return .finish(.failed(description(of: fault, at: place)))
      }
      return .reply(())
    }
  }

  private func channel(of cell: Int, in kernel: KernelContext) -> WaitChannel {
    WaitChannel("cell \(assembly.name(ofCell: cell)) of \(kernel.name(of: memory))")
  }

  private func description(of fault: Fault, at place: Int) -> String {
    guard let line = assembly.line(at: place), let words = assembly.words(at: place) else {
      let last = assembly.line(at: assembly.end - 1) ?? 1
      return "\(fault.description); the last line of \(assembly.name) with one is \(last)"
    }
    return "\(fault.description): line \(line) of \(assembly.name), `\(words)`"
  }

  // MARK: For those who look

  var programName: String { assembly.name }

  var text: String { assembly.text }

  var line: Int? { assembly.line(at: pipingPlace ?? state.counter) }

  var variables: [SteppedVariable] {
    Register.allCases.map { SteppedVariable($0.name, .number(state[$0])) }
      + [SteppedVariable("pc", .number(state.counter))]
  }

  var act: String? { assembly.words(at: state.counter).map { "does `\($0)`" } }

  /// The memory in which it runs.
  var object: Object<LoadedProgram> { memory }

  /// The registers and flags.
  var registers: ThreadState { state }
}
