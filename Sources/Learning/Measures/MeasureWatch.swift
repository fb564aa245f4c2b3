/// Measures that are taken again and again while a game is played.
public struct MeasureWatch: Hashable, Sendable {
    /// What was measured after some step.
    public struct Record: Hashable, Sendable {
        /// Steps played.
        public let step: Int
        /// The value of each measure that applies.
        public let values: [Measure: Double]
    }

    /// What is measured, in the order in which it was asked for.
    public private(set) var measures: [Measure] = []
    /// Steps from one look to the next.
    public private(set) var interval = 100
    /// What was seen, the oldest first.
    public private(set) var records: [Record] = []

    /// Records that are kept; with more, every other one is dropped and one looks half as often.
    public static let mostRecords = 4000

    /// Watches nothing.
    public init() {}

    /// Measures these as well, every `interval` steps; nil leaves the interval as it is.
    public mutating func add(_ more: [Measure], every interval: Int? = nil) {
        measures += more.filter { !measures.contains($0) }
        if let interval { self.interval = max(interval, 1) }
    }

    /// Measures these no longer; what was seen stays.
    public mutating func remove(_ some: [Measure]) { measures.removeAll(where: some.contains) }

    /// Whether a game that stands at this step is to be measured.
    public func isDue(at step: Int) -> Bool {
        !measures.isEmpty && step % interval == 0 && records.last?.step != step
    }

    /// Steps until the next look; nil when nothing is watched.
    public func stepsUntilDue(from step: Int) -> Int? { measures.isEmpty ? nil : interval - step % interval }

    /// Measures the game and keeps what is seen, whether or not it is due.
    @discardableResult
    public mutating func look(at game: Game, against reference: MeasureReference? = nil) throws(LearningError) -> Record
    {
        let record = Record(
            step: game.steps, values: try Measure.evaluate(measures, game, against: reference))
        records.removeAll { $0.step >= game.steps }
        records.append(record)
        if records.count > Self.mostRecords {
            interval *= 2
            records.removeAll { $0.step % interval != 0 }
        }
        return record
    }

    /// Forgets what came after a step: the game has gone back there.
    public mutating func rewind(to step: Int) { records.removeAll { $0.step > step } }

    /// What a measure was at the steps where it was looked at.
    public func series(of measure: Measure) -> (steps: [Int], values: [Double]) {
        let seen = records.compactMap { record in record.values[measure].map { (record.step, $0) } }
        return (seen.map(\.0), seen.map(\.1))
    }
}
