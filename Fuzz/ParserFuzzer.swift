import CorosLanguageChecks

/// Fuzzes the command language: the parser must accept any bytes, or report an error with a valid place.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzParser(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let line = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  CommandLanguageCheck.run(line)
  return 0
}
