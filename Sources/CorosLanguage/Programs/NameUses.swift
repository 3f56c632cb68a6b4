/// The names that occur in a routine: what it declares, and what it mentions.
package struct NameUses {
  /// The parameters and variables, in the order of the text.
  package private(set) var declared: [ProgramName] = []
  /// All other occurrences of names.
  package private(set) var mentioned: Set<String> = []

  /// Reads a program or a procedure.
  package init(of routine: RoutineSyntax) {
    declared = routine.parameters
    add(routine.body)
  }

  /// Reads a condition.
  package init(of formula: FormulaSyntax) { add(formula) }

  private mutating func add(_ block: BlockSyntax?) {
    for statement in block?.statements ?? [] { add(statement) }
  }

  private mutating func add(_ place: PlaceSyntax) {
    mentioned.insert(place.name.text)
    add(place.index)
  }

  private mutating func add(_ formula: FormulaSyntax?) {
    switch formula?.kind {
    case .place(let place)?: add(place)
    case .negative(let part)?, .not(let part)?: add(part)
    case .binary(_, let left, let right)?, .choose(let left, let right)?:
      add(left)
      add(right)
    case .spawn(let spawn)?: for argument in spawn.arguments { add(argument) }
    case .number?, .truth?, .me?, .tick?, nil: break
    }
  }

  private mutating func add(_ call: CallSyntax) {
    add(call.within)
    switch call.kind {
    case .object(_, let place): add(place)
    case .send(let place, let value):
      add(place)
      add(value)
    case .receive(let place, let target):
      add(place)
      add(target)
    case .sleep(let value), .waitTask(let value), .cancel(let value): add(value)
    case .tell(let task, let value):
      add(task)
      add(value)
    case .hear(let target, let task):
      add(target)
      add(task)
    case .spawn(let spawn): for argument in spawn.arguments { add(argument) }
    case .yield: break
    }
  }

  private mutating func add(_ statement: StatementSyntax) {
    switch statement.kind {
    case .several(let all): for one in all { add(one) }
    case .declare(let name, let value):
      declared.append(name)
      add(value)
    case .declareByCall(let name, let call):
      declared.append(name)
      add(call)
    case .assign(let place, let value), .change(let place, _, let value):
      add(place)
      add(value)
    case .branch(let condition, let body, let other):
      add(condition)
      add(body)
      add(other)
    case .whileLoop(let condition, let body), .repeatLoop(let condition, let body),
      .when(let condition, let body):
      add(condition)
      add(body)
    case .loop(let body), .atomic(let body), .critical(_, let body), .shield(let body),
      .group(let body):
      add(body)
    case .await(let condition), .assert(let condition): add(condition)
    case .call(let call): add(call)
    case .write(let parts):
      for case .formula(let formula) in parts { add(formula) }
    case .exit(let value): add(value)
    case .procedure(let name, let arguments):
      mentioned.insert(name.text)
      for argument in arguments { add(argument) }
    case .within(let time, let body, let other):
      add(time)
      add(body)
      add(other)
    case .select(let branches): for branch in branches { add(branch) }
    case .leaveLoop: break
    }
  }

  private mutating func add(_ branch: StatementSyntax.SelectBranch) {
    switch branch.kind {
    case .receive(let place, let target):
      add(place)
      add(target)
    case .send(let place, let value):
      add(place)
      add(value)
    case .down(let place), .wait(let place): add(place)
    case .after(let time): add(time)
    case .otherwise: break
    }
    add(branch.body)
  }
}
