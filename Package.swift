// swift-tools-version: 6.1
import Foundation
import PackageDescription

// While the rooms are being built side by side: only those that are there, and only the tests that are asked for.
let root = Context.packageDirectory
func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(root)/\(path)") }
let wanted = Context.environment["ROOMS"].map { Set($0.split(separator: ",").map(String.init)) }

var targets: [Target] = []

/// Of the rooms that a room draws on, those that are there already.
@MainActor func present(_ dependencies: [Target.Dependency]) -> [Target.Dependency] {
    dependencies.filter { if case .byNameItem(let name, _) = $0 { isThere("Sources/\(name)") } else { true } }
}

/// A library room and the tests that mirror it.
@MainActor func room(_ name: String, _ all: [Target.Dependency], tests: [Target.Dependency] = []) {
    let dependencies = present(all)
    if isThere("Sources/\(name)") {
        targets.append(.target(name: name, dependencies: dependencies))
    }
    if isThere("Tests/\(name)Tests"), wanted?.contains(name) ?? true {
        targets.append(
            .testTarget(
                name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies + tests,
                exclude: isThere("Tests/\(name)Tests/Fixtures") ? ["Fixtures"] : []))
    }
}

// libedit edits the line.
if isThere("Sources/CEdit") {
    targets.append(.systemLibrary(name: "CEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]))
}
// cmark-gfm reads Markdown, tables included.
if isThere("Sources/CMarkdown") {
    targets.append(
        .systemLibrary(
            name: "CMarkdown", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]))
}
// gnuplot-iostream (C++, Boost) talks to gnuplot; Swift sees a C header.
if isThere("Sources/CGnuplot") {
    targets.append(
        .target(
            name: "CGnuplot",
            linkerSettings: [
                .linkedLibrary("boost_iostreams"), .linkedLibrary("boost_system"), .linkedLibrary("boost_filesystem"),
            ]))
}
if isThere("Sources/CKernels") {
    targets.append(.target(name: "CKernels", cSettings: [.unsafeFlags(["-O3"])]))
}

room("LinearAlgebra", ["CKernels"])
room("Autodiff", ["LinearAlgebra"])
room("Probability", ["LinearAlgebra"])
room("Learning", ["Autodiff", "Probability", "LinearAlgebra"])
room("Plotting", ["CGnuplot", "LinearAlgebra"])
room("Language", ["Autodiff", "LinearAlgebra"])
room(
    "Notebook",
    [
        "Language", "Learning", "Probability", "Plotting", "Autodiff", "LinearAlgebra", "CMarkdown",
        .product(name: "Yams", package: "Yams"),
    ])
room("REPL", ["CEdit", "Notebook", "Language"])

if isThere("Sources/gan") {
    targets.append(
        .executableTarget(
            name: "gan",
            dependencies: ["REPL", "Notebook", .product(name: "ArgumentParser", package: "swift-argument-parser")]))
}
if isThere("Tests/ganTests"), wanted?.contains("gan") ?? true {
    targets.append(.testTarget(name: "ganTests", dependencies: ["gan", "Notebook"]))
}

let package = Package(
    name: "gan-playground",
    dependencies: [
        // Reads the command line, writes --help and the exit codes.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Reads the front matter, predictions and exercises of lessons.
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: targets,
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu17,
    cxxLanguageStandard: .cxx17
)
