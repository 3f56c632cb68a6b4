import Testing

@testable import CorosKernel

@Suite struct RuntimeCheckTests {
  @Test func `this runtime is one that the kernel can build on`() {
    #expect(CoroutineHost.isRuntimeSound)
  }
}
