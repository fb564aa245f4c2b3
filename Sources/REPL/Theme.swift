/// What a piece of text is for; how it looks follows from that in one place.
public enum Role: Sendable, Hashable, CaseIterable {
    case heading, strong, emphasis, struck, code, link
    case prompt, note, warning, error, success, faint
}

/// How each role looks: in colours and weights, or, where there are none, as plain text.
public struct Theme: Sendable, Equatable {
    /// Whether escape sequences may be used.
    public var isColoured: Bool
    /// Whether the terminal has 256 colours, of which most cannot be changed; else it has eight of its own.
    public var hasManyColours: Bool

    /// A theme with or without escape sequences.
    public init(isColoured: Bool, hasManyColours: Bool = false) {
        self.isColoured = isColoured
        self.hasManyColours = hasManyColours
    }

    /// The text as its role looks.
    public func paint(_ text: String, _ role: Role) -> String {
        paint(text, [role])
    }

    /// The text with several roles at once.
    func paint(_ text: String, _ roles: [Role]) -> String {
        guard isColoured, !roles.isEmpty, !text.isEmpty else { return text }
        return roles.map(sequence).joined() + text + Self.reset
    }

    /// The escape sequence that begins a role, or "" without colours.
    public func start(_ role: Role) -> String {
        isColoured ? sequence(role) : ""
    }

    private static let reset = "\u{1B}[0m"

    /// Colours that can be read on white and on black: each of the 256 has at least four times the light of black
    /// beside it, and white four times its own (WCAG's contrast). Of the eight, only red and magenta come near that;
    /// the rest is said by weight. What a colour says, the words say too.
    private func sequence(_ role: Role) -> String {
        switch role {
        case .heading: hasManyColours ? "\u{1B}[1;38;5;31m" : "\u{1B}[1;4m"
        case .strong: "\u{1B}[1m"
        case .emphasis: "\u{1B}[3m"
        case .struck: "\u{1B}[9m"
        case .code: hasManyColours ? "\u{1B}[38;5;30m" : "\u{1B}[35m"
        case .link: "\u{1B}[4m"
        case .prompt: hasManyColours ? "\u{1B}[1;38;5;30m" : "\u{1B}[1m"
        case .note, .faint: hasManyColours ? "\u{1B}[38;5;243m" : "\u{1B}[2m"
        case .warning: hasManyColours ? "\u{1B}[38;5;130m" : "\u{1B}[35m"
        case .error: hasManyColours ? "\u{1B}[1;38;5;160m" : "\u{1B}[1;31m"
        case .success: hasManyColours ? "\u{1B}[1;38;5;28m" : "\u{1B}[1m"
        }
    }
}
