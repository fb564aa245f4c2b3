/// What gnuplot's dumb terminal wrote, made fit to be printed.
enum TextPicture {
    /// Without form feeds, without blanks at the ends of lines and without empty lines around; colours are switched only
    /// where they change, and every line ends in the terminal's own colour.
    static func cleaned(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self).replacing("\u{C}", with: "")
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }
        while lines.last?.isEmpty == true { lines.removeLast() }
        while lines.first?.isEmpty == true { lines.removeFirst() }
        return lines.joined(separator: "\n")
    }

    private static let reset = "\u{1B}[0m"

    private static func line(_ line: String) -> String {
        var out = ""
        var wanted = ""
        var active = ""
        var blanks = ""
        var rest = Substring(line)
        while let next = rest.first {
            if next == "\u{1B}", let end = rest.firstIndex(of: "m") {
                let code = String(rest[...end])
                wanted = code.hasPrefix("\u{1B}[0;39") ? "" : code
                rest = rest[rest.index(after: end)...]
                continue
            }
            rest.removeFirst()
            if next == " " {
                blanks.append(next)
                continue
            }
            out += blanks
            blanks = ""
            if wanted != active {
                out += wanted.isEmpty ? reset : wanted
                active = wanted
            }
            out.append(next)
        }
        return active.isEmpty ? out : out + reset
    }
}
