import Files
import Foundation
import LinearAlgebra
import Testing

@testable import Notebook

/// Learners who type anything at all, and files that hold anything at all.
@Suite struct RandomWalkTests {
    private static let inputs = [
        "next", "next", "next", "back", "skip", "hint", "solution", "1", "2", "3", "16", "-7", "five", "x = 0", "y = 8",
        "y = 2 * x", "x = [1, 2]", "oops", "(", "clear", "lesson 1", "lesson 1 from 1", "lesson 2", "quit lesson",
        "lessons", "roll()", "history 2", "f(x) = x; x = f", "roll = 3", "_", "out[1]", "x\n= 3", "time next",
        "repeat 3 { next }", "next; next", "x = 4\nx",
    ]

    @Test(arguments: 1...12) func noWalkThroughALessonEndsBadly(seed: UInt64) {
        var random = RandomStream(seed: seed)
        let session = Fixture.session()
        var number = 0
        for _ in 0..<150 {
            let input = Self.inputs[random.integer(below: Self.inputs.count)]
            let result = session.run(input)
            if let lesson = session.lesson { #expect((1...lesson.stepCount).contains(lesson.step)) }
            #expect(session.nextCellNumber >= number)
            number = session.nextCellNumber
            #expect(!result.wantsExit)
        }
        session.run("lesson 1 from 1")
        for _ in 1...7 { session.run("skip") }
        let last = session.run("next")
        #expect(last.story.prefix(2) == ["cell [x, y]", "value vector"])
        guard case .value(let value)? = last.outputs.first else { return #expect(Bool(false)) }
        #expect(session.text(of: value).hasPrefix("[4, 8]"))
    }

    @Test(arguments: 1...8) func noDamageToALessonIsTooMuch(seed: UInt64) throws {
        var random = RandomStream(seed: seed)
        let source = Array(try WholeFile.text(of: Fixture.lessons.appending(path: "01-all-parts.md")).unicodeScalars)
        let pieces = ["```", "---\n", ": ", "\n", "- ", "[", "\t", "&a", "*a", "\"", "\u{0}", "lesson: 1", "🦆", "> "]
        for _ in 0..<60 {
            var damaged = String.UnicodeScalarView(source)
            for _ in 0..<(1 + random.integer(below: 4)) {
                let place = damaged.index(damaged.startIndex, offsetBy: random.integer(below: damaged.count))
                let end = damaged.index(place, offsetBy: random.integer(below: 30), limitedBy: damaged.endIndex)
                let piece = pieces[random.integer(below: pieces.count)]
                damaged.replaceSubrange(place..<(end ?? place), with: piece.unicodeScalars)
            }
            let document = Document(parsing: String(damaged), file: "f.md")
            let lines = String(damaged).split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(document.problems.allSatisfy { (1...lines + 1).contains($0.line) }, "\(document.problems)")
            #expect(document.elements.allSatisfy { (1...lines).contains($0.line) })
        }
    }
}
