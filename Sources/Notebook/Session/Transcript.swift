import Language

extension Session {
    /// The columns that text takes in documents: those of a terminal of 80, whose last column stays free.
    static let documentWidth = 79

    /// What outputs look like as text at a prompt of 80 columns: what an `output` block holds.
    ///
    /// Pictures and progress are no text.
    public func transcript(of outputs: [Output]) -> String {
        let width = Self.documentWidth
        let texts: [String] = outputs.compactMap { output in
            switch output {
            case .value(let value): text(of: value, width: width)
            case .text(let text): text
            case .note(let text), .warning(let text):
                TextWidth.wrapped(text, width: width).joined(separator: "\n")
            case .object(let object): object.typeName == "figure" ? nil : object.describe(width: width)
            case .progress, .frame, .pause: nil
            }
        }
        return texts.joined(separator: "\n")
    }

    /// A value as the prompt shows it.
    public func text(of value: Value, width: Int? = nil) -> String {
        ValuePrinter(style: .prompt(width: width ?? configuration.width)).text(value)
    }
}
