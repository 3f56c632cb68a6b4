import CorosPrograms
import CorosShellChecks

/// Fuzzes a live machine with whole scripts: no input may crash it, hang it, or break its invariants.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzShell(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let script = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  LiveMachineCheck.run(script, catalogue: .builtIn)
  return 0
}
