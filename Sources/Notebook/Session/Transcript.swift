import Language

extension Session {
    /// The columns that text takes in documents: those of a terminal of 80, whose last column stays free.
    static let documentWidth = 79

    /// What outputs look like as text at a prompt of 80 columns: what an `output` block holds.
    ///
    /// Pictures and progress are no text.
    public func transcript(of outputs: [Output]) -> String { measuredTranscript(of: outputs).text }

    /// The same, and which of its words were measured.
    package func measuredTranscript(of outputs: [Output]) -> MeasuredText {
        let width = Self.documentWidth
        let texts: [MeasuredText] = outputs.compactMap { output in
            switch output {
            case .value(.object(let object)): object.measuredDescription(width: width)
            case .value(let value): MeasuredText(text(of: value, width: width))
            case .text(let text): MeasuredText(text)
            case .measured(let text): text
            case .note(let text), .warning(let text):
                MeasuredText(TextWidth.wrapped(text, width: width).joined(separator: "\n"))
            case .object(let object):
                object.typeName == "figure" ? nil : MeasuredText(object.describe(width: width))
            case .progress, .frame, .pause: nil
            }
        }
        guard var all = texts.first else { return MeasuredText("") }
        for text in texts.dropFirst() { all.append(text) }
        return all
    }

    /// A value as the prompt shows it.
    public func text(of value: Value, width: Int? = nil) -> String {
        ValuePrinter(style: .prompt(width: width ?? configuration.width)).text(value)
    }
}
