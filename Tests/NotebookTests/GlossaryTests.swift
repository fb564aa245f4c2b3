import Foundation
import Testing

@testable import Notebook

@Suite struct GlossaryTests {
    private let small = """
        # Glossary

        Terms.

        ## latent, latent space, noise

        What a generator starts from.

        - uniform or normal

        ## batch

        The examples of one update.
        """

    @Test func readsTermsAndTheirOtherNames() throws {
        let glossary = Glossary(parsing: small, file: "glossary.md")
        #expect(glossary.problems.isEmpty)
        #expect(glossary.entries.map(\.names) == [["batch"], ["latent", "latent space", "noise"]])
        #expect(glossary.entry(for: "Latent Space")?.text.count == 2)
        #expect(glossary.entry(for: "batches") == nil)
        #expect(glossary.entry(for: "Latents")?.names.first == "latent")
    }

    @Test func findsFaults() {
        let glossary = Glossary(parsing: "## a\n\n## b\n\nText.\n\n## c, B\n\nText.\n", file: "g.md")
        #expect(glossary.problems.map(\.line) == [1, 7])
    }

    @Test func theGlossaryOfTheLessonsIsWhole() {
        let glossary = Glossary.read(Resources(lessons: Fixture.root.appending(path: "lessons")))
        #expect(glossary.problems.isEmpty, "\(glossary.problems)")
        #expect(glossary.entries.count > 40)
    }

    @Test func theCommandExplainsListsAndSuggests() {
        let registry = Fixture.registry
        let session = Session(
            configuration: .init(
                registry: registry, resources: Resources(lessons: Fixture.root.appending(path: "lessons")), seed: 1))
        #expect(session.run("glossary").story == ["text", "remark"])
        #expect(session.run("glossary mode collapse").story == ["definition"])
        #expect(session.run("glossary gradeint").error?.help?.contains("gradient") == true)
    }
}
