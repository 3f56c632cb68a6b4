package import CorosKernel

/// Where the machine is after a journey through time.
package struct Journey: Equatable, ResultObject {
  /// The tick at which it ended.
  package let tick: Tick
  /// The moment at which it ended.
  package let moment: Int
  /// The number of moments travelled; negative for back.
  package let moved: Int
  /// The branch on which it ended.
  package let branch: Int
  /// The number of moments of recorded future ahead.
  package let ahead: Int

  package static let fields: [ResultField<Self>] = [
    .number("tick", "the tick at which it ended") { $0.tick },
    .number(
      "moment",
      "the moment: the number of steps, and jumps of the clock in which no task ran, before it"
    ) { $0.moment },
    .number("moved", "the number of moments travelled, negative for back") { $0.moved },
    .number("branch", "the branch") { $0.branch },
    .number("ahead", "the number of moments of recorded future ahead") { $0.ahead },
  ]
}
