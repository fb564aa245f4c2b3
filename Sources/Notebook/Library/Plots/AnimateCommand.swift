import Foundation
import Language
import Learning
import Plotting

/// `animate`: a film of a game that is played.
enum AnimateCommand {
    static let all = [animate]

    private static let animate = CommandEntry(
        "animate", topic: .plots, "train a game and make a film of a picture of it",
        parameters: [
            Parameter("what", .command("plot"), "as after `plot`: density, game, dashboard, ..."),
            Parameter("over", .integer(1...1_000_000_000), default: "1000", bare: true, "steps that are played"),
            Parameter("to", .path, "the file, an animated .gif or .apng"),
            Parameter("frames", .integer(2...1000), default: "60", "how many pictures, evenly spread over the steps"),
            Parameter("seconds", .number(0.1...600), default: "6", "how long the film lasts before it begins anew"),
            Library.whichGame,
        ],
        details: """
            The game is played as by `train`: afterwards it stands so many steps further on. Ctrl-C keeps the steps that \
            were played and writes the film of them. A file of that name is replaced when the film is whole. A .gif is \
            understood everywhere; an .apng has all colours, and browsers show it.
            """,
        example: """
            game = gan(mlp(1, 8, 1), mlp(1, 8, 1), bimodal)
            animate density over 20 to /tmp/film.gif frames=3
            """
    ) { (arguments, context) throws(CellError) in
        let path = try arguments.string("to")
        let kind = try placed(arguments) { () throws(PlotError) in try Animation.kind(of: path) }
        let command = try arguments.string("what")
        try PlotWatchCommands.check(command, arguments, context)
        let (name, value) = try Library.currentGame(arguments, context)
        let (steps, frames) = (try arguments.integer("over"), try arguments.integer("frames"))
        let film = Film(
            proxy: PlotProxy(
                context: context, command: command, pace: PlotPace(game: name, end: value.game.steps + steps)),
            animation: Animation(kind, hundredths: Int(100 * (try arguments.number("seconds")) / Double(frames))))
        try film.open(value)
        let first = value.game.steps
        (film.steps, film.frames) = (steps, frames)
        var stretch = GameStretch(name: name, value: value, context: context)
        stretch.steps = steps
        stretch.observer = film
        try arguments.learning(at: "over") { () throws(LearningError) in try stretch.play() }
        try placed(arguments) { () throws(PlotError) in try film.close(to: path) }
        context.emit(.note("wrote \(path): \(film.count) frames, from step \(first) to \(film.last)"))
    }

    /// A figure that tells when it was: a single picture in its title, several where they have none in common.
    static func timed(_ figure: Figure, step: Int) -> Figure {
        var figure = figure
        if figure.panels.count == 1 {
            let title = figure.panels[0].title
            figure.panels[0].title = title.isEmpty ? "step \(step)" : "\(title), step \(step)"
        } else if figure.title.isEmpty {
            figure.title = "step \(step)"
        }
        return figure
    }

    /// The words of a picture's error, at the name of the file.
    private static func placed<Result>(
        _ arguments: Arguments, _ body: () throws(PlotError) -> Result
    ) throws(CellError) -> Result {
        do throws(PlotError) { return try body() } catch {
            var explanation = error.explanation
            explanation.range = arguments.range(of: "to")
            throw explanation
        }
    }
}

/// A film that is being made. A picture that cannot be drawn ends the film, not the game.
private final class Film: GameObserver {
    let proxy: PlotProxy
    let animation: Animation
    private(set) var first = 0, last = 0
    /// Steps that are played, and frames that are spread over them, the first before the first step.
    var steps = 1, frames = 2
    private var failure: PlotError?
    var count: Int { animation.count }

    init(proxy: PlotProxy, animation: Animation) {
        self.proxy = proxy
        self.animation = animation
    }

    /// The first frame; when it cannot be drawn nothing is played.
    func open(_ value: GameValue) throws(CellError) {
        (first, last) = (value.game.steps, value.game.steps)
        do { try animation.add(try frame(of: value)) } catch let error as PlotError {
            throw error.explanation
        } catch let error as CellError {
            throw error
        } catch {
            throw CellError(.plot, "\(error)")
        }
    }

    private func frame(of value: GameValue) throws(CellError) -> Figure {
        AnimateCommand.timed(try proxy.figure(of: value), step: value.game.steps)
    }

    func isDue(at step: Int) -> Bool {
        func number(_ step: Int) -> Int { (step - first) * (frames - 1) / steps }
        return failure == nil && number(step) > number(step - 1)
    }

    /// The next frame.
    func look(at value: GameValue) {
        do {
            try animation.add(try frame(of: value))
            last = value.game.steps
        } catch let error as PlotError {
            failure = error
            proxy.context.emit(.warning("The film is given up: \(error.message). The game is played on."))
        } catch {
            // Ctrl-C while a figure was made: the film ends with the frame before.
        }
    }

    /// Writes the file.
    func close(to path: String) throws(PlotError) {
        if let failure { throw failure }
        try animation.write(to: path)
    }
}
