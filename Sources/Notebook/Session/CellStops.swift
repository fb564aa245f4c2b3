/// Where a run of a cell ended before its end, so that another run can end there too.
///
/// A command that takes long looks again and again whether it is to stop, a game once a step; what is counted is how
/// often it has looked. A notebook says it behind the word `gan` of the cell's fence: `stop=312` and `ends=40,95`.
public struct CellStops: Hashable, Sendable, Codable {
    /// A person stopped it at this look, from 1.
    public var stop: Int?
    /// The looks, from 1, at which the time was over that a command was given: `train 30s`.
    public var ends: [Int] = []

    /// It went to its end, unless said otherwise.
    public init(stop: Int? = nil, ends: [Int] = []) { (self.stop, self.ends) = (stop, ends) }

    /// Whether it went to its end.
    public var isEmpty: Bool { stop == nil && ends.isEmpty }

    /// As they stand behind a cell's fence.
    var words: [String] {
        let numbers = ends.map(String.init).joined(separator: ",")
        return [stop.map { "stop=\($0)" }, ends.isEmpty ? nil : "ends=\(numbers)"].compactMap(\.self)
    }
}

/// Counts how often what runs looks whether it is to stop, and stops it where it was stopped then.
struct StopCounter {
    /// Where it stopped then; nil where only a person and the clock stop it.
    let script: CellStops?
    /// Whether it counts all that a person has typed, rather than one cell of that.
    let isOfInput: Bool
    /// Where it stopped now.
    private(set) var stops = CellStops()
    private var (looks, timeLooks) = (0, 0)

    init(script: CellStops?, isOfInput: Bool) { (self.script, self.isOfInput) = (script, isOfInput) }

    /// Counts a look; whether it was stopped there then.
    mutating func look() -> Bool {
        looks += 1
        return script?.stop.map { looks >= $0 } ?? false
    }

    /// Notes that it stops here.
    mutating func noteStop() { stops.stop = stops.stop ?? looks }

    /// Counts a look at the clock; whether the time was over there then, nil where nothing is known of then.
    mutating func lookAtClock() -> Bool? {
        timeLooks += 1
        return script.map { $0.ends.contains(timeLooks) }
    }

    /// Notes that the time is over.
    mutating func noteEnd() { stops.ends.append(timeLooks) }
}
