import Autodiff
import Language
import LinearAlgebra
import Testing

@testable import Notebook

/// What an expression prints in batch style.
func printed(_ source: String, in bench: Workbench = Workbench()) throws -> String {
    ValuePrinter(style: .batch).text(try bench.value(source))
}

/// The last of several statements, printed.
func printedLast(_ source: String, in bench: Workbench = Workbench()) throws -> String {
    let statements = source.split(separator: ";").map { $0.trimmingPrefix(while: \.isWhitespace) }
    for statement in statements.dropLast() { try bench.context.run(String(statement)) }
    return try printed(String(statements.last ?? ""), in: bench)
}

@Suite struct NumberFunctionsTests {
    static let results: [(String, String)] = [
        ("abs([-2, 0, 3])", "[2, 0, 3]"), ("sqrt(16)", "4"), ("sqrt(-1)", "nan"), ("log(0)", "-inf"),
        ("log(e)", "1"), ("log10(1000)", "3"), ("log2(1024)", "10"), ("exp(0)", "1"), ("tan(0)", "0"),
        ("sin(0)", "0"), ("cos(0)", "1"), ("sigmoid(0)", "0.5"), ("relu([-1, 2])", "[0, 2]"), ("tanh(0)", "0"),
        ("leaky_relu([-1, 2])", "[-0.2, 2]"), ("leaky_relu(-1, slope=0.5)", "-0.5"), ("elu([0, 2])", "[0, 2]"),
        ("gelu(0)", "0"), ("swish(0)", "0"), ("softplus(-1000)", "0"), ("floor(-1.5)", "-2"), ("ceil(1.2)", "2"),
        ("sign([-3, 0, 2])", "[-1, 0, 1]"), ("square(3)", "9"), ("erf(0)", "0"), ("log1p(0)", "0"), ("expm1(0)", "0"),
        ("arctan(0)", "0"), ("round(2.5)", "2"), ("round(3.14159, 2)", "3.14"), ("round(1234, -2)", "1200"),
        ("round(0.15, 1)", "0.2"), ("isnan([1, nan])", "[false, true]"), ("isnan(nan)", "true"), ("inf", "inf"),
        ("minimum([1, 5], 3)", "[1, 3]"), ("maximum([1, 5], [4, 2])", "[4, 5]"),
        ("clip([-1, 0.5, 9], 0, 1)", "[0, 0.5, 1]"),
        ("where([1, -2] > 0, 10, 20)", "[10, 20]"), ("dot([1, 2], [3, 4])", "11"), ("dot(2, [1, 2])", "[2, 4]"),
        ("sum([1, 2, 3])", "6"), ("sum([[1, 2], [3, 4]], axis=0)", "[4, 6]"), ("sum([[1, 2], [3, 4]], -1)", "[3, 7]"),
        ("sum([1, 2, 3] > 1)", "2"), ("sum([])", "0"), ("mean([1, 2, 6])", "3"),
        ("mean([1, 2, 6] > 1.5)", "0.6666666666666666"),
        ("mean([[1, 2], [3, 6]], axis=0)", "[2, 4]"), ("var([1, 2, 3, 4])", "1.25"),
        ("var([1, 2, 3, 4], ddof=1)", "1.6666666666666667"), ("std([[1, 10], [3, 30]], axis=0)", "[1, 10]"),
        ("min([3, 1])", "1"), ("max([[1, 5], [4, 2]], axis=1)", "[5, 4]"), ("argmax([3, 9, 1])", "1"),
        ("argmin([[3, 1], [0, 2]], axis=0)", "[1, 0]"), ("norm([3, 4])", "5"), ("norm([[3, 4], [6, 8]], 1)", "[5, 10]"),
        ("any([1, 2] > 1)", "true"), ("all([1, 2] > 1)", "false"), ("all([])", "true"),
        ("median([3, 1, 100, 2])", "2.5"), ("median([[1, 9], [2, 8], [6, 1]], axis=0)", "[2, 8]"),
        ("quantile([1, 2, 3, 4, 5], 0.25)", "2"), ("quantile([1, 2, 3], [0, 0.5, 1])", "[1, 2, 3]"),
        ("sort([3, 1, 2])", "[1, 2, 3]"), ("sort([[3, 1], [2, 9]])", "[[1, 3],\n [2, 9]]"),
        ("sort([[3, 1], [2, 9]], axis=0)", "[[2, 1],\n [3, 9]]"), ("argsort([30, 10, 20])", "[1, 2, 0]"),
        ("cumsum([1, 2, 3])", "[1, 3, 6]"), ("cumsum([[1, 2], [3, 4]], axis=0)", "[[1, 2],\n [4, 6]]"),
        ("cumsum([[1, 2], [3, 4]])", "[1, 3, 6, 10]"), ("cov([1, 2, 3], [2, 4, 6])", "2"), ("cov([1, 2, 3])", "1"),
        ("cov([[1, 2], [2, 4], [3, 6]])", "[[1, 2],\n [2, 4]]"), ("corr([1, 2, 3], [6, 4, 2])", "-1"),
        ("round(corr([[1, 2], [2, 5], [3, 6]])[0, 1], 3)", "0.961"),
        ("zeros(2)", "[0, 0]"), ("zeros(1, 2)", "[[0, 0]]"), ("ones([2, 1])", "[[1],\n [1]]"),
        ("full([1, 2], 7)", "[[7, 7]]"),
        ("full(2, 7)", "[7, 7]"), ("zeros((2, 1))", "[[0],\n [0]]"), ("eye(2)", "[[1, 0],\n [0, 1]]"),
        ("arange(4)", "[0, 1, 2, 3]"), ("arange(1, 2, 0.25)", "[1, 1.25, 1.5, 1.75]"),
        ("arange(3, 0, -1)", "[3, 2, 1]"),
        ("arange(3, 0)", "[]"), ("[k for k in range(1, 4)]", "[1, 2, 3]"),
        ("linspace(0, 1, 5)", "[0, 0.25, 0.5, 0.75, 1]"),
        ("linspace(0, 1, 1)", "[0]"), ("len(linspace(0, 1))", "50"),
        ("reshape([1, 2, 3, 4], 2, 2)", "[[1, 2],\n [3, 4]]"),
        ("reshape([[1, 2], [3, 4]], -1)", "[1, 2, 3, 4]"),
        ("reshape(arange(6), [3, -1])", "[[0, 1],\n [2, 3],\n [4, 5]]"),
        ("concat([1, 2], [3])", "[1, 2, 3]"), ("concat([1, 2], 3)", "[1, 2, 3]"), ("concat([], [5])", "[5]"),
        ("concat([[1, 2], [3, 4]])", "[1, 2, 3, 4]"), ("concat([[1, 2]], [[3, 4]])", "[[1, 2],\n [3, 4]]"),
        ("concat([[1], [2]], [3, 4], axis=1)", "[[1, 3],\n [2, 4]]"),
        ("concat([[1, 2]], [3, 4])", "[[1, 2],\n [3, 4]]"),
        ("stack([1, 2], [3, 4])", "[[1, 2],\n [3, 4]]"), ("stack([1, 2], [3, 4], axis=1)", "[[1, 3],\n [2, 4]]"),
        ("stack(1, 2, 3)", "[1, 2, 3]"), ("transpose([[1, 2]])", "[[1],\n [2]]"),
        ("diag([1, 2])", "[[1, 0],\n [0, 2]]"),
        ("diag([[1, 2, 3], [4, 5, 6]])", "[1, 5]"), ("len([4, 5, 6])", "3"), ("len(\"héllo\")", "5"),
        ("len([[1, 2], [3, 4], [5, 6]])", "3"), ("len([\"a\", 1])", "2"), ("shape([[1, 2, 3]])", "(1, 3)"),
        ("shape(3)", "()"),
        ("unique([3, 1, 3])", "[1, 3]"), ("unique([\"b\", \"a\", \"b\"])", "[\"a\", \"b\"]"),
        ("count([1, 2, 3] > 1)", "2"),
        ("count([\"a\", \"b\", \"a\"], \"a\")", "2"), ("count([1, 2, 1], 1)", "2"), ("float(\"1e-3\")", "0.001"),
        ("float(true)", "1"),
        ("int(3.9)", "3"), ("int(-3.9)", "-3"), ("int(\"12\")", "12"), ("int([1.5, 2.5])", "[1, 2]"),
        ("str(0.1)", "\"0.1\""),
        ("str(pi, 3)", "\"3.14\""), ("str(\"a\")", "\"a\""), ("str([1, 2])", "\"[1, 2]\""),
    ]

