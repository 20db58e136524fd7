// swift-tools-version: 6.1
import PackageDescription

// Dependencies point down one list only; see Docs/design/overview.md.
let package = Package(
  name: "Separatrix",
  products: [
    .library(name: "Separatrix", targets: ["Separatrix"]),
    .executable(name: "separatrix", targets: ["separatrix-cli"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    .systemLibrary(name: "CGMP", providers: [.apt(["libgmp-dev"]), .brew(["gmp"])]),
    .systemLibrary(name: "CMPFR", providers: [.apt(["libmpfr-dev"]), .brew(["mpfr"])]),
    .systemLibrary(name: "CVector"),
    .target(name: "Exact", dependencies: ["CGMP"]),
    .target(name: "Arbitrary", dependencies: ["CMPFR", "CGMP", "CVector", "Exact"]),
    .target(name: "Algebra", dependencies: ["Exact", "Arbitrary"]),
    .target(name: "Symbolic", dependencies: ["Algebra", "Arbitrary", "Exact"]),
    .target(name: "Certified", dependencies: ["Symbolic", "Algebra", "Arbitrary", "Exact"]),
    .target(
      name: "OpenSystems", dependencies: ["Certified", "Symbolic", "Algebra", "Arbitrary", "Exact"]),
    .target(name: "Documents", dependencies: ["OpenSystems", "Certified", "Symbolic"]),
    .target(name: "Reports", dependencies: ["Documents"]),
    .target(
      name: "Separatrix",
      dependencies: [
        "Exact", "Arbitrary", "Algebra", "Symbolic", "Certified", "OpenSystems", "Documents",
        "Reports",
      ]),
    .executableTarget(
      name: "separatrix-cli",
      // Named one by one, though Separatrix re-exports them: an incremental build follows only what
      // is named.
      dependencies: [
        "Separatrix", "Reports", "Documents", "OpenSystems", "Certified", "Symbolic", "Algebra",
        "Arbitrary", "Exact",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "bench",
      dependencies: [
        "OpenSystems", "Certified", "Symbolic", "Algebra", "Arbitrary", "Exact",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .systemLibrary(name: "CMemory", path: "Tests/CMemory"),
    .target(name: "TestSupport", dependencies: ["Exact"], path: "Tests/TestSupport"),
    .testTarget(name: "ExactTests", dependencies: ["Exact", "TestSupport"]),
    .testTarget(name: "ArbitraryTests", dependencies: ["Arbitrary", "CMPFR", "TestSupport"]),
    .testTarget(name: "AlgebraTests", dependencies: ["Algebra", "TestSupport"]),
    .testTarget(name: "SymbolicTests", dependencies: ["Symbolic", "CMemory", "TestSupport"]),
    .testTarget(name: "CertifiedTests", dependencies: ["Certified", "TestSupport"]),
    .testTarget(name: "OpenSystemsTests", dependencies: ["OpenSystems", "TestSupport"]),
    .testTarget(
      name: "DocumentTests", dependencies: ["Separatrix", "Documents", "Reports", "TestSupport"]),
    .testTarget(
      name: "CommandTests", dependencies: ["separatrix-cli", "TestSupport"]),
    .testTarget(
      name: "BenchTests", dependencies: ["bench", "Symbolic", "Arbitrary", "Exact", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
