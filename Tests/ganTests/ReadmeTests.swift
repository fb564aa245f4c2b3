import Foundation
import Testing

/// The cells of the README run, and print what it says.
@Suite struct ReadmeTests {
    @Test func theTourIsTrue() throws {
        let gan = try GanProgram()
        defer { gan.clear() }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let outcome = try gan.run(["check", root.appending(path: "README.md").path])
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("8 cells, 6 outputs"))
    }
}
