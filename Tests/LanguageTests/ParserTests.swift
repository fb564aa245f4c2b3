import Testing

@testable import Language

@Suite struct ParserTests {
    private func parse(_ text: String, variables: VariableNames = []) throws(CellError) -> [Statement] {
        try Parser.parse(text, registry: .playground, variables: variables)
    }

    @Test func whatIsPrintedIsParsed() throws {
        var source = RandomSource(seed: 7)
        for _ in 0..<3000 {
            let expression = source.expression(4)
            let text = SourcePrinter.text(of: expression)
            #expect(try Parser.parseExpression(text) == expression, "\(text)")
        }
    }

    @Test func whatIsPrintedOfACellIsParsed() throws {
        var source = RandomSource(seed: 8)
        for _ in 0..<2000 {
            let statement = source.statement(2)
            let text = SourcePrinter.text(of: [statement])
            #expect(try parse(text) == [statement], "\(text)")
        }
    }

    @Test(arguments: [
        ("-x**2", "-(x**2)"), ("2**-x**2", "2**(-(x**2))"), ("a - b - c", "(a - b) - c"), ("a**b**c", "a**(b**c)"),
        ("a * b + c / d", "(a * b) + (c / d)"), ("not a == b and c or d", "((not (a == b)) and c) or d"),
        ("a if b else c if d else e", "a if b else (c if d else e)"), ("-a @ b", "(-a) @ b"), ("-a.T", "-(a.T)"),
        ("a % b * c // d", "((a % b) * c) // d"), ("f(x)[0].T", "((f(x))[0]).T"), ("a < b + 1", "a < (b + 1)"),
    ])
    func whatBindsMoreTightly(short: String, bracketed: String) throws {
        #expect(try Parser.parseExpression(short) == Parser.parseExpression(bracketed))
    }

    @Test func rangesAreOffsetsInUTF8() throws {
        let statements = try parse("é = 1; 汉 + x[0]")
        #expect(statements[1].range == SourceRange(start: 8, end: 18))
        guard case .expression(let sum) = statements[1].kind, case .binary(_, let left, let right) = sum.kind else {
            Issue.record("not a sum")
            return
        }
        #expect(left.range == SourceRange(start: 8, end: 11))
        #expect(right.range == SourceRange(start: 14, end: 18))
    }

    @Test(arguments: [
        ("x = [1,", true), ("f(", true), ("repeat 3 {", true), ("repeat 3 { x = 1\n", true), ("x = [1, 2]", false),
        ("", false), ("x = )", false), ("\"abc", false), ("plot histogram (1 +", true), ("[1, 2}", false),
        ("# (", false), ("1 +", false), ("for x in [1, 2] {\n  x\n}", false), ("\"(\"", false),
    ])
    func whetherMoreLinesAreWanted(text: String, isIncomplete: Bool) {
        #expect(Parser.isIncomplete(text, registry: .playground) == isIncomplete)
    }

    @Test func deepNestingIsRefusedNotFatal() {
        let deep = 20_000
        for text in [
            String(repeating: "(", count: deep), String(repeating: "[", count: deep),
            String(repeating: "-", count: deep) + "1",
            String(repeating: "not ", count: deep) + "x", String(repeating: "f(", count: deep),
            "1" + String(repeating: " + 1", count: deep), "1" + String(repeating: "**1", count: deep),
            "x" + String(repeating: ".T", count: deep), "x" + String(repeating: "[0]", count: deep),
            String(repeating: "1 if 1 else ", count: deep) + "1", String(repeating: "repeat 1 {", count: deep),
            "x" + String(repeating: " and x", count: deep), String(repeating: "time ", count: deep) + "1",
        ] {
            let error = Playground().error(text)
            #expect(error?.kind == .syntax, "\(text.prefix(20))")
        }
    }

    @Test func aHundredTermsAreNotDeep() {
        #expect(Playground().run("0" + String(repeating: " + 1", count: 400)) == "400")
    }
}
