import Foundation
import LinearAlgebra
import Testing

@testable import Probability

/// The folder of the data that the playground ships.
let datasets = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("datasets").path

struct DataTests {
    private func read(_ text: String) throws(DataError) -> DataTable { try CSVReader.read(text: text, name: "t.csv") }

    private func numbers(_ table: DataTable, _ name: String) throws -> [Double] { try table.numbers(name) }

    @Test("the shipped files are what they say")
    func shipped() throws {
        let faithful = try CSVReader.read(path: datasets + "/old-faithful.csv")
        #expect(faithful.rowCount == 272)
        #expect(faithful.columnNames == ["eruption_minutes", "waiting_minutes"])
        #expect(faithful.columns.allSatisfy { $0.isNumeric } && faithful.notes.isEmpty)
        let penguins = try CSVReader.read(path: datasets + "/penguins.csv")
        #expect(penguins.rowCount == 344 && penguins.columns.count == 8)
        #expect(
            try penguins.counts(of: "species").map { "\($0.value) \($0.count)" } == [
                "Adelie 152", "Gentoo 124", "Chinstrap 68",
            ])
        #expect(
            penguins.notes == [
                "2 values missing in bill_length_mm, bill_depth_mm, flipper_length_mm and body_mass_g (lines 5 and 273)",
                "11 values missing in sex (lines 5, 10, 11, 12, 13 and 6 more)",
            ])
        let selection = try penguins.selection(of: ["bill_length_mm", "body_mass_g"])
        #expect(selection.matrix.shape == .matrix(342, 2))
        #expect(selection.note == "2 of 344 rows skipped: no value in bill_length_mm and body_mass_g (lines 5 and 273)")
        #expect(try CSVReader.read(path: datasets + "/galaxies.csv").rowCount == 82)
        let digits = try CSVReader.read(path: datasets + "/digits-8x8.csv")
        #expect(digits.rowCount == 1797 && digits.columns.count == 65)
        #expect(try digits.counts(of: "digit").map(\.value) == (0...9).map(String.init))
    }

    @Test("quotes, doubled quotes, separators and line ends within quotes, blanks round cells")
    func quoting() throws {
        let table = try read(
            "name, note ,\"n\"\r\n\"a, b\",\"say \"\"hi\"\"\", 1\r\n\" c \",\"two\nlines\",\"2.5\" \r\nd,e \"f\", 3\r\n"
        )
        #expect(table.columnNames == ["name", "note", "n"])
        #expect(table.columns[0].cells == .text(["a, b", " c ", "d"]))
        #expect(table.columns[1].cells == .text(["say \"hi\"", "two\nlines", "e \"f\""]))
        #expect(table.columns[2].cells == .numbers([1, 2.5, 3]))
        #expect(table.lines == [2, 3, 5])
    }

    @Test("line ends of all systems, a byte-order mark, blank lines, no line end at the end")
    func lineEnds() throws {
        for text in ["x,y\n1,2\n3,4", "x,y\r\n1,2\r\n3,4\r\n", "x,y\r1,2\r3,4\r", "\u{FEFF}x,y\n1,2\n\n3,4\n\n\n"] {
            let table = try read(text)
            #expect(table.columnNames == ["x", "y"])
            #expect(table.columns[1].cells == .numbers([2, 4]))
        }
        #expect(try read("x,y\n1,2\n\n3,4").lines == [2, 4])
        #expect(try read("x\n1\n\n3\n").columns[0].cells == .numbers([1, 3]))
        #expect(try read("x,y\n,\n1,\n").columns[1].missingRows == [0, 1])
    }

    @Test("numbers are read to the last bit")
    func numberText() throws {
        let spelled = [
            "0", "-0.0", "1", "+3", ".5", "5.", "1e3", "1E-3", "2.2250738585072014e-308", "1.7976931348623157e308",
            "4.9e-324",
            "123456789012345678901234567890", "0.1", "0.30000000000000004", "9007199254740993", "1e22", "1e23",
            "3.14159265358979312",
            "0.000000000000000000000000000001", "00012", "179.100000000000000000000000001", "1e-400", "0e999999999999",
        ]
        var random = RandomStream(seed: 4)
        let drawn = (0..<300).map { _ in String(random.normal() * pow(10, Double(random.integer(below: 40) - 20))) }
        for text in spelled + drawn {
            let value = try #require(Double(text))
            #expect(NumberText.read(text) == .number(value), "\(text)")
        }
        for text in ["", "NA", "nan", "  ", "null", "-"] { #expect(NumberText.read(text) == .missing, "\(text)") }
        for text in ["x", "1x", "1e", "1e+", "e5", "1.2.3", "0x10", "inf", "1 2", "--1", "+", "１"] {
            #expect(NumberText.read(text) == .text, "\(text)")
        }
        for text in ["1e999", "-1e309", "1.8e308", String(repeating: "9", count: 400)] {
            #expect(NumberText.read(text) == .tooLarge, "\(text)")
        }
    }

    @Test("a number beyond the range makes its column text, and that is said", arguments: ["1e400\n2", "NA\n-1e400"])
    func tooLarge(rows: String) throws {
        let table = try read("a,b\n" + rows.replacing("\n", with: ",1\n") + ",2\n")
        let isFirst = rows.hasPrefix("1")
        let (line, text) = isFirst ? (2, "1e400") : (3, "-1e400")
        #expect(
            table.notes.first
                == "a is read as text, because line \(line) has \"\(text)\", too large for a number here (up to 1.8e308)"
        )
        #expect(
            throws: DataError.notANumber(column: "a", line: line, text: text, hint: "numbers here reach up to 1.8e308")
        ) { try table.numbers("a") }
    }

    @Test("missing values are skipped and told of")
    func missing() throws {
        let table = try read("a,b,c\n1,x,NA\n,y,2\nNaN,NA,3\n4,,4\n")
        #expect(
            table.notes == [
                "2 values missing in a (lines 3 and 4)", "2 values missing in b (lines 4 and 5)",
                "1 value missing in c (line 2)",
            ])
        let selection = try table.selection(of: ["a", "c"])
        #expect(selection.matrix == Matrix(rows: [[4, 4]]))
        #expect(selection.rows == [3])
        #expect(selection.note == "3 of 4 rows skipped: no value in a and c (lines 2, 3 and 4)")
        let reversed = table.rows(at: [3, 2, 1, 0])
        #expect(try reversed.completeRows(in: ["a"]).note == "2 of 4 rows skipped: no value in a (lines 3 and 4)")
        #expect(throws: DataError.nothingLeft(columns: ["a"])) { try read("a,b\nNA,1\n").selection(of: ["a"]) }
    }

    @Test("separators other than commas, files without names")
    func otherForms() throws {
        let semicolons = try read("x;y\n1,5;2\n")
        #expect(semicolons.columnNames == ["x", "y"] && semicolons.notes[0] == "read as separated by semicolons")
        #expect(
            throws: DataError.notANumber(
                column: "x", line: 2, text: "1,5", hint: "a decimal point, not a comma: write 3.6 for 3,6")
        ) { try semicolons.selection(of: ["x"]) }
        #expect(try read("x\ty\n1\t2\n").columnNames == ["x", "y"])
        let bare = try read("1,2\n3,4\n")
        #expect(bare.columnNames == ["x1", "x2"] && bare.rowCount == 2 && bare.lines == [1, 2])
        #expect(bare.notes == ["the first line holds numbers, so the columns are called x1 and x2"])
        let broken = try read("\"bill\nlength\",\" a\tb \"\n1,2\n")
        #expect(broken.columnNames == ["bill length", "a b"])
        #expect(
            broken.notes == [
                "the name of column 1 has line breaks or tabs in it; it is called bill length",
                "the name of column 2 has line breaks or tabs in it; it is called a b",
            ])
        let twice = try read("a,,a\n1,2,3\n")
        #expect(twice.columnNames == ["a", "x2", "a_2"])
        #expect(
            twice.notes == ["column 2 has no name and is called x2", "column 3 is a second \"a\" and is called a_2"])
    }

    private func error(_ text: String) -> DataError? {
        do throws(DataError) {
            _ = try read(text)
            return nil
        } catch { return error }
    }

    @Test("what is wrong, and where, in words")
    func errors() throws {
        #expect(error("")?.message == "t.csv is empty")
        #expect(error(" \n\n")?.message == "t.csv is empty")
        #expect(error("a,b\n")?.message == "t.csv has a line of column names and no rows below it")
        #expect(error("a,b\n1,2\n3\n")?.message == "t.csv, line 3: 1 cell where the first line has 2")
        #expect(error("a,b\n1,2,3\n")?.help == "a cell that has a comma in it stands in quotes: \"a, b\"")
        #expect(error("a\n1\n\"x\n2\n")?.message == "t.csv, line 3: the quote that opens here is never closed")
        #expect(error("a,b\n1,\"x\"y\n")?.message == "t.csv, line 2, column 6: text after a closing quote")
        let table = try read("mass,name\n1,x\noops,y\n")
        #expect(table.notes == ["mass is read as text, because line 3 has \"oops\""])
        #expect(throws: DataError.notANumber(column: "mass", line: 3, text: "oops", hint: nil)) {
            try table.numbers("mass")
        }
        #expect(throws: DataError.missingColumn(name: "mas", near: ["mass"], columns: ["mass", "name"])) {
            try table.column("mas")
        }
        #expect(try table.column("Mass").name == "mass")
        #expect(
            DataError.missingColumn(name: "mas", near: ["mass"], columns: ["mass", "name"]).help
                == "did you mean mass? the columns are mass and name")
        let value = DataError.noSuchValue(column: "name", value: "z", near: [], values: ["x", "y"])
        #expect(throws: value) { try table.rows(where: "name", equals: "z") }
    }

    @Test("bytes that are no text")
    func encodings() throws {
        func error(_ bytes: [UInt8]) -> DataError? {
            do throws(DataError) {
                _ = try CSVReader.read(contents: bytes, name: "t")
                return nil
            } catch { return error }
        }
        #expect(
            error(Array("a\n1\n".utf8) + [0xE9, 0x0A])?.message
                == "t is not UTF-8 text: byte 1 of line 3 begins no character")
        #expect(
            error([0xFF, 0xFE, 0x61, 0])?.help
                == "it looks like UTF-16 (\"Unicode text\" in spreadsheets): save it as UTF-8")
        #expect(error([0x61, 0, 0x62])?.help == "a zero byte: this is not a text file")
        for bytes: [UInt8] in [
            [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x61, 0xC3], [0xE2, 0x82],
        ] {
            #expect(TextFile.firstInvalid(in: bytes) != nil)
        }
        let good = Array("é€😀߿ࠀ퟿".utf8)
        #expect(TextFile.firstInvalid(in: good) == nil)
        #expect(try read("größe,名\n1,東京\n").columnNames == ["größe", "名"])
    }

    @Test("files that are not there, folders, devices")
    func files() throws {
        let missing = DataError.missingFile(path: datasets + "/pengins.csv", near: ["penguins.csv"])
        #expect(throws: missing) { try CSVReader.read(path: datasets + "/pengins.csv") }
        #expect(missing.help == "did you mean penguins.csv?")
        #expect(throws: DataError.unreadable(path: datasets, reason: "it is a folder")) {
            try CSVReader.read(path: datasets)
        }
        #expect(throws: DataError.unreadable(path: "/dev/zero", reason: "it is not a file")) {
            try CSVReader.read(path: "/dev/zero")
        }
    }

    @Test("no bytes bring it down; what can be read keeps its promises", arguments: 0..<8 as Range<UInt64>)
    func fuzz(seed: UInt64) throws {
        var random = RandomStream(seed: seed)
        let alphabet = Array("\"\",,\n\r;\t 1.5e-NAx".utf8) + [0xC3, 0xA9, 0xFF]
        for _ in 0..<250 {
            let count = random.integer(below: 40)
            let bytes = (0..<count).map { _ in
                seed % 2 == 0 ? alphabet[random.integer(below: alphabet.count)] : UInt8(random.integer(below: 256))
            }
            do throws(DataError) {
                let table = try CSVReader.read(contents: bytes, name: "fuzz")
                #expect(table.columns.allSatisfy { $0.count == table.rowCount } && table.rowCount > 0)
                #expect(table.lines.last ?? 0 <= bytes.count + 1)
                _ = table.summary()
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
    }

    @Test("rows by value, counts, a summary")
    func queries() throws {
        let table = try read("kind,size\nb,2\na,10\nb,2.0\nNA,4\n")
        #expect(try table.rows(where: "kind", equals: "b").numbers("size") == [2, 2])
        #expect(try table.rows(where: "size", equals: "2").lines == [2, 4])
        #expect(try table.counts(of: "kind").map(\.value) == ["b", "a"])
        #expect(try table.counts(of: "size").map(\.value) == ["2", "4", "10"])
        let summary = table.summary()
        #expect(
            summary[0].count == 3 && summary[0].missing == 1 && summary[0].distinct == 2 && summary[0].moments == nil)
        let moments = try #require(summary[1].moments)
        #expect(moments.mean == 4.5 && moments.minimum == 2 && moments.maximum == 10)
        #expect(abs(moments.standardDeviation - Double(10.75).squareRoot()) < 1e-15)
    }

    @Test("a split keeps every row once")
    func splitting() throws {
        let table = try read("n\n" + (0..<101).map(String.init).joined(separator: "\n"))
        var random = RandomStream(seed: 9)
        let (first, second) = try table.split(0.7, using: &random)
        #expect(first.rowCount == 71 && second.rowCount == 30)
        let together = try (first.numbers("n") + second.numbers("n")).sorted()
        #expect(together == (0..<101).map(Double.init))
        #expect(try first.numbers("n") != first.numbers("n").sorted())
        for fraction in [0, 1, -0.5, .nan] {
            #expect(throws: DataError.self) { try table.split(fraction, using: &random) }
        }
    }

    @Test("the place of a byte that is no text is told within its line")
    func placeOfABadByte() throws {
        let bytes = Array("name,mass\ncaf".utf8) + [0xE9] + Array(",1\n".utf8)
        #expect(throws: DataError.notUTF8(path: "t", line: 2, byte: 4, hint: nil)) {
            try CSVReader.read(contents: bytes, name: "t")
        }
    }

    @Test("tables in memory are checked")
    func inMemory() throws {
        typealias Column = DataTable.Column
        let a = Column(name: "a", cells: .numbers([1, 2]))
        #expect(throws: DataError.self) {
            try DataTable(name: "t", columns: [a, Column(name: "b", cells: .text(["x"]))])
        }
        #expect(throws: DataError.self) { try DataTable(name: "t", columns: [a, a]) }
        #expect(throws: DataError.self) {
            try DataTable(name: "t", columns: [Column(name: "a", cells: .numbers([.infinity]))])
        }
    }
}

