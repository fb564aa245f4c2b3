import Testing

@testable import Language

/// Options that are spelled without a sign, and commands inside commands: `film plot x every 5 to FILE`.
@Suite struct BareOptionTests {
    /// What `film` was handed: the inner command, every, to.
    private final class Sink: @unchecked Sendable { var given: [String] = [] }

    private func film(_ sink: Sink) -> CommandEntry {
        CommandEntry(
            "film", topic: .plots, "films a plot",
            parameters: [
                Parameter("what", .command("plot"), "what is drawn"),
                Parameter("every", .integer(1...100), default: "10", bare: true, "how often"),
                Parameter("to", .path, default: "", "where"),
            ], example: "film histogram x"
        ) { arguments, _ in
            sink.given = [
                try arguments.string("what"), String(try arguments.integer("every")),
                try arguments.optionalString("to") ?? "-",
            ]
        }
    }

    private func run(_ cell: String) throws -> [String] {
        let sink = Sink()
        var registry = Registry.playground
        registry.add(film(sink))
        let context = Context(registry: registry)
        context.state.variables["every"] = .number(3)
        try context.run(cell)
        return sink.given
    }

    @Test(arguments: [
        ("film histogram x every 5 to a.gif", ["plot histogram x", "5", "a.gif"]),
        ("film histogram f(x, [1, 2]), bins=3 every=7", ["plot histogram f(x, [1, 2]), bins=3", "7", "-"]),
        ("film to b.gif every 2 density", ["plot density", "2", "b.gif"]),
        ("film f(every), g[every] every every", ["plot f(every), g[every]", "3", "-"]),
        ("film histogram \"to every\"; 3", ["plot histogram \"to every\"", "10", "-"]),
    ])
    func whatAnotherCommandTakesEndsAtAnOptionOfTheOuterOne(cell: String, given: [String]) throws {
        #expect(try run(cell) == given)
    }

    @Test(arguments: ["film histogram x every", "film x every \"a\"", "film x every 500", "film"])
    func whatIsMissingOrWrongIsTold(cell: String) {
        #expect(throws: CellError.self) { try run(cell) }
    }

    @Test func theUsageShowsThemWithoutASign() throws {
        var registry = Registry.playground
        let entry = film(Sink())
        registry.add(entry)
        #expect(registry.usage(of: entry) == "film what [every N] [to FILE]")
    }

    @Test func theyAreCompleted() {
        var registry = Registry.playground
        registry.add(film(Sink()))
        let completer = Completer(registry: registry, state: State())
        func items(_ text: String) -> [String] {
            completer.completions(in: text, at: text.utf8.count).items.map(\.text)
        }
        #expect(items("film hist") == ["histogram"])
        #expect(items("film histogram x ev").contains("every"))
    }

    @Test func aNameBeforeABracketOrAPointIsNoPartOfACommand() throws {
        let statements = try Parser.parse(
            "plot histogram(x)\nplot histogram.x\nplot histogram x", registry: .playground, variables: [])
        let names = statements.map { if case .command(let call) = $0.kind { call.name } else { "?" } }
        #expect(names == ["plot", "plot", "plot histogram"])
    }
}