    @Test(arguments: results) func result(_ source: String, _ expected: String) throws {
        let actual = try printed(source)
        #expect(actual == expected)
    }

    static let failures: [(String, CellError.Kind, String)] = [
        ("sum([1, 2], axis=1)", .shape, "sum: `axis` is 1, and a vector has the axis 0 only"),
        ("mean([])", .value, "mean: `x` holds no numbers"),
        ("max([])", .value, "max: `x` holds no numbers"),
        ("reshape([1, 2, 3], 2, 2)", .shape, "reshape: `shape` does not fit: 3 numbers cannot be put into [2, 2]"),
        ("reshape([1, 2, 3], 2, -1)", .shape, "reshape: `shape` does not fit: 3 numbers cannot be put into [2, 1]"),
        (
            "reshape([1], -1, 1e8, 1e8, 1e8)", .shape,
            "reshape: `shape` does not fit: 1 numbers cannot be put into [-1, 100000000, 100000000, 100000000]"
        ),
        ("zeros(60000, 60000)", .value, "zeros: `shape` asks for more than 100000000 numbers"),
        ("arange(0, 1e9)", .value, "arange: that is more than 100000000 numbers"),
        ("arange(0, 1, 0)", .value, "arange: `step` must not be 0"),
        ("stack([1, 2], [3])", .shape, "stack: `parts` must be vectors of one length, not [2], [1]"),
        ("concat([1], [2], axis=1)", .shape, "concat: `axis` is 1, and vectors have the axis 0 only"),
        ("clip(1, 2, 0)", .value, "clip: `high` is below `low`"),
        ("cov([1, 2], [1, 2, 3])", .shape, "cov: `y` must be as long as `x`: 2 numbers, not 3"),
        ("var([1], ddof=1)", .value, "var: `x` must hold two numbers or more for ddof=1"),
        ("int(nan)", .value, "int: `x` is infinite or `nan`, and has no whole part"),
        ("float(\"abc\")", .value, "float: `x` is no number: the string \"abc\""),
        ("len(3)", .type, "len: `x` has no length: it is 3"),
        (
            "x = arange(100000); minimum(reshape(x, -1, 1), x)", .shape,
            "the shapes [100000, 1] and [100000] do not fit `minimum`: [100000, 100000] would be 10000000000 numbers, more than 100000000"
        ),
        ("minimum([1, 2], [1, 2, 3])", .shape, "the shapes [2] and [3] do not fit `minimum`: axes must be equal, or 1"),
    ]

