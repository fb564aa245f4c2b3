import Testing

@testable import Language

/// Whole messages about names that are not there and values that do not fit, with the mark under the place.
@Suite struct EvaluationMessageTests {
    @Test(arguments: [
        (
            "y = lnspace(0, 1)",
            """
            name error: there is no function `lnspace`
                y = lnspace(0, 1)
                    ^^^^^^^
            help: did you mean `linspace`?
            """
        ),
        (
            "speed = 3\nsped + 1",
            """
            name error in line 2: there is no `sped`
                sped + 1
                ^^^^
            help: did you mean `seed` or `speed`?
            """
        ),
        (
            "read(missing)",
            """
            name error: there is no `missing`
                read(missing)
                     ^^^^^^^
            help: text stands in quotes: `"missing"`
            """
        ),
        (
            "1 + read(\"missing\")",
            """
            file error: there is no file "missing"
                1 + read("missing")
                    ^^^^^^^^^^^^^^^
            """
        ),
        (
            "[[1, 2, 3]] @ [[1, 2, 3]]",
            """
            shape error: the shapes [1, 3] and [1, 3] do not fit `@`: 3 columns meet 1 rows
                [[1, 2, 3]] @ [[1, 2, 3]]
                ^^^^^^^^^^^^^^^^^^^^^^^^^
            help: the second may want its transpose: `.T`
            """
        ),
        (
            "x = [1, 2, 3]; x[3]",
            """
            value error: there is no place 3 in 3 places: 0 to 2, or -1 to -3 from the end
                x = [1, 2, 3]; x[3]
                                 ^
            """
        ),
        (
            "\"汉字\" + lnspace",
            """
            name error: there is no `lnspace`
                "汉字" + lnspace
                         ^^^^^^^
            help: did you mean `linspace`?
            """
        ),
        (
            "plto histogram 3",
            """
            name error: there is no command `plto`
                plto histogram 3
                ^^^^
            help: did you mean `plot`?
            """
        ),
        (
            "sed",
            """
            name error: there is no `sed`
                sed
                ^^^
            help: did you mean `seed`?
            """
        ),
        (
            "plot histogran",
            """
            name error: there is no `histogran`
                plot histogran
                     ^^^^^^^^^
            help: did you mean `plot histogram`?
            """
        ),
        (
            "plot(3)",
            """
            name error: `plot` is a command, not a value
                plot(3)
                ^^^^
            help: a command begins its statement, without parentheses: `plot value`
            """
        ),
        (
            "np.exp(1)",
            """
            name error: `np` is not needed here
                np.exp(1)
                ^^
            help: write `exp` alone
            """
        ),
        (
            "three = 3\nthree(2)",
            """
            type error in line 2: 3 cannot be called
                three(2)
                ^^^^^^^^
            """
        ),
        (
            "f(x) = x + y\nf(1) * 2",
            """
            name error in line 2: in `f`: there is no `y`
                f(1) * 2
                ^^^^
            """
        ),
        (
            "f(x) = f(x)\nf(1)",
            """
            value error in line 2: `f` calls itself more than 200 deep
                f(1)
                ^^^^
            help: a case must end it: `f(n) = 1 if n < 1 else n * f(n - 1)`
            """
        ),
        (
            "d = die(); d.sids",
            """
            name error: a die has no member `sids`
                d = die(); d.sids
                           ^^^^^^
            help: did you mean `sides`?
            """
        ),
        (
            "1 if [1, 2] > 1 else 2",
            """
            type error: `if` needs true or false, not a mask
                1 if [1, 2] > 1 else 2
                     ^^^^^^^^^^
            help: `any(...)` holds if one place does, `all(...)` if all do
            """
        ),
        (
            "a, b = [1, 2, 3]",
            """
            value error: 2 names for 3 values
                a, b = [1, 2, 3]
                       ^^^^^^^^^
            """
        ),
        (
            "\"a\" + 3",
            """
            type error: `+` does not go with the string "a" and 3
                "a" + 3
                ^^^^^^^
            help: `str(x)` makes text of a value
            """
        ),
        (
            "time 1 + undefined",
            """
            name error: there is no `undefined`
                time 1 + undefined
                         ^^^^^^^^^
            """
        ),
    ])
    func messages(cell: String, message: String) { #expect(Playground().run(cell) == message) }
}
