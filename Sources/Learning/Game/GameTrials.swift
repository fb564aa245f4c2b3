import Foundation
import LinearAlgebra
import Synchronization

/// Games that are played side by side, one to a core.
public enum GameTrials {
    /// A game and how long it is to be played.
    public struct Trial: Sendable {
        /// The game as it begins.
        public let game: Game
        /// Steps to play.
        public let steps: Int
        /// What is measured at the end.
        public let measures: [Measure]

        /// A trial.
        public init(game: Game, steps: Int, measures: [Measure]) {
            self.game = game
            self.steps = steps
            self.measures = measures
        }
    }

    /// What became of a trial.
    public struct Result: Sendable {
        /// The game as it ended.
        public let game: Game
        /// How it ended.
        public let outcome: Game.Outcome
        /// What was measured; what does not apply is missing.
        public let values: [Measure: Double]
        /// Seconds of one core that playing took; what the machine did besides does not count.
        public let seconds: Double
    }

    /// A new game like this one: networks of the same sizes, freshly drawn, the same data and rules.
    public static func fresh(
        like game: Game, rules: Game.Rules? = nil, seed: Int
    ) throws(LearningError) -> Game {
        var random = RandomStream(seed: UInt64(bitPattern: Int64(seed)))
        let rules = rules ?? game.rules
        func redrawn(_ model: MLP<Float>, inputs: Int) throws(LearningError) -> MLP<Float> {
            let sizes = [inputs] + model.sizes.dropFirst()
            return try MLP(sizes: sizes, activation: model.activation, output: model.output, random: &random)
        }
        let classes = rules.settings.classes(of: game.data)
        let generator = try redrawn(game.generator.model, inputs: game.noiseWidth + classes)
        let inputs = rules.settings.discriminatorInputs(for: game.data)
        let discriminator = try redrawn(game.discriminator.model, inputs: inputs)
        return try Game(
            generator: generator, discriminator: discriminator, data: game.data, rules: rules, random: random)
    }

    /// Plays all of them on so many threads, and waits.
    ///
    /// - Parameter waiting: called about twenty times a second with how much is done, from 0 to 1; true gives up.
    /// - Returns: a result a trial, in their order; nil for those that were given up.
    public static func run(
        _ trials: [Trial], workers: Int = ProcessInfo.processInfo.activeProcessorCount,
        waiting: (Double) -> Bool = { _ in false }
    ) throws(LearningError) -> [Result?] {
        let board = Board(trials.count)
        for _ in 0..<max(1, min(workers, trials.count)) {
            let thread = Thread { board.work(on: trials) }
            thread.stackSize = 1 << 23
            thread.start()
        }
        let total = Double(max(trials.reduce(0) { $0 + $1.steps }, 1))
        while board.isBusy {
            if waiting(Double(board.stepsPlayed) / total) { board.stop() }
            Thread.sleep(forTimeInterval: 0.05)
        }
        return try board.results()
    }

    /// What the threads share.
    private final class Board: Sendable {
        private struct State {
            var next = 0
            var left: Int
            var isStopped = false
            var results: [Result?]
            var failure: LearningError?
        }

        private let state: Mutex<State>
        private let played = Atomic<Int>(0)

        init(_ count: Int) { state = Mutex(State(left: count, results: Array(repeating: nil, count: count))) }

        var isBusy: Bool { state.withLock { $0.left > 0 } }
        var stepsPlayed: Int { played.load(ordering: .relaxed) }
        func stop() { state.withLock { $0.isStopped = true } }

        func results() throws(LearningError) -> [Result?] {
            let (results, failure) = state.withLock { ($0.results, $0.failure) }
            if let failure { throw failure }
            return results
        }

        func work(on trials: [Trial]) {
            while let index = state.withLock({ state -> Int? in
                guard state.next < trials.count else { return nil }
                defer { state.next += 1 }
                return state.next
            }) {
                do throws(LearningError) {
                    let result = try play(trials[index])
                    state.withLock { $0.results[index] = result }
                } catch {
                    state.withLock { $0.failure = $0.failure ?? error }
                }
                state.withLock { $0.left -= 1 }
            }
        }

        /// Seconds that the processor has spent on this thread, which plays by itself.
        private static var secondsOfThread: Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }

        private func play(_ trial: Trial) throws(LearningError) -> Result? {
            var (game, count) = (trial.game, 0)
            let begin = Self.secondsOfThread
            let outcome = try game.play(
                trial.steps, threads: 1,
                interrupted: {
                    count += 1
                    if count % 16 == 0 { played.wrappingAdd(16, ordering: .relaxed) }
                    return count % 16 == 1 && state.withLock { $0.isStopped }
                })
            let seconds = Self.secondsOfThread - begin
            if outcome == .interrupted { return nil }
            return Result(
                game: game, outcome: outcome, values: try Measure.evaluate(trial.measures, game), seconds: seconds)
        }
    }
}
