import CorosLanguage

/// The result of running back to a breakpoint.
package struct BackReport: ResultObject {
  package let journey: Journey
  /// The breakpoint hit there; nil at the first moment.
  package let stop: ExplainedStop?
  /// Why no breakpoint could be hit.
  package let missing: MissingBreakpoints?

  package static let fields: [ResultField<Self>] =
    .fields(of: { $0.journey })
    + [
      ResultField("stopped", .word(["breakpoint", "beginning"]), "why it went no further") {
        $0.stop == nil ? "beginning" : "breakpoint"
      }
    ] + .fields(ofAny: { $0.stop })
}
