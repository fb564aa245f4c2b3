import Files
import Foundation
import Language
import Testing

@testable import Notebook

/// The lessons that are shipped, and the cells of the pages about the project.
@Suite struct LessonsTests {
    private static let resources = Resources.find(environment: ["GAN_HOME": Fixture.root.path], program: nil)
    private static let registry = Library.registry(resources: resources)
    private let checker = LessonChecker(configuration: .init(registry: registry, resources: resources))

    @Test(arguments: resources.lessonFiles) func theLessonIsGood(file: URL) {
        let report = checker.check(file)
        for problem in report.problems { Issue.record("\(problem)") }
        #expect(report.cells > 0)
        #expect(report.exercises > 0)
    }

    @Test(arguments: resources.lessonFiles) func theLessonCanBePlayedToItsEndBySkipping(file: URL) throws {
        let document = Document(parsing: try WholeFile.text(of: file), file: file.path)
        let number = try #require(document.lesson?.number)
        let session = Session(configuration: checker.configuration)
        session.run("lesson \(number)")
        let steps = try #require(session.lesson?.stepCount)
        for step in 1...steps {
            if let error = session.run("skip").error {
                Issue.record("step \(step): \(error.message)")
                break
            }
        }
        #expect(session.lesson == nil)
    }

    @Test func theLessonsAreNumberedWithoutAGap() {
        let catalogue = LessonCatalogue(resources: Self.resources)
        #expect(catalogue.problems.isEmpty, "\(catalogue.problems)")
        let numbers = catalogue.lessons.compactMap { $0.lesson?.number }
        #expect(numbers == Array(1...max(1, numbers.count)))
        for lesson in catalogue.lessons.compactMap(\.lesson) {
            #expect(lesson.needs.allSatisfy { catalogue.lesson($0) != nil })
        }
    }

    @Test func theExampleOfTheFormatIsWhatNewLessonWrites() throws {
        let example = try Fixture.exampleLesson()
        #expect(example.source == LessonTemplate.text(number: 1, title: "Averages"))
        let report = checker.check(example)
        for problem in report.problems { Issue.record("\(problem)") }
        #expect(report.summary.hasPrefix("9 cells, 2 outputs, 2 predictions, 1 exercise, about "))
    }

    @Test(arguments: ["README.md", "lessons/README.md"]) func thePageRuns(name: String) {
        let file = Fixture.root.appending(path: name)
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        let report = checker.check(file)
        for problem in report.problems { Issue.record("\(problem)") }
    }
}
