import CEdit
import Glibc

/// The line at the prompt, edited by libedit: emacs or vi keys as `~/.editrc` says, a history that is kept, search
/// with Ctrl-R, completion with Tab, pastes that arrive whole.
public final class LineEditor: LineSource {
    /// Finds suggestions for a cell's text and the cursor's place in it, counted in UTF-8 units.
    public typealias Completer = (_ text: String, _ cursor: Int) -> Suggestions

    private let editor: OpaquePointer
    private let keys: KeyReader
    private let history: HistoryStore?
    private let isDumb: Bool
    private var names: [WideString] = []
    private var promptText = WideString("")
    private var promptWidthText = ""
    private var linesBefore = ""
    private var lastKey = Key.end
    private var cellsRead = 0

    /// What Tab asks.
    public var completer: Completer = { _, _ in Suggestions(word: "", all: []) }
    /// Called when the terminal has a new size.
    public var onResize: () -> Void = {}

    /// An editor on standard input and output; nil if libedit cannot start.
    /// - Parameter historyFile: where the history is kept, or nil for none.
    public init?(program: String = "gan", historyFile: String?) {
        guard let editor = el_init(program, cedit_stdin(), cedit_stdout(), cedit_stderr()) else { return nil }
        self.editor = editor
        keys = KeyReader(descriptor: STDIN_FILENO)
        history = HistoryStore(file: historyFile)
        let terminal = getenv("TERM").map { String(cString: $0) } ?? ""
        isDumb = terminal.isEmpty || terminal == "dumb"
        cedit_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
        setUp()
    }

    deinit {
        el_end(editor)
    }

    /// Takes in what was typed while somebody else was reading.
    public func typedAhead(_ bytes: [UInt8]) {
        keys.typedAhead(bytes)
    }

    // MARK: Reading a cell

    /// Reads lines until the cell is complete; the whole cell becomes one entry of the history.
    public func readCell(prompt: Prompt, isComplete: (String) -> Bool) -> Reading {
        linesBefore = ""
        let firstLine = cellsRead + 1
        while true {
            show(linesBefore.isEmpty ? prompt.first : prompt.further, colour: prompt.colour)
            switch readLine() {
            case .line(let line):
                let text = linesBefore + line
                cellsRead += 1
                guard isComplete(text) || (line.isEmpty && !linesBefore.isEmpty) else {
                    linesBefore = text + "\n"
                    continue
                }
                history?.add(text)
                return .cell(text, line: firstLine)
            case .cleared:
                return .cleared
            case .end:
                return linesBefore.isEmpty || Interrupts.isTerminated ? .end : .cleared
            }
        }
    }

    /// Puts a text into the line, as if it were pasted, and reads what becomes of it.
    public func readCell(prompt: Prompt, changing text: String, isComplete: (String) -> Bool) -> Reading {
        keys.beginPaste(text)
        return readCell(prompt: prompt, isComplete: isComplete)
    }

    private enum Line {
        case line(String)
        case cleared
        case end
    }

    private func readLine() -> Line {
        lastKey = .scalar(0)
        // Before the prompt is seen: what comes between would be echoed twice.
        cedit_prepare_terminal(editor, 1)
        var count: Int32 = 0
        write(isDumb ? "" : "\u{1B}[?2004h")
        let text = el_wgets(editor, &count).map { String(wide: $0, count: Int(count)) }
        write(isDumb ? "" : "\u{1B}[?2004l")
        if var text {
            if text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
            return .line(text)
        }
        switch lastKey {
        case .interrupted:
            write(isDumb ? "^C\n" : "^C\n\u{1B}[J")
            return .cleared
        default:
            write("\n")
            return .end
        }
    }

    private func write(_ text: String) {
        fputs(text, cedit_stdout())
        fflush(cedit_stdout())
    }

