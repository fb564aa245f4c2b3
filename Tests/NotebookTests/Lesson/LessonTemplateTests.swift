import Files
import Foundation
import Testing

@testable import Notebook

@Suite struct LessonTemplateTests {
    private static let resources = Resources.find(environment: ["GAN_HOME": Fixture.root.path], program: nil)

    @Test(arguments: ["Averages", "C# & \"quotes\": *all* of it", "Überraschung", "100 %"])
    func aNewLessonIsRightAsItStands(title: String) throws {
        try Fixture.withFolder { (folder: URL) throws in
            let (first, _) = try LessonTemplate.write(title: title, in: folder)
            let (second, number) = try LessonTemplate.write(title: title, in: folder)
            #expect(number == 2)
            #expect(first.lastPathComponent.hasPrefix("01-"))
            let resources = Self.resources.teaching(from: folder)
            let checker = LessonChecker(
                configuration: .init(registry: Library.registry(resources: resources), resources: resources))
            for file in [first, second] { #expect(checker.check(file).problems.map(\.description) == []) }
            let document = Document(parsing: try WholeFile.text(of: second), file: second.path)
            #expect(document.lesson?.title == title)
            guard case .prose(let blocks)? = document.elements.first?.content else {
                Issue.record("the lesson does not begin with prose")
                return
            }
            #expect(blocks.first?.plainText == title)
        }
    }

    @Test func aLessonNeedsATitle() {
        #expect(throws: LessonTemplate.Problem.self) { try LessonTemplate.write(title: " - ", in: Fixture.root) }
    }

    @Test func lessonsOfOnesOwnHaveAProgressAndAGlossaryOfTheirOwn() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let lessons = folder.appending(path: "course")
            _ = try LessonTemplate.write(title: "One", in: lessons)
            try WholeFile.write("# Glossary\n\n## gradient\n\nMine.\n", to: lessons.appending(path: "glossary.md"))
            let own = Self.resources.teaching(from: lessons)
            #expect(Glossary.read(own).entry(for: "gradient")?.text.plainText == "Mine.")
            #expect(Glossary.read(own).entry(for: "logit") != nil)
            let state = StateFolder(folder.appending(path: "state"))
            let registry = Library.registry(resources: own)
            let session = Session(configuration: .init(registry: registry, resources: own, stateFolder: state, seed: 1))
            session.run(all: "lesson 1", "next", "next")
            let files = try FileManager.default.contentsOfDirectory(atPath: state.url.path)
            #expect(files.contains { $0.hasPrefix("progress-course-") })
            #expect(!files.contains("progress.json"))
        }
    }
}
