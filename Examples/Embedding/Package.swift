// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "Embedding",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "coros", path: "../..")],
  targets: [
    .executableTarget(
      name: "simulation",
      dependencies: [.product(name: "CorosKernel", package: "coros")]
    )
  ],
  swiftLanguageModes: [.v6]
)
