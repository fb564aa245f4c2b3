/// A word, number, string or sign of a cell.
struct Token: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case number(Double)
        case string(String)
        case identifier(String)
        case keyword(Keyword)
        case sign(Sign)
        /// The end of a line outside brackets.
        case newline
        /// The end of the cell.
        case end
        /// Text that is no token. It is an error only if the parser has to read it: in a path it is just text.
        case invalid(CellError)
    }

    var kind: Kind
    var range: SourceRange
    /// Whether a blank, a comment or a line's end stands between this token and the one before.
    var followsBlank: Bool
}

/// Words that are never names.
enum Keyword: String, CaseIterable, Sendable {
    case and, or, not
    case `if`, `else`, `for`, `in`, `repeat`
    case `true`, `false`, none

    /// The keyword spelled like this; Python's capitals are read too.
    init?(spelling: String) {
        switch spelling {
        case "True": self = .true
        case "False": self = .false
        case "None": self = .none
        default: self.init(rawValue: spelling)
        }
    }
}

/// Operators, brackets and punctuation. Longer spellings are tried before shorter ones.
enum Sign: String, CaseIterable, Sendable {
    case powerAssign = "**="
    case floorAssign = "//="
    case power = "**"
    case floorDivide = "//"
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case plusAssign = "+="
    case minusAssign = "-="
    case timesAssign = "*="
    case divideAssign = "/="
    case remainderAssign = "%="
    case matmulAssign = "@="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case remainder = "%"
    case matmul = "@"
    case less = "<"
    case greater = ">"
    case assign = "="
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case comma = ","
    case colon = ":"
    case semicolon = ";"
    case dot = "."
    case question = "?"

    /// For an opening bracket, the sign that closes it.
    var closing: Sign? {
        switch self {
        case .leftParenthesis: .rightParenthesis
        case .leftBracket: .rightBracket
        case .leftBrace: .rightBrace
        default: nil
        }
    }
}

extension Token.Kind {
    /// The letters of a name or keyword; nil for anything else.
    var word: String? {
        switch self {
        case .identifier(let name): name
        case .keyword(let keyword): keyword.rawValue
        default: nil
        }
    }

    /// How an error names the token.
    var description: String {
        switch self {
        case .number: "a number"
        case .string: "a string"
        case .identifier(let name): "`\(name)`"
        case .keyword(let word): "`\(word.rawValue)`"
        case .sign(let sign): "`\(sign.rawValue)`"
        case .newline: "the end of the line"
        case .end: "the end of the cell"
        case .invalid: "something that cannot be read"
        }
    }
}
