// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "Embedding",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "coros", path: "../..")],
  targets: [
    .executableTarget(
      name: "simulation",
      dependencies: [.product(name: "CorosKernel", package: "coros")],
      // Tasks run where the kernel does: see the article Isolation.
      swiftSettings: [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
    )
  ],
  swiftLanguageModes: [.v6]
)
