import Testing

@testable import Language

/// Whole messages about cells that cannot be understood, with the mark under the place.
@Suite struct SyntaxMessageTests {
    @Test(arguments: [
        (
            "x[0] = 3",
            """
            syntax error: part of a value cannot be assigned: values never change
                x[0] = 3
                ^^^^
            help: make a new one: `x = where(x > 0, 1, x)`, or `concat` its parts
            """
        ),
        (
            "x = [1, (2, 3]",
            """
            syntax error: expected `)`, found `]`
                x = [1, (2, 3]
                             ^
            """
        ),
        (
            "x = [1, (2, 3)",
            """
            syntax error: this bracket is never closed
                x = [1, (2, 3)
                    ^
            help: its other half is `]`
            """
        ),
        (
            "1 + * 2",
            """
            syntax error: expected an expression, found `*`
                1 + * 2
                    ^
            """
        ),
        (
            "2x",
            """
            syntax error: `2x` is neither a number nor a name
                2x
                ^^
            help: a product is written `2 * x`
            """
        ),
        (
            "x = 3 − 2",
            """
            syntax error: `−` has no meaning here
                x = 3 − 2
                      ^
            help: minus is typed `-`
            """
        ),
        (
            "f\"n = {n}\"",
            """
            syntax error: `f` before a text means nothing
                f"n = {n}"
                ^^^^^^^^^^
            help: texts are joined by `+`, and `str(x)` makes text of a value: `"n = " + str(n)`
            """
        ),
        (
            "exp 3",
            """
            syntax error: `exp` is a function: its arguments stand in parentheses
                exp 3
                ^^^
            help: write `exp(x)`
            """
        ),
    ])
    func messages(cell: String, message: String) { #expect(Playground().run(cell) == message) }
}
