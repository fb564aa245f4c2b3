import Foundation
import Language

/// A Markdown file with cells in it: a lesson, a saved session, or a page of the manual.
public struct Document: Sendable {
    /// The file as the reader knows it.
    public var file: String
    /// The whole text, as it was read.
    public var source: String
    /// What the front matter says.
    public var header: Header
    /// What the document holds, in order.
    public var elements: [Element]
    /// Everything that is wrong with it, in order of lines. A document without faults has none.
    public var problems: [LessonError]
    /// The file that it was read from, where that is not called `file`.
    var importedFrom: String?
    /// What reading it from a file of another format left out.
    public var notes: [String] = []

    /// What the front matter makes of a document.
    public enum Header: Hashable, Sendable {
        /// No front matter: a page with cells in it.
        case none
        case notebook(NotebookHeader)
        case lesson(LessonHeader)
    }

    /// A part of a document and the line (from 1) on which it starts.
    public struct Element: Hashable, Sendable {
        /// The line in the file.
        public var line: Int
        /// The part itself.
        public var content: Content

        /// A part that starts at a line.
        public init(line: Int, _ content: Content) {
            self.line = line
            self.content = content
        }
    }

    /// The kinds of parts.
    public enum Content: Hashable, Sendable {
        case prose([Block])
        /// A rule between paragraphs: the player waits for `next`.
        case pause
        case cell(DocumentCell)
        case prediction(Prediction)
        case exercise(Exercise)
    }

    /// The file that it was read from.
    var origin: URL { URL(filePath: importedFrom ?? file) }

    /// The front matter of a lesson, or nil.
    public var lesson: LessonHeader? {
        if case .lesson(let header) = header { header } else { nil }
    }

    /// The seed from which the document's random numbers start.
    public var seed: UInt64 {
        switch header {
        case .none: 1
        case .notebook(let header): header.seed
        case .lesson(let header): header.seed
        }
    }
}

/// The front matter of a saved session.
public struct NotebookHeader: Hashable, Sendable {
    /// Its title, if it has one.
    public var title: String?
    /// The seed with which it began.
    public var seed: UInt64 = 1
    /// When it was written, if that is known.
    public var saved: String?
    /// The version of the playground that wrote it, if that is known.
    public var version: String?
}

/// The front matter of a lesson.
public struct LessonHeader: Hashable, Sendable {
    /// Its number, from 1.
    public var number: Int
    /// Its title.
    public var title: String
    /// One sentence for the table of lessons.
    public var summary: String
    /// How long an honest beginner needs.
    public var minutes: Int
    /// The numbers of the lessons that come before it.
    public var needs: [Int]
    /// Where its random numbers start.
    public var seed: UInt64
    /// The words of the field that it explains, each emphasised where it does.
    public var terms: [String] = []
}

/// Code in a document and the line on which it starts.
public struct SourceText: Hashable, Sendable {
    /// The code.
    public var text: String
    /// The line in the file of its first line, from 1.
    public var line: Int

    /// Code that starts at a line.
    public init(_ text: String, line: Int) {
        self.text = text
        self.line = line
    }
}

/// A cell of a document, and what it is expected to print.
public struct DocumentCell: Hashable, Sendable {
    /// The cell's code.
    public var code: SourceText
    /// What the block after it says that it prints, or fails with.
    public var expectation: Expectation?
    /// What it begins with, if that is not what the cell above left.
    public var start: CellStart?
    /// The number under which later cells find how things stand after it.
    public var mark: Int?
    /// Its number for `out[7]`, if that is not the next one.
    public var number: Int?
    /// Where it ended before its end.
    public var stops: CellStops

    /// A cell.
    public init(
        code: SourceText, expectation: Expectation? = nil, start: CellStart? = nil, mark: Int? = nil,
        number: Int? = nil, stops: CellStops = CellStops()
    ) {
        self.stops = stops
        self.number = number
        self.code = code
        self.expectation = expectation
        self.start = start
        self.mark = mark
    }

    /// The words behind `gan` that say where it begins and ends, and what it is called.
    var words: [String] {
        var words: [String] = []
        if let from = start?.variables { words.append("from=\(from)") }
        if let random = start?.random { words.append("random=\(random)") }
        if start?.isApart == true { words.append("apart") }
        if let mark { words.append("mark=\(mark)") }
        if let number { words.append("number=\(number)") }
        return words + stops.words
    }

    /// An `output` or `error` block.
    public struct Expectation: Hashable, Sendable {
        /// What the block is about.
        public enum Kind: Hashable, Sendable {
            case output, error
        }

        /// What is expected.
        public var kind: Kind
        /// The text expected.
        public var text: String
        /// Which of its words were measured, and need not come out again.
        public var varying = VaryingWords()
        /// The lines in the file of the opening fence and of the closing fence, from 1.
        public var lines: ClosedRange<Int>

        /// The text with what is known of its words.
        package var measuredText: MeasuredText { MeasuredText(text, varying: varying) }
    }
}

/// A question of a lesson about what will happen.
public struct Prediction: Hashable, Sendable {
    /// The question, as Markdown's blocks.
    public var question: [Block]
    /// What there is to choose from; empty when the answer is a number.
    public var choices: [String]
    /// What is right.
    public var answer: Answer
    /// Why it is right.
    public var because: [Block]
    /// What to say to a wrong choice, by its number from 1.
    public var replies: [Int: [Block]]
    /// What to say to a wrong number: the first that holds.
    public var mistakes: [Mistake]
    /// Shown one after the other.
    public var hints: [[Block]]
    /// What a number is counted in, such as "%" or "minutes"; empty for a bare number.
    public var unit = ""

    /// The right answer.
    public enum Answer: Hashable, Sendable {
        /// A choice, from 1.
        case choice(Int)
        /// An expression whose number is right, and how far off still counts.
        case number(SourceText, within: Double)
    }
}

/// A task of a lesson.
public struct Exercise: Hashable, Sendable {
    /// What to reach.
    public var task: [Block]
    /// A cell that runs when the exercise opens.
    public var start: SourceText?
    /// Shown one after the other.
    public var hints: [[Block]]
    /// True when the task is done.
    public var check: SourceText
    /// What to say to known mistakes: the first that holds.
    public var mistakes: [Mistake]
    /// A model answer.
    public var solution: SourceText
    /// Cells that must not be accepted.
    public var wrong: [SourceText]
    /// Said when the task is done.
    public var because: [Block]
}

/// A known mistake and the reply to it.
public struct Mistake: Hashable, Sendable {
    /// True when the mistake was made.
    public var when: SourceText
    /// What to say then.
    public var say: [Block]
}
