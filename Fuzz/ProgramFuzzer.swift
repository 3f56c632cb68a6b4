import CorosProgramChecks

/// Fuzzes typed programs: no text may crash the compiler, and no program the machine, or break its invariants.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPrograms(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  TypedProgramCheck.run(UnsafeBufferPointer(start: bytes, count: count))
  return 0
}
