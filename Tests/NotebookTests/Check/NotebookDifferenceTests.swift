import Testing

@testable import Notebook

@Suite struct NotebookDifferenceTests {
    private func document(_ name: String, seed: Int = 1, _ cells: (String, String)...) -> Document {
        let blocks = cells.map { "```gan\n\($0.0)\n```\n" + ($0.1.isEmpty ? "" : "\n```output\n\($0.1)\n```\n") }
        return Document(parsing: "---\nseed: \(seed)\n---\n\n" + blocks.joined(separator: "\n"), file: name)
    }

    @Test func theSameIsNoDifference() {
        let one = document("a.md", ("x = 1", ""), ("x", "1"))
        let difference = NotebookDifference(one, one)
        #expect(difference.isEmpty)
        #expect(difference.summary == "2 cells alike")
    }

    @Test func tellsEveryKindOfDifference() {
        let one = document("a.md", ("x = 1", ""), ("y", "0.5\nmore"), ("train 500", ""), ("z", "3"))
        let other = document(
            "b.md", seed: 2, ("x = 1", ""), ("y", "0.7\nmore"), ("train 600", ""), ("new", ""), ("z", "3"))
        let difference = NotebookDifference(one, other)
        #expect(
            difference.lines.joined(separator: "\n") == """
                seed: 1 in a.md, 2 in b.md

                cell 2 (line 9) prints something else:
                  -0.5
                  +0.7
                   more

                cell 3 (line 18) is written otherwise:
                  -train 500
                  +train 600

                cell 4 (line 22) is only in b.md:
                  +new
                """)
        #expect(difference.summary == "2 cells alike, 1 prints something else, 1 is written otherwise, 1 only in b.md")
    }

    @Test func numbersAgreeWithinTheTolerance() {
        func differs(_ a: String, _ b: String, _ tolerance: NumberTolerance) -> Bool {
            !NotebookDifference(document("a", ("x", a)), document("b", ("x", b)), tolerance: tolerance).isEmpty
        }
        #expect(!differs("loss 0.5321", "loss 0.5322", .lastDigit))
        #expect(differs("loss 0.5321", "loss 0.5323", .lastDigit))
        #expect(differs("loss 0.5321", "loss 0.5322", .relative(0)))
        #expect(!differs("[1000, 2]", "[1010, 2.01]", .relative(0.02)))
        #expect(differs("[1000, 2]", "[1030, 2]", .relative(0.02)))
        #expect(!differs("1e-9", "-1e-9", .relative(1e-6)))
        #expect(differs("loss 1", "cost 1", .relative(1)))
    }

    @Test func picturesAreComparedByTheirWords() {
        func document(_ mean: String) -> Document {
            Document(parsing: "```gan\nplot x\n```\n\n![9 points about \(mean)](<a.png>)\n\nText.\n", file: mean)
        }
        #expect(NotebookDifference(document("0.25"), document("0.26")).isEmpty)
        #expect(NotebookDifference(document("0.25"), document("0.35")).changed == 1)
    }

    @Test func longDifferencesAreCut() {
        let lines = (0..<100).map { "word\($0)" }
        let one = document("a.md", ("x", lines.joined(separator: "\n")))
        let other = document("b.md", ("x", lines.map { $0 + "!" }.joined(separator: "\n")))
        let difference = NotebookDifference(one, other, limit: 5)
        #expect(difference.lines.count == 7)
        #expect(difference.lines.last == "  ... and 195 lines more")
    }

    // MARK: Alignment

    private func aligned(_ one: String, _ other: String) -> String {
        Alignment.of(one.map(String.init), other.map(String.init)).map { pair in
            let letters = [pair.first.map { Array(one)[$0] }, pair.second.map { Array(other)[$0] }]
            return String(letters.map { $0 ?? "-" })
        }.joined(separator: " ")
    }

    @Test func alignsByWhatIsTheSame() {
        #expect(aligned("abc", "abc") == "aa bb cc")
        #expect(aligned("abc", "axbc") == "aa -x bb cc")
        #expect(aligned("abcd", "bcd") == "a- bb cc dd")
        #expect(aligned("abcde", "abXde") == "aa bb cX dd ee")
        #expect(aligned("aXbYc", "PaQbRc") == "-P aa XQ bb YR cc")
        #expect(aligned("", "ab") == "-a -b")
        #expect(aligned("ab", "ba") == "-b aa b-" || aligned("ab", "ba") == "a- bb -a")
    }

    @Test func everyThingIsPairedOnceAndInOrder() {
        var state: UInt64 = 5
        func draw(_ below: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % below)
        }
        for _ in 0..<200 {
            let lists = (0..<2).map { _ in (0..<draw(30)).map { _ in "\(draw(12))" } }
            let pairs = Alignment.of(lists[0], lists[1])
            #expect(pairs.compactMap(\.first) == Array(lists[0].indices))
            #expect(pairs.compactMap(\.second) == Array(lists[1].indices))
        }
    }

    @Test func tenThousandCellsThatAllDifferAreCompared() {
        let one = (0..<10_000).map { "a\($0)" }
        #expect(Alignment.of(one, one.map { $0 + "!" }).count == 10_000)
        #expect(Alignment.of(one, one.reversed()).count >= 10_000)
    }
}