    @Test(arguments: failures) func failure(_ source: String, _ kind: CellError.Kind, _ message: String) throws {
        let error = try #require(Workbench().error(source))
        #expect(error.message == message)
        #expect(error.kind == kind)
    }

    @Test(arguments: [
        "sum(sort([w, 1, w * w]))", "std([w, 2, 5])", "var([w, 2, 5])", "norm([w, 4])", "mean(concat([1], w, [w]))",
        "sum(cumsum(stack(w, 2, w)))", "max([w, 1])", "sum(diag([w, 2]) @ diag(diag([w, 3])))",
        "corr([w, 2, 5], [1, 2, 7])",
        "sum(reshape([w, 2, 3, w], 2, 2), axis=0)[1]", "gelu(w) + elu(w) + swish(w) + leaky_relu(w)", "clip(w, 0, 10)",
        "sum(where([1, 0] > 0, w, 2 * w))", "cov([w, 2, 5], [w, 3, 9])", "tan(w) + log2(w) + log10(w) + arctan(w)",
    ])
    func differentiates(_ source: String) throws {
        let bench = Workbench()
        try bench.context.run("f(w) = \(source)")
        let check = try #require(try bench.object("check_grad(f, 1.3)", as: GradientCheck.self))
        #expect(try #require(try check.member("agrees")).boolean == true, "\(check.describe(width: 80))")
    }

    @Test func scalarsGoThroughFunctionsAndSums() throws {
        let bench = Workbench()
        try bench.context.run("a = scalar(2, \"a\"); b = scalar(-3)")
        #expect(try bench.number("value(sum([a, b, 1]))") == 0)
        #expect(try bench.number("value(mean([a, b]))") == -0.5)
        #expect(try bench.number("value(relu(b) + abs(b) + sqrt(a * a) + exp(a - a))") == 6)
        #expect(try bench.number("value(grad(sum([a * a, b]), a))") == 4)
        #expect(bench.error("floor(a)")?.kind == .type)
    }
}
