import Notebook

/// A session at a prompt: reads a cell, runs it, shows what came of it, until the person leaves.
public struct PromptLoop {
    let session: Session
    let source: any LineSource
    let screen: Screen

    /// A session whose cells come from `source`.
    public init(session: Session, source: any LineSource, screen: Screen) {
        self.session = session
        self.source = source
        self.screen = screen
    }

    /// Says what can be done here.
    public func greet() {
        let theme = screen.theme
        let key = { (text: String) in theme.paint(DisplayWidth.padded(text, to: 12), .strong) }
        screen.write([
            theme.paint("The GAN playground", .heading)
                + ": build a generative adversarial network, and see every step.",
            "  \(key("lesson 1"))opens the first lesson; `lessons` lists them all",
            "  \(key("help"))shows what can be typed here, and Tab finishes a word",
            "  \(key("Ctrl-D"))leaves; what you did is saved, and Ctrl-C stops what is running",
        ])
    }

    /// Runs a cell that nobody typed, before the first prompt.
    func begin(with text: String) {
        _ = run(text)
    }

    /// Runs until the input ends, the person leaves or the process is asked to end.
    public func run() {
        while !Interrupts.isTerminated {
            Interrupts.clear()
            let prompt = Prompt.numbered(session.nextCellNumber, theme: screen.theme)
            switch source.readCell(prompt: prompt, isComplete: session.isComplete) {
            case .cell(let text, _): if !run(text) { return }
            case .cleared: continue
            case .end: return
            }
        }
    }

    /// Runs one input; false when the person wants to leave. An empty line goes on in an open lesson.
    private func run(_ text: String) -> Bool {
        let isBlank = text.allSatisfy(\.isWhitespace)
        guard !isBlank || session.lesson != nil else { return true }
        session.configuration.width = screen.columns
        let result = session.run(isBlank ? "next" : text)
        screen.endProgress()
        return !result.wantsExit
    }

    /// Saves the session, and says where.
    public func leave() {
        let saved = session.saveOnExit()
        if let note = saved.note { screen.write(screen.theme.paint(note, .warning)) }
        if let file = saved.file {
            screen.write(screen.theme.paint("Saved as \(file.path).", .note))
        }
    }
}
