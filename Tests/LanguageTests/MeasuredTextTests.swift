import Testing

@testable import Language

@Suite struct MeasuredTextTests {
    @Test func theMeasuredWordsAreKnown() {
        let took = MeasuredText("one\nit took ", measured: "1.2 ms", " in all")
        #expect(took.text == "one\nit took 1.2 ms in all")
        #expect(took.varying.description == "2:3-4")
        #expect(took.constant == "one\nit took in all")
        #expect(MeasuredText("in all (", measured: "3 s", ").").varying.description == "1:3-4")
        #expect(MeasuredText("", measured: "3").varying.description == "1:1")
        #expect(MeasuredText("as  it stands").constant == "as  it stands")
    }

    @Test func theLinesOfTextsAreCountedOn() {
        var text = MeasuredText("a\nb")
        text.append(MeasuredText("took ", measured: "5 s"))
        text.append(MeasuredText("took ", measured: "6 s"))
        text.append(MeasuredText("end"))
        #expect(text.text == "a\nb\ntook 5 s\ntook 6 s\nend")
        #expect(text.varying.description == "3-4:2-3")
    }

    @Test(arguments: ["1:1", "1:2-3", "1:2,1:4-6,2:2,4-9:6"])
    func placesAreReadAsTheyAreWritten(text: String) {
        #expect(VaryingWords(text)?.description == text)
    }

    @Test(arguments: ["", "1", "0:1", "1:0", "2-1:1", "1:1-", "1:1,", "a:b", "1:2:3", "1-999999999:1", "1:-1"])
    func whatNamesNoPlacesIsRefused(text: String) {
        #expect(VaryingWords(text) == nil)
    }
}
