/// The names that mean variables to a parser: those that there are, and those that the cell at hand has set so far.
public struct VariableNames: ExpressibleByArrayLiteral {
    private let variables: Variables
    private var own: Set<String>

    /// The names of these variables.
    public init(_ variables: Variables) { (self.variables, own) = (variables, []) }

    /// These names.
    public init(arrayLiteral names: String...) { (variables, own) = ([:], Set(names)) }

    /// Whether a name is one of them.
    func contains(_ name: String) -> Bool { own.contains(name) || variables[name] != nil }

    mutating func insert(_ name: String) { own.insert(name) }

    mutating func formUnion(_ names: [String]) { own.formUnion(names) }
}
