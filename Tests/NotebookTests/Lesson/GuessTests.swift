import Testing

@testable import Notebook

@Suite struct GuessTests {
    @Test(arguments: [
        ("3", 3.0, ""), (" -0.5 ", -0.5, ""), ("0,05", 0.05, ""), (".5", 0.5, ""), ("1/4", 0.25, ""),
        ("1 / 4", 0.25, ""), ("5 %", 5, "%"), ("5%", 5, "%"), ("5 per cent", 5, "%"), ("1_000", 1000, ""),
        ("1e-3", 0.001, ""), ("3 minutes", 3, "minutes"), ("\u{2212}2", -2, ""), ("2. ", 2, ""),
    ])
    func numbersAreReadAsPeopleTypeThem(input: String, value: Double, unit: String) throws {
        let guess = try #require(Guess(input))
        #expect(guess.value == value)
        #expect(guess.unit == unit)
    }

    @Test(arguments: ["", "x", "3 + 4", "1, 2", "3 * x", "1/0", "0x10", "[3]", "2**3", "1:2", "next", "-"])
    func cellsAreNoGuesses(input: String) {
        #expect(Guess(input) == nil)
    }

    @Test(arguments: [
        ("5 %", "%", [5.0]), ("0.05", "%", [0.05, 5]), ("5 %", "", [0.05]), ("0.05", "", [0.05]),
        ("3", "minutes", [3]), ("3 min", "minutes", [3]), ("3 minute", "minutes", [3]), ("3 metres", "minutes", []),
        ("3 points", "", [3]),
    ])
    func unitsAreUnderstood(input: String, unit: String, values: [Double]) throws {
        #expect(try #require(Guess(input)).values(in: unit) == values)
    }
}
