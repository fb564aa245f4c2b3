import Files
import Foundation
import Language
import Testing

@testable import Notebook

@Suite struct DocumentRunnerTests {
    private func run(
        _ text: String, as name: String, seed: UInt64? = nil
    ) throws -> (report: DocumentRunner.Report, shown: [String]) {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: name)
            try WholeFile.write(text, to: file)
            var shown: [String] = []
            let configuration = Session.Configuration(
                registry: Fixture.registry,
                events: { event in
                    if case .output(.value(let value)) = event {
                        shown.append(value.number?.shortest ?? value.typeName)
                    }
                })
            return (DocumentRunner(configuration: configuration, seed: seed).run(file), shown)
        }
    }

    @Test func runsAPlainFile() throws {
        let (report, shown) = try run("x = 2\nx * 3\n[1,\n 2]\n", as: "a.gan")
        #expect(report.failure == nil)
        #expect(report.cells == 3)
        #expect(shown == ["6", "vector"])
    }

    @Test func stopsAtTheFirstFailingCellWithItsLine() throws {
        let (report, shown) = try run("1\n2\noops\n3\n", as: "a.gan")
        #expect(shown == ["1", "2"])
        #expect(report.failure?.line == 3)
        #expect(report.error?.0.kind == .name)
        #expect(report.error?.source == "oops")
    }

    @Test func runsALessonWithItsModelAnswers() throws {
        let text = try WholeFile.text(of: Fixture.lessons.appending(path: "01-all-parts.md"))
        let (report, shown) = try run(text, as: "01-a.md")
        #expect(report.failure == nil)
        #expect(report.cells == 6)
        #expect(shown == ["4", "vector"])
    }

    @Test func aFaultyDocumentDoesNotRun() throws {
        let (report, shown) = try run("```gan\n1\n```\n\n```exercise\ntask: t\n```\n", as: "a.md")
        #expect(shown.isEmpty)
        #expect(report.failure?.line == 5)
    }

    @Test func theSeedIsTheDocumentsUnlessOneIsGiven() throws {
        let text = "---\nseed: 5\n---\n```gan\nroll()\n```\n"
        let plain = try run(text, as: "a.md").shown
        #expect(try run(text, as: "a.md").shown == plain)
        #expect(try run(text, as: "a.md", seed: 5).shown == plain)
        #expect(try run(text, as: "a.md", seed: 6).shown != plain)
    }

    @Test func writesItsFigures() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "a.gan")
            try WholeFile.write("show picture\n1\nshow picture\n", to: file)
            let configuration = Session.Configuration(
                registry: Fixture.registry,
                figureWriter: { (_, file) throws(CellError) in
                    do { try Data("png".utf8).write(to: file) } catch { throw CellError(.plot, "\(error)") }
                })
            let figures = folder.appending(path: "figures")
            let report = DocumentRunner(configuration: configuration, figures: figures).run(file)
            #expect(report.figures.map(\.lastPathComponent) == ["figure-1.png", "figure-2.png"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: figures.path).count == 2)
        }
    }

    @Test func anExitEndsTheRunWithoutAFailure() throws {
        let (report, shown) = try run("1\nexit\n2\n", as: "a.gan")
        #expect(shown == ["1"])
        #expect(report.failure == nil)
    }
}
