/// What a piece of text is for; how it looks follows from that in one place.
public enum Role: Sendable, Hashable, CaseIterable {
    case heading, strong, emphasis, struck, code, link
    case prompt, note, warning, error, success, faint
}

/// How each role looks: in colours and weights, or, where there are none, as plain text.
public struct Theme: Sendable, Equatable {
    /// Whether escape sequences may be used.
    public var isColoured: Bool

    /// A theme with or without escape sequences.
    public init(isColoured: Bool) {
        self.isColoured = isColoured
    }

    /// The text as its role looks.
    public func paint(_ text: String, _ role: Role) -> String {
        paint(text, [role])
    }

    /// The text with several roles at once.
    func paint(_ text: String, _ roles: [Role]) -> String {
        guard isColoured, !roles.isEmpty, !text.isEmpty else { return text }
        return roles.map(Self.sequence).joined() + text + Self.reset
    }

    /// The escape sequence that begins a role, or "" without colours.
    public func start(_ role: Role) -> String {
        isColoured ? Self.sequence(role) : ""
    }

    private static let reset = "\u{1B}[0m"

    /// The sixteen colours of the terminal's own palette, so that light and dark backgrounds both work.
    private static func sequence(_ role: Role) -> String {
        switch role {
        case .heading: "\u{1B}[1;34m"
        case .strong: "\u{1B}[1m"
        case .emphasis: "\u{1B}[3m"
        case .struck: "\u{1B}[9m"
        case .code: "\u{1B}[36m"
        case .link: "\u{1B}[4m"
        case .prompt: "\u{1B}[1;36m"
        case .note: "\u{1B}[2m"
        case .warning: "\u{1B}[33m"
        case .error: "\u{1B}[1;31m"
        case .success: "\u{1B}[1;32m"
        case .faint: "\u{1B}[2m"
        }
    }
}
