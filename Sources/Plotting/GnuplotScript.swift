import Foundation

/// A figure in gnuplot's language. Pure: the same figure and terminal always give the same text.
///
/// No text of a user's, of a file or of a data set gets here other than in single quotes with quotes doubled, where
/// gnuplot neither runs commands nor replaces anything; numbers stand in data blocks.
public enum GnuplotScript {
    /// The commands that draw a figure once the terminal is set.
    public static func text(for figure: Figure, terminal: Terminal) throws(PlotError) -> String {
        let views = figure.panels.map(ViewRange.init(of:))
        guard views.contains(where: { $0 != nil }) else { throw .empty }
        var script = "reset\nundefine $*\nset encoding utf8\n"
        if case .text(let size, let style) = terminal {
            script += TextScript(figure: figure, views: views, size: size, style: style).commands
        } else {
            script += GraphicScript(figure: figure, views: views, terminal: terminal).commands
        }
        return script
    }

    /// A string in which nothing is replaced and from which nothing escapes. It stays on its line, so control
    /// characters become blanks.
    public static func quoted(_ text: String) -> String {
        var safe = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: safe.append(" ")
            default: safe.unicodeScalars.append(scalar)
            }
        }
        // gnuplot 5.4 takes three quotes at the start for an empty string and the start of another one.
        let start = safe.prefix { $0 == "'" }
        safe = String(repeating: "’", count: start.count) + safe.dropFirst(start.count)
        return "'" + safe.replacing("'", with: "''") + "'"
    }

    /// The label of a tick, in which gnuplot would otherwise read % as a format.
    static func quotedTick(_ text: String) -> String { quoted(text.replacing("%", with: "%%")) }

    /// A number that gnuplot reads back as the same number.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "NaN" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }

    /// A range for `set xrange`.
    static func range(_ range: ClosedRange<Double>) -> String {
        "[\(number(range.lowerBound)):\(number(range.upperBound))]"
    }

    /// `set xtics` with places and names.
    static func ticks(_ axis: String, _ ticks: [Tick]) -> String {
        let places = ticks.map { "\(quotedTick($0.label)) \(number($0.position))" }
        return "set \(axis)tics (\(places.joined(separator: ", ")))"
    }

    /// A named block of rows of numbers; nil separates the pieces of a line.
    static func block(_ name: String, _ rows: [[Double]?]) -> String {
        var text = "\(name) << GAN_END\n"
        for row in rows {
            text += (row ?? []).map(number).joined(separator: " ") + "\n"
        }
        return text + "GAN_END\n"
    }

    /// A text no wider than a number of characters.
    static func abridged(_ text: String, to width: Int) -> String {
        text.count <= max(width, 1) ? text : String(text.prefix(max(width - 1, 0))) + "…"
    }
}
