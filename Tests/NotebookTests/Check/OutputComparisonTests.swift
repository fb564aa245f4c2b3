import Language
import Testing

@testable import Notebook

@Suite struct OutputComparisonTests {
    @Test(arguments: [
        ("4.5", "4.5"), ("4.5", "4.5  \n\n"), ("[1.234, 5]", "[1.235, 5]"), ("a\n...\nz", "a\nb\nc\nz"),
        ("...", ""), ("...\nb", "b"), ("...\nb\n...\nb", "a\nb\nb"), ("1.00e-4", "1.01e-4"), ("x   1.5", "x 1.6"),
    ])
    func agrees(expected: String, printed: String) {
        #expect(OutputComparison.difference(expected: expected, printed: printed) == nil)
    }

    @Test(arguments: [
        ("4.5", "4.7"), ("10", "11"), ("a\n...\nz", "a\nb"), ("", "1"), ("1", ""), ("accuracy 0.97", "accuracy 0.95"),
        ("nan", "1.0"), ("x", "x y"),
    ])
    func differs(expected: String, printed: String) {
        #expect(OutputComparison.difference(expected: expected, printed: printed) != nil)
    }

    @Test func wordsThatWereMeasuredAgreeWithAllWords() {
        let (old, new) = (MeasuredText("7\ntook ", measured: "2.5 s"), MeasuredText("7\ntook ", measured: "812 ms"))
        let plain = MeasuredText(new.text)
        #expect(OutputComparison.difference(expected: old, printed: new) == nil)
        #expect(OutputComparison.difference(expected: old, printed: plain) == nil)
        #expect(OutputComparison.difference(expected: plain, printed: old) == nil)
        #expect(OutputComparison.difference(expected: plain, printed: MeasuredText(old.text)) != nil)
        let other = MeasuredText("7\ntakes ", measured: "812 ms")
        #expect(OutputComparison.difference(expected: old, printed: other) == " 7\n-took 2.5 s\n+takes 812 ms")
        #expect(OutputComparison.difference(expected: old, printed: MeasuredText("8\ntook ", measured: "1 s")) != nil)
    }

    @Test func showsWhatDiffers() {
        let difference = OutputComparison.difference(expected: "same\nold\nend", printed: "same\nnew\nmore\nend")
        #expect(difference == " same\n-old\n+new\n+more\n end")
    }
}