    /// Sets the prompt. Escape sequences stand between U+0001, and never last: libedit drops one with nothing after it.
    private func show(_ prompt: String, colour: String) {
        promptWidthText = prompt
        guard !colour.isEmpty else {
            promptText = WideString(prompt)
            return
        }
        let body = prompt.trimmingBlanks()
        let blanks = prompt.dropFirst(body.count)
        promptText = WideString("\u{1}\(colour)\u{1}\(body)\u{1}\u{1B}[0m\u{1}\(blanks)")
    }

    // MARK: Setting up

    private func setUp() {
        cedit_set_prompt(editor, { LineEditor.from($0).promptText.pointer }, 1)
        cedit_set_reader(editor) { pointer, out in LineEditor.from(pointer).read(into: out) }
        cedit_set_signals(editor, 0)
        cedit_hide_control_echo(editor)
        if let history { cedit_set_history(editor, history.pointer) }
        keys.onResize = { [unowned self] in resized() }
        keys.onContinue = { [unowned self] in continued() }
        add("gan-complete", "finish the word") { pointer, _ in LineEditor.from(pointer).complete() }
        add("gan-paste", "put in what was pasted") { pointer, _ in LineEditor.from(pointer).insertPaste() }
        add("gan-up", "line above or older cell") { pointer, _ in LineEditor.from(pointer).move(.up) }
        add("gan-down", "line below or newer cell") { pointer, _ in LineEditor.from(pointer).move(.down) }
        add("gan-newline", "new line in this cell") { pointer, _ in LineEditor.from(pointer).insert("\n") }
        "emacs".withWide { _ = cedit_set_editor(editor, $0) }
        bindCustomisable()
        el_source(editor, nil)
        bindFixed()
    }

    /// Keys that `~/.editrc` may bind otherwise.
    private func bindCustomisable() {
        for (key, command) in [
            ("\\e[A", "gan-up"), ("\\eOA", "gan-up"), ("\\e[B", "gan-down"), ("\\eOB", "gan-down"),
            ("\\e[H", "ed-move-to-beg"), ("\\eOH", "ed-move-to-beg"), ("\\e[1~", "ed-move-to-beg"),
            ("\\e[F", "ed-move-to-end"), ("\\eOF", "ed-move-to-end"), ("\\e[4~", "ed-move-to-end"),
            ("\\e[3~", "ed-delete-next-char"), ("\\e[1;5D", "ed-prev-word"), ("\\e[1;5C", "em-next-word"),
            ("\\e[1;3D", "ed-prev-word"), ("\\e[1;3C", "em-next-word"), ("\\e\\n", "gan-newline"),
            ("\\e\\r", "gan-newline"),
        ] {
            bind(key, command)
        }
    }

    /// Keys that the playground relies on, in whichever table `~/.editrc` has chosen.
    private func bindFixed() {
        bind("^I", "gan-complete")
        bind("^R", "em-inc-search-prev")
        for isAlternative in cedit_is_vi(editor) != 0 ? [false, true] : [false] {
            bind("^]P", "gan-paste", alternative: isAlternative)
            bind("^]U", "ed-prev-history", alternative: isAlternative)
            bind("^]D", "ed-next-history", alternative: isAlternative)
        }
    }

    private func add(_ name: String, _ help: String, _ command: @escaping cedit_command) {
        let (name, help) = (WideString(name), WideString(help))
        names += [name, help]
        cedit_add_command(editor, name.pointer, help.pointer, command)
    }

    private func bind(_ key: String, _ command: String, alternative: Bool = false) {
        key.withWide { key in
            command.withWide { command in
                _ = alternative ? cedit_bind_alternative(editor, key, command) : cedit_bind(editor, key, command)
            }
        }
    }

    // MARK: What libedit calls

    /// The editor that a call from libedit is about.
    private static func from(_ editor: OpaquePointer?) -> LineEditor {
        guard let client = cedit_client(editor) else { preconditionFailure("libedit has lost its client") }
        return Unmanaged<LineEditor>.fromOpaque(client).takeUnretainedValue()
    }

