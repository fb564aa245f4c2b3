// swift-tools-version: 6.3
import PackageDescription

/// A room: a library target, and the tests that mirror it. Arrows go one way only: a room names what it draws on.
func room(_ name: String, on dependencies: Target.Dependency..., fixtures: Bool = false) -> [Target] {
    [
        .target(name: name, dependencies: dependencies),
        .testTarget(
            name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies,
            exclude: fixtures ? ["Fixtures"] : []),
    ]
}

let bridges: [Target] = [
    // The hot loops, in C.
    .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3"])]),
    // libedit edits the line.
    .systemLibrary(name: "CEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    // cmark-gfm reads Markdown, tables included.
    .systemLibrary(
        name: "CMarkdown", pkgConfig: "libcmark-gfm",
        providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    // gnuplot-iostream (C++, Boost) talks to gnuplot; Swift sees a C header.
    .target(
        name: "CGnuplot",
        linkerSettings: ["boost_iostreams", "boost_system", "boost_filesystem"].map { .linkedLibrary($0) }),
]

let rooms =
    room("Words")
    + room("Files")
    + room("LinearAlgebra", on: "CKernels")
    + room("Autodiff", on: "CKernels", "LinearAlgebra")
    + room("Probability", on: "LinearAlgebra", "Words")
    + room("Learning", on: "Autodiff", "LinearAlgebra", "Probability")
    + room("Plotting", on: "CGnuplot", "Files")
    + room(
        "Language", on: "Autodiff", "LinearAlgebra", "Words",
        .product(name: "HashTreeCollections", package: "swift-collections"))
    + room(
        "Notebook", on: "Autodiff", "CMarkdown", "Files", "Language", "Learning", "LinearAlgebra", "Plotting",
        "Probability", "Words",
        .product(name: "Yams", package: "Yams"), fixtures: true)
    + room("REPL", on: "CEdit", "Files", "Language", "LinearAlgebra", "Notebook", "Plotting")

let program: [Target] = [
    .executableTarget(
        name: "gan",
        dependencies: [
            "Autodiff", "Learning", "LinearAlgebra", "Notebook", "Probability", "REPL", "Words",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]),
    .testTarget(name: "ganTests", dependencies: ["gan", "Notebook"]),
]

let package = Package(
    name: "gan-playground",
    products: [.executable(name: "gan", targets: ["gan"])],
    dependencies: [
        // Reads the command line, writes --help and the exit codes.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // A dictionary whose copies share what they have in common, for the states that `undo` puts back.
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        // Reads the front matter, predictions and exercises of lessons.
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: bridges + rooms + program,
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu17,
    cxxLanguageStandard: .cxx17
)
