import Autodiff
import LinearAlgebra

/// Two networks at play (Goodfellow et al. 2014, arXiv:1406.2661): a generator G that turns noise into points, and a
/// discriminator D that tells them from real ones.
///
/// A value: to play on makes a new one, and a copy is a branch.
public struct Game: Hashable, Sendable {
    /// A network with its optimiser.
    public typealias Player = Training.Position

    /// The generator: noise in, points out.
    public internal(set) var generator: Player
    /// The discriminator: points in, one logit out. What the rules give it beside its last layer is in it.
    public internal(set) var discriminator: Player
    /// The rules.
    public internal(set) var settings: Settings
    /// Where real points come from.
    public let data: Data
    /// What lasts from step to step besides the players, by name: averages, past fakes, earlier changes.
    var memory: [String: Matrix<Float>] = [:]
    /// The steps that were recorded.
    public internal(set) var history: [Record] = []
    /// What is measured while it is played, and what was seen.
    public var watch = MeasureWatch()
    /// Steps played.
    public internal(set) var steps = 0
    /// Where the noise and the batches of the next step come from.
    public internal(set) var random: RandomStream
    /// Where the game stands in its pool, for data that are drawn a pool at a time.
    var pool: GamePool

    /// A game that is about to begin.
    ///
    /// - Throws: `LearningError` when the networks and the data do not fit together, or a setting is out of range.
    public init(
        generator: Player, discriminator: Player, data: Data, settings: Settings = Settings(), random: RandomStream
    ) throws(LearningError) {
        try Self.check(generator.model, discriminator.model, data, settings)
        self.generator = generator
        self.settings = settings
        self.data = data
        self.random = random
        var random = random
        pool = GamePool(random: random.split())
        self.discriminator = discriminator.with(settings.head(for: data), random: random.split())
    }

    /// Checks that the networks, the data and the settings fit together.
    static func check(
        _ generator: MLP<Float>, _ discriminator: MLP<Float>, _ data: Data, _ settings: Settings
    ) throws(LearningError) {
        try settings.check()
        if discriminator.outputs != 1 { throw .outputMismatch(network: discriminator.outputs, targets: 1) }
        if generator.outputs != data.dimension {
            throw .dimensionMismatch(expected: generator.outputs, got: data.dimension)
        }
        let classes = settings.classes(of: data)
        if settings.conditioning != .none, classes == 0 {
            throw .engine("the data have no classes, so the players cannot be told of any")
        }
        if generator.inputs <= classes { throw .dimensionMismatch(expected: classes + 1, got: generator.inputs) }
        let width = settings.discriminatorInputs(for: data)
        if discriminator.inputs != width { throw .dimensionMismatch(expected: discriminator.inputs, got: width) }
    }

    /// A game over a finite sample, a point a row.
    ///
    /// - Throws: `LearningError` also when there is no point or one is not finite.
    public init(
        generator: Player, discriminator: Player, data: Matrix<Double>, settings: Settings = Settings(),
        random: RandomStream
    ) throws(LearningError) {
        try self.init(
            generator: generator, discriminator: discriminator, data: Data(points: data), settings: settings,
            random: random)
    }

    /// The network that samples are made with: G, with the running average of its parameters where the game keeps one.
    public var maker: MLP<Float> {
        var model = generator.model
        if settings.averageDecay != nil {
            model.parameters = model.parameters.enumerated().map { memory["mean.\($0.offset)"] ?? $0.element }
        }
        return model
    }

    /// Points made by G from fresh noise, a point a row.
    ///
    /// - Parameter label: the class that all are to be of, where G is told of classes; nil for any.
    public func sample(
        _ count: Int, label: Int? = nil, using random: inout RandomStream
    ) throws(LearningError) -> Matrix<Float> {
        try labelledSample(count, label: label, using: &random).points
    }

    /// The same, and the classes that G was asked for; none where it is told of none.
    public func labelledSample(
        _ count: Int, label: Int? = nil, using random: inout RandomStream
    ) throws(LearningError) -> (points: Matrix<Float>, labels: [Int]) {
        if let label, !(0..<classes).contains(label) {
            throw .outOfRange(name: "label", value: Double(label), allowed: "from 0 to \(classes - 1)")
        }
        let (input, labels) = latent(count, label: label, using: &random)
        do { return (try maker.answers(to: input), labels) } catch { throw .engine("\(error)") }
    }
}

extension Game.Noise {
    /// Noise, a point a row.
    public func draw(_ shape: Shape, _ random: inout RandomStream) -> Matrix<Float> {
        switch self {
        case .normal: random.normal(shape: shape)
        case .uniform: random.uniform(shape: shape) * 2 - 1
        }
    }

    /// The same inside a recorded step.
    func draw(_ shape: Shape, _ recorder: Recorder<Float>) -> Variable<Float> {
        switch self {
        case .normal: recorder.normal(shape)
        case .uniform: recorder.uniform(shape) * 2 - 1
        }
    }
}
