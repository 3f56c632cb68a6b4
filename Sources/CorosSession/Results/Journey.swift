package import CorosKernel

/// Where the machine is after a journey through time.
package struct Journey: Equatable, ResultObject {
  /// The tick at which it ended.
  package let tick: Tick
  /// The moment at which it ended.
  package let moment: Int
  /// By how many moments it went; less than 0 for back.
  package let moved: Int
  /// The branch on which it ended.
  package let branch: Int
  /// How many moments of recorded future lie ahead.
  package let ahead: Int

  package static let fields: [ResultField<Self>] = [
    .number("tick", "the tick at which it ended") { $0.tick },
    .number(
      "moment",
      "the moment: how many steps, and jumps of the clock in which no task ran, come before it"
    ) { $0.moment },
    .number("moved", "by how many moments, less than 0 for back") { $0.moved },
    .number("branch", "the branch") { $0.branch },
    .number("ahead", "how many moments of recorded future lie ahead") { $0.ahead },
  ]
}
