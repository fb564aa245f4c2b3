/// Why a picture could not be made. Each case is one clear line, and what to do about it.
public enum PlotError: Error, Hashable, Sendable {
    /// No gnuplot on this machine.
    case missing
    /// gnuplot could not be started at all.
    case notStarted(reason: String)
    /// gnuplot ended in the middle of a picture.
    case died
    /// gnuplot did not finish in time and was ended.
    case timedOut(seconds: Double)
    /// The person closed the window since the picture before.
    case windowClosed
    /// The person at the keyboard stopped it.
    case interrupted
    /// gnuplot refused the figure; its own words.
    case refused(String)
    /// The figure has nothing that can be drawn.
    case empty
    /// A file that could not be written.
    case unwritable(path: String, reason: String)
    /// A file name whose ending names no kind of picture.
    case unknownKind(path: String, suggestion: String?)
    /// A file name whose ending names no kind of moving picture.
    case notMoving(path: String, suggestion: String?)

    /// What was wrong, in one line.
    public var message: String {
        switch self {
        case .missing: "there is no gnuplot on this machine, so no picture can be drawn"
        case .notStarted(let reason): "gnuplot could not be started: \(reason)"
        case .died: "gnuplot ended in the middle of the picture"
        case .timedOut(let seconds): "gnuplot did not finish within \(Self.plain(seconds)) s and was ended"
        case .windowClosed: "the window was closed"
        case .interrupted: "the picture was interrupted"
        case .refused(let words): "gnuplot refused the picture: \(words)"
        case .empty: "there is nothing to draw: no finite numbers"
        case .unwritable(let path, let reason): "cannot write '\(path)': \(reason)"
        case .unknownKind(let path, _): "'\(path)' does not end in a kind of picture that can be written"
        case .notMoving(let path, _): "'\(path)' is no name of a moving picture"
        }
    }

    /// What to do about it, if there is something.
    public var help: String? {
        switch self {
        case .missing:
            "install gnuplot (Debian, Ubuntu: apt install gnuplot-nox; with windows: gnuplot-qt), then plot again"
        case .died, .notStarted: "the next plot starts a new gnuplot"
        case .timedOut: "the next plot starts a new gnuplot; fewer points or a coarser grid draw faster"
        case .unknownKind(_, let suggestion):
            "the ending chooses: \(PictureFile.endings.map { "." + $0 }.joined(separator: ", "))"
                + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
        case .notMoving(_, let suggestion):
            "the name ends in \(Animation.Kind.allCases.map { "." + $0.rawValue }.joined(separator: " or "))"
                + (suggestion.map { ", such as '\($0)'" } ?? "")
        case .windowClosed, .interrupted, .refused, .empty, .unwritable: nil
        }
    }

    private static func plain(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }
}
