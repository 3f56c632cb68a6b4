import CorosTestSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program under test: the one beside the tests, or the one in `COROS_PROGRAM`.
let corosProgram =
  getenv("COROS_PROGRAM").map { String(cString: $0) } ?? PseudoTerminal.product("coros")

/// Runs the program without a terminal, until it ends.
func coros(
  _ arguments: String...,
  input: String = "",
  environment: [String: String] = [:],
  joinsErrors: Bool = false
) throws -> BatchProgram.Outcome {
  try BatchProgram(
    corosProgram,
    arguments,
    environment: environment,
    input: .text(input),
    joinsErrors: joinsErrors
  ).wait()
}

/// Runs a line of `sh` in the folder of the package.
func shell(
  _ line: String,
  _ arguments: String...,
  environment: [String: String] = [:],
  joinsErrors: Bool = false
) throws -> BatchProgram.Outcome {
  try BatchProgram(
    "/bin/sh",
    ["-c", "cd \"$0\" && " + line, packageFolder] + arguments,
    environment: environment,
    joinsErrors: joinsErrors
  ).wait()
}
