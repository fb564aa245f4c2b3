/// What there is to say about a function, command or constant, as a plain value, written from the registry alone.
public struct HelpPage: Hashable, Sendable {
    /// A parameter on the page.
    public struct Line: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// What it is for.
        public let summary: String
        /// What may be given: "a whole number from 1 to 1000".
        public let kind: String
        /// The source text of its default; empty if it may be left out and is then absent; nil if it must be given.
        public let defaultSource: String?
    }

    /// "function", "command" or "value".
    public let sort: String
    /// What it is called.
    public let name: String
    /// How it is written.
    public let usage: String
    /// Where `help topics` lists it.
    public let topic: Topic
    /// What it does.
    public let summary: String
    /// What it takes.
    public let parameters: [Line]
    /// What comes back; empty for a command that gives nothing.
    public let returns: String
    /// What else there is to say.
    public let details: String
    /// A cell to try.
    public let example: String
    /// Names of related things.
    public let seeAlso: [String]
}

extension Registry {
    /// The pages about a name: one for each function, command and constant of that name.
    public func helpPages(for name: String) -> [HelpPage] {
        var pages: [HelpPage] = []
        if let entry = command(name) {
            pages.append(
                HelpPage(
                    sort: "command", name: name, usage: usage(of: entry), topic: entry.topic, summary: entry.summary,
                    parameters: entry.parameters.map(HelpPage.Line.init), returns: entry.returns,
                    details: entry.details,
                    example: entry.example, seeAlso: related(to: name, entry.topic, entry.summary + entry.details)))
        }
        if let entry = function(name) {
            pages.append(
                HelpPage(
                    sort: "function", name: name, usage: usage(of: entry), topic: entry.topic, summary: entry.summary,
                    parameters: entry.parameters.map(HelpPage.Line.init), returns: entry.returns,
                    details: entry.details, example: entry.example,
                    seeAlso: related(to: name, entry.topic, entry.summary + entry.details)))
        }
        if let entry = constant(name) {
            pages.append(
                HelpPage(
                    sort: "value", name: name, usage: name, topic: entry.topic, summary: entry.summary, parameters: [],
                    returns: "", details: "", example: entry.example,
                    seeAlso: related(to: name, entry.topic, entry.summary)))
        }
        return pages
    }

    /// What a text mentions in backquotes, then what shares the first word of the name; at most six.
    private func related(to name: String, _ topic: Topic, _ text: String) -> [String] {
        let known = Set(names)
        let quoted = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }
            .map { String($0.element.prefix { $0 != "(" && $0 != "=" }) }
        let family = name.split(separator: " ").first.map { first in
            names.filter { $0.hasPrefix(first + " ") || $0 == first }
        }
        var seen: Set<String> = [name]
        return Array((quoted + (family ?? [])).filter { known.contains($0) && seen.insert($0).inserted }.prefix(6))
    }
}

extension HelpPage.Line {
    fileprivate init(_ parameter: Parameter) {
        name = parameter.isVariadic ? parameter.name + "..." : parameter.name
        summary = parameter.summary
        kind = parameter.kind.description
        defaultSource = parameter.shownDefault
    }

    /// "how many bars (a whole number from 1 to 1000; 30 unless given)"
    var explanation: String {
        switch defaultSource {
        case nil: "\(summary) (\(kind))"
        case "": "\(summary) (\(kind); may be left out)"
        case let source?: "\(summary) (\(kind); \(source) unless given)"
        }
    }
}

extension HelpPage {
    /// The page as plain text in lines of at most `width` columns.
    public func text(width: Int = 80) -> String {
        var lines = TextWidth.wrapped(usage, width: width, indent: 0, further: 4)
        lines += TextWidth.wrapped("\(summary) (\(sort))", width: width, indent: 2)
        if !parameters.isEmpty { lines += [""] + table(width) }
        if !returns.isEmpty { lines += [""] + TextWidth.wrapped("gives \(returns)", width: width, indent: 2) }
        for paragraph in details.split(separator: "\n\n") {
            let text = paragraph.split(separator: "\n").joined(separator: " ")
            lines += [""] + TextWidth.wrapped(text, width: width, indent: 2)
        }
        if !example.isEmpty { lines += ["", "  example:"] + example.split(separator: "\n").map { "    " + $0 } }
        if !seeAlso.isEmpty {
            lines += [""] + TextWidth.wrapped("see also: " + seeAlso.joined(separator: ", "), width: width, indent: 2)
        }
        return lines.joined(separator: "\n")
    }

    private func table(_ width: Int) -> [String] {
        TextWidth.table(parameters.map { (left: $0.name, right: $0.explanation) }, width: width, widest: 16)
    }
}
