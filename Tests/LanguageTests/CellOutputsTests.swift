import Testing

@testable import Language

@Suite struct CellOutputsTests {
    @Test func valuesAreFoundByTheirNumber() {
        var outputs = CellOutputs()
        #expect(outputs.isEmpty && outputs.numbers.isEmpty)
        for number in [250, 99, 100, 1, 101] { outputs[number] = .number(Double(number)) }
        outputs[100] = .number(-1)
        #expect(outputs.numbers == [1, 99, 100, 101, 250])
        #expect(outputs[250]?.number == 250 && outputs[100]?.number == -1)
        #expect(outputs[0] == nil && outputs[2] == nil && outputs[-100] == nil && outputs[Int.min] == nil)
        #expect(!outputs.isEmpty)
    }

    @Test func aCopyKeepsWhatItHad() {
        var outputs = CellOutputs()
        for number in 1...150 { outputs[number] = .number(Double(number)) }
        let before = outputs
        outputs[150] = .number(0)
        outputs[151] = .number(151)
        #expect(before[150]?.number == 150 && before[151] == nil)
        #expect(outputs[150]?.number == 0 && outputs[1]?.number == 1)
    }
}
