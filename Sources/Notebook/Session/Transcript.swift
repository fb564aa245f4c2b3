import Language

extension Session {
    /// What outputs look like as text, at the prompt's style and 80 columns: what an `output` block holds.
    ///
    /// Notes and warnings are lines that begin with the word; pictures and progress are no text.
    public func transcript(of outputs: [Output]) -> String {
        outputs.compactMap { output in
            switch output {
            case .value(let value): text(of: value, width: 80)
            case .text(let text): text
            case .note(let text): "note: \(text)"
            case .warning(let text): "warning: \(text)"
            case .object(let object): object.typeName == "figure" ? nil : object.describe(width: 80)
            case .progress: nil
            }
        }.joined(separator: "\n")
    }

    /// A value as the prompt shows it.
    public func text(of value: Value, width: Int? = nil) -> String {
        ValuePrinter(style: .prompt(width: width ?? configuration.width)).text(value)
    }
}
