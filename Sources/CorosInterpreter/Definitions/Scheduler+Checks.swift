package import CorosKernel
import CorosLanguage
import CorosSync

// Conditions on shared names, looked at from outside: between two steps.

/// What cannot be worked out.
private struct NoValue: Error {
  let why: String
}

extension Scheduler {
  /// Whether there is anything to check after each step.
  package var hasChecks: Bool { definitions?.checks.contains { !$0.isFinal } ?? false }

  /// What does not hold that must.
  ///
  /// - Parameter atEnd: Whether the run has ended, so that what is to hold at its end counts, too.
  /// - Returns: A sentence without a full stop; nil if all is well.
  package func brokenCheck(atEnd: Bool) -> String? { brokenCheck { atEnd || !$0 } }

  /// What does not hold that must.
  ///
  /// - Parameter isWanted: Whether a check counts that is only for the end, or is not.
  /// - Returns: A sentence without a full stop; nil if all is well.
  package func brokenCheck(where isWanted: (_ isFinal: Bool) -> Bool) -> String? {
    guard let checks = definitions?.checks else { return nil }
    for check in checks where isWanted(check.isFinal) {
      let word = check.isFinal ? "finally" : "always"
      do {
        if try value(of: check.formula) == 0 { return "`\(word) \(check.text)` does not hold" }
      } catch {
        return "`\(word) \(check.text)` does not hold: \((error as? NoValue)?.why ?? "\(error)")"
      }
    }
    return nil
  }

  /// The conditions that must hold, as written.
  package func checks(areFinal: Bool) -> [String] {
    (definitions?.checks ?? []).filter { $0.isFinal == areFinal }.map(\.text)
  }

  /// The shared values that the conditions look at which must hold always; nil where one looks at anything else.
  package var checkedCells: Set<ObjectID>? {
    var cells: Set<ObjectID> = []
    for check in definitions?.checks ?? [] where !check.isFinal {
      if check.formula.asksForTick { return nil }
      for name in NameUses(of: check.formula).mentioned {
        guard let found = self.cells(named: name) else { return nil }
        cells.formUnion(found)
      }
    }
    return cells
  }

  /// The shared value of this name, or all of an array; nil where there is none.
  package func cells(named name: String) -> Set<ObjectID>? {
    if let cell = find(SharedCell.self, named: name) { return [cell.id] }
    var cells: Set<ObjectID> = []
    while let cell = find(SharedCell.self, named: "\(name)[\(cells.count)]") {
      cells.insert(cell.id)
    }
    return cells.isEmpty ? nil : cells
  }

  private func value(of formula: FormulaSyntax) throws -> Int {
    switch formula.kind {
    case .number(let number): number
    case .truth(let truth): truth ? 1 : 0
    case .place(let place): try value(of: place)
    case .negative(let part): try whole(0.subtractingReportingOverflow(try value(of: part)))
    case .not(let part): try value(of: part) == 0 ? 1 : 0
    case .binary(let sign, let left, let right): try value(left, sign, right)
    case .tick: now
    case .me, .choose, .spawn: throw NoValue(why: "no task looks")
    }
  }

  private func value(of place: PlaceSyntax) throws -> Int {
    var name = place.name.text
    if let index = place.index { name += "[\(try value(of: index))]" }
    guard let cell = find(SharedCell.self, named: name), let value = value(of: cell) else {
      throw NoValue(why: "\(name) does not exist")
    }
    return value.value
  }

  private func value(
    _ left: FormulaSyntax,
    _ sign: FormulaSyntax.Operator,
    _ right: FormulaSyntax
  ) throws -> Int {
    let first = try value(of: left)
    if sign == .and, first == 0 { return 0 }
    if sign == .or, first != 0 { return 1 }
    let second = try value(of: right)
    switch sign {
    case .and, .or: return second
    case .equal: return first == second ? 1 : 0
    case .unequal: return first != second ? 1 : 0
    case .less: return first < second ? 1 : 0
    case .lessOrEqual: return first <= second ? 1 : 0
    case .greater: return first > second ? 1 : 0
    case .greaterOrEqual: return first >= second ? 1 : 0
    case .add: return try whole(first.addingReportingOverflow(second))
    case .subtract: return try whole(first.subtractingReportingOverflow(second))
    case .multiply: return try whole(first.multipliedReportingOverflow(by: second))
    case .divide, .remainder:
      if second == 0 { throw NoValue(why: "\(first) is divided by 0") }
      return try whole(
        sign == .divide
          ? first.dividedReportingOverflow(by: second)
          : first.remainderReportingOverflow(dividingBy: second)
      )
    }
  }

  private func whole(_ result: (partialValue: Int, overflow: Bool)) throws -> Int {
    if result.overflow { throw NoValue(why: "a result does not fit in 64 bits") }
    return result.partialValue
  }
}

extension FormulaSyntax {
  /// Whether it depends on the tick at which it is looked at.
  fileprivate var asksForTick: Bool {
    switch kind {
    case .tick: true
    case .number, .truth, .me, .spawn: false
    case .place(let place): place.index?.asksForTick ?? false
    case .negative(let part), .not(let part): part.asksForTick
    case .binary(_, let left, let right), .choose(let left, let right):
      left.asksForTick || right.asksForTick
    }
  }
}
