// swift-tools-version: 6.2

import PackageDescription

// A separate package, so that users of Coros do not build its benchmarks.
let package = Package(
  name: "coros-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    // The name is explicit, because the folder of a checkout may have any name.
    .package(name: "coros", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
  ],
  targets: [
    // A server that is measured from outside, beside those of other languages.
    .executableTarget(
      name: "serve",
      dependencies: [
        .product(name: "CorosHistory", package: "coros"),
        .product(name: "CorosIO", package: "coros"),
        .product(name: "CorosKernel", package: "coros"),
      ]
    ),
    .executableTarget(
      name: "bench",
      dependencies: [
        .product(name: "CorosExplore", package: "coros"),
        .product(name: "CorosHistory", package: "coros"),
        .product(name: "CorosKernel", package: "coros"),
        .product(name: "CorosSync", package: "coros"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets {
  target.swiftSettings = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ]
}
