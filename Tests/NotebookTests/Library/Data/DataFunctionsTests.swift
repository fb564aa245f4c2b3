import Foundation
import Language
import LinearAlgebra
import Probability
import Testing

@testable import Notebook

struct DataFunctionsTests {
    private let bench = Workbench()

    @Test("shipped data by name, their columns as vectors and lists, notes on what is missing")
    func reading() throws {
        #expect(try bench.number("read(\"old-faithful\").rows") == 272)
        #expect(try bench.matrix("read(\"old-faithful\").eruption_minutes").shape == .vector(272))
        _ = try bench.value("read(\"penguins\")")
        #expect(bench.notes.count == 2)
        try bench.context.run("birds = read(\"penguins\")")
        #expect(try bench.value("birds.species").elements?.count == 344)
        #expect(try bench.matrix("birds.body_mass_g").shape == .vector(342))
        _ = try bench.value("birds[\"sex\"]")
        #expect(bench.notes == ["11 of 344 rows skipped: no value in sex (lines 5, 10, 11, 12, 13 and 6 more)"])
        #expect(try bench.matrix("birds[\"bill_length_mm\", \"body_mass_g\"]").shape == .matrix(342, 2))
        #expect(bench.error("birds[\"bil_length_mm\"]")?.message == "there is no column \"bil_length_mm\"")
        #expect(bench.error("birds.bil_length_mm")?.help == "did you mean `bill_length_mm`?")
        #expect(bench.error("read(\"pengins\")")?.message == "there is no file \"pengins\"")
        #expect(bench.error("read(\"pengins\")")?.help == "did you mean penguins?")
        #expect(bench.error("read(\"pengins\")")?.kind == .file)
    }

    @Test("rows by value, by place, by comparison; split, counts, summary, complete")
    func tables() throws {
        try bench.context.run("birds = read(\"penguins\")")
        #expect(try bench.number("rows(birds, species=\"Gentoo\").rows") == 124)
        #expect(try bench.number("rows(birds, year=2007).rows") == 110)
        #expect(try bench.number("rows(birds, species=\"Adelie\", island=\"Dream\").rows") == 56)
        #expect(bench.error("rows(birds, specis=\"Adelie\")")?.help?.hasPrefix("did you mean species?") == true)
        #expect(try bench.number("birds[:10].rows") == 10)
        #expect(try bench.number("birds[-1].year[0]") == 2009)
        #expect(try bench.number("birds[birds.year > 2008].rows") == 120)
        let mask = try #require(bench.error("birds[birds.body_mass_g > 4000]"))
        #expect(mask.help == "a column leaves out its missing values; `complete(t)` has the rows that lack none")
        try bench.context.run("whole = complete(birds, \"body_mass_g\")")
        #expect(try bench.number("whole[whole.body_mass_g > 4000].rows") == 172)
        try bench.context.run("train, test = split(birds, 0.7)")
        #expect(try bench.number("train.rows") == 241)
        #expect(try bench.number("test.rows") == 103)
        #expect(try bench.matrix("split([[1, 2], [3, 4], [5, 6]], 0.67)[0]").shape == .matrix(2, 2))
        #expect(try bench.matrix("counts(birds, \"species\").count").values == [152, 124, 68])
        #expect(try bench.matrix("summary(birds).missing").values == [0, 0, 2, 2, 2, 2, 11, 0])
        #expect(try bench.matrix("matrix(read(\"digits-8x8\"))").shape == .matrix(1797, 65))
        let wrong = try #require(bench.error("rows(birds, species=\"Adelle\")"))
        #expect(wrong.help == "did you mean Adelie? species holds Adelie, Gentoo and Chinstrap")
        #expect(bench.error("matrix(birds, \"species\")")?.kind == .type)
        #expect(bench.error("birds[3.5]")?.kind == .type)
        #expect(bench.error("birds[344]")?.message == "there is no row 344: the table has 344 rows")
    }

