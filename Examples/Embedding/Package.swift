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
    ),
    .target(
      name: "Shop",
      dependencies: [
        .product(name: "CorosHistory", package: "coros"),
        .product(name: "CorosKernel", package: "coros"),
        .product(name: "CorosMonitor", package: "coros"),
      ]
    ),
    .executableTarget(name: "shop-server", dependencies: ["Shop"]),
    .testTarget(name: "ShopTests", dependencies: ["Shop"]),
    .target(name: "Election", dependencies: [.product(name: "CorosKernel", package: "coros")]),
    .testTarget(
      name: "ElectionTests",
      dependencies: [
        "Election", .product(name: "CorosKernel", package: "coros"),
        .product(name: "CorosTesting", package: "coros"),
      ]
    ),
  ],
  swiftLanguageModes: [.v6]
)

// Tasks run where the kernel does: see the article Isolation.
for target in package.targets {
  target.swiftSettings = [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
}
