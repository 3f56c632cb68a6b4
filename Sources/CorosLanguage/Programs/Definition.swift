/// A name as written.
package struct ProgramName: Equatable, Sendable {
  package let text: String
  package let range: SourceRange
}

/// What can be defined.
package enum Definition: Equatable, Sendable {
  case shared([SharedDeclaration])
  case objects([ObjectDeclaration])
  case program(RoutineSyntax)
  case procedure(RoutineSyntax)
  /// Calls of the first procedure become calls of the second.
  case use(ProgramName, ProgramName)
  /// A condition that must hold after each step, or at the end of a run; nil for none any more.
  case check(isFinal: Bool, FormulaSyntax?)
}

/// `n = 0`, or `x[3]`.
package struct SharedDeclaration: Equatable, Sendable {
  package let name: ProgramName
  /// The number of cells of an array; nil for a single cell.
  package let count: Int?
  package let value: Int
  package let isTruth: Bool
}

/// `m`, `fork[3]`, `s = 1 max 3`, `c on m`, `line 2`, `door 3`.
package struct ObjectDeclaration: Equatable, Sendable {
  package let kind: ObjectKind
  package let name: ProgramName
  package let count: Int?
  /// The permits of a semaphore, the room of a channel, the parties of a barrier.
  package var number = 0
  /// The most permits of a semaphore.
  package var maximum: Int?
  /// The mutex of a condition.
  package var mutex: ProgramName?
}

/// The kinds of objects that can be declared.
package enum ObjectKind: String, CaseIterable, Sendable {
  case mutex, semaphore, condition, channel, barrier, event, rwlock
}

/// A program or a procedure.
package struct RoutineSyntax: Equatable, Sendable {
  package let name: ProgramName
  package let parameters: [ProgramName]
  package let body: BlockSyntax
}

/// Statements in braces.
package struct BlockSyntax: Equatable, Sendable {
  package let statements: [StatementSyntax]
  /// From `{` to `}`.
  package let range: SourceRange
}

/// A local, a shared cell, an object, or one of an array of these.
package struct PlaceSyntax: Equatable, Sendable {
  package let name: ProgramName
  package let index: FormulaSyntax?
  package let range: SourceRange
}

/// One statement.
package struct StatementSyntax: Equatable, Sendable {
  package let kind: Kind
  /// The word, or the place, that it begins with.
  package let range: SourceRange

  package indirect enum Kind: Equatable, Sendable {
    /// The variables of one `var`.
    case several([StatementSyntax])
    case declare(ProgramName, FormulaSyntax?)
    /// `var ok = lock m within 5`.
    case declareByCall(ProgramName, CallSyntax)
    case assign(PlaceSyntax, FormulaSyntax)
    /// `+=` or `-=`.
    case change(PlaceSyntax, FormulaSyntax.Operator, FormulaSyntax)
    case branch(FormulaSyntax, BlockSyntax, BlockSyntax?)
    case whileLoop(FormulaSyntax, BlockSyntax)
    case repeatLoop(FormulaSyntax, BlockSyntax)
    case loop(BlockSyntax)
    case leaveLoop
    case atomic(BlockSyntax)
    case await(FormulaSyntax)
    case when(FormulaSyntax, BlockSyntax)
    case critical(ProgramName?, BlockSyntax)
    case assert(FormulaSyntax)
    case call(CallSyntax)
    case write([WritePart])
    case exit(FormulaSyntax?)
    /// A procedure, with the places that it works on.
    case procedure(ProgramName, [FormulaSyntax])
    case shield(BlockSyntax)
    /// A part that waits for the tasks that it makes.
    case group(BlockSyntax)
    /// A part that is given up when its time is over, and what is done then.
    case within(FormulaSyntax, BlockSyntax, BlockSyntax?)
    case select([SelectBranch])
  }

  /// One alternative of a select.
  package struct SelectBranch: Equatable, Sendable {
    package let kind: Kind
    package let body: BlockSyntax
    package let range: SourceRange

    package enum Kind: Equatable, Sendable {
      case receive(PlaceSyntax, PlaceSyntax)
      case send(PlaceSyntax, FormulaSyntax)
      case down(PlaceSyntax)
      case wait(PlaceSyntax)
      case after(FormulaSyntax)
      case otherwise
    }
  }

  package enum WritePart: Equatable, Sendable {
    case text(String)
    case formula(FormulaSyntax)
  }
}

/// A call of the kernel.
package struct CallSyntax: Equatable, Sendable {
  package let kind: Kind
  /// The most ticks that it may wait.
  package var within: FormulaSyntax?
  package let range: SourceRange

  package enum Kind: Equatable, Sendable {
    /// A call on one object: `lock m`, `up s`.
    case object(Verb, PlaceSyntax)
    case send(PlaceSyntax, FormulaSyntax)
    case receive(PlaceSyntax, PlaceSyntax)
    case yield
    case sleep(FormulaSyntax)
    /// `wait t` for a task; the parser cannot tell it from a condition.
    case waitTask(FormulaSyntax)
    case cancel(FormulaSyntax)
    /// `tell t e`: a message to a task.
    case tell(FormulaSyntax, FormulaSyntax)
    /// `hear x from t`: a message, of whatever task or of one.
    case hear(PlaceSyntax, from: FormulaSyntax?)
    case spawn(SpawnSyntax)
  }

  /// What is done with an object.
  package enum Verb: String, Sendable {
    case lock, unlock, rlock, wlock, down, up, wait, signal, broadcast, arrive, close, set, clear
    case trylock, trydown
  }
}

/// A task to be made of a program.
package struct SpawnSyntax: Equatable, Sendable {
  package let name: ProgramName
  package let arguments: [FormulaSyntax]
  /// Whether it is cancelled when only such tasks are left in its group.
  package let isServant: Bool
}

/// An expression of a program.
package struct FormulaSyntax: Equatable, Sendable {
  package let kind: Kind
  package let range: SourceRange

  package indirect enum Kind: Equatable, Sendable {
    case number(Int)
    case truth(Bool)
    case place(PlaceSyntax)
    case negative(FormulaSyntax)
    case not(FormulaSyntax)
    case binary(Operator, FormulaSyntax, FormulaSyntax)
    case me
    case tick
    case choose(FormulaSyntax, FormulaSyntax)
    case spawn(SpawnSyntax)
  }

  package enum Operator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case and
    case or
  }
}
