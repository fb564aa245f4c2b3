import Language

/// The manual page of everything that cells can name, written from the registry.
public struct ReferencePage {
    let registry: Registry

    /// The page of a registry.
    public init(registry: Registry) {
        self.registry = registry
    }

    /// The page, as Markdown. Each thing has a heading of its name alone, so that links to it last.
    public var markdown: String {
        let opening = [
            "# Reference", "",
            "Everything that a cell can name, topic by topic. `gan reference` writes this page; at the prompt, `help NAME`",
            "shows the same about one thing. What stands in square brackets may be left out.", "",
        ]
        let sections = registry.topics.map { (topic: $0, entries: entries(of: $0)) }
        var anchors = CheckRun.anchors(
            ["Reference"] + sections.flatMap { [$0.topic.title] + $0.entries.map(\.heading) })[...]
        anchors.removeFirst()
        let contents = sections.flatMap { section in
            let title = "[\(section.topic.title)](#\(anchors.removeFirst()))"
            let links = section.entries.map { "[\($0.heading)](#\(anchors.removeFirst()))" }
            return ["- **\(title)**: \(links.joined(separator: ", "))"]
        }
        let body = sections.flatMap { section in
            ["## \(section.topic.title)", "", Self.sentence(section.topic.summary), ""]
                + section.entries.flatMap { ["### \($0.heading)", ""] + $0.lines }
        }
        return (opening + contents + [""] + body).joined(separator: "\n") + "\n"
    }

    /// What stands under a heading of its own.
    private struct Entry {
        var heading: String
        var lines: [String]
    }

    private func entries(of topic: Topic) -> [Entry] {
        let guides = topic == .language ? LanguageGuide.all.map(entry) : []
        let commands = registry.commands.filter { $0.topic == topic }
            .map { Entry(heading: heading($0.name, "command"), lines: lines($0)) }
        let functions = registry.functions.filter { $0.topic == topic }
            .map { Entry(heading: heading($0.name, "function"), lines: lines($0)) }
        let constants = registry.constants.filter { $0.topic == topic }
            .map { Entry(heading: heading($0.name, "value"), lines: lines($0)) }
        return guides + commands + functions + constants
    }

    /// The name; of what shares its name with something of another kind, also the kind.
    private func heading(_ name: String, _ kind: String) -> String {
        let kinds = [
            registry.commands.contains { $0.name == name }, registry.functions.contains { $0.name == name },
            registry.constants.contains { $0.name == name }, LanguageGuide.all.contains { $0.name == name },
        ]
        return kinds.count(where: \.self) > 1 ? "`\(name)` (\(kind))" : "`\(name)`"
    }

    private func entry(_ guide: LanguageGuide) -> Entry {
        let lines = guide.lines.map { $0.0.isEmpty ? "- \($0.1)" : "- `\($0.0)`: \($0.1)" }
        return Entry(
            heading: guide.name.prefix(1).uppercased() + guide.name.dropFirst(),
            lines: [Self.sentence(guide.summary), ""] + lines + [""])
    }

    private func lines(_ entry: CommandEntry) -> [String] {
        entryLines(
            registry.usage(of: entry), entry.summary, entry.parameters, returns: entry.returns,
            entry.details, entry.example)
    }

    private func lines(_ entry: FunctionEntry) -> [String] {
        entryLines(
            registry.usage(of: entry), entry.summary, entry.parameters, returns: entry.returns, entry.details,
            entry.example)
    }

    private func lines(_ entry: ConstantEntry) -> [String] {
        entryLines(nil, entry.summary, [], returns: "", "", entry.example)
    }

    private func entryLines(
        _ usage: String?, _ summary: String, _ parameters: [Parameter], returns: String, _ details: String,
        _ example: String
    ) -> [String] {
        var lines = [Self.sentence(summary), ""]
        if let usage { lines += ["```text", usage, "```", ""] }
        if !parameters.isEmpty { lines += parameters.map(Self.line) + [""] }
        if !returns.isEmpty { lines += ["Gives \(Self.sentence(returns, isStart: false))", ""] }
        if !details.isEmpty { lines += [details, ""] }
        if !example.isEmpty { lines += ["```gan", example, "```", ""] }
        return lines
    }

    private static func line(_ parameter: Parameter) -> String {
        let standard = parameter.defaultSource.flatMap { $0.isEmpty ? nil : "; \($0) unless given" } ?? ""
        return "- `\(parameter.name)`: \(parameter.summary) (\(parameter.kind.description)\(standard))"
    }

    private static func sentence(_ text: String, isStart: Bool = true) -> String {
        let first = isStart ? text.prefix(1).uppercased() + text.dropFirst() : text
        return first.hasSuffix(".") || first.isEmpty ? first : first + "."
    }
}
