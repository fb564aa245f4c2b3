import Testing

@testable import Language

@Suite struct CompleterTests {
    /// The candidates for a text whose cursor stands at `|`, each as kind and text, the word they replace, and
    /// what would stand there.
    private func complete(_ marked: String) -> (word: String, items: [String], whole: [String]) {
        let playground = Playground()
        _ = playground.run("speed = 3; d = die(8); square(x) = x**2; straße = 1; data = 4; pair = (1, 2)")
        let parts = marked.split(separator: "|", omittingEmptySubsequences: false)
        let text = parts.joined()
        var registry = Registry.playground
        registry.add(Self.paint)
        var completer = Completer(registry: registry, state: playground.context.state)
        completer.words = { command, parameter in
            ["data", "read"].contains(command) && parameter == "name"
                ? [("old-faithful", "eruptions"), ("penguins", "birds")] : []
        }
        completer.files = { prefix in ["figures/", "faces.csv", "my file.csv"].filter { $0.hasPrefix(prefix) } }
        let found = completer.completions(in: text, at: parts[0].utf8.count)
        let word = Source(text).text(of: found.range)
        return (word, found.items.map { "\($0.kind.rawValue) \($0.text)" }, found.items.map { $0.text + $0.suffix })
    }

    /// Words by place, in a list, and by name.
    private static let paint = FunctionEntry(
        "paint", topic: .plots, "paints",
        parameters: [
            Parameter("colours", .oneOf([.choice(["red", "blue"]), .list(of: .choice(["red", "blue"]))]), "which"),
            Parameter("style", .choice(["rough", "smooth"]), default: "rough", "how"),
            Parameter("edges", .list(of: .choice(["round", "sharp"])), default: "", "what they are like"),
            Parameter("width", .any, default: "", "how wide"),
        ], returns: "nothing", example: "1"
    ) { _, _ in .nothing }

    @Test(arguments: [
        ("pl|", "pl", ["command plot", "command plot histogram"]),
        ("plot h|", "plot h", ["command plot histogram"]),
        ("3; plo|", "plo", ["command plot", "command plot histogram"]),
        ("sp|", "sp", ["variable speed"]),
        ("rep|", "rep", ["keyword repeat"]),
        ("1 + sq|", "sq", ["function square"]),
        ("x = lins|", "lins", ["function linspace"]),
        ("stra|", "stra", ["variable straße"]),
        ("d.|", "", ["member sides", "member mean"]),
        ("(d.m|", "m", ["member mean"]),
        ("speed.s|", "s", ["member shape", "member size"]),
        ("undefined.|", "", []),
        ("layer(2, act|", "act", ["option activation="]),
        ("layer(2, activation=|", "", ["choice relu", "choice tanh", "choice sigmoid"]),
        ("layer(2, activation=t|", "t", ["choice tanh"]),
        ("linspace(0, 1, n|", "n", ["option n=", "constant nan", "keyword none", "keyword not"]),
        ("plot histogram speed bi|", "bi", ["option bins="]),
        ("plot histogram speed scale=d|", "d", ["choice density"]),
        ("plot histogram speed t|", "t", ["option title=", "keyword to", "keyword true"]),
        ("plot histogram speed to f|", "f", ["file figures/", "file faces.csv"]),
        ("plot histogram speed to my|", "my", ["file \"my file.csv"]),
        ("read(\"fa|", "fa", ["file faces.csv"]),
        (
            "read(\"|", "",
            ["word old-faithful", "word penguins", "file figures/", "file faces.csv", "file my file.csv"]
        ),
        ("layer(2, activation=\"|", "", ["choice relu", "choice tanh", "choice sigmoid"]),
        ("x = layer(2, 3, activation='s|", "s", ["choice sigmoid"]),
        ("x = layer(2, 3, activation='s|')", "s", ["choice sigmoid"]),
        ("layer(2, activation=\"fa|", "fa", []),
        ("paint(\"r|", "r", ["choice red"]),
        ("paint(1 + 2, width=(2, 3), \"r|", "r", ["choice rough"]),
        ("die(2).paint(\"r|", "r", ["choice rough"]),
        ("paint([\"red\", \"b|", "b", ["choice blue"]),
        ("paint(edges=[\"r|", "r", ["choice round"]),
        ("linspace(\"f|", "f", []),
        ("square(\"f|", "f", ["file figures/", "file faces.csv"]),
        ("pair[\"f|", "f", ["file figures/", "file faces.csv"]),
        ("\"f|", "f", ["file figures/", "file faces.csv"]),
        ("plot histogram speed scale=\"d|", "d", ["choice density"]),
        ("plot histogram speed title=\"f|", "f", ["file figures/", "file faces.csv"]),
        ("plot histogram speed to \"my f|", "my f", ["file my file.csv"]),
        ("data \"p|", "p", ["word penguins"]),
        ("data |", "", ["word old-faithful", "word penguins"]),
        ("data old-f|", "old-f", ["word old-faithful"]),
        ("clear sp|", "sp", ["variable speed"]),
        ("data = spe|", "spe", ["variable speed"]),
        ("repeat 3 { plot h|", "plot h", ["command plot histogram"]),
        ("# pl|", "", []),
        ("12|", "", []),
        ("SPEED + SPE|", "SPE", ["variable speed"]),
    ])
    func candidates(marked: String, word: String, items: [String]) {
        let found = complete(marked)
        #expect(found.word == word)
        #expect(found.items == items)
    }

    @Test(arguments: [
        ("layer(2, activation=\"t|", "tanh\""), ("layer(2, activation='t|", "tanh'"),
        ("layer(2, activation=t|", "tanh "),
        ("read(\"fa|", "faces.csv\""), ("read(\"fi|", "figures/"), ("plot histogram 1 to fa|", "faces.csv "),
        ("plot histogram 1 to my|", "\"my file.csv\""), ("data \"pen|", "penguins\""), ("data pen|", "penguins "),
    ])
    func aWholeWordClosesItsQuote(marked: String, whole: String) {
        #expect(complete(marked).whole == [whole])
    }

    @Test func everyPlaceInACellCanBeAsked() {
        let text =
            "plot histogram [1, d.mean], bins=3 to \"ä b.png\"; f(x, y=\"a\") = x # end\nlayer(2, activation=relu)"
        let completer = Completer(registry: .playground, state: Playground().context.state)
        for cursor in 0...text.utf8.count {
            let range = completer.completions(in: text, at: cursor).range
            #expect(range.start <= range.end && range.end <= cursor)
        }
    }
}
