extension CoroutineHost {
  /// Takes a call on its way to the door.
  @inlinable
  @inline(__always)
  func stage(_ call: some SystemCall) {
    // Known when the call is compiled.
    if call is Yield {
      stageYield()
    } else if call is Compute {
      stageCompute()
    } else {
      stageAny(PackedCall(call))
    }
  }
}
