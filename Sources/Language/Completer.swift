/// Finds the ways to finish the word before the cursor: commands, functions, variables, members, options and their
/// values, words that commands take, and file names.
public struct Completer {
    /// All that cells can name besides their variables.
    public let registry: Registry
    /// The variables, whose members are known.
    public let state: State
    /// The words that a parameter of a command or function takes: (callee, parameter) to names with a line about each.
    public var words: (_ callee: String, _ parameter: String) -> [(name: String, summary: String)]
    /// The file names that begin like this, folders with `/` at the end.
    public var files: (_ prefix: String) -> [String]

    /// A completer. What the closures do not say is not offered.
    public init(
        registry: Registry, state: State,
        words: @escaping (_ callee: String, _ parameter: String) -> [(name: String, summary: String)] = { _, _ in [] },
        files: @escaping (_ prefix: String) -> [String] = { _ in [] }
    ) {
        self.registry = registry
        self.state = state
        self.words = words
        self.files = files
    }

    /// The ways to finish the word that ends at a UTF-8 offset of the text.
    public func completions(in text: String, at cursor: Int) -> Completions {
        let source = Source(text)
        var end = source.position(ofOffset: cursor)
        if source.offset(of: end) > cursor { end -= 1 }
        let before = source.text(from: 0, to: end)
        let place = CompletionPlace(before, registry: registry, variables: VariableNames(state.variables))
        switch place.expectation {
        case .statement: return statements(place, before)
        case .file: return fileNames(before)
        case .quoted(let argument): return quoted(argument, place)
        case .commandArgument(let entry, let number): return arguments(of: entry, number, place, before)
        default: return Completions(range: place.range, items: fitting(candidates(place), place.prefix))
        }
    }

    private func fitting(_ candidates: [Completion], _ prefix: String) -> [Completion] {
        var seen: Set<String> = []
        let isHidden: (Completion) -> Bool = { $0.text.hasPrefix("_") && !prefix.hasPrefix("_") }
        let exact = candidates.filter { $0.text.hasPrefix(prefix) && !isHidden($0) }
        let loose = candidates.filter { $0.text.lowercased().hasPrefix(prefix.lowercased()) && !isHidden($0) }
        return (exact.isEmpty ? loose : exact).filter { seen.insert($0.text).inserted }
    }

    // MARK: Candidates

    /// Commands that give a value, as they stand behind `name =`.
    private var givers: [Completion] {
        registry.commands.filter { !$0.returns.isEmpty }.map { Completion($0.name, .command, $0.summary) }
    }

    private func candidates(_ place: CompletionPlace) -> [Completion] {
        switch place.expectation {
        case .value: return values + (place.isRightOfAssignment ? givers : [])
        case .member(let path): return members(path)
        case .argument(let function):
            return options(registry.function(function)?.parameters ?? [], isCommand: false) + values
        case .option(let callee, let isCommand, let name):
            let parameters = isCommand ? registry.command(callee)?.parameters : registry.function(callee)?.parameters
            guard let parameter = parameters?.first(where: { $0.name == name }) else { return values }
            return contents(of: parameter, callee: callee)
        default: return []
        }
    }

    private var values: [Completion] {
        let printer = ValuePrinter(style: .prompt(width: 60))
        let variables = state.variables.sorted { $0.key < $1.key }.map { name, value in
            Completion(name, value.isFunction ? .function : .variable, printer.summary(value))
        }
        return variables + registry.functions.map { Completion($0.name, .function, $0.summary) }
            + registry.constants.map { Completion($0.name, .constant, $0.summary) }
            + ["true", "false", "none", "not", "and", "or", "if", "else"].map { Completion($0, .keyword) }
    }

    private func options(_ parameters: [Parameter], isCommand: Bool) -> [Completion] {
        let byPlace = isCommand ? parameters.positionalNames : []
        return parameters.filter { !$0.isRequired && !$0.isVariadic && !byPlace.contains($0.name) }.map { parameter in
            isCommand && parameter.isSpelledBare
                ? Completion(parameter.name, .keyword, parameter.summary)
                : Completion(parameter.name + "=", .option, parameter.summary)
        }
    }

    /// What may be given to a parameter.
    private func contents(of parameter: Parameter, callee: String) -> [Completion] {
        let choices = parameter.kind.choices.map { Completion($0, .choice) }
        switch parameter.kind {
        case .choice: return choices
        case .boolean: return ["true", "false"].map { Completion($0, .choice) }
        case .word: return words(callee, parameter.name).map { Completion($0.name, .word, $0.summary) }
        case .name: return values.filter { state.variables[$0.text] != nil }
        case .oneOf:
            return choices + words(callee, parameter.name).map { Completion($0.name, .word, $0.summary) } + values
        default: return values
        }
    }

    /// What follows the first word of a command inside another one, and the options of the outer one.
    private func rest(of word: String, _ outer: CommandEntry, _ place: CompletionPlace) -> Completions {
        let own = registry.commands.filter { $0.name.hasPrefix(word + " ") }.map {
            Completion(String($0.name.dropFirst(word.count + 1)), .command, $0.summary)
        }
        let found = fitting(own + values + options(outer.parameters, isCommand: true), place.prefix)
        return Completions(range: place.range, items: found)
    }

