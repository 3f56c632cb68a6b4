import CorosKernel
import CorosLanguage
import CorosSync

/// What has been defined: the names, and what they stand for.
///
/// An object of the kernel, so that definitions travel in time with the machine, and runs that are made again find
/// them where they were.
package struct Definitions: KernelObject {
  /// What a name stands for.
  enum Entry {
    case cells(Symbol, isTruth: Bool)
    case object(ObjectKind, Symbol)
    case program(ProgramEntry)
    case procedure(RoutineEntry)
    /// Another name for a procedure.
    case alias(String)
  }

  /// A program, and the names that it uses.
  struct ProgramEntry {
    let routine: RoutineEntry
    let code: Code
    let uses: Set<String>
  }

  /// A condition that must hold.
  struct Check {
    let isFinal: Bool
    let formula: FormulaSyntax
    /// The condition as written.
    let text: String
  }

  /// A program or a procedure as written.
  struct RoutineEntry {
    let syntax: RoutineSyntax
    let text: String
  }

  private(set) var entries: [String: Entry] = [:]
  /// The names in the order in which they were defined.
  private(set) var order: [String] = []
  /// What has been typed, in order: to be defined again in another machine.
  package private(set) var texts: [String] = []
  /// What must hold after each step, and at the end of a run.
  private(set) var checks: [Check] = []
  /// How the objects were declared.
  private(set) var declared: [String: String] = [:]

  package static var isListed: Bool { false }

  package init() {}

  /// Nothing: tasks define nothing.
  package func hashState(into hasher: inout Hasher) -> Bool { true }

  /// The name of the object.
  static let name = "of this machine"

  mutating func set(_ name: String, _ entry: Entry) {
    if entries.updateValue(entry, forKey: name) == nil { order.append(name) }
  }

  mutating func declare(_ name: String, _ shape: String) { declared[name] = shape }

  /// Adds a condition that must hold.
  mutating func add(_ check: Check) { checks.append(check) }

  /// Drops the conditions of one kind.
  mutating func removeChecks(areFinal: Bool) { checks.removeAll { $0.isFinal == areFinal } }

  /// Keeps a text that has been defined.
  mutating func note(_ text: String) {
    if !texts.contains(text) || !text.hasPrefix("shared") { texts.append(text) }
  }

  /// How many elements all declared names have.
  var elementCount: Int {
    entries.values.reduce(0) { sum, entry in
      switch entry {
      case .cells(let symbol, _), .object(_, let symbol): sum + symbol.elements.count
      default: sum
      }
    }
  }

  /// The procedure that a name stands for in the end.
  func procedure(_ name: String) -> RoutineEntry? {
    var name = name
    // As many steps as there are names: an alias may lead in a circle.
    for _ in 0...entries.count {
      switch entries[name] {
      case .procedure(let routine)?: return routine
      case .alias(let other)?: name = other
      default: return nil
      }
    }
    return nil
  }

  /// The kind of a name, for messages.
  func kind(of name: String) -> String? {
    switch entries[name] {
    case .cells?: "a shared name"
    case .object(let kind, _)?: "\(kind == .event ? "an" : "a") \(kind.rawValue)"
    case .program?: "a program"
    case .procedure?, .alias?: "a procedure"
    case nil: nil
    }
  }
}
