import Language

/// Collects what is shown while an input runs, and hands it on at once.
final class Recorder {
    private(set) var events: [SessionEvent] = []
    private(set) var requests: [SessionRequest] = []
    private(set) var sawInterrupt = false
    /// Whether nothing is handed on: a session is brought back.
    var isMuted = false
    /// The counters of what runs: that of the input first, then that of the cell in it, and so on.
    private var counters: [StopCounter] = []
    private let forward: (SessionEvent) -> Void
    private let interrupted: () -> Bool

    init(forward: @escaping (SessionEvent) -> Void, interrupted: @escaping () -> Bool) {
        self.forward = forward
        self.interrupted = interrupted
    }

    /// Forgets everything, before an input runs.
    func begin() {
        (events, requests, sawInterrupt, isHolding) = ([], [], false, false)
    }

    /// What a cell shows; requests are put by.
    func receive(_ output: Output) {
        if case .object(let object) = output, let carrier = object as? RequestValue {
            requests.append(carrier.request)
        } else {
            show(.output(output))
        }
    }

    func show(_ event: SessionEvent) {
        switch event {
        case .output(.progress), .output(.frame): break
        default: events.append(event)
        }
        if isMuted { return }
        if case .failure = event {
            // Nothing of a cell that failed stands.
            (isHolding, held) = (false, [])
        } else if case .output(.pause) = event, isPatient, !isHolding {
            (isHolding, held) = (true, [event])
            return forward(event)
        }
        if isHolding { held.append(event) } else { forward(event) }
    }

    // MARK: pauses

    /// Whether a person reads along, for whom commands may pause.
    var isPatient = false
    /// Whether what the running input shows is put by.
    private var isHolding = false
    /// What waits; the first of it is the pause that it waits at.
    private var held: [SessionEvent] = []

    /// Whether something waits to be shown.
    var hasMore: Bool { !held.isEmpty }

    /// Shows what waits, up to the next pause.
    func goOn() {
        let rest = held.dropFirst()
        let end = rest.firstIndex { if case .output(.pause) = $0 { true } else { false } } ?? rest.endIndex
        held = Array(rest[end...])
        for event in rest[..<end] { forward(event) }
        if !held.isEmpty { forward(.output(.pause)) }
    }

    /// Forgets what waits.
    func drop() { (isHolding, held) = (false, []) }

    /// Hands over the requests made so far.
    func takeRequests() -> [SessionRequest] {
        defer { requests = [] }
        return requests
    }

    // MARK: stops

    /// Counts where `body` is stopped, and stops it where it was stopped then, if that is known.
    func counting<Result>(
        from script: CellStops?, isOfInput: Bool = false, _ body: () -> Result
    ) -> (result: Result, stops: CellStops) {
        counters.append(StopCounter(script: script, isOfInput: isOfInput))
        let result = body()
        return (result, counters.removeLast().stops)
    }

    /// Whether what runs is to stop: because a person asks for it, or because it was stopped here then.
    func checkInterrupt() -> Bool {
        var first = interrupted() ? counters.startIndex : nil
        sawInterrupt = sawInterrupt || first != nil
        for index in counters.indices where counters[index].look() {
            first = first ?? index
            sawInterrupt = sawInterrupt || counters[index].isOfInput
        }
        guard let first else { return false }
        for index in counters.indices[first...] { counters[index].noteStop() }
        return true
    }

    /// Whether the time of a command is over: by the clock, or because it was over here then.
    func checkTime(_ isOver: Bool) -> Bool {
        var ends = isOver
        for index in counters.indices { ends = counters[index].lookAtClock() ?? ends }
        if ends { for index in counters.indices { counters[index].noteEnd() } }
        return ends
    }
}
