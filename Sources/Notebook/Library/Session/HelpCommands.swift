import Language
import Words

extension Library {
    /// `help`.
    static func addHelp(to registry: inout Registry) {
        registry.add([help])
    }

    private static let help = CommandEntry(
        "help", topic: .session, "show what there is and how it is written",
        parameters: [
            Parameter("about", .word, default: "", variadic: true, "a name, a topic, `topics`, or a word to look for")
        ],
        details: "`NAME?` is the same as `help NAME`.", example: "help topics"
    ) { (arguments, context) throws(CellError) in
        let words = arguments.rest("about").compactMap(\.string)
        context.emit(.text(try HelpDesk(context).answer(words, at: arguments.range(of: "about"))))
    }
}

/// Answers `help`.
struct HelpDesk {
    let context: Context
    private var registry: Registry { context.registry }
    private var width: Int { context.width }

    init(_ context: Context) { self.context = context }

    /// What there is to say about these words; nothing asked: where to begin.
    func answer(_ words: [String], at range: SourceRange?) throws(CellError) -> String {
        let name = words.joined(separator: " ")
        if name.isEmpty { return overview }
        if name == "topics" { return topics }
        let pages = registry.helpPages(for: name).map { $0.text(width: width) } + variable(name)
        if !pages.isEmpty { return (pages + family(name)).joined(separator: "\n\n") }
        if name == "language" { return language }
        if let guide = LanguageGuide.all.first(where: { $0.name == name || $0.keywords.contains(name) }) {
            return guide.text(width: width)
        }
        if let topic = registry.topic(name) { return text(of: topic) }
        if let command = family(name).first { return command }
        if let mention = mentions(of: name) { return mention }
        let known =
            ["topics", "language"] + registry.names + registry.topics.map(\.name)
            + LanguageGuide.all.flatMap { [$0.name] + $0.keywords }
        throw CellError(
            .name, "there is no help on `\(name)`", at: range,
            help: Spelling.question(for: name, among: known) ?? "`help topics` lists what there is")
    }

    // MARK: Pages

    private var overview: String {
        let topics = registry.topics.map { ("help \($0.name)", $0.summary) }
        let start = """
            A cell is an expression, such as `2 + 2` or `x = linspace(0, 1, 5)`, or a command, such as `plot x`. \
            The Tab key finishes names and lists what fits.
            """
        let end = "`help NAME` or `NAME?` explains one name; `help WORD` finds what mentions a word."
        let rows = topics + [("help topics", "all names, topic by topic")]
        return [paragraph(start), Self.table(rows, width: width), paragraph(end)].joined(separator: "\n\n")
    }

    private func paragraph(_ text: String) -> String {
        TextWidth.wrapped(text, width: width).joined(separator: "\n")
    }

    private var topics: String {
        registry.topics.map { topic in
            let lines = TextWidth.wrapped(names(of: topic).joined(separator: ", "), width: width, indent: 2)
            return ([paragraph(topic.title + " (help \(topic.name))")] + lines).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private var language: String {
        "How a cell is written:\n\n"
            + Self.table(LanguageGuide.all.map { ("help \($0.name)", $0.summary) }, width: width)
            + (registry.topics.contains(.language) ? "\n\n" + text(of: .language) : "")
    }

    private func text(of topic: Topic) -> String {
        paragraph("\(topic.title): \(topic.summary)") + "\n\n"
            + Self.table(names(of: topic).map { ($0, summary(of: $0, topic)) }, width: width)
    }

    private func names(of topic: Topic) -> [String] {
        let names =
            registry.commands.filter { $0.topic == topic }.map(\.name)
            + registry.functions.filter { $0.topic == topic }.map(\.name)
            + registry.constants.filter { $0.topic == topic }.map(\.name)
        return Set(names).sorted()
    }

    private func summary(of name: String, _ topic: Topic) -> String {
        registry.helpPages(for: name).first { $0.topic == topic }?.summary ?? ""
    }

    /// The commands whose names begin with this word.
    private func family(_ name: String) -> [String] {
        let members = registry.commands.filter { $0.name.hasPrefix(name + " ") }
        guard !members.isEmpty else { return [] }
        return [
            paragraph("commands that begin with `\(name)`:") + "\n\n"
                + Self.table(members.map { ($0.name, $0.summary) }, width: width)
        ]
    }

    /// A variable of this name.
    private func variable(_ name: String) -> [String] {
        guard let value = context.state.variables[name] else { return [] }
        let printer = ValuePrinter(style: .prompt(width: width))
        return ["your variable `\(name)`: \(printer.summary(value))"] + members(of: value)
    }

    private func members(of value: Value) -> [String] {
        guard case .object(let object) = value, !object.memberNames.isEmpty else { return [] }
        return TextWidth.wrapped("members: " + object.memberNames.joined(separator: ", "), width: width)
    }

    /// What mentions a word in its name or summary.
    private func mentions(of word: String) -> String? {
        let found = registry.names.flatMap(registry.helpPages).filter { page in
            "\(page.name) \(page.summary)".lowercased().contains(word.lowercased())
        }
        guard !found.isEmpty, word.count > 2 else { return nil }
        return paragraph("nothing is called `\(word)`, but these mention it:") + "\n\n"
            + Self.table(found.map { ($0.name, $0.summary) }, width: width)
    }

    // MARK: Layout

    /// Two columns, the second wrapped.
    static func table(_ rows: [(String, String)], width: Int) -> String {
        TextWidth.table(rows.map { (left: $0.0, right: $0.1) }, width: width, widest: 30).joined(separator: "\n")
    }
}
