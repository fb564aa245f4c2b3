import Words

/// What a function or command takes: a name, a kind, perhaps a default, and a line that explains it.
///
/// Binding, checks, usage lines, help and completion all come from here.
public struct Parameter: Sendable {
    /// What may be given.
    public indirect enum Kind: Sendable {
        /// A number within a range, ends included.
        case number(ClosedRange<Double>? = nil)
        /// A whole number within a range, ends included.
        case integer(ClosedRange<Int>? = nil)
        /// `true` or `false`.
        case boolean
        /// Text.
        case string
        /// A number, list, vector, matrix or mask; the body sees a differentiable matrix.
        case tensor
        /// A node of the scalar engine, or a number, which becomes a constant when arithmetic needs one.
        case scalar
        /// One of these words, bare or quoted. The bare word wins over a variable of the same name.
        case choice([String])
        /// Anything that can be called.
        case function
        /// An object of this `typeName`.
        case object(String)
        /// Any value.
        case any
        /// A list whose members are of one kind; a vector counts as a list of numbers, a matrix as a list of vectors.
        case list(of: Kind)
        /// Whatever the first of these kinds that fits makes of it.
        case oneOf([Kind])
        /// Commands only: a bare word, taken literally (the name of a data set or lesson).
        case word
        /// Commands only: a length of time with its unit, `30s`, as a bare word; the body reads it.
        case duration
        /// Commands only: a file name, bare or quoted.
        case path
        /// Commands only: the name of a variable, existing or not.
        case name
        /// Commands only: the rest of the line, a cell in itself. The body sees its text.
        case cell
        /// Commands only: what another command takes after its first word, up to the next option that is spelled
        /// without a sign: `density x` of `watch plot density x every 50`. The body sees the text of the whole command.
        case command(String)
        /// Commands only: the rest of the statement as it stands, for the body to read.
        case line
        /// Commands only: everything up to the end of the line as it stands, also `;`, `#` and lonely quotes.
        case text
    }

    /// What it is called, in `name=value` and in the body.
    public let name: String
    /// What may be given.
    public let kind: Kind
    /// The source text of its default; empty if it may be left out and is then absent; nil if it must be given.
    public let defaultSource: String?
    /// Whether it takes all that is left. Only the last positional parameter may; what follows it goes by name.
    public let isVariadic: Bool
    /// Whether it takes every `name=value` whose name no other parameter has. Nothing reaches it by place.
    public let takesOptions: Bool
    /// Commands only: whether it is spelled `every 100` in place of `every=100`, which is understood too.
    public let isBare: Bool
    /// What it is for, in one line.
    public let summary: String

    /// A parameter. `default` is source text; `""` means optional, and absent unless given.
    public init(
        _ name: String, _ kind: Kind, default: String? = nil, variadic: Bool = false, options: Bool = false,
        bare: Bool = false, _ summary: String
    ) {
        self.name = name
        self.kind = kind
        self.defaultSource = `default`
        self.isVariadic = variadic
        self.takesOptions = options
        self.isBare = bare
        self.summary = summary
    }

    /// Whether it must be given. A variadic parameter without a default wants at least one value.
    public var isRequired: Bool { defaultSource == nil }

    /// The default as the help shows it: a word to choose stands without quotes.
    var shownDefault: String? {
        guard let defaultSource, !kind.choices.isEmpty, defaultSource.hasPrefix("\"") else { return defaultSource }
        return String(defaultSource.dropFirst().dropLast())
    }

    /// Whether a command's option is spelled without a sign: `to FILE`, `every 100`.
    var isSpelledBare: Bool {
        if case .path = kind, name == "to" { return true }
        return isBare
    }
}

extension Parameter.Kind {
    /// Whether the parser has to take this argument as it stands.
    enum Reading: Equatable { case expression, word, path, name, cell, line, text, command(String), wordOrExpression }

    /// Whether it is a file's name where it stands alone, and a value where `to FILE` follows: `export a.html`,
    /// `export x to a.csv`.
    var isFileOrValue: Bool {
        guard case .oneOf(let kinds) = self else { return false }
        return kinds.contains { $0.reading == .path }
    }

    /// How the parser reads an argument of this kind.
    var reading: Reading {
        switch self {
        case .word, .duration: .word
        case .path: .path
        case .name: .name
        case .cell: .cell
        case .command(let word): .command(word)
        case .line: .line
        case .text: .text
        case .oneOf(let kinds):
            kinds.allSatisfy { $0.reading == .word }
                ? .word : kinds.contains { $0.reading != .expression } ? .wordOrExpression : .expression
        default: .expression
        }
    }

    /// What may be given, as an error and the help say it: "a whole number from 1 to 1000".
    public var description: String {
        var seen: Set<String> = []
        return alternatives.filter { seen.insert($0).inserted }.joined(separator: ", ", last: " or ")
    }

    /// The kinds of things that may be given, one by one.
    private var alternatives: [String] {
        switch self {
        case .number(let range): ["a number" + Self.bounds(range?.lowerBound, range?.upperBound)]
        case .integer(let range):
            ["a whole number" + Self.bounds(range.map { Double($0.lowerBound) }, range.map { Double($0.upperBound) })]
        case .boolean: ["`true`", "`false`"]
        case .string: ["a string"]
        case .tensor: ["a number", "a list", "a matrix"]
        case .scalar: ["a scalar", "a number"]
        case .choice(let words): words.map { "`\($0)`" }
        case .function: ["a function"]
        case .object(let name): [name.withArticle]
        case .any: ["any value"]
        case .list(let kind): ["a list of \(kind.plural)"]
        case .oneOf(let kinds): kinds.flatMap(\.alternatives)
        case .word: ["a word"]
        case .duration: ["a time such as 30s"]
        case .path: ["a file name"]
        case .name: ["a name"]
        case .cell: ["a statement"]
        case .command(let word): ["what `\(word)` takes"]
        case .line, .text: ["the rest of the line"]
        }
    }

    /// What the members of a list are called.
    private var plural: String {
        switch self {
        case .number(let range): "numbers" + Self.bounds(range?.lowerBound, range?.upperBound)
        case .integer(let range):
            "whole numbers" + Self.bounds(range.map { Double($0.lowerBound) }, range.map { Double($0.upperBound) })
        case .boolean: "`true` and `false`"
        case .string, .word: "strings"
        case .duration: "times such as 30s"
        case .tensor: "vectors or matrices"
        case .scalar: "scalars"
        case .choice(let words): "words: " + words.map { "`\($0)`" }.joined(separator: ", ", last: " or ")
        case .function: "functions"
        case .object(let name): name + "s"
        case .list(let kind): "lists of \(kind.plural)"
        case .oneOf(let kinds): kinds.map(\.plural).joined(separator: ", ", last: " or ")
        case .any, .path, .name, .cell, .line, .text, .command: "values"
        }
    }

    private static func bounds(_ low: Double?, _ high: Double?) -> String {
        let low = low.flatMap { $0 <= -1e15 ? nil : $0 }
        let high = high.flatMap { $0 >= 1e15 ? nil : $0 }
        switch (low, high) {
        case (nil, nil): return ""
        case (let low?, nil): return low == .leastNonzeroMagnitude ? " above 0" : " from \(low.shortest) up"
        case (nil, let high?): return " up to \(high.shortest)"
        case (let low?, let high?):
            return low == .leastNonzeroMagnitude
                ? " above 0, up to \(high.shortest)" : " from \(low.shortest) to \(high.shortest)"
        }
    }
}
