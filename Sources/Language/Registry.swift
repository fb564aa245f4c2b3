import Words

/// Everything that cells can name besides their variables: functions, commands and constants.
///
/// Help, completion, "did you mean", the reference and the argument checks all read it; nothing is described twice.
public struct Registry: Sendable {
    private var functionsByName: [String: FunctionEntry] = [:]
    private var commandsByName: [String: CommandEntry] = [:]
    private var constantsByName: [String: ConstantEntry] = [:]
    /// The most words that a command's name has.
    private(set) var longestCommand = 0

    /// A registry that knows nothing yet.
    public init() {}

    /// Adds a function; one of the same name gives way.
    public mutating func add(_ entry: FunctionEntry) { functionsByName[entry.name] = entry }

    /// Adds a command; one of the same name gives way.
    public mutating func add(_ entry: CommandEntry) {
        commandsByName[entry.name] = entry
        longestCommand = max(longestCommand, entry.name.split(separator: " ").count)
    }

    /// Adds a constant; one of the same name gives way.
    public mutating func add(_ entry: ConstantEntry) { constantsByName[entry.name] = entry }

    /// Adds functions, in order.
    public mutating func add(_ entries: [FunctionEntry]) { for entry in entries { add(entry) } }

    /// Adds commands, in order.
    public mutating func add(_ entries: [CommandEntry]) { for entry in entries { add(entry) } }

    /// Adds constants, in order.
    public mutating func add(_ entries: [ConstantEntry]) { for entry in entries { add(entry) } }

    /// All functions, by name.
    public var functions: [FunctionEntry] { functionsByName.values.sorted { $0.name < $1.name } }

    /// All commands, by name.
    public var commands: [CommandEntry] { commandsByName.values.sorted { $0.name < $1.name } }

    /// All constants, by name.
    public var constants: [ConstantEntry] { constantsByName.values.sorted { $0.name < $1.name } }

    /// The function of this name.
    public func function(_ name: String) -> FunctionEntry? { functionsByName[name] }

    /// The command of this name, its words with one space between them.
    public func command(_ name: String) -> CommandEntry? { commandsByName[name] }

    /// The constant of this name.
    public func constant(_ name: String) -> ConstantEntry? { constantsByName[name] }

    /// The command with the longest name that these words begin with.
    public func command(beginning words: [String]) -> CommandEntry? {
        for count in stride(from: words.count, to: 0, by: -1) {
            if let entry = commandsByName[words[..<count].joined(separator: " ")] { return entry }
        }
        return nil
    }

    /// Whether some command's name begins with this word.
    public func beginsCommand(_ word: String) -> Bool {
        commandsByName.keys.contains { $0 == word || $0.hasPrefix(word + " ") }
    }

    /// The topics under which something stands, in the order of `Topic.all`, unlisted ones last.
    public var topics: [Topic] {
        let used = Set(functions.map(\.topic) + commands.map(\.topic) + constants.map(\.topic))
        return Topic.all.filter(used.contains)
            + used.subtracting(Topic.all).sorted { $0.name < $1.name }
    }

    /// The topic that this word names.
    public func topic(_ name: String) -> Topic? {
        (Topic.all + topics).first { $0.name == name }
    }

    /// All names, of functions, commands and constants.
    public var names: [String] {
        Set(functionsByName.keys).union(commandsByName.keys).union(constantsByName.keys).sorted()
    }

    /// The names closest to a misspelt one, best first, at most three.
    public func suggestions(for name: String) -> [String] {
        Spelling.suggestions(for: name, among: names)
    }
}
