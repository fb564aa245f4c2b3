import Language

/// What can be written in a cell, by subject: `help arithmetic`, `help indexing`.
struct LanguageGuide {
    /// The word that `help` takes.
    let name: String
    /// One line about it.
    let summary: String
    /// Words of the language that it explains, which `help` takes too.
    var keywords: [String] = []
    /// Spellings and what they mean, and sentences (with an empty spelling).
    let lines: [(String, String)]

    /// The guides, in the order in which a learner meets them.
    static let all = [
        arithmetic, comparing, lists, indexing, functions, loops, commandLines, names,
    ]

    private static let arithmetic = LanguageGuide(
        name: "arithmetic", summary: "numbers and the signs between them",
        lines: [
            ("1e-3, 1_000", "numbers"),
            ("+ - * /", "as everywhere; elementwise on vectors and matrices"),
            ("x**2", "a power; -x**2 is -(x**2)"),
            ("7 // 2, 7 % 2", "the quotient rounded down, and the remainder"),
            ("A @ B", "the matrix product; of two vectors, the dot product"),
            ("\"a\" + 'b'", "texts are joined"),
            ("", "Shapes broadcast as NumPy's do: seen from the right, lengths must be equal, or one of them 1."),
        ])

    private static let comparing = LanguageGuide(
        name: "comparing", summary: "what is true, masks, and choices",
        keywords: ["if", "else", "and", "or", "not", "true", "false"],
        lines: [
            ("== != < <= > >=", "of numbers: true or false; of matrices: a mask, place by place"),
            ("0 < x < 1", "both at once"),
            ("and, or, not", "join truths, and masks place by place"),
            ("a if c else b", "a choice"),
            ("x[x > 0]", "the places where a mask holds"),
            ("sum(x > 0)", "how many places: a mask counts as ones and zeros"),
        ])

    private static let lists = LanguageGuide(
        name: "lists", summary: "vectors, matrices, lists and tuples",
        lines: [
            ("[1, 2, 3]", "a vector"),
            ("[[1, 2], [3, 4]]", "a matrix, row by row"),
            ("[\"a\", \"b\"]", "a list of anything else"),
            ("(1, \"a\")", "a tuple: what functions with several results give"),
            ("a, b = pair", "takes it apart"),
            ("[x**2 for x in xs]", "a list made from another; `if` at its end selects"),
            ("A.T, A.shape, A.size", "transpose, shape, how many numbers"),
            ("x.mean()", "the same as mean(x), for every function"),
        ])

    private static let indexing = LanguageGuide(
        name: "indexing", summary: "parts of vectors, matrices, lists and texts", keywords: ["none"],
        lines: [
            ("x[0], x[-1]", "the first, the last"),
            ("x[1:3]", "from place 1 up to but not including 3"),
            ("x[::2], x[::-1]", "every second, backwards"),
            ("A[0], A[:, 1]", "a row, a column"),
            ("A[:, [0, 2]]", "some columns"),
            ("x[x > 0]", "where a mask holds"),
            ("x[:, none]", "a vector as a column"),
            ("", "Values never change: in place of `x[0] = 3` make a new one with `where` or `concat`."),
        ])

    private static let functions = LanguageGuide(
        name: "functions", summary: "your own functions",
        lines: [
            ("f(x) = x**2", "a function is one expression"),
            ("f(x, k=2) = x**k", "with a default"),
            ("f(3), f(3, k=1)", "a call"),
            ("", "Other names in its body are looked up when it is called."),
        ])

    private static let loops = LanguageGuide(
        name: "loops", summary: "doing things over and over", keywords: ["repeat", "for", "in"],
        lines: [
            ("repeat 100 { x = x / 2 }", "a hundred times"),
            ("for n in [1, 10] { n }", "once for each member"),
            ("for i in arange(10) { i }", "counting from 0 to 9"),
            ("", "Statements in the braces stand on lines of their own or have `;` between them."),
            ("", "Ctrl-C stops a loop and keeps what was reached."),
        ])

    private static let commandLines = LanguageGuide(
        name: "commands", summary: "how commands are written",
        lines: [
            ("plot histogram x, y", "values, with blanks or commas between them"),
            ("bins=20", "an option"),
            ("to picture.png", "a file to write to"),
            ("x - y  or  x-y", "one value; but `x -y` is two"),
            ("plot?", "the same as `help plot`"),
        ])

    private static let names = LanguageGuide(
        name: "names", summary: "variables, earlier results, comments", keywords: ["_", "out"],
        lines: [
            ("x = 3", "a variable; letters of any alphabet will do: θ, μ₁"),
            ("x += 1", "the same as x = x + 1; also -= *= /= **="),
            ("_", "the last value shown"),
            ("out[7]", "the value of cell 7"),
            ("a = 1; b = 2", "several statements on a line"),
            ("# so", "a comment"),
            ("", "A cell that fails changes nothing."),
        ])

    /// The guide in lines of at most `width` columns.
    func text(width: Int) -> String {
        let rows = lines.filter { !$0.0.isEmpty }
        let sentences = lines.filter(\.0.isEmpty).flatMap { TextWidth.wrapped($0.1, width: width, indent: 2) }
        let heading = TextWidth.wrapped(summary, width: width).joined(separator: "\n")
        return [heading + "\n", HelpDesk.table(rows, width: width), sentences.joined(separator: "\n")]
            .filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