struct TextPictureTests {
    @Test("darkness is density, remarks and margins are left out, cells are twice as high as wide")
    func drawing() throws {
        let picture = try TextPicture(text: "// a remark\n\n   #9\n   .  \n\n")
        #expect(picture.rows == 2 && picture.columns == 2)
        #expect(picture.weights == [7, 9, 1, 0])
        let distribution = try picture.distribution(size: 4)
        #expect(distribution.box.x == -1...1 && distribution.box.y == -2...2)
        #expect(abs(distribution.logDensity(x: -0.5, y: 1) - log(7.0 / 17 / 2)) < 1e-12)
        #expect(abs(distribution.logDensity(x: -0.5, y: -1) - log(1.0 / 17 / 2)) < 1e-12)
        #expect(distribution.logDensity(x: 0.5, y: -1) == -.infinity)
    }

    @Test("shades, tabs, letters and a picture with nothing in it")
    func characters() throws {
        #expect(try TextPicture(text: "x\t█é").weights == [9] + Array(repeating: 0, count: 7) + [9, 9])
        #expect(throws: DataError.empty(path: "drawing")) { try TextPicture(text: "  \n//x\n\n") }
        #expect(throws: DataError.self) { try TextPicture(text: String(repeating: "#", count: 1001)) }
        #expect(throws: DataError.self) { try TextPicture(path: "/nowhere/at-all.txt") }
    }
}
