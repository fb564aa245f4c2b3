import Language
import LinearAlgebra
import Testing

@testable import Notebook

/// Every function is called with what it does not expect; none may end the session.
@Suite struct RandomCallsTests {
    private static let values = [
        "0", "1", "-1", "3", "0.5", "nan", "inf", "1e300", "1e9", "[]", "[1, 2, 3]", "[[1, 2], [3, 4]]", "zeros(0, 3)",
        "zeros(3, 0)", "[nan, 1]", "true", "[1, 2] > 1", "\"a\"", "\"\"", "none", "(1, 2)", "[\"a\", \"b\"]", "x", "y",
        "t",
        "d", "g", "D", "s", "w", "ring8", "f", "exp", "[d, g]", "randn(20)", "w * 2", "[w, w]", "[0, 1]", "[-1]",
    ]
    private static let after = [
        "r", "sample(r, 3)", "density(r, 0.5)", "r[0]", "r.T", "r(x)", "len(r)", "grad(sum(r), w)", "r.mean",
    ]

    @Test func noCallEndsTheSession() throws {
        let registry = Library.registry()
        var random = RandomStream(seed: 2)
        let before = Context(registry: registry)
        try Evaluator.run(
            """
            x = randn(20, 2); y = arange(20) % 2; t = read("old-faithful"); d = normal(1, 2); D = mlp(2, 4, 1)
            g = gmm(randn(40, 2), 2); s = scalar(2); w = param(0.5); f(q, r=2) = q * r
            """, in: before)
        var failures = 0
        for _ in 0..<600 {
            let cell = Self.call(registry.functions, &random)
            var looks = 200
            let context = Context(
                registry: registry, state: before.state, output: Self.printed,
                interrupted: {
                    looks -= 1
                    return looks < 0
                })
            do throws(CellError) {
                try Evaluator.run(cell, in: context)
            } catch {
                failures += 1
                #expect(!Diagnostic(error, source: cell).text.isEmpty)
            }
        }
        #expect(failures > 100 && failures < 600)
    }

    private static func call(_ functions: [FunctionEntry], _ random: inout RandomStream) -> String {
        func pick<T>(_ items: [T]) -> T { items[random.integer(below: items.count)] }
        let function = pick(functions)
        let arguments = function.parameters.filter { $0.isRequired || random.integer(below: 3) == 0 }
            .map { ($0.isRequired ? "" : "\($0.name)=") + pick(values) }
        return "r = \(function.name)(\(arguments.joined(separator: ", "))); \(pick(after))"
    }

    private static func printed(_ output: Output) {
        guard case .value(let value) = output else { return }
        for style in [PrintStyle.batch, .prompt(width: 60)] {
            #expect(!ValuePrinter(style: style).text(value).isEmpty || value.string == "")
        }
    }
}