    @Test("a table prints its first rows aligned, within the width")
    func printing() throws {
        let faithful = try #require(try bench.object("read(\"old-faithful\")", as: TableValue.self))
        #expect(
            faithful.describe(width: 80) == """
                old-faithful: 272 rows, 2 columns
                  eruption_minutes  waiting_minutes
                            number           number
                               3.6               79
                               1.8               54
                             3.333               74
                             2.283               62
                             4.533               85
                             2.883               55
                  … 266 more rows
                """)
        let birds = try #require(try bench.object("read(\"penguins\")", as: TableValue.self))
        for width in [32, 40, 80, 200] {
            #expect(birds.describe(width: width).split(separator: "\n").allSatisfy { $0.count <= width })
        }
        #expect(birds.describe(width: 80).hasSuffix("… 3 more columns: body_mass_g, sex, year"))
        let small = try #require(try bench.object("counts(read(\"penguins\"), \"island\")", as: TableValue.self))
        #expect(small.describe(width: 80).split(separator: "\n").count == 6)
    }

    @Test("histograms and distances")
    func measures() throws {
        let parts = try #require(try bench.value("histogram([1, 2, 2, 3], 2)").elements)
        #expect(parts.compactMap(\.matrix).map(\.values) == [[1, 3], [1, 2, 3]])
        #expect(try bench.matrix("histogram([1, 2, 2, 3], [0, 2, 4])[0]").values == [1, 3])
        #expect(try bench.number("ks([0.5], uniform())") == 0.5)
        #expect(try bench.number("ks([1, 2], [3, 4])") == 1)
        #expect(try bench.number("ks([[1], [2]], [[3, 4]])") == 1)
        #expect(bench.error("ks(randn(5, 2), normal())")?.message.contains("points of 2 numbers") == true)
        #expect(bench.error("ks([1, 2], randn(5, 2))")?.message.contains("`other` has points") == true)
        #expect(abs(try bench.number("js([1, 0], [0, 1])") - log(2)) < 1e-15)
        #expect(bench.error("histogram([1, 2], 0)")?.kind == .value)
        #expect(bench.error("kl([1], [1, 2])")?.help == "count both with the same edges")
    }

    @Test("`data` lists, chooses and says what it is")
    func command() throws {
        let list = try bench.text("data")
        for name in ["old-faithful", "penguins", "ring8", "claw", "data draw"] { #expect(list.contains(name)) }
        let text = try bench.text("data old-faithful")
        #expect(text.contains("eruption_minutes") && text.hasSuffix("note: `data` is now old-faithful"))
        #expect((3...5).contains(text.split(separator: "\n").count))
        #expect(try bench.number("data.rows") == 272)
        #expect(try bench.text("data penguins bill_length_mm, bill_depth_mm").contains("2 of 344 rows skipped"))
        #expect(try bench.matrix("data").shape == .matrix(342, 2))
        #expect(bench.context.state.slots["data"]?.matrix?.rows == 342)
        #expect(try bench.text("data moons").contains("a distribution of points in the plane"))
        #expect(try bench.object("data", as: DistributionValue.self)?.distribution.name == "moons")
        #expect(bench.error("data mons")?.help == "did you mean moons?")
        #expect(bench.error("data penguins bill")?.kind == .name)
        #expect(bench.error("data moons x")?.kind == .value)
    }

    @Test("a column that is not there is said at once, under its name")
    func missingColumn() throws {
        let session = Session(configuration: .init(resources: Workbench.resources))
        let result = session.run("data penguins zz")
        #expect(result.outputs.isEmpty)
        #expect(result.error?.message == "there is no column \"zz\"")
        #expect(result.error?.range == SourceRange(start: 14, end: 16))
    }

    @Test("text where numbers belong is called text, and columns of text are missed by name")
    func columnsOfText() throws {
        try bench.context.run("birds = read(\"penguins\")")
        #expect(bench.error("mean(birds.species)")?.message.hasSuffix("not a list of 344 strings") == true)
        #expect(bench.error("mean([1, \"a\"])")?.message.hasSuffix("not a list of 2 values") == true)
        _ = try bench.value("matrix(birds)")
        #expect(bench.notes.first == "left out species, island and sex: they hold text")
        _ = try bench.value("matrix(birds, \"year\")")
        #expect(bench.notes.isEmpty)
    }

    @Test("a table in which somebody wrote control characters prints them as what they are not")
    func controlCharacters() throws {
        let column = DataTable.Column(name: "a\nb", cells: .text(["x\u{1B}[31my", "z\nz"]))
        let text = TablePrinter(try DataTable(name: "t", columns: [column]), width: 80).text
        #expect(text.split(separator: "\n").count == 5)
        #expect(!text.contains("\u{1B}") && text.contains("a b"))
    }
}

