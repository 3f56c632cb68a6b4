// swift-tools-version: 6.2

import PackageDescription

// Servers on SwiftNIO, in a package of their own: nothing else here needs it.
let package = Package(
  name: "niopeer",
  platforms: [.macOS(.v15)],
  dependencies: [.package(url: "https://github.com/apple/swift-nio", from: "2.80.0")],
  targets: [
    .executableTarget(
      name: "niopeer",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]
    )
  ],
  swiftLanguageModes: [.v5]
)
