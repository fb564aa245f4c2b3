import Testing

@testable import Language

@Suite struct IndexingTests {
    /// What Python's `list(range(count))[start:stop:step]` gives.
    private static let python: [(Int, Int?, Int?, Int, [Int])] = [
        (0, nil, nil, 1, []),
        (0, 1, 4, 1, []),
        (0, -3, -1, 1, []),
        (0, nil, nil, -1, []),
        (0, 4, 0, -2, []),
        (0, -1, nil, -1, []),
        (0, 10, nil, -1, []),
        (0, -10, 3, 1, []),
        (0, 2, 2, 1, []),
        (0, 3, 1, 1, []),
        (0, nil, -10, -1, []),
        (0, 0, nil, 3, []),
        (0, 5, -7, -3, []),
        (1, nil, nil, 1, [0]),
        (1, 1, 4, 1, []),
        (1, -3, -1, 1, []),
        (1, nil, nil, -1, [0]),
        (1, 4, 0, -2, []),
        (1, -1, nil, -1, [0]),
        (1, 10, nil, -1, [0]),
        (1, -10, 3, 1, [0]),
        (1, 2, 2, 1, []),
        (1, 3, 1, 1, []),
        (1, nil, -10, -1, [0]),
        (1, 0, nil, 3, [0]),
        (1, 5, -7, -3, [0]),
        (5, nil, nil, 1, [0, 1, 2, 3, 4]),
        (5, 1, 4, 1, [1, 2, 3]),
        (5, -3, -1, 1, [2, 3]),
        (5, nil, nil, -1, [4, 3, 2, 1, 0]),
        (5, 4, 0, -2, [4, 2]),
        (5, -1, nil, -1, [4, 3, 2, 1, 0]),
        (5, 10, nil, -1, [4, 3, 2, 1, 0]),
        (5, -10, 3, 1, [0, 1, 2]),
        (5, 2, 2, 1, []),
        (5, 3, 1, 1, []),
        (5, nil, -10, -1, [4, 3, 2, 1, 0]),
        (5, 0, nil, 3, [0, 3]),
        (5, 5, -7, -3, [4, 1]),
    ]

    @Test func slicesTakeWhatPythonsTake() {
        for (count, start, stop, step, places) in Self.python {
            #expect(SliceValue(start: start, stop: stop, step: step).positions(in: count) == places)
        }
    }

    @Test(arguments: [
        ("arange(3)[3]", "there is no place 3 in 3 places: 0 to 2, or -1 to -3 from the end"),
        ("[][0]", "there is no place 0 in 0 places"),
        ("[[1, 2], [3, 4]][0, 2]", "there is no place 2 in the columns (2): 0 to 1, or -1 to -2 from the end"),
        ("[[1, 2], [3, 4]][-3]", "there is no place -3 in the rows (2): 0 to 1, or -1 to -2 from the end"),
        ("[1, 2][0, 1]", "2 indices are too many for the shape [2]"),
        ("(3)[0]", "a number cannot be indexed"),
        ("[1, 2][0.5]", "an index is a whole number, not 0.5"),
        ("[1, 2][\"a\"]", "the string \"a\" cannot be an index"),
        ("[1, 2, 3][[1, 2] > 1]", "a mask of shape [2] does not fit 3 places"),
        ("[1, 2][::0]", "a slice's step cannot be 0"),
        ("[[1, 2]][:, none, none]", "the shape [1, 2] does not fit `[ , ]`: a matrix has two axes, not 4"),
        ("out[3]", "cell 3 has shown no value"),
        ("die()[0]", "a die cannot be indexed"),
        ("exp[0]", "the function `exp` cannot be indexed"),
    ])
    func whatCannotBeTaken(cell: String, message: String) { #expect(Playground().error(cell)?.message == message) }
}
