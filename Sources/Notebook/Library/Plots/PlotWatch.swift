import Foundation
import Language
import Learning
import Plotting
import Words

/// A picture that is drawn again and again while a game is played: what `watch plot` leaves behind.
struct PlotWatch: ObjectValue {
    /// Where commands find it.
    static let slot = "watch plot"

    /// The command that draws: "plot dashboard".
    let command: String
    /// Steps from one picture to the next.
    let interval: Int

    var typeName: String { "watch" }

    func describe(width: Int) -> String { "`\(command)` at every \(interval.ordinal) step" }
}

/// The commands that begin and end it.
enum PlotWatchCommands {
    static let all = [watch, unwatch]

    private static let watch = CommandEntry(
        "watch plot", topic: .plots, "draw a picture again and again while a game is played",
        parameters: [
            Parameter("what", .command("plot"), default: "", "as after `plot`: dashboard, density, ..."),
            Parameter(
                "every", .integer(1...1_000_000_000), default: "100", bare: true, "steps from one picture to the next"),
        ],
        details: """
            In a window, as an image or as text in the terminal, each picture takes the place of the one before; in a \
            pipe only the last one is drawn. After the first, pictures take no more than a tenth of the time: where \
            drawing is slow there are fewer of them. `unwatch plot` ends it.
            """,
        example: "game = gan(mlp(2, 8, 2), mlp(2, 8, 1), ring8); watch plot dashboard every 50; train 100"
    ) { (arguments, context) throws(CellError) in
        let command = (try arguments.optionalString("what") ?? "plot dashboard").trimmingCharacters(in: .whitespaces)
        try Self.check(command, arguments, context)
        let watch = PlotWatch(command: command, interval: try arguments.integer("every"))
        context.state.slots[PlotWatch.slot] = .object(watch)
        context.emit(.note("from now on \(watch.describe(width: context.width)) of a game that is played"))
    }

    private static let unwatch = CommandEntry(
        "unwatch plot", topic: .plots, "draw no picture any more while a game is played", parameters: [],
        example: "watch plot dashboard; unwatch plot"
    ) { (_, context) throws(CellError) in
        guard context.state.slots.removeValue(forKey: PlotWatch.slot) != nil else {
            return context.emit(.note("no picture was being watched"))
        }
        context.emit(.note("no picture is drawn any more while a game is played"))
    }

    /// That the text is one command, and one that draws.
    static func check(_ command: String, _ arguments: Arguments, _ context: Context) throws(CellError) {
        let range = arguments.range(of: "what")
        let statements: [Statement]
        do throws(CellError) { statements = try Evaluator.parse(command, in: context) } catch {
            throw CellError(error.kind, "\(arguments.callee): \(error.message)", at: range, help: error.help)
        }
        guard statements.count == 1, case .command(let call) = statements[0].kind,
            context.registry.command(call.name)?.topic == .plots
        else {
            throw CellError(
                .value, "\(arguments.callee): `\(command)` draws nothing", at: range,
                help: "such as `\(arguments.callee == "watch plot" ? "watch plot" : "animate") density`")
        }
        guard !call.arguments.contains(where: { $0.name == "to" }) else {
            throw CellError(
                .value, "\(arguments.callee): the picture is not written to a file", at: range,
                help: "`animate density over 2000 to ring.gif` makes a film")
        }
    }
}

/// Makes the figure that a command draws, of a game as it stands in the middle of a stretch of play.
struct PlotProxy {
    let context: Context
    /// What draws: "plot density".
    let command: String
    let pace: PlotPace

    /// The figure; everything else that the command shows or changes is dropped.
    func figure(of value: GameValue) throws(CellError) -> Figure {
        var state = context.state
        state.variables[pace.game] = .object(value)
        state.slots[PlotPace.slot] = .object(pace)
        var found: Figure?
        let inner = Context(
            registry: context.registry, state: state,
            output: { output in
                if case .object(let object) = output { found = (object as? FigureValue)?.figure ?? found }
            }, interrupted: context.checkInterrupt)
        inner.width = context.width
        try inner.run(command)
        guard let found else { throw CellError(.plot, "`\(command)` drew nothing") }
        return found
    }
}

/// Somebody who draws a game while it is played.
protocol GameObserver: AnyObject {
    /// Whether to draw the game after this step.
    func isDue(at step: Int) -> Bool
    /// Draws the game as it stands.
    func look(at value: GameValue)
}

/// The pictures of a stretch of play: it tells when one is due, draws it, and keeps the time that it costs within bounds.
final class PlotAudience: GameObserver {
    /// The share of the time that goes into pictures at most.
    static let mostTime = 0.08

    private let context: Context
    private let watch: PlotWatch
    private let proxy: PlotProxy
    private let clock = ContinuousClock()
    private let begun: ContinuousClock.Instant
    /// What the pictures of the stretch took, and what the last one did. The first does not count: it may have had to
    /// start gnuplot and open a window.
    private var (spent, last) = (Duration.zero, Duration.zero)
    private var (hasDrawn, hasGivenUp) = (false, false)

    /// Those who watch a game for a stretch up to a step; nil when nobody does.
    init?(_ context: Context, game: String, end: Int?) {
        guard let watch = context.state.slots[PlotWatch.slot]?.object(as: PlotWatch.self) else { return nil }
        self.context = context
        self.watch = watch
        proxy = PlotProxy(context: context, command: watch.command, pace: PlotPace(game: game, end: end))
        begun = clock.now
    }

    /// Whether to draw the game after this step. The first picture comes at once; another one only when those after the
    /// first keep with it within their share of the time.
    func isDue(at step: Int) -> Bool {
        !hasGivenUp && step % watch.interval == 0 && spent + last <= (clock.now - begun) * Self.mostTime
    }

    /// Draws the game as it stands.
    func look(at value: GameValue) {
        let start = clock.now
        if let figure = figure(of: value) { context.emit(.frame(FigureValue(figure))) }
        if hasDrawn {
            last = clock.now - start
            spent += last
        }
        hasDrawn = true
    }

    /// Draws the game at the end of the stretch, to stay. After Ctrl-C the picture that stands there is left.
    func finish(_ value: GameValue) {
        guard !context.checkInterrupt(), !hasGivenUp else { return }
        if let figure = figure(of: value) { context.emit(.object(FigureValue(figure))) }
    }

    private func figure(of value: GameValue) -> Figure? {
        do throws(CellError) {
            return try proxy.figure(of: value)
        } catch {
            if error.kind != .interrupted, !hasGivenUp {
                context.emit(.warning("`\(watch.command)` cannot be drawn: \(error.message)"))
            }
            hasGivenUp = true
            return nil
        }
    }
}