struct DataDrawingsTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "drawings-\(UUID().uuidString)")

    private func bench(isTerminal: Bool = true, _ open: @escaping @Sendable (URL) -> String?) -> Workbench {
        var registry = Registry()
        let drawings = Drawings(folder: folder, open: open, isTerminal: { isTerminal })
        Library.addDistributions(to: &registry)
        Library.addData(to: &registry, resources: Workbench.resources, drawings: drawings)
        return Workbench(registry: registry)
    }

    @Test("a drawing is made in the editor, is the data then, and is there later")
    func drawing() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let bench = bench { file in
            let template = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            try? (template + "\n  ##\n  @\n").write(to: file, atomically: true, encoding: .utf8)
            return nil
        }
        #expect(try bench.text("data draw face").hasSuffix("note: `data` is now face"))
        #expect(try bench.matrix("sample(data, 10)").shape == .matrix(10, 2))
        #expect(try bench.object("drawing(\"face\")", as: DistributionValue.self)?.distribution.name == "face")
        #expect(try bench.text("data").contains("Your drawings"))
        #expect(try bench.text("data face").contains("face"))
        #expect(try bench.number("drawing(\"face\", 2).size") == 2)
    }

    @Test("a drawing may be given by its lines, in the cell itself")
    func drawingByLines() throws {
        let bench = bench { _ in nil }
        #expect(try bench.number("drawing([\"###\", \"#\"], size=3).columns") == 3)
        #expect(try bench.matrix("density(drawing([\"###\", \"#\"], size=3), [[-1, -1], [0, -1]])")[1, 0] == 0)
        #expect(try bench.matrix("sample(drawing([\"##\", \"#\"]), 10)").shape == .matrix(10, 2))
        #expect(bench.error("drawing([])")?.message.contains("drawing") == true)
        #expect(bench.error("drawing([\"  \"])")?.kind == .value)
    }

    @Test("an empty drawing, no terminal, a failing editor, a name that is none")
    func failures() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(bench { _ in nil }.error("data draw face")?.message.hasPrefix("nothing is drawn") == true)
        let piped = try #require(bench(isTerminal: false) { _ in nil }.error("data draw face"))
        #expect(piped.message == "`data draw` opens an editor, and there is no terminal to open it in")
        #expect(bench { _ in "the editor failed" }.error("data draw face")?.message == "the editor failed")
        #expect(bench { _ in nil }.error("data draw ../face")?.kind == .value)
        #expect(bench { _ in nil }.error("drawing(\"nowhere\")")?.kind == .file)
    }

    @Test("the editor is the person's, run by the shell, and gets the file's name as it is")
    func editor() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "a $(name) 'with' \"signs\".txt")
        try Data("x".utf8).write(to: file)
        #expect(TextEditor(environment: ["VISUAL": "test -f", "EDITOR": "false"]).open(file) == nil)
        #expect(TextEditor(environment: ["EDITOR": "false"]).open(file) == "the editor `false` failed")
        #expect(TextEditor(environment: ["PATH": "/nowhere"]).open(file)?.hasPrefix("there is no editor") == true)
    }
}
