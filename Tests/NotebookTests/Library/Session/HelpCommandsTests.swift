import Language
import Testing

@testable import Notebook

@Suite struct HelpCommandsTests {
    private let registry = Library.registry()

    /// What a cell prints, or the error.
    private func run(_ cell: String, width: Int = 80) -> String {
        let shown = Shown()
        let context = Context(registry: registry, output: { shown.add($0) })
        context.width = width
        do throws(CellError) {
            try Evaluator.run(cell, in: context)
            return shown.text
        } catch {
            return "\(error.message) / \(error.help ?? "")"
        }
    }

    private final class Shown {
        var text = ""
        func add(_ output: Output) {
            switch output {
            case .text(let line): text += line + "\n"
            case .measured(let lines): text += lines.text + "\n"
            default: break
            }
        }
    }

    @Test(arguments: [40, 80])
    func everythingHasHelpThatFits(columns: Int) {
        let words = registry.names + registry.topics.map(\.name) + LanguageGuide.all.map(\.name)
        for word in words + ["", "topics", "language"] {
            let page = run("help \(word)", width: columns)
            #expect(!page.isEmpty)
            // The examples are code, which is not broken.
            let text = page.split(separator: "\n\n").filter { !$0.hasPrefix("  example:") }
            for line in text.flatMap({ $0.split(separator: "\n") }) {
                let width = TextWidth.columns(of: String(line))
                #expect(width <= columns || !line.drop { $0 == " " }.contains(" "), "help \(word): \(line)")
            }
        }
    }

    @Test func topicsListEverything() {
        let text = run("help topics").split { $0 == "\n" || $0 == "," || $0 == " " }.map(String.init)
        for name in registry.names { #expect(Set(name.split(separator: " ").map(String.init)).isSubset(of: text)) }
    }

    @Test func aNameItsQuestionMarkAndItsExample() {
        #expect(run("help help") == run("help?"))
        #expect(run("help vars").contains("example:\n    x = 3; vars"))
    }

    @Test(arguments: [("repeat", "a hundred times"), ("for", "counting from 0 to 9"), ("if", "a if c else b")])
    func theWordsOfTheLanguageAreExplained(word: String, text: String) {
        #expect(run("help \(word)").contains(text))
        #expect(run("\(word)?") == run("help \(word)"))
    }

    @Test func aWordThatNothingHas() {
        #expect(run("help topcs") == "there is no help on `topcs` / did you mean `topics`?")
        #expect(run("help variables").contains("vars"))
    }

    @Test func aVariableIsExplained() {
        #expect(run("speed = [1, 2]; help speed") == "your variable `speed`: vector of shape [2]\n")
        #expect(run("vars").contains("no variables yet"))
        let rows = run("b = 2; a = [[1, 2]]; vars").split(separator: "\n").map { $0.split(separator: " ") }
        #expect(rows.map { $0.first } == ["name", "a", "b"])
        #expect(rows[1].prefix(4).joined(separator: " ") == "a matrix [1, 2]")
        #expect(rows.dropFirst().map { $0.last } == ["1", "1"])
    }

    @Test func aValueIsLookedInto() {
        let text = run("x = [3, 1, 2]; inspect x")
        for fact in ["kind", "vector", "[3]", "set by", "1 to 3", "mean    2, standard deviation 0.816497"] {
            #expect(text.contains(fact))
        }
    }

    @Test func memoryIsCountedOncePerBuffer() {
        let numbers = Value.vector(Array(repeating: 0.5, count: 1000))
        let (one, two) = (MemorySize(of: numbers).bytes, MemorySize(of: [numbers, numbers]).bytes)
        #expect((8000..<8400).contains(one))
        #expect(two < one + 100)
        #expect(MemorySize(of: numbers).words == "8.1 kB" || MemorySize(of: numbers).words == "8 kB")
        #expect(MemorySize(of: Array(repeating: 0.5, count: 20_000)).words == "160 kB")
    }
}
