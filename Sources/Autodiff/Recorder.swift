import LinearAlgebra

/// What a step of a ``Program`` is written with: where its numbers come from and where they go.
///
/// A step is an ordinary function of variables. It asks the recorder for its inputs and random numbers, computes,
/// takes gradients, and says at the end what becomes of its inputs. It is called once for a recording (and once a step
/// when the program runs eagerly), so it must not depend on anything else that changes.
public final class Recorder<Element: RealElement> {
    struct Input {
        let name: String
        let node: Node<Element>
    }
    struct Draw {
        let isNormal: Bool
        let node: Node<Element>
    }

    private(set) var inputs: [Input] = []
    private(set) var draws: [Draw] = []
    private(set) var updates: [(input: Int, value: Variable<Element>)] = []
    private(set) var outputs: [(name: String, value: Variable<Element>)] = []
    private(set) var random: RandomStream
    private let current: [String: Matrix<Element>]

    init(random: RandomStream, current: [String: Matrix<Element>]) {
        self.random = random
        self.current = current
    }

    /// A matrix that lasts from step to step and that gradients can be taken with respect to.
    ///
    /// - Precondition: no other input has the name.
    public func parameter(_ name: String, _ initial: Matrix<Element>) -> Variable<Element> {
        input(name, initial, requiresGradient: true)
    }

    /// A matrix that lasts from step to step: data, an optimiser's memory, a step size. ``Program/set(_:to:)`` changes it
    /// from outside.
    ///
    /// - Precondition: no other input has the name.
    public func input(_ name: String, _ initial: Matrix<Element>) -> Variable<Element> {
        input(name, initial, requiresGradient: false)
    }

    private func input(_ name: String, _ initial: Matrix<Element>, requiresGradient: Bool) -> Variable<Element> {
        precondition(!inputs.contains { $0.name == name }, "two inputs are called \(name)")
        let node = Node(current[name] ?? initial, requiresGradient: requiresGradient, isTraced: true, name: name)
        inputs.append(Input(name: name, node: node))
        return Variable(node)
    }

    /// Standard normal numbers, new in every step.
    public func normal(_ shape: Shape) -> Variable<Element> { draw(random.normal(shape: shape), isNormal: true) }

    /// Uniform numbers on [0, 1), new in every step.
    public func uniform(_ shape: Shape) -> Variable<Element> { draw(random.uniform(shape: shape), isNormal: false) }

    /// Row numbers from 0 ..< bound, new in every step: for ``Variable/gathered(_:)-(Variable<Element>)``, which drops
    /// the fraction.
    public func indices(_ count: Int, below bound: Int) -> Variable<Element> {
        uniform(.vector(count)) * Element(bound)
    }

    private func draw(_ value: Matrix<Element>, isNormal: Bool) -> Variable<Element> {
        let node = Node(value, isTraced: true)
        draws.append(Draw(isNormal: isNormal, node: node))
        return Variable(node)
    }

    /// What an input will be in the next step. All updates take place together, at the end of the step.
    ///
    /// - Precondition: `input` was made by this recorder, and the value has its shape.
    public func update(_ input: Variable<Element>, to value: Variable<Element>) {
        guard let index = inputs.firstIndex(where: { $0.node === input.node }) else {
            preconditionFailure("only an input can be updated")
        }
        precondition(value.shape == input.shape, "\(inputs[index].name) of shape \(input.shape) becomes \(value.shape)")
        updates.removeAll { $0.input == index }
        updates.append((index, value))
    }

    /// A value to be read after a step under a name.
    public func output(_ name: String, _ value: Variable<Element>) { outputs.append((name, value)) }

    /// The inputs as the step leaves them.
    var updatedInputs: [String: Matrix<Element>] {
        var result = Dictionary(uniqueKeysWithValues: inputs.map { ($0.name, $0.node.value) })
        for update in updates { result[inputs[update.input].name] = update.value.value }
        return result
    }
}
