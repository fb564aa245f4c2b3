import Language

/// The manual page of everything that cells can name, written from the registry.
public struct ReferencePage {
    let registry: Registry

    /// The page of a registry.
    public init(registry: Registry) {
        self.registry = registry
    }

    /// The page, as Markdown.
    public var markdown: String {
        let opening = [
            "# Reference", "",
            "Everything that a cell can name, topic by topic. `gan reference` writes this page; at the prompt, `help NAME`",
            "shows the same about one thing. What stands in square brackets may be left out.", "",
        ]
        return (opening + registry.topics.flatMap(section)).joined(separator: "\n") + "\n"
    }

    private func section(_ topic: Topic) -> [String] {
        let commands = registry.commands.filter { $0.topic == topic }.map(lines)
        let functions = registry.functions.filter { $0.topic == topic }.map(lines)
        let constants = registry.constants.filter { $0.topic == topic }.map(lines)
        return ["## \(topic.title)", "", Self.sentence(topic.summary), ""]
            + (commands + functions + constants).flatMap(\.self)
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
        entryLines(entry.name, entry.summary, [], returns: "", "", entry.example)
    }

    private func entryLines(
        _ usage: String, _ summary: String, _ parameters: [Parameter], returns: String, _ details: String,
        _ example: String
    ) -> [String] {
        var lines = ["### `\(usage)`", "", Self.sentence(summary), ""]
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
