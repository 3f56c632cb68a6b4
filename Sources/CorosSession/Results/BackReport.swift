import CorosLanguage

/// What came of running back to a breakpoint.
package struct BackReport: ResultObject {
  package let journey: Journey
  /// What was hit there; nil for the first moment.
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
