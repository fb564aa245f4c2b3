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
        #expect(glossary.entry(for: "batches")?.names == ["batch"])
        #expect(glossary.entry(for: "Latents")?.names.first == "latent")
    }

    private static let course = Glossary.read(Resources(lessons: Fixture.root.appending(path: "lessons")))

    /// Capitals, hyphens, articles, plurals, the other spelling, and the words of two names of one term.
    @Test(arguments: [
        ("GANs", "generative adversarial network"), ("mode-collapse", "mode collapse"), ("the gradients", "gradient"),
        ("losses", "loss"), ("matrices", "matrix"), ("equilibria", "equilibrium"), ("biases", "bias"),
        ("Optimizers", "optimiser"), ("spectral normalization", "spectral normalisation"),
        ("KL divergence", "Kullback-Leibler divergence"), ("JS divergences", "Jensen-Shannon divergence"),
        ("Kullback Leibler", "Kullback-Leibler divergence"), ("neural networks", "neural network"),
    ])
    func aTermIsFoundHoweverItIsWritten(word: String, term: String) {
        #expect(Self.course.entry(for: word)?.names.first == term)
    }

    @Test(arguments: [
        ("wasserstein", "there is `Wasserstein distance`"), ("entropy", "there is `cross-entropy`"),
        ("adam optimiser", "there are `Adam` and `optimiser`"), ("mode colapse", "did you mean `mode collapse`?"),
    ])
    func aWordThatIsPartOfATermIsToldTheTerm(word: String, help: String) {
        #expect(Self.course.entry(for: word) == nil)
        #expect(Self.course.question(for: word) == help)
    }

    @Test func nothingLikeIt() {
        #expect(Self.course.question(for: "xylophone") == nil)
        #expect(Self.course.entry(for: "") == nil && Self.course.question(for: "   ") == nil)
    }

    @Test func noTermOfTheListIsBroken() {
        for width in [30, 60, 80] {
            let lines = Self.course.list(width: width).split(separator: "\n").map(String.init)
            let terms = lines.flatMap { $0.replacing(", ", with: ",").split(separator: ",").map(String.init) }
            #expect(terms == Self.course.entries.map { $0.names[0] })
            #expect(lines.allSatisfy { $0.count <= max(width, 31) })
        }
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
