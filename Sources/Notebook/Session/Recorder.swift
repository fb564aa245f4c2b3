import Language

/// Collects what is shown while an input runs, and hands it on at once.
final class Recorder {
    private(set) var events: [SessionEvent] = []
    private(set) var requests: [SessionRequest] = []
    private(set) var sawInterrupt = false
    /// Whether nothing is handed on: a session is brought back.
    var isMuted = false
    /// How often the running input has looked whether it is to stop, and at which look it was to.
    private var looks = 0
    private(set) var stop: Int?
    /// When the input was stopped then, while it runs again; nil within if it was not.
    private var script: Int??
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

    func noteInterrupt() { sawInterrupt = true }

    /// Counts how often the next input looks whether it is to stop.
    func beginCounting() { (looks, stop) = (0, nil) }

    /// Has the next input stop at the look at which it was stopped then, if it was.
    func beginCounting(stoppingAt look: Int?) {
        beginCounting()
        script = .some(look)
    }

    /// From here on only a person stops inputs.
    func endCounting() { script = nil }

    func checkInterrupt() -> Bool {
        looks += 1
        let isDue = script?.map { looks >= $0 } ?? false
        let asked = isDue || interrupted()
        if asked, stop == nil { stop = looks }
        sawInterrupt = sawInterrupt || asked
        return asked
    }
}
