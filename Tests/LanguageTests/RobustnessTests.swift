import Testing

@testable import Language

@Suite struct RobustnessTests {
    /// No input of any kind ends the session, and what fails changes nothing.
    @Test func rubbishIsRefusedAndUndone() {
        var source = RandomSource(seed: 20)
        var playground = Playground()
        var failures = 0
        for round in 0..<20_000 {
            if round.isMultiple(of: 50) {
                playground = Playground()
                _ = playground.run("x = [1, 2, 3]; f(x) = x * 2")
            }
            playground.interrupt(afterLooks: 60)
            let before = playground.context.state
            let text = source.rubbish()
            _ = Evaluator.isIncomplete(text, in: playground.context)
            guard let error = playground.error(text) else { continue }
            failures += 1
            let shown = Diagnostic(error, source: text).text
            #expect(!shown.isEmpty)
            if let range = error.range { #expect(range.start <= range.end && range.end <= text.utf8.count, "\(text)") }
            if error.kind != .interrupted {
                #expect(Set(playground.context.state.variables.keys) == Set(before.variables.keys))
                #expect(playground.context.state.random == before.random)
            }
        }
        #expect(failures > 10_000)
    }

    @Test func everythingThatFailsLeavesTheSessionAsItWas() {
        let playground = Playground()
        _ = playground.run("x = 1; seed 5; 7")
        let random = playground.context.random
        #expect(playground.error("x = 2; y = 3; seed 9; roll(die()); 8; undefined")?.kind == .name)
        #expect(playground.run("x") == "1")
        #expect(playground.context.state.variables["y"] == nil)
        #expect(playground.context.random == random)
    }

    @Test func theLastValueIsUndoneToo() {
        let playground = Playground()
        _ = playground.run("7")
        _ = playground.error("8; undefined")
        #expect(playground.run("_, out[1]") == "(7, 7)")
    }

    @Test func anInterruptKeepsFinishedStatements() {
        let playground = Playground()
        playground.interrupt(afterLooks: 200)
        let error = playground.error("n = 0; repeat 1000000 { n = n + 1 }; n = 0")
        #expect(error?.kind == .interrupted)
        playground.interrupt(afterLooks: .max)
        let reached = playground.run("n")
        #expect(error?.message == "stopped after \(reached) of 1000000 rounds; what was reached is kept")
        #expect(reached != "0")
    }

    @Test(arguments: [
        "f(x) = f(x)\nf(1)",
        "f(x) = [f(y) for y in [x]]\nf(1)",
        "f(x) = apply(f, x)\nf(1)",
        "f(x) = 1 + (2 * (3 - f(x if true else 0)[0]))\nf(1)",
        "f(x, y=f(x)) = y\nf(1)",
    ])
    func endlessRecursionIsRefused(cell: String) {
        #expect(Playground().error(cell)?.message.contains(/deep|too many steps/) == true)
    }

    @Test func manyNestedStepsInManyNestedCallsAreRefused() {
        let open = String(repeating: "(1 + ", count: 80)
        let close = String(repeating: ")", count: 80)
        let sum = "0" + String(repeating: " + 0", count: 400)
        let cell = "f(n) = 1 if n < 1 else \(open)f(n - 1)\(close)\ng(n) = f(n) \(sum.dropFirst())\ng(10), f(100)"
        #expect(Playground().error(cell)?.message.contains("too many steps") == true)
    }

    @Test func resultsThatNoMemoryHoldsAreRefused() {
        let playground = Playground()
        #expect(playground.error("x = arange(1000000); x[:, none] * x")?.kind == .value)
        #expect(playground.error("x = arange(1000000); x[:, none] < x")?.kind == .value)
        #expect(playground.error("x = arange(1000000); x[:, none] @ x[none, :]")?.kind == .value)
        #expect(playground.error("s = \"ab\"; repeat 60 { s = s + s }")?.kind == .value)
        #expect(playground.error("s = [\"ab\"]; repeat 60 { s = s + s }")?.kind == .value)
    }

    @Test func listsInListsInListsAreRefusedNotFatal() {
        #expect(Playground().error("x = \"a\"; repeat 100000 { x = [x] }")?.message.contains("100 deep") == true)
        #expect(Playground().error("x = \"a\"; repeat 100000 { x = (x, 1) }")?.message.contains("100 deep") == true)
    }

    @Test func aLongLoopOfGradientsLeavesNoLongTail() {
        #expect(Playground().run("w = param(1); x = w; repeat 20000 { x = x * 1 }; x") == "1")
    }
}
