/// A statement of a cell and where it stands.
///
/// Two statements are equal when they say the same thing, wherever they stand.
public struct Statement: Hashable, Sendable {
    /// What the statement is.
    public indirect enum Kind: Hashable, Sendable {
        /// `x + 1`: its value is shown.
        case expression(Expression)
        /// `x = 3`, `a, b = pair`
        case assignment([String], Expression)
        /// `x += 3`
        case update(String, BinaryOperator, Expression)
        /// `f(x, y=2) = x * y`
        case definition(Definition)
        /// `plot histogram x, bins=20 to FILE`
        case command(CommandCall)
        /// `repeat 100 { ... }`
        case repetition(Expression, [Statement])
        /// `for x in xs { ... }`
        case iteration([String], Expression, [Statement])
    }

    /// What the statement is.
    public let kind: Kind
    /// Where it stands in its cell.
    public let range: SourceRange

    /// Whether both say the same, wherever they stand.
    public static func == (left: Statement, right: Statement) -> Bool { left.kind == right.kind }

    /// Feeds what the statement says, not where it stands.
    public func hash(into hasher: inout Hasher) { hasher.combine(kind) }
}

/// `f(x, y=2) = x * y`
public struct Definition: Hashable, Sendable {
    /// A parameter of a function written in a cell.
    public struct Parameter: Hashable, Sendable {
        /// What the body calls it.
        public let name: String
        /// What it is when the call does not say.
        public let defaultValue: Expression?
    }

    /// The function's name.
    public let name: String
    /// Its parameters, in order.
    public let parameters: [Parameter]
    /// What it computes.
    public let body: Expression
}

/// A command with what was given to it.
public struct CommandCall: Hashable, Sendable {
    /// Something given to a command.
    public struct Argument: Hashable, Sendable {
        /// What was given.
        public enum Content: Hashable, Sendable {
            /// An expression, to be evaluated.
            case expression(Expression)
            /// A bare word, a file name or the rest of the line, to be taken as it stands.
            case word(String)
        }

        /// The option's name, nil for what is told by its place.
        public let name: String?
        /// What was given.
        public let content: Content
        /// Where it stands, without the option's name.
        public let range: SourceRange
        /// Where it stands, with the option's name.
        public let wholeRange: SourceRange

        /// Whether both say the same, wherever they stand.
        public static func == (left: Argument, right: Argument) -> Bool {
            left.name == right.name && left.content == right.content
        }

        /// Feeds what the argument says, not where it stands.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(name)
            hasher.combine(content)
        }
    }

    /// The command's whole name, such as `plot histogram`.
    public let name: String
    /// Where the name stands.
    public let nameRange: SourceRange
    /// What was given, in order.
    public let arguments: [Argument]
    /// The variable that takes what the command gives: `c` of `c = compare loss=minimax,hinge`.
    public var target: String? = nil

    /// Whether both say the same, wherever they stand.
    public static func == (left: CommandCall, right: CommandCall) -> Bool {
        left.name == right.name && left.arguments == right.arguments && left.target == right.target
    }

    /// Feeds what the call says, not where it stands.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(arguments)
        hasher.combine(target)
    }
}
