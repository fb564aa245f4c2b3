import Testing
import Words

@Suite struct SpellingTests {
    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("linspace", "lnspace", 1), ("histgoram", "histogram", 1),
        ("abcd", "badc", 2), ("mean", "maen", 1),
    ])
    func distances(a: String, b: String, distance: Int) {
        #expect(Spelling.distance(a, b) == distance)
        #expect(Spelling.distance(b, a) == distance)
    }

    @Test func theClosestComesFirst() {
        #expect(Spelling.suggestions(for: "meen", among: ["mean", "seen", "median", "me"]) == ["mean", "seen"])
        #expect(Spelling.suggestions(for: "RELU", among: ["relu", "gelu"]).first == "relu")
        #expect(Spelling.suggestions(for: "x", among: ["y", "z"]).isEmpty)
        #expect(Spelling.question(for: "meen", among: ["mean", "seen"]) == "did you mean `mean` or `seen`?")
        #expect(Spelling.question(for: "gan", among: ["density"]) == nil)
    }

    @Test func slipsOfTheFingersAreFoundAndFarNamesAreNot() {
        let names = ["moons", "circles", "ring8", "normal", "normal2d"]
        #expect(Spelling.suggestions(for: "mons", among: names) == ["moons"])
        #expect(Spelling.suggestions(for: "cricles", among: names) == ["circles"])
        #expect(Spelling.suggestions(for: "Norml", among: names) == ["normal"])
        #expect(Spelling.suggestions(for: "zebra", among: names).isEmpty)
        #expect(Spelling.suggestions(for: "", among: names).isEmpty)
    }

    @Test func beginningsCountWhereTheyAreAskedFor() {
        let columns = ["eruption_minutes", "waiting_minutes"]
        #expect(Spelling.suggestions(for: "eruption", among: columns).isEmpty)
        #expect(Spelling.suggestions(for: "eruption", among: columns, beginnings: true) == ["eruption_minutes"])
        #expect(Spelling.suggestions(for: "", among: columns, beginnings: true).isEmpty)
    }
}
