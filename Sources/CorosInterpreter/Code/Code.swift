import CorosKernel
import CorosLanguage
import CorosSync

/// A compiled program: what all its tasks share.
final class Code {
  /// A local variable, and where it exists.
  struct Variable {
    let name: String
    let register: Int32
    let kind: ValueKind
    let range: Range<Int>
  }

  /// What an `await` or a `when` waits for.
  struct Condition {
    let text: String
    /// The symbols that it may touch.
    let symbols: [Int32]
    /// The most ticks to wait; `Instruction.none` for ever.
    let within: Int32
  }

  /// An `assert`: its text, and the registers of both sides of the comparison.
  struct Assertion {
    let text: String
    let sides: (left: Int32, sign: String, right: Int32)?
    let isTruth: Bool
  }

  let name: String
  /// The text of the program.
  let text: String
  /// The parameters and whether each is a truth value.
  let parameters: [(name: String, isTruth: Bool)]
  let instructions: UnsafeBufferPointer<Instruction>
  /// The line of each instruction.
  let lines: [Int32]
  let constants: [Int]
  let frameSize: Int
  let symbols: [Symbol]
  let variables: [Variable]
  let calls: [CallCode]
  let conditions: [Condition]
  let assertions: [Assertion]
  let writings: [[WritePart]]
  let selects: [SelectCode]
  let handlers: [Handler]
  /// The groups, each before the one around it.
  let groups: [GroupPart]
  /// The names of the critical sections.
  let sections: [(name: String, object: Object<CriticalSection>?)]

  /// What of a task's registers matters where; found out when an explorer first asks.
  private(set) lazy var liveRegisters = LiveRegisters(self)
  /// What a task may still do; found out when an explorer first asks.
  private(set) lazy var prospects = Prospects(self)

  /// A select: its alternatives in order, and how long it waits.
  struct SelectCode {
    var ways: [CallCode] = []
    /// The most ticks to wait; `Instruction.none` for ever.
    var after = Instruction.none
    var waits = true
  }

  /// Where a program goes on when the scope was cancelled whose number is in a register; without one, when any was.
  struct Handler {
    let range: Range<Int32>
    let scope: Int32
    let target: Int32
  }

  /// The body of a group, the register with the group, and the call that ends it.
  struct GroupPart {
    let range: Range<Int32>
    let group: Int32
    let close: Int32
  }

  /// A part of what `write` writes.
  enum WritePart {
    case text(String)
    case register(Int32, ValueKind)
  }

  init(_ compiler: borrowing CompiledParts) {
    name = compiler.name
    text = compiler.text
    parameters = compiler.parameters.map { ($0.name, $0.kind.isTruth) }
    let memory = UnsafeMutableBufferPointer<Instruction>.allocate(
      capacity: compiler.instructions.count
    )
    _ = memory.initialize(from: compiler.instructions)
    instructions = UnsafeBufferPointer(memory)
    lines = compiler.lines
    constants = compiler.constants
    frameSize = compiler.frameSize
    symbols = compiler.symbols
    variables = compiler.variables
    calls = compiler.calls
    conditions = compiler.conditions
    assertions = compiler.assertions
    writings = compiler.writings
    sections = compiler.sections
    selects = compiler.selects
    handlers = compiler.handlers
    groups = compiler.groups
  }

  deinit {
    instructions.deallocate()
  }
}

extension Code: Hashable {
  static func == (left: Code, right: Code) -> Bool { left === right }

  func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(self))
  }
}

/// What a compiler has made, from which the code is built.
struct CompiledParts {
  var name = ""
  var text = ""
  var parameters: [(name: String, kind: ValueKind)] = []
  var instructions: [Instruction] = []
  var lines: [Int32] = []
  var constants: [Int] = []
  var frameSize = 0
  var symbols: [Symbol] = []
  var variables: [Code.Variable] = []
  var calls: [CallCode] = []
  var conditions: [Code.Condition] = []
  var assertions: [Code.Assertion] = []
  var writings: [[Code.WritePart]] = []
  var sections: [(name: String, object: Object<CriticalSection>?)] = []
  var selects: [Code.SelectCode] = []
  var handlers: [Code.Handler] = []
  var groups: [Code.GroupPart] = []
}

/// Whether values are numbers or truth values: found out from their uses.
final class ValueKind {
  private var known: Bool?
  private var same: ValueKind?

  init(isTruth: Bool? = nil) {
    known = isTruth
  }

  private var root: ValueKind {
    var kind = self
    while let next = kind.same { kind = next }
    return kind
  }

  /// Whether the values are truth values; numbers where nothing says so.
  var isTruth: Bool { root.known ?? false }

  var isKnown: Bool { root.known != nil }

  /// Makes two kinds the same; false when they are not.
  func unify(with other: ValueKind) -> Bool {
    let (mine, others) = (root, other.root)
    if mine === others { return true }
    if let known = mine.known, let others = others.known { return known == others }
    if mine.known == nil {
      mine.same = others
    } else {
      others.same = mine
    }
    return true
  }

  static var number: ValueKind { ValueKind(isTruth: false) }
  static var truth: ValueKind { ValueKind(isTruth: true) }
}

/// A call of the kernel.
struct CallCode {
  enum Kind: UInt8 {
    case lock, unlock, unlockRW, readLock, writeLock, down, up, waitCondition, waitEvent, signal
    case broadcast, arrive, close, set, clear, tryLock, tryDown
    case send, receive, yield, sleep, waitTask, cancel, spawn, write, exit
    case tell, hear
    case select, openScope, openShield, closeScope, openGroup, closeGroup
  }

  var kind: Kind
  /// The object.
  var symbol: Int32 = Instruction.none
  var index: Int32 = Instruction.none
  /// What is sent, how long it sleeps, which task; the number of the text to write.
  var value: Int32 = Instruction.none
  /// Where the result goes.
  var result: Int32 = Instruction.none
  /// Where a received value goes.
  var target: Int32 = Instruction.none
  /// To which task a message goes, or from which it is to come.
  var task: Int32 = Instruction.none
  var within: Int32 = Instruction.none
  /// The program to spawn, and its arguments.
  var program = ""
  var arguments: [Int32] = []
  /// The group that it belongs to, and whether it serves there.
  var group: Int32 = Instruction.none
  var isServant = false
}

/// A declared name: one element, or those of an array.
struct Symbol {
  let name: String
  let elements: [Link]
  let isArray: Bool
}

/// An object of the kernel that a program uses.
enum Link: Hashable {
  case cell(Object<SharedCell>, isTruth: Bool)
  case mutex(Mutex)
  case semaphore(Semaphore)
  case condition(Condition)
  case channel(Channel<Int>)
  case barrier(Barrier)
  case event(EventFlag)
  case rwlock(RWLock)
}
