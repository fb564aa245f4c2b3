import Language

/// Collects what is shown while an input runs, and hands it on at once.
final class Recorder {
    private(set) var events: [SessionEvent] = []
    private(set) var requests: [SessionRequest] = []
    private(set) var sawInterrupt = false
    private let forward: (SessionEvent) -> Void
    private let interrupted: () -> Bool

    init(forward: @escaping (SessionEvent) -> Void, interrupted: @escaping () -> Bool) {
        self.forward = forward
        self.interrupted = interrupted
    }

    /// Forgets everything, before an input runs.
    func begin() {
        (events, requests, sawInterrupt) = ([], [], false)
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
        if case .output(.progress) = event {} else { events.append(event) }
        forward(event)
    }

    /// Hands over the requests made so far.
    func takeRequests() -> [SessionRequest] {
        defer { requests = [] }
        return requests
    }

    func noteInterrupt() { sawInterrupt = true }

    func checkInterrupt() -> Bool {
        let asked = interrupted()
        sawInterrupt = sawInterrupt || asked
        return asked
    }
}
