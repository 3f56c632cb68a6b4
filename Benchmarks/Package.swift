// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that whoever depends on Coros does not build its benchmarks.
let package = Package(
  name: "coros-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    // Named, for the folder of a checkout may be called anything.
    .package(name: "coros", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
  ],
  targets: [
    .executableTarget(
      name: "bench",
      dependencies: [
        .product(name: "CorosHistory", package: "coros"),
        .product(name: "CorosKernel", package: "coros"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: [
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("ImmutableWeakCaptures"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
      ]
    )
  ],
  swiftLanguageModes: [.v6]
)
