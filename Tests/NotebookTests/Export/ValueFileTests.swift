import Foundation
import Language
import LinearAlgebra
import Testing

@testable import Notebook

@Suite struct ValueFileTests {
    /// Runs cells in which FOLDER stands for a new folder; the workbench and the folder.
    private func inFolder(_ body: (Workbench, (String) -> String) throws -> Void) throws {
        try Fixture.withFolder { (folder: URL) throws in
            try body(Workbench()) { $0.replacing("FOLDER", with: folder.path) }
        }
    }

    private static func bits(_ matrices: [Matrix<Double>]) -> [[UInt64]] {
        matrices.map { $0.values.map(\.bitPattern) }
    }

    @Test(arguments: ["safetensors", "json"]) func networksComeBackToTheLastBit(ending: String) throws {
        try inFolder { bench, path in
            for make in [
                "mlp(2, 16, 3, 2, activation=\"tanh\")", "mlp(1, 1)", "neuron(3)", "mlp(2, 8, 3, output=\"softmax\")",
            ] {
                try bench.context.run(path("G = \(make); export G to FOLDER/g.\(ending)"))
                let before = try #require(try bench.object("G", as: NetworkValue.self))
                let after = try #require(try bench.object(path("read(\"FOLDER/g.\(ending)\")"), as: NetworkValue.self))
                #expect(Self.bits(before.model.parameters) == Self.bits(after.model.parameters))
                #expect(before.model == after.model)
                #expect(after.steps == before.steps)
            }
        }
    }

    @Test(arguments: ["safetensors", "json"]) func fittedNetworksKeepStepsAndClasses(ending: String) throws {
        try inFolder { bench, path in
            try bench.context.run("p = complete(read(\"penguins\"), \"body_mass_g\", \"flipper_length_mm\")")
            try bench.context.run("C = mlp(1, 4, 3); fit C p.body_mass_g / 1000 p.species steps=5")
            try bench.context.run(path("export C to FOLDER/c.\(ending)"))
            let after = try #require(try bench.object(path("read(\"FOLDER/c.\(ending)\")"), as: NetworkValue.self))
            #expect(after.steps == 5)
            #expect(after.classNames?.sorted() == ["Adelie", "Chinstrap", "Gentoo"])
        }
    }

    /// What a game gives its discriminator beside the layers goes into the file too, and so do the points among which it
    /// judges.
    @Test(arguments: ["safetensors", "json"]) func discriminatorsWithHeadsComeBack(ending: String) throws {
        try inFolder { bench, path in
            for rules in ["minibatch=2, minibatch_dims=4", "conditional=\"projection\", minibatch=1"] {
                let inputs = rules.hasPrefix("m") ? 1 : 3
                try bench.context.run(
                    "game = gan(mlp(\(inputs), 4, 1), mlp(1, 4, 1), bimodal, \(rules), batch=8); step 3")
                try bench.context.run(path("D = game.D; export D to FOLDER/d.\(ending)"))
                let before = try #require(try bench.object("D", as: NetworkValue.self))
                let after = try #require(try bench.object(path("read(\"FOLDER/d.\(ending)\")"), as: NetworkValue.self))
                #expect(before.model.company?.rows == 7 && before.model.head.kernels > 0)
                #expect(before.model == after.model)
            }
        }
    }

