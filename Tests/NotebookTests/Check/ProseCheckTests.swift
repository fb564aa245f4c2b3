import Files
import Foundation
import Language
import Testing

@testable import Notebook

/// What the check says of the words of a lesson.
@Suite struct ProseCheckTests {
    private static let head = "---\nlesson: 1\ntitle: t\nsummary: s\nminutes: 1\n---\n"
    private static let resources = Resources.find(environment: ["GAN_HOME": Fixture.root.path], program: nil)
    private let checker = LessonChecker(
        configuration: .init(registry: Library.registry(resources: resources), resources: resources))

    private func problems(_ text: String, file: String = "f.md") -> [String] {
        checker.check(Document(parsing: text, file: file)).problems.map { "\($0.line): \($0.message)" }
    }

    @Test func linksLeadSomewhere() throws {
        try Fixture.withFolder { (folder: URL) throws in
            try WholeFile.write("# The Title, and more\n\n## Twice\n\n## Twice\n", to: folder.appending(path: "b.md"))
            let text = """
                # Own title

                [a](b.md) [b](b.md#the-title-and-more) [c](#own-title) [d](https://example.org/x) [e](b.md#twice-1)
                [f](c.md)
                - [g](b.md#no-title)
                - ![h](picture.png) [i](#not-here)
                """
            let found = problems(text, file: folder.appending(path: "a.md").path)
            #expect(
                found == [
                    "4: the link leads nowhere: there is no c.md here",
                    "5: the link leads nowhere: no heading is called #no-title",
                    "6: the link leads nowhere: there is no picture.png here",
                    "6: the link leads nowhere: no heading is called #not-here",
                ])
        }
    }

    @Test(arguments: [
        ("Wassertein", "Wasserstein"), ("wasserstein", "Wasserstein"), ("Godfellow's", "Goodfellow"),
        ("Kullbach", "Kullback"), ("adverserial", "adversarial"), ("descriminator", "discriminator"),
        ("Liebler", "Leibler"), ("Lipshitz", "Lipschitz"), ("Gradeint", "gradient"),
    ])
    func misspeltNamesAreFound(word: String, name: String) {
        #expect(problems("One.\n\nThe \(word) distance.\n") == ["3: `\(word)`: is \(name) meant?"])
    }

    @Test(arguments: [
        "Wasserstein's distance", "Gaussians and gradients", "generation, generative, generators", "Jensen and Jens",
        "the gradual descent", "`wassertein` in code", "minimal and maximal", "diverges, divergent", "Laplacian",
    ])
    func rightNamesAreLeftAlone(text: String) {
        #expect(problems(text + "\n") == [])
    }

    @Test func whatStandsInBackticksExists() {
        let text = """
            Use `linspace(0, 1)`, `plot histogram`, `train 100`, `width`, `y` and `f(x)`.

            ```gan
            width = 3
            ```

            But not `linspce(0, 1)` nor `widht`; `a + b` is a formula.
            """
        #expect(
            problems(Self.head + text) == [
                "13: nothing is called `linspce`", "13: nothing is called `widht`",
            ])
    }

    @Test func termsAreEmphasisedAndExplained() {
        let head = "---\nlesson: 1\ntitle: t\nsummary: s\nminutes: 1\nterms: [gradient, logit, wibble]\n---\n"
        #expect(
            problems(head + "A *gradient* and a *wibble*.\n") == [
                "6: `logit` is among the terms, and the lesson emphasises it nowhere",
                "6: the glossary does not explain `wibble`",
            ])
    }

    @Test func theMinutesAreHonest() {
        let words = String(repeating: "word ", count: 2000)
        #expect(problems(Self.head + words) == ["5: `minutes` promises 1; a beginner needs about 10"])
        let long = Self.head.replacing("minutes: 1", with: "minutes: 10")
        #expect(problems(long + words) == [])
        #expect(problems(long + "Few words.\n") == ["5: `minutes` promises 10; a beginner needs about 1"])
    }

    @Test(arguments: [
        ("abs(guess - 3) < 0.1", true), ("guess > 100", true), ("guess < 0", true),
        ("abs(guess - 10 * pi) < 1e-6", true),
        ("abs(guess - 5) < 0.1", false), ("guess > 3 and guess < 2", false),
    ])
    func everyMistakeCanBeMade(when: String, isSaid: Bool) {
        let text = """
            ```predict
            question: q
            answer: 5
            within: 0.2
            because: b
            mistakes: [{when: "\(when)", say: s}]
            ```
            """
        #expect(problems(text).isEmpty == isSaid, "\(problems(text))")
    }

    @Test func equalChoicesAndOddUnitsAreFound() {
        let choices = "```predict\nquestion: q\nchoices: [a, A]\nanswer: 1\nbecause: b\nmistakes: {2: s}\n```\n"
        #expect(problems(choices) == ["1: two choices of this prediction read the same"])
        let unit = "```predict\nquestion: q\nanswer: 1\nwithin: 1\nunit: 5 m\nbecause: b\n```\n"
        #expect(problems(unit) == ["5: `unit` of this prediction is \"5 m\""])
    }
}
