import Testing

@testable import CorosKernel

@Suite struct RuntimeCheckTests {
  @Test func `the kernel can work with this runtime`() {
    #expect(CoroutineHost.isRuntimeSound)
  }
}
