import CEdit
import Files
import Foundation
import Language
import LinearAlgebra
import Notebook
import Plotting

/// One thing that was looked at.
public struct Finding: Hashable, Sendable {
    /// What was looked at.
    public var subject: String
    /// What was found.
    public var found: String
    /// What to do about it; nil if all is well.
    public var remedy: String?

    init(subject: String, found: String, remedy: String? = nil) {
        (self.subject, self.found, self.remedy) = (subject, found, remedy)
    }
}

/// Looks at everything that the playground relies on and has no power over.
public struct Doctor {
    let theme: Theme
    let isTerminal: Bool
    let resources: Resources
    let state: StateFolder
    let display: FigureDisplay

    /// A doctor for this process.
    public init(
        theme: Theme, isTerminal: Bool, resources: Resources = .find(), state: StateFolder = .standard()
    ) {
        self.theme = theme
        self.isTerminal = isTerminal
        self.resources = resources
        self.state = state
        var environment = FigureScreen.environment(isTerminal: isTerminal)
        if isTerminal, let answer = FigureScreen.sixelAnswer(environment) { environment.hasSixels = answer.hasSixels }
        display = FigureDisplay(environment: environment)
    }

    /// All findings, in order.
    public func findings() -> [Finding] {
        gnuplot() + [pictures(), lineEditor(), colours(), locale(), lessons(), datasets(), stateFolder(), processor()]
    }

    /// All findings as text, a remedy below each that asks for something.
    var lines: [String] {
        return findings().flatMap { finding in
            let mark = finding.remedy == nil ? theme.paint("ok  ", .success) : theme.paint("warn", .warning)
            let remedy = finding.remedy.map { ["      " + theme.paint("→ \($0)", .strong)] } ?? []
            return ["\(mark)  \(DisplayWidth.padded(finding.subject, to: 10)) \(finding.found)"] + remedy
        }
    }

    /// The command `doctor` of the prompt.
    static func command(theme: Theme, isTerminal: Bool, resources: Resources) -> CommandEntry {
        CommandEntry(
            "doctor", topic: .session, "tell what was found: gnuplot, the terminal, lessons, data", parameters: [],
            example: "doctor"
        ) { _, context in
            let doctor = Doctor(theme: theme, isTerminal: isTerminal, resources: resources)
            context.emit(.text(doctor.lines.joined(separator: "\n")))
        }
    }

    // MARK: Pictures

    private func gnuplot() -> [Finding] {
        let packages = "apt-get install gnuplot-nox (or gnuplot-qt for windows)"
        guard let program = GnuplotProgram.find() else {
            return [Finding(subject: "gnuplot", found: "not found in PATH", remedy: packages)]
        }
        do throws(PlotError) {
            let version = try display.gnuplot.answer("GPVAL_VERSION")
            let patch = try display.gnuplot.answer("GPVAL_PATCHLEVEL")
            let built = try display.gnuplot.terminals()
            let wanted = ["qt", "wxt", "x11", "pngcairo", "svg", "pdfcairo", "sixelgd", "dumb"]
            let missing = ["pngcairo", "svg", "pdfcairo", "dumb"].filter { !built.contains($0) }
            return [
                Finding(subject: "gnuplot", found: "\(version).\(patch) at \(program.path)", remedy: nil),
                Finding(
                    subject: "terminals", found: wanted.filter(built.contains).joined(separator: " "),
                    remedy: missing.isEmpty ? nil : "\(missing.joined(separator: ", ")) missing: \(packages)"),
            ]
        } catch {
            return [Finding(subject: "gnuplot", found: error.message, remedy: error.help ?? packages)]
        }
    }

    private func pictures() -> Finding {
        do throws(PlotError) {
            switch try display.means() {
            case .window(let system): return Finding(subject: "pictures", found: "in a window (\(system.rawValue))")
            case .kitty: return Finding(subject: "pictures", found: "in the terminal, by kitty's protocol")
            case .sixel: return Finding(subject: "pictures", found: "in the terminal, as sixels")
            case .text: return Finding(subject: "pictures", found: textPictures)
            case .words: return Finding(subject: "pictures", found: "in words, a line for each")
            }
        } catch {
            return Finding(subject: "pictures", found: "none", remedy: error.help ?? error.message)
        }
    }

    private var textPictures: String {
        display.environment.hasDisplay && isTerminal
            ? "as text: this gnuplot opens no windows" : "as text; `plot ... to FILE.png` makes image files"
    }

    // MARK: The terminal

    private func lineEditor() -> Finding {
        let size = Screen.terminalSize()
        let place = isTerminal ? "terminal \(size.columns)x\(size.rows)" : "not on a terminal now"
        let settings = FilePath.expanded("~/.editrc")
        let custom = FileManager.default.fileExists(atPath: settings) ? ", keys as in ~/.editrc" : ""
        return Finding(subject: "libedit", found: "interface \(LIBEDIT_MAJOR).\(LIBEDIT_MINOR), \(place)\(custom)")
    }

    private func colours() -> Finding {
        if theme.isColoured { return Finding(subject: "colours", found: "on") }
        let isForbidden = !(Screen.environmentValue("NO_COLOR") ?? "").isEmpty
        return Finding(subject: "colours", found: isForbidden ? "off, as NO_COLOR asks" : "off")
    }

    private func locale() -> Finding {
        let name = setlocale(LC_CTYPE, nil).map { String(cString: $0) } ?? "unknown"
        let isUTF8 = String(cString: nl_langinfo(nl_item(CODESET))) == "UTF-8"
        return Finding(
            subject: "locale", found: "\(name)\(isUTF8 ? "" : ", which is not UTF-8")",
            remedy: isUTF8 ? nil : "set LANG=C.UTF-8, or letters such as θ will not show")
    }

    // MARK: Files

    private func lessons() -> Finding {
        let remedy = "set GAN_HOME to the folder that holds `lessons` and `datasets`"
        guard let folder = resources.lessons else {
            return Finding(subject: "lessons", found: "not found", remedy: remedy)
        }
        return Finding(subject: "lessons", found: "\(resources.lessonFiles.count) in \(folder.path)")
    }

    private func datasets() -> Finding {
        let remedy = "set GAN_HOME to the folder that holds `lessons` and `datasets`"
        guard let folder = resources.datasets else {
            return Finding(subject: "data", found: "not found", remedy: remedy)
        }
        return Finding(subject: "data", found: "\(resources.datasetNames.count) sets in \(folder.path)")
    }

    private func stateFolder() -> Finding {
        let files = FileManager.default
        try? files.createDirectory(at: state.url, withIntermediateDirectories: true)
        let isWritable = files.isWritableFile(atPath: state.url.path)
        return Finding(
            subject: "memory", found: "\(state.url.path)\(isWritable ? "" : " cannot be written")",
            remedy: isWritable ? nil : "set XDG_STATE_HOME to a folder of yours; history and progress go there")
    }

    private func processor() -> Finding {
        Finding(subject: "processor", found: "kernels for \(ProcessorPath.chosen)")
    }
}
