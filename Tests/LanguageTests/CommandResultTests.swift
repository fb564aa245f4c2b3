import Testing

@testable import Language

/// Commands that give a value: `c = measure 3`.
@Suite struct CommandResultTests {
    private func context() -> Context {
        var registry = Registry.playground
        registry.add(
            CommandEntry(
                "measure", topic: .plots, "measures something", parameters: [Parameter("x", .number(0...10), "what")],
                returns: "twice the number", example: "measure 3"
            ) { (arguments, context) throws(CellError) in
                let number = try arguments.number("x")
                if number > 0 { context.result = .number(2 * number) }
            })
        registry.add(
            CommandEntry("beep", topic: .plots, "gives nothing", parameters: [], example: "beep") { _, _ in })
        return Context(registry: registry)
    }

    @Test func aNameTakesWhatTheCommandGives() throws {
        let context = context()
        try context.run("c = measure 3")
        #expect(context.state.variables["c"]?.number == 6 && context.state.last == nil)
        #expect(context.given == ["c"])
        try context.run("measure 4; d = _ + 1")
        #expect(context.state.variables["d"]?.number == 9)
        #expect(context.given.contains("_"))
        try context.run("repeat 2 { e = measure 1 }; e")
        #expect(context.state.last?.number == 2)
    }

    @Test func aCommandThatGivesNothingCannotBeNamed() {
        let context = context()
        #expect(throws: CellError.self) { try context.run("c = beep") }
        #expect(context.state.variables["c"] == nil)
    }

    @Test func whereNothingIsGivenTheVariableStays() throws {
        let context = context()
        context.state.variables["c"] = .number(5)
        try context.run("c = measure 0")
        #expect(context.state.variables["c"]?.number == 5)
    }

    @Test func aVariableOfTheNameIsAVariable() throws {
        let context = context()
        try context.run("measure = 7; c = measure + 1")
        #expect(context.state.variables["c"]?.number == 8)
    }

    @Test func whatIsPrintedIsParsedAndTheNameIsTheCellsOwn() throws {
        let registry = context().registry
        let statements = try Parser.parse("c = measure x", registry: registry, variables: ["x"])
        #expect(SourcePrinter.text(of: statements) == "c = measure x")
        #expect(try Parser.parse("measure x", registry: registry) != statements)
        let use = NameUse(of: try Parser.parse("c = measure x; c", registry: registry), registry: registry)
        #expect(use.reads == ["x"])
    }

    @Test func completionKnowsThem() {
        let completer = Completer(registry: context().registry, state: State())
        #expect(completer.completions(in: "c = mea", at: 7).items.map(\.text).contains("measure"))
        #expect(!completer.completions(in: "c = be", at: 6).items.map(\.text).contains("beep"))
        #expect(!completer.completions(in: "c = 1 + mea", at: 11).items.map(\.text).contains("measure"))
    }
}