    private func members(_ path: [String]) -> [Completion] {
        guard var value = state.variables[path[0]] ?? registry.constant(path[0])?.value() else { return [] }
        for name in path.dropFirst() {
            guard case .object(let object) = value, let next = try? object.member(name) else { return [] }
            value = next
        }
        let printer = ValuePrinter(style: .prompt(width: 60))
        return Evaluator.memberNames(of: value).map { name in
            guard case .object(let object) = value, let member = try? object.member(name) else {
                return Completion(name, .member)
            }
            return Completion(name, .member, printer.summary(member))
        }
    }

    // MARK: Statements and commands

    /// Commands as a whole, and everything that an expression can begin with.
    private func statements(_ place: CompletionPlace, _ before: String) -> Completions {
        let start = place.range.start - place.statement.utf8.count
        let typed = place.statement.split(separator: " ").joined(separator: " ")
        let prefix = (typed.isEmpty ? "" : typed + " ") + place.prefix
        let range = SourceRange(start: start, end: place.range.end)
        let commands = fitting(registry.commands.map { Completion($0.name, .command, $0.summary) }, prefix)
        guard typed.isEmpty else { return Completions(range: range, items: commands) }
        let loops = ["repeat", "for"].map { Completion($0, .keyword) }
        let names = Set(registry.commands.map(\.name))
        let others = fitting(values + loops, prefix).filter { !names.contains($0.text) && !$0.isMidExpression }
        return Completions(range: range, items: (prefix.isEmpty ? [] : others) + commands)
    }

    private func arguments(
        of entry: CommandEntry, _ number: Int, _ place: CompletionPlace, _ before: String
    ) -> Completions {
        let parameter = entry.parameters.positional(number)
        switch parameter?.kind.reading {
        case .path: return fileNames(before)
        case .command(let word): return rest(of: word, entry, place)
        case .word, .wordOrExpression, .name:
            let range = wordBeforeCursor(before)
            let word = String(before.utf8.suffix(range.end - range.start)) ?? ""
            let contents = parameter.map { self.contents(of: $0, callee: entry.name) } ?? []
            let found = fitting(contents + options(entry.parameters, isCommand: true), word)
            return Completions(range: range, items: found)
        default:
            let contents = parameter.map { self.contents(of: $0, callee: entry.name) } ?? []
            let found = fitting(options(entry.parameters, isCommand: true) + contents, place.prefix)
            return Completions(range: place.range, items: found)
        }
    }

    // MARK: Strings and file names

    /// The inside of a string: the words that its argument takes, and files where it may be any text.
    private func quoted(_ argument: CompletionPlace.QuotedArgument?, _ place: CompletionPlace) -> Completions {
        let quote = place.quote
        var items: [Completion] = []
        if let argument {
            let parameter = argument.parameter
            let kind = argument.isListed ? parameter.kind.member : parameter.kind
            items = kind.choices.map { Completion($0, .choice, quote: quote) }
            if kind.takesName {
                items += words(argument.callee, parameter.name).map {
                    Completion($0.name, .word, $0.summary, quote: quote)
                }
            }
            guard kind.takesText else { return Completions(range: place.range, items: fitting(items, place.prefix)) }
        }
        let names = files(place.prefix).map { Completion($0, .file, quote: quote) }
        return Completions(range: place.range, items: fitting(items, place.prefix) + names)
    }

    /// File names without quotes, which a name with blanks in it gets.
    private func fileNames(_ before: String) -> Completions {
        let range = wordBeforeCursor(before)
        let typed = String(before.utf8.suffix(range.end - range.start)) ?? ""
        let items = files(typed).map { name in
            name.contains { " ,;".contains($0) } ? Completion("\"" + name, .file, quote: "\"") : Completion(name, .file)
        }
        return Completions(range: range, items: items)
    }

    /// The text after the last blank or comma.
    private func wordBeforeCursor(_ before: String) -> SourceRange {
        let word = before.reversed().prefix { !$0.isWhitespace && $0 != "," && $0 != "=" }
        let length = word.reduce(0) { $0 + $1.utf8.count }
        return SourceRange(start: before.utf8.count - length, end: before.utf8.count)
    }
}

extension Parameter.Kind {
    /// Of a list, what its members are; of anything else, itself.
    fileprivate var member: Parameter.Kind {
        switch self {
        case .list(let kind): kind
        case .oneOf(let kinds): .oneOf(kinds.map(\.member))
        default: self
        }
    }

    /// Whether a string may be any text, perhaps a file's name.
    fileprivate var takesText: Bool {
        switch self {
        case .string, .path, .word, .any: true
        case .oneOf(let kinds): kinds.contains(where: \.takesText)
        default: false
        }
    }

    /// Whether a string may be a name that is known elsewhere: of a data set, a lesson.
    fileprivate var takesName: Bool {
        switch self {
        case .string, .word: true
        case .oneOf(let kinds): kinds.contains(where: \.takesName)
        default: false
        }
    }
}

extension Value {
    fileprivate var isFunction: Bool {
        switch self {
        case .function, .builtin: true
        default: false
        }
    }
}

extension Completion {
    /// Words that no statement begins with.
    fileprivate var isMidExpression: Bool { kind == .keyword && ["and", "or", "if", "else"].contains(text) }
}
