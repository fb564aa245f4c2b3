import Testing

@testable import Language

/// Whole messages, with the mark under the place.
@Suite struct DiagnosticTests {
    /// The text is given without its margin; `·` marks nothing and keeps blank lines' ends visible.
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
            "plot histogram [1, 2], bins=0",
            """
            value error: plot histogram: `bins` must be a whole number from 1 to 1000, not 0
                plot histogram [1, 2], bins=0
                                            ^
            """
        ),
        (
            "plot histogram [1, 2], bins=2.5",
            """
            value error: plot histogram: `bins` must be a whole number from 1 to 1000, not 2.5
                plot histogram [1, 2], bins=2.5
                                            ^^^
            """
        ),
        (
            "plot histogram [1, 2], bins=\"many\"",
            """
            type error: plot histogram: `bins` must be a whole number from 1 to 1000, not the string "many"
                plot histogram [1, 2], bins="many"
                                            ^^^^^^
            """
        ),
        (
            "plot histogram 1 bin=3",
            """
            name error: plot histogram has no option `bin`
                plot histogram 1 bin=3
                                 ^^^
            help: did you mean `bins`?
            """
        ),
        (
            "plot histogram 1 scale=densty",
            """
            value error: plot histogram: `scale` must be `count` or `density`, not `densty`
                plot histogram 1 scale=densty
                                       ^^^^^^
            help: did you mean `density`?
            """
        ),
        (
            "layer(2, activation=\"rleu\")",
            """
            value error: layer: `activation` must be `relu`, `tanh` or `sigmoid`, not the string "rleu"
                layer(2, activation="rleu")
                                    ^^^^^^
            help: did you mean `relu`?
            """
        ),
        (
            "linspace(1)",
            """
            value error: linspace: `stop` is missing; it must be a number
                linspace(1)
                ^^^^^^^^^^^
            help: usage: linspace(start, stop, n=5)
            """
        ),
        (
            "linspace(1, 2, 3, 4)",
            """
            value error: linspace takes at most 3 arguments, not 4
                linspace(1, 2, 3, 4)
                                  ^
            help: usage: linspace(start, stop, n=5)
            """
        ),
        (
            "linspace(1, 2, start=3)",
            """
            value error: linspace: `start` is given twice
                linspace(1, 2, start=3)
                               ^^^^^^^
            help: usage: linspace(start, stop, n=5)
            """
        ),
        (
            "roll([1, 2, 3])",
            """
            type error: roll: `d` must be a die, not a vector of 3 numbers
                roll([1, 2, 3])
                     ^^^^^^^^^
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
            "[1, 2, 3] + [1, 2]",
            """
            shape error: the shapes [3] and [2] do not fit `+`
                [1, 2, 3] + [1, 2]
                ^^^^^^^^^^^^^^^^^^
            help: seen from the right, lengths must be equal, or one of them 1
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

    @Test func whereItStands() {
        let error = CellError(.name, "there is no `x`", at: SourceRange(start: 6, end: 7))
        let diagnostic = Diagnostic(error, source: "a = 1\nx", place: "lesson.md", firstLine: 40)
        #expect(diagnostic.text == "name error in lesson.md, line 41: there is no `x`\n    x\n    ^")
    }

    @Test func aLongLineIsCutRoundTheMark() {
        let source = String(repeating: "1 + ", count: 60) + "x" + String(repeating: " + 1", count: 60)
        let lines = Playground().run(source).split(separator: "\n")
        #expect(lines[1].count <= 80 && lines[1].contains("…"))
        let mark = lines[2].prefix { $0 == " " }.count
        #expect(Array(lines[1])[mark] == "x")
    }

    @Test func anErrorWithoutAPlace() {
        #expect(Diagnostic(CellError(.file, "no"), source: "x").text == "file error: no")
    }

    @Test func longMessagesAreBrokenBetweenWords() {
        let error = CellError(
            .value, "the number of steps must be a whole number from 1 to 1000", at: SourceRange(start: 4, end: 6),
            help: "fewer steps make a picture sooner, and more of them a better one")
        #expect(
            Diagnostic(error, source: "try 30", width: 40).text == """
                value error: the number of steps must be
                  a whole number from 1 to 1000
                    try 30
                        ^^
                help: fewer steps make a picture sooner,
                  and more of them a better one
                """)
        #expect(Diagnostic(error, source: "try 30").text.split(separator: "\n")[0].count > 60)
        for width in 24...90 {
            for line in Diagnostic(error, source: "try 30", width: width).text.split(separator: "\n") {
                #expect(line.count <= width)
            }
        }
    }

    @Test func theInnermostFunctionIsNamedOnceWhateverTheMessageSays() {
        let playground = Playground()
        #expect(playground.error("f(x) = x + \"in `g`\"; h(x) = f(x); h(1)")?.message.hasPrefix("in `f`: ") == true)
        #expect(
            playground.error("k(x) = read(\"missing\") + x; m(x) = k(x); m(1)")?.message
                == "in `k`: there is no file \"missing\"")
        #expect(
            playground.error("odd(x) = undefined(\"it calls itself\"); odd(1)")?.message
                == "in `odd`: there is no function `undefined`")
        #expect(playground.error("w(x) = w(x); v(x) = w(x); v(1)")?.message.hasPrefix("`w` calls itself") == true)
    }
}