    private func read(into out: UnsafeMutablePointer<wchar_t>?) -> Int32 {
        fflush(cedit_stdout())
        lastKey = keys.next()
        guard case .scalar(let scalar) = lastKey, let out else { return lastKey == .end ? 0 : -1 }
        out.pointee = wchar_t(bitPattern: scalar)
        return 1
    }

    /// Draws the line anew in the new width, over what the terminal has made of the old rows.
    private func resized() {
        onResize()
        write("\r" + String(repeating: "\u{1B}[A", count: rowsAboveCursor()) + "\u{1B}[J")
        el_resize(editor)
        cedit_redraw(editor)
    }

    /// How many rows of the prompt and the line stand above the cursor.
    private func rowsAboveCursor() -> Int {
        let columns = max(1, Screen.terminalSize().columns)
        let rows = (promptWidthText + line.before).split(separator: "\n", omittingEmptySubsequences: false)
        return rows.reduce(-1) { $0 + 1 + max(0, DisplayWidth.of(String($1)) - 1) / columns }
    }

    private func continued() {
        cedit_prepare_terminal(editor, 0)
        cedit_prepare_terminal(editor, 1)
        cedit_redraw(editor)
    }

    // MARK: Editing commands

    private enum Direction {
        case up
        case down
    }

    /// The line at hand, before and after the cursor.
    private var line: (before: String, after: String) {
        guard let info = el_wline(editor)?.pointee else { return ("", "") }
        let before = info.cursor - info.buffer
        return (
            String(wide: info.buffer, count: before), String(wide: info.cursor, count: info.lastchar - info.cursor)
        )
    }

    private func insert(_ text: String) -> UInt8 {
        let failed = text.withWide { el_winsertstr(editor, $0) } != 0
        return UInt8(failed ? CC_REFRESH_BEEP : CC_REFRESH)
    }

    private func insertPaste() -> UInt8 {
        let text = keys.takePaste()
        return text.isEmpty ? UInt8(CC_NORM) : insert(text)
    }

    /// Moves to the line above or below in a cell of several lines, else to the older or newer cell.
    private func move(_ direction: Direction) -> UInt8 {
        let (before, after) = line
        let column = before.unicodeScalars.reversed().prefix { $0 != "\n" }.count
        switch direction {
        case .up:
            let above = before.unicodeScalars.dropLast(column + 1)
            guard before.unicodeScalars.count > column else {
                keys.push("U")
                return UInt8(CC_NORM)
            }
            let length = above.reversed().prefix { $0 != "\n" }.count
            el_cursor(editor, -Int32(column + 1 + max(0, length - column)))
        case .down:
            let rest = after.unicodeScalars.prefix { $0 != "\n" }.count
            guard after.unicodeScalars.count > rest else {
                keys.push("D")
                return UInt8(CC_NORM)
            }
            let length = after.unicodeScalars.dropFirst(rest + 1).prefix { $0 != "\n" }.count
            el_cursor(editor, Int32(rest + 1 + min(column, length)))
        }
        return UInt8(CC_CURSOR)
    }

    private func complete() -> UInt8 {
        let (before, after) = line
        if before.allSatisfy({ $0 == " " || $0 == "\n" }) && !before.isEmpty {
            return insert("    ")
        }
        let text = linesBefore + before
        let found = completer(text + after, text.utf8.count)
        switch found.action {
        case .nothing:
            return UInt8(CC_REFRESH_BEEP)
        case .replace(let replacement):
            if !found.word.isEmpty { el_deletestr(editor, Int32(found.word.unicodeScalars.count)) }
            return insert(Self.withoutDoubling(replacement, before: after))
        case .list:
            let rows = CompletionMenu.rows(found.all, width: Screen.terminalSize().columns)
            write("\n" + rows.joined(separator: "\n") + "\n")
            return UInt8(CC_REDISPLAY)
        }
    }

    /// Leaves out a bracket, quote or blank at the end that already stands behind the cursor.
    package static func withoutDoubling(_ replacement: String, before after: String) -> String {
        guard let last = replacement.last, "( =\"'".contains(last), after.first == last else { return replacement }
        return String(replacement.dropLast())
    }
}
