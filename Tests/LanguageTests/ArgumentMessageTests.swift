import Testing

@testable import Language

/// Whole messages about what a command or a function was given, with the mark under the place.
@Suite struct ArgumentMessageTests {
    @Test(arguments: [
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
            "[1, 2, 3] + [1, 2]",
            """
            shape error: the shapes [3] and [2] do not fit `+`
                [1, 2, 3] + [1, 2]
                ^^^^^^^^^^^^^^^^^^
            help: seen from the right, lengths must be equal, or one of them 1
            """
        ),
    ])
    func messages(cell: String, message: String) { #expect(Playground().run(cell) == message) }
}
