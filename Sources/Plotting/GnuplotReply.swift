/// What gnuplot prints, made into one line for a person.
enum GnuplotReply {
    /// The first complaint in what gnuplot said, without its echo of the command and without warnings; nil when it is content.
    ///
    /// An error looks like this, the message after a caret and a line number:
    ///
    ///     plot foo
    ///          ^
    ///     line 0: undefined variable: foo
    static func complaint(in text: String) -> String? {
        for line in text.split(separator: "\n") {
            let words = line.trimmingPrefix(while: { $0 == " " || $0 == "\t" })
            guard words.hasPrefix("line ") || words.hasPrefix("\"") else { continue }
            guard let colon = words.firstIndex(of: ":") else { continue }
            let message = words[words.index(after: colon)...].drop(while: { $0 == " " })
            if message.isEmpty || message.lowercased().hasPrefix("warning") { continue }
            return String(message)
        }
        return nil
    }
}
