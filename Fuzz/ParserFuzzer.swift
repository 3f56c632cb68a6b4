import CorosLanguageChecks

/// Feeds the command language: whatever the bytes, it must parse them or refuse them with a place inside.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzParser(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let line = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  CommandLanguageCheck.run(line)
  return 0
}
