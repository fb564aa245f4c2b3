import Foundation
import Testing

/// The built program, and homes of its own for it to live in.
struct GanProgram {
    /// The program beside the tests.
    static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "gan").path

    /// A folder that is the person's home, and nobody else's.
    let home: URL

    init() throws {
        home = FileManager.default.temporaryDirectory.appending(path: "gan-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    }

    /// Removes the home.
    func clear() {
        try? FileManager.default.removeItem(at: home)
    }

    func environment(_ more: [String: String] = [:]) -> [String: String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let own = [
            "HOME": home.path, "XDG_STATE_HOME": home.appending(path: "state").path, "PATH": path, "TERM": "xterm",
            "LANG": "C.UTF-8", "GAN_PLOT": "text",
        ]
        return own.merging(more) { _, new in new }
    }

    /// Opens the prompt in a terminal.
    func open(
        _ arguments: [String] = [], columns: Int = 80, rows: Int = 24, _ more: [String: String] = [:]
    ) throws -> PseudoTerminal {
        try PseudoTerminal(Self.path, arguments, environment: environment(more), columns: columns, rows: rows)
    }

    /// What a run without a terminal left behind.
    struct Outcome: Equatable {
        var output: String
        var errors: String
        var code: Int32
    }

    /// Runs the program on some input.
    func run(_ arguments: [String] = [], input: String = "", _ more: [String: String] = [:]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: Self.path)
        process.arguments = arguments
        process.environment = environment(more)
        let (stdin, stdout, stderr) = (
            home.appending(path: "in"), home.appending(path: "out"), home.appending(path: "err")
        )
        try input.write(to: stdin, atomically: true, encoding: .utf8)
        for file in [stdout, stderr] { try Data().write(to: file) }
        process.standardInput = try FileHandle(forReadingFrom: stdin)
        process.standardOutput = try FileHandle(forWritingTo: stdout)
        process.standardError = try FileHandle(forWritingTo: stderr)
        try process.run()
        process.waitUntilExit()
        return Outcome(
            output: try String(contentsOf: stdout, encoding: .utf8),
            errors: try String(contentsOf: stderr, encoding: .utf8), code: process.terminationStatus)
    }
}

extension PseudoTerminal {
    /// Expects some text to appear on the screen; shows the screen if it does not.
    func expect(_ text: String, _ location: SourceLocation = #_sourceLocation) {
        expect(location) { $0.text.contains(text) }
    }

    /// Expects the last line of the screen to be this: a prompt and what is typed there.
    func expectLine(_ line: String, _ location: SourceLocation = #_sourceLocation) {
        expect(location) {
            $0.text.split(separator: "\n", omittingEmptySubsequences: false).last.map(String.init) == line
        }
    }

    private func expect(_ location: SourceLocation, _ isReached: (ScreenModel) -> Bool) {
        let isThere = wait(until: isReached)
        #expect(isThere, "the screen is:\n\(screen.text)", sourceLocation: location)
    }
}