    @Test func matricesComeBackToTheLastBit() throws {
        try inFolder { bench, path in
            let odd = "[[0.1, -0.0, 1e-320], [1.7976931348623157e308, 3, -2.5]]"
            for source in [odd, "randn(40, 3)", "[1, 2, 3]", "0.1 + 0.2"] {
                for ending in ["safetensors", "json"] {
                    try bench.context.run(path("x = \(source); export x to FOLDER/x.\(ending)"))
                    let (before, after) = (
                        try bench.matrix("x"), try bench.matrix(path("read(\"FOLDER/x.\(ending)\")"))
                    )
                    #expect(before.shape == after.shape)
                    #expect(Self.bits([before]) == Self.bits([after]), "\(source) \(ending)")
                }
            }
            try bench.context.run(path("x = [1e308 * 10, sqrt(-1)]; export x to FOLDER/x.safetensors"))
            #expect(
                Self.bits([try bench.matrix(path("read(\"FOLDER/x.safetensors\")"))])
                    == Self.bits([try bench.matrix("x")]))
        }
    }

    @Test func samplesComeBackFromCSV() throws {
        try inFolder { bench, path in
            try bench.context.run(path("x = randn(300, 2) * 10**(20 * randn(300, 1)); export x to FOLDER/x.csv"))
            let after = try bench.matrix(path("matrix(read(\"FOLDER/x.csv\"))"))
            #expect(Self.bits([after]) == Self.bits([try bench.matrix("x")]))
            try bench.context.run(path("export read(\"penguins\") to FOLDER/p.csv"))
            let tables = try ["penguins", path("FOLDER/p.csv")].map {
                try #require(try bench.object("read(\"\($0)\")", as: TableValue.self)).table
            }
            for (one, other) in zip(tables[0].columns, tables[1].columns) {
                #expect(one.name == other.name && one.isNumeric == other.isNumeric)
                #expect((0..<one.count).map(one.text) == (0..<other.count).map(other.text))
            }
        }
    }

    @Test func refusesWhatAFileCannotHold() throws {
        try inFolder { bench, path in
            try bench.context.run(
                "x = [[1, 2], [3, 1e308 * 10]]; n = [1, sqrt(-1)]; game = gan(mlp(1, 1), mlp(1, 1), bimodal)")
            #expect(
                bench.error(path("export x to FOLDER/a.json"))?.message
                    == "it has inf in row 1, column 1, which JSON cannot hold")
            #expect(
                bench.error(path("export n to FOLDER/a.json"))?.message
                    == "it has nan in place 1, which JSON cannot hold")
            #expect(
                bench.error(path("export x to FOLDER/a.csv"))?.message.hasPrefix("row 1 has inf in column y") == true)
            #expect(
                bench.error(path("export \"text\" to FOLDER/a.json"))?.message.contains("cannot be exported") == true)
            #expect(bench.error(path("export game to FOLDER/a.json"))?.help?.hasPrefix("export game.G to /") == true)
            #expect(bench.error(path("export x to FOLDER/a.npy"))?.message.contains("names no format") == true)
            #expect(
                bench.error(path("export [1] to FOLDER/none/a.json"))?.message.contains("no such file or folder")
                    == true)
            #expect(
                bench.error(path("export x to FOLDER/a.html"))?.help?.hasPrefix("the session is exported by: export /")
                    == true)
            #expect(bench.error("export")?.message == "export: to which file?")
        }
    }

    // MARK: Files that are not sound

    private static func file(_ header: String, data: Int, length: Int? = nil) -> [UInt8] {
        withUnsafeBytes(of: UInt64(length ?? header.utf8.count).littleEndian, Array.init) + Array(header.utf8)
            + [UInt8](repeating: 0, count: data)
    }

    private static func entry(_ name: String, _ type: String = "F32", _ shape: String = "[2]", _ offsets: String)
        -> String
    {
        "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
    }

    @Test(arguments: [
        ([1, 2, 3], "it is 3 bytes long"),
        (file("{}", data: 0, length: 1_000), "its header should be 1000 bytes long, and only 2 follow"),
        (file("{}", data: 0, length: .max), "only 2 follow"),
        (file("{\"a\":", data: 0), "its header is no JSON: line 1, column 6: unexpected end"),
        (file("[1]", data: 0), "no JSON object"),
        (file("{\(entry("a", "I32", "[2]", "[0,8]"))}", data: 8), "the dtype \"I32\"; F32 and F64 are understood"),
        (file("{\(entry("a", "F32", "[2]", "[0,9]"))}", data: 9), "takes 8 bytes, and has 9"),
        (file("{\(entry("a", "F32", "[2]", "[0,8]"))}", data: 7), "ends at byte 8 of the data, which are 7 bytes long"),
        (file("{\(entry("a", "F32", "[2]", "[8,0]"))}", data: 8), "no `data_offsets`"),
        (file("{\(entry("a", "F32", "[-2]", "[0,8]"))}", data: 8), "no `shape`"),
        (
            file("{\(entry("a", "F32", "[4503599627370496,4503599627370496]", "[0,8]"))}", data: 8),
            "more bytes than there can be"
        ),
        (file("{\(entry("a", "F32", "[1,1,2]", "[0,8]"))}", data: 8), "3 dimensions"),
        (
            file("{\(entry("a", "F32", "[2]", "[0,8]")),\(entry("b", "F32", "[2]", "[4,12]"))}", data: 12),
            "inside tensor \"a\", which ends at 8"
        ),
        (file("{\(entry("a", "F32", "[2]", "[4,12]"))}", data: 12), "bytes 0 to 4 of the data are no tensor's"),
        (file("{\(entry("a", "F32", "[2]", "[0,8]"))}", data: 12), "bytes 8 to 12 of the data are no tensor's"),
        (
            file("{\(entry("a", "F32", "[2]", "[0,8]")),\(entry("a", "F32", "[2]", "[8,16]"))}", data: 16),
            "are no tensor's"
        ),
        (file("{\"__metadata__\":{\"a\":1}}", data: 0), "other than text under \"a\""),
    ]) func refusesBrokenSafetensors(bytes: [UInt8], message: String) {
        #expect { try Safetensors(bytes) } throws: { "\($0)".contains(message) }
    }

    @Test(arguments: [
        ("[[1, 2], [3]]", "it has 1 numbers in row 1, and 2 in row 0"),
        ("[1, NaN]", "line 1, column 5: invalid value"), ("[1,\n é]", "line 2, column 2: invalid value"),
        ("[1, 1e999]", "number 1e999 is not representable"), ("[01]", "line 1, column 3: number with leading zero"),
        ("[1] 2", "line 1, column 5"), ("", "unexpected end"), ("{\"a\": 1}", "neither a network"),
        (String(repeating: "[", count: 99_999), "too many nested arrays"), ("[1e-400]", "a number or a string in it"),
        (network("\"x\"", "[[1]]", "[1]"), "no activation function \"x\""),
        (network("\"relu\"", "[[1, 2]]", "[1]"), "`length of b1` is 1; it has to be 2"),
        (network("\"relu\"", "[1]", "[1]"), "`number of axes of W1` is 1; it has to be 2"),
        (network("\"relu\"", "[[1]]", "[null]"), "b1 has something"),
        (network("\"relu\"", "[[1]]", "[1], \"W3\": [[1]]"), "`W2` is missing"),
    ]) func refusesBrokenJSON(text: String, message: String) throws {
        try inFolder { bench, path in
            try text.write(toFile: path("FOLDER/a.json"), atomically: true, encoding: .utf8)
            let error = bench.error(path("x = read(\"FOLDER/a.json\")"))
            #expect(error?.message.contains(message) == true, "\(error?.message ?? "none")")
        }
    }

    private static func network(_ activation: String, _ weights: String, _ biases: String) -> String {
        """
        {"format": "GAN playground network", "activation": \(activation), "output": "none",
         "parameters": {"W1": \(weights), "b1": \(biases)}}
        """
    }

    @Test func stringsOfJSONAreUnderstood() throws {
        let text = #" {"a\n\u00e9\ud83d\ude00": [true, false, null, "\/\\\"", -0.5e-3, {}]} "#
        let value = try JSONValue(reading: Array(text.utf8))
        let items = try #require(value["a\né😀"]?.array)
        #expect(items[3].string == "/\\\"" && items[4].number == -0.0005 && items.count == 6)
        let written = JSONText.string("a\n\"\\\u{1}é")
        #expect(try JSONValue(reading: Array(written.utf8)).string == "a\n\"\\\u{1}é")
    }

    @Test func anExportedValueIsACellAndASessionIsNot() throws {
        try Fixture.withFolder { (folder: URL) throws in
            let session = Session(configuration: .init(registry: Library.registry(resources: Resources())))
            #expect(session.run("my = 3; G = mlp(1, 1)").error == nil)
            #expect(session.run("export \(folder.path)/my.html").number == nil)
            #expect(session.run("export randn(9, 2) to \(folder.path)/my.csv").number == 2)
            #expect(session.record.count == 2)
        }
    }
}
