import CorosPrograms
import CorosShellChecks

/// Feeds whole scripts to a live machine: nothing typed may crash it, hang it, or break its queues.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzShell(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let script = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  LiveMachineCheck.run(script, catalogue: .builtIn)
  return 0
}
