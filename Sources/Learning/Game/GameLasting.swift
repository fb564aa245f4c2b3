import Autodiff
import LinearAlgebra

/// What a game remembers from step to step besides the players: averages, past fakes, earlier changes. Inputs of the
/// program that are read back into the game by their names.
final class GameLasting {
    private(set) var names: Set<String> = []

    /// An input that goes on from where the game left it, or from `initial` where it left nothing of that shape.
    func input(
        _ name: String, _ initial: @autoclosure () -> Matrix<Float>, of game: Game, _ recorder: Recorder<Float>
    ) -> Variable<Float> {
        names.insert(name)
        let initial = initial()
        if let last = game.memory[name], last.shape == initial.shape { return recorder.input(name, last) }
        return recorder.input(name, initial)
    }
}
