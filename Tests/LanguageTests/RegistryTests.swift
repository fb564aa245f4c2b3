import Testing

@testable import Language

@Suite struct RegistryTests {
    private let registry = Registry.playground

    @Test func theLongestNameWins() {
        #expect(registry.command(beginning: ["plot", "histogram", "x"])?.name == "plot histogram")
        #expect(registry.command(beginning: ["plot", "x"])?.name == "plot")
        #expect(registry.command(beginning: ["x", "plot"]) == nil)
        #expect(registry.longestCommand == 2)
    }

    @Test(arguments: [
        ("linspace", "linspace(start, stop, n=5)"), ("layer", "layer(sizes, ..., activation=tanh)"), ("pi", "pi"),
        ("sum", "sum(x, [axis])"), ("data", "data [name] [columns...]"), ("time", "time statement"),
        ("die", "die(sides=6)"),
    ])
    func usage(name: String, usage: String) { #expect(registry.usage(of: name) == usage) }

    @Test(arguments: [
        (Parameter.Kind.integer(1...9), "a whole number from 1 to 9"),
        (.integer(0...Int.max), "a whole number from 0 up"),
        (.number(.leastNonzeroMagnitude...1), "a number above 0, up to 1"), (.number(), "a number"),
        (.oneOf([.tensor, .scalar]), "a number, a list, a matrix or a scalar"), (.object("mlp"), "an mlp"),
        (.list(of: .integer(1...4)), "a list of whole numbers from 1 to 4"), (.choice(["a", "b"]), "`a` or `b`"),
        (.list(of: .object("table")), "a list of tables"), (.boolean, "`true` or `false`"),
    ])
    func whatMayBeGiven(kind: Parameter.Kind, description: String) { #expect(kind.description == description) }
}
