import Files
import Foundation
import Testing

@testable import Notebook

@Suite struct ResourcesTests {
    private func make(_ paths: [String], in folder: URL) throws {
        for path in paths {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try WholeFile.write("x\n", to: file)
        }
    }

    private func path(_ url: URL?) -> String? {
        url.map { $0.resolvingSymlinksInPath().path }
    }

    @Test func theEnvironmentComesFirst() throws {
        try Fixture.withFolder { (folder: URL) throws in
            try make(["home/lessons/01-a.md", "here/lessons/01-b.md", "here/datasets/d.csv"], in: folder)
            let resources = Resources.find(
                environment: ["GAN_HOME": folder.appending(path: "home").path], program: nil,
                current: folder.appending(path: "here"))
            #expect(path(resources.lessons) == path(folder.appending(path: "home/lessons")))
            #expect(path(resources.datasets) == path(folder.appending(path: "here/datasets")))
            #expect(resources.datasetNames == ["d"])
            #expect(resources.dataset(named: "d") != nil)
            #expect(resources.dataset(named: "../datasets/d") == nil)
            #expect(resources.dataset(named: "e") == nil)
        }
    }

    @Test(arguments: ["bin/gan", "share/gan/gan", "checkout/.build/release/gan"])
    func besideAndAboveTheProgram(program: String) throws {
        try Fixture.withFolder { (folder: URL) throws in
            let home = program.hasPrefix("checkout") ? "checkout" : "share/gan"
            try make(["\(home)/lessons/01-a.md", "checkout/Package.swift", program], in: folder)
            let resources = Resources.find(
                environment: [:], program: folder.appending(path: program), current: URL(filePath: "/"))
            #expect(path(resources.lessons) == path(folder.appending(path: "\(home)/lessons")))
        }
    }

    @Test func anEmptyFolderOfThatNameIsNotTaken() throws {
        try Fixture.withFolder { (folder: URL) throws in
            try make(["a/lessons/notes.txt", "b/lessons/01-a.md"], in: folder)
            let resources = Resources.find(
                environment: ["GAN_HOME": folder.appending(path: "a").path], program: nil,
                current: folder.appending(path: "b"))
            #expect(path(resources.lessons) == path(folder.appending(path: "b/lessons")))
        }
    }

    @Test func withoutLessonsTheErrorSaysWhereTheyWereLookedFor() {
        let resources = Resources.find(
            environment: ["GAN_HOME": "/nowhere"], program: nil, current: URL(filePath: "/nowhere/else"))
        let session = Session(
            configuration: .init(registry: Fixture.registry, resources: Resources(searched: resources.searched)))
        let error = session.run("lesson 1").error
        #expect(error?.message == "no lessons were found")
        #expect(error?.help?.contains("/nowhere/else") ?? false)
    }

    @Test func theStateFolderFollowsTheEnvironment() {
        #expect(StateFolder.standard(environment: ["XDG_STATE_HOME": "/s"]).url.path == "/s/gan")
        #expect(StateFolder.standard(environment: ["HOME": "/h"]).url.path == "/h/.local/state/gan")
        let relative = StateFolder.standard(environment: ["XDG_STATE_HOME": "s", "HOME": "/h"])
        #expect(relative.url.path == "/h/.local/state/gan")
    }

    @Test func aFaultyLessonIsLeftOutAndReported() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let good = "---\nlesson: 1\ntitle: t\nsummary: s\nminutes: 1\n---\n```gan\n1\n```\n"
            try WholeFile.write(good, to: folder.appending(path: "01-good.md"))
            try WholeFile.write(good, to: folder.appending(path: "02-same-number.md"))
            try WholeFile.write("---\nlesson: 3\n---\n", to: folder.appending(path: "03-bad.md"))
            try WholeFile.write("# No header\n", to: folder.appending(path: "04-none.md"))
            try WholeFile.write("# About\n", to: folder.appending(path: "README.md"))
            let catalogue = LessonCatalogue(resources: Resources(lessons: folder))
            #expect(catalogue.lessons.count == 1)
            #expect(
                Set(catalogue.problems.map { URL(filePath: $0.file).lastPathComponent }) == [
                    "02-same-number.md", "03-bad.md", "04-none.md",
                ])
            let session = Session(
                configuration: .init(registry: Fixture.registry, resources: Resources(lessons: folder)))
            #expect(session.run("lesson bad").error?.message.contains("03-bad.md:1:") ?? false)
            #expect(session.run("lessons").story == ["catalogue"] + catalogue.problems.map { _ in "warning" })
        }
    }

    @Test func aLessonThatIsBeingWrittenIsReadAnew() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let file = folder.appending(path: "01-mine.md")
            let head = "---\nlesson: 1\ntitle: t\nsummary: s\nminutes: 1\n---\n"
            let session = Session(
                configuration: .init(registry: Fixture.registry, resources: Resources(lessons: folder)))
            try WholeFile.write(head + "```gan\n1\n```\n", to: file)
            session.run("lesson 1")
            #expect(session.run("next").story.contains("value 1"))
            try WholeFile.write(head + "```gan\n2\n```\n", to: file)
            session.run("lesson 1")
            #expect(session.run("next").story.contains("value 2"))
        }
    }

    @Test func aLessonOfProseAloneOpensAndEnds() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let head = "---\nlesson: 1\ntitle: t\nsummary: s\nminutes: 1\n---\n"
            try WholeFile.write(head + "Words.\n", to: folder.appending(path: "01-mine.md"))
            let session = Session(
                configuration: .init(registry: Fixture.registry, resources: Resources(lessons: folder)))
            #expect(session.run("lesson 1").story == ["opened", "prose", "finished"])
            #expect(session.run("lesson 1").story == ["opened", "prose", "finished"])
        }
    }

    @Test func aLessonWhoseCellFailsStaysAndSaysSo() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let head = "---\nlesson: 1\ntitle: t\nsummary: s\nminutes: 1\n---\n"
            try WholeFile.write(head + "```gan\na = 1\noops\n```\n", to: folder.appending(path: "01-mine.md"))
            let session = Session(
                configuration: .init(registry: Fixture.registry, resources: Resources(lessons: folder)))
            session.run("lesson 1")
            let result = session.run("next")
            #expect(result.story == ["cell a = 1", "failure name", "remark"])
            #expect(result.error?.message.hasPrefix("a cell of the lesson fails: ") ?? false)
            #expect(session.lesson?.step == 1)
            #expect(session.variables.isEmpty)
        }
    }
}
