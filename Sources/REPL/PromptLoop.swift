import Language
import Notebook

/// A session at a prompt: reads a cell, runs it, shows what came of it, until the person leaves.
public final class PromptLoop {
    let session: Session
    let source: any LineSource
    let screen: Screen
    private var keys = KeyLine()

    /// A session whose cells come from `source`.
    public init(session: Session, source: any LineSource, screen: Screen) {
        self.session = session
        self.source = source
        self.screen = screen
    }

    /// Says what can be done here.
    public func greet() {
        let title = "The GAN playground"
        let opening = TextWidth.wrapped(
            title + ": build a generative adversarial network, and see every step.", width: screen.columns - 1)
        let hint = session.keyHints.first ?? KeyHint("lessons", "lists the lessons")
        let keys = [
            (left: hint.key, right: hint.key == "lessons" ? hint.effect : "\(hint.effect); `lessons` lists them all"),
            (left: "help", right: "shows what can be typed here, and Tab finishes a word"),
            (left: "Ctrl-D", right: "leaves; what you did is saved, and Ctrl-C stops what is running"),
        ]
        let table = TextWidth.table(keys, width: screen.columns - 1, widest: 9)
        screen.write(opening.map { painted(title, .heading, in: $0) })
        screen.write(
            table.map { line in
                keys.first { line.hasPrefix("  \($0.left) ") }.map { painted($0.left, .strong, in: line) } ?? line
            })
        self.keys.isShown(session.keyHints, on: screen)
    }

    /// The line with a part of it in a look of its own.
    private func painted(_ part: String, _ role: Role, in line: String) -> String {
        line.replacing(part, with: screen.theme.paint(part, role), maxReplacements: 1)
    }

    /// Offers a session that was lost; an answer that is none is the first cell.
    func offerLostSession() {
        guard let lost = session.lostSession else { return }
        screen.write("A session ended without your leaving it: \(lost.words).", as: .note)
        let question = Prompt(
            first: "Enter brings it back, n does not › ", further: "", colour: screen.theme.start(.prompt))
        switch source.readCell(prompt: question, isComplete: { _ in true }) {
        case .end: return
        case .cleared: session.decline(lost)
        case .cell(let text, _):
            let answer = text.trimmingBlanks().lowercased()
            if ["", "y", "yes"].contains(answer) {
                session.configuration.width = screen.columns
                session.restore(lost)
                screen.endProgress()
                return
            }
            session.decline(lost)
            if !["n", "no"].contains(answer) { begin(with: text) }
        }
        screen.write("`restore` still finds it in a session that is new.", as: .note)
    }

    /// Says that a session was lost, to somebody who wants something else at once.
    func mentionLostSession() {
        guard let lost = session.lostSession else { return }
        screen.write("A session ended without your leaving it: \(lost.words). `gan` alone offers it.", as: .note)
    }

    /// Runs a cell that nobody typed, before the first prompt.
    func begin(with text: String) {
        _ = run(text)
    }

    /// Runs until the input ends, the person leaves or the process is asked to end.
    public func run() {
        while !Interrupts.isTerminated {
            Interrupts.clear()
            keys.show(session.keyHints, isGuided: session.lesson != nil || session.isPaused, on: screen)
            let prompt = Prompt.numbered(session.nextCellNumber, theme: screen.theme)
            switch source.readCell(prompt: prompt, isComplete: session.isComplete) {
            case .cell(let text, _):
                screen.noteRows(1 + text.count { $0 == "\n" })
                if !run(text) { return }
            case .cleared: session.giveUp()
            case .end: return
            }
        }
    }

    /// Runs one input; false when the person wants to leave. An empty line goes on where a command or an open lesson has
    /// paused.
    private func run(_ text: String) -> Bool {
        let isBlank = text.allSatisfy(\.isWhitespace)
        guard !isBlank || session.lesson != nil || session.isPaused else { return true }
        session.configuration.width = screen.columns
        let result = session.run(isBlank ? "next" : text)
        screen.endProgress()
        if let draft = result.draft { change(draft) }
        return !result.wantsExit
    }

    /// Has the person change the text of a cell, in the line or in an editor, and runs what comes of it.
    private func change(_ draft: CellDraft) {
        let text: String
        if draft.wantsEditor {
            switch TextEditor.standard().edit(draft.text) {
            case .success(let changed): text = changed
            case .failure(let problem):
                screen.write(problem.description, as: .warning)
                return
            }
            if text == draft.text {
                screen.write("Cell \(draft.number) is as it was.", as: .note)
                return
            }
        } else {
            let prompt = Prompt.numbered(draft.number, theme: screen.theme)
            let reading = source.readCell(
                prompt: prompt, changing: draft.text, isComplete: draft.isNote ? { _ in true } : session.isComplete)
            guard case .cell(let changed, _) = reading, changed.contains(where: { !$0.isWhitespace }) else { return }
            text = changed
        }
        session.run(text, replacing: draft.number)
        screen.endProgress()
    }

    /// Saves the session, and says where.
    public func leave() {
        let saved = session.saveOnExit()
        // Whoever has lost the terminal has not left: the next start offers the session.
        if saved.note == nil, !Interrupts.isTerminated { session.closeJournal() }
        if let note = saved.note { screen.write(note, as: .warning) }
        if let file = saved.file {
            screen.write(screen.theme.paint("Saved as \(file.path).", .note))
        }
    }
}
