/// How functions and commands are written, from their parameters.
extension Registry {
    /// `linspace(start, stop, n=50)`
    public func usage(of entry: FunctionEntry) -> String {
        "\(entry.name)(\(entry.parameters.map(\.functionUsage).joined(separator: ", ")))"
    }

    /// `plot histogram values... [bins=30] [to FILE]`
    public func usage(of entry: CommandEntry) -> String {
        let order = entry.parameters.filter { !$0.isSpelledBare } + entry.parameters.filter(\.isSpelledBare)
        let positional = entry.parameters.positionalNames
        return ([entry.name] + order.map { $0.commandUsage(isPositional: positional.contains($0.name)) })
            .joined(separator: " ")
    }

    /// The usage of a function, command or constant of this name, the function first.
    public func usage(of name: String) -> String? {
        function(name).map(usage) ?? command(name).map(usage) ?? constant(name).map(\.name)
    }
}

extension Parameter {
    fileprivate var functionUsage: String {
        let shown = takesOptions ? "\(name)=..." : isVariadic ? "\(name), ..." : name
        guard let defaultSource else { return shown }
        return defaultSource.isEmpty ? "[\(shown)]" : "\(name)=\(defaultSource)"
    }

    /// What stands for the value in a usage line.
    private var placeholder: String {
        switch kind {
        case .path: "FILE"
        case .integer: "N"
        default: "VALUE"
        }
    }

    fileprivate func commandUsage(isPositional: Bool) -> String {
        if isSpelledBare { return isRequired ? "\(name) \(placeholder)" : "[\(name) \(placeholder)]" }
        let shown: String
        if isPositional {
            shown = isVariadic ? "\(name)..." : name
        } else {
            shown = "\(name)=\(shownDefault.flatMap { $0.isEmpty ? nil : $0 } ?? "...")"
        }
        return isRequired ? shown : "[\(shown)]"
    }
}

extension [Parameter] {
    /// The names of those that a command's usage shows by their place: the required ones at the front, the words and
    /// the one that takes all the rest. Others may be given by place too, but read better by name.
    var positionalNames: Set<String> {
        var names: Set<String> = []
        for parameter in self where !parameter.isSpelledBare {
            guard parameter.isRequired || parameter.isVariadic || parameter.kind.reading != .expression else { break }
            names.insert(parameter.name)
            if parameter.isVariadic { break }
        }
        return names
    }
}
