import Autodiff
import LinearAlgebra

/// Turns values into text: one printer, two styles.
///
/// What it prints in batch style is a cell again for everything made of numbers, texts, lists and tuples:
///
///     [[0.1, 20],
///      [3, 0.25]]
///
/// At the prompt the same matrix has aligned columns and its shape. Beyond 1000 numbers (at the prompt: beyond what
/// is pleasant) the middle is left out and marked `...`.
public struct ValuePrinter: Sendable {
    /// Whom it prints for.
    public let style: PrintStyle

    /// A printer for the prompt or for batch.
    public init(style: PrintStyle) { self.style = style }

    /// The value as the cell shows it; no line's end after the last line.
    public func text(_ value: Value) -> String {
        let text = body(value)
        guard case .prompt = style, let shape = noteworthyShape(value) else { return text }
        return text + "\nshape \(shape)"
    }

    /// The value without the line about its shape.
    public func inline(_ value: Value) -> String { body(value) }

    /// The value in a few words on one line: "3", "matrix [150, 4]", "\"text\"", "mlp".
    public func summary(_ value: Value) -> String {
        switch value {
        case .tensor(let variable) where variable.shape.rank > 0: "\(value.typeName) of shape \(variable.shape)"
        case .mask(let mask): "mask of shape \(mask.shape)"
        case .list(let items): "list of \(items.count)"
        case .tuple(let items): "tuple of \(items.count)"
        case .string(let text) where text.count > 40: SourcePrinter.quoted(String(text.prefix(36))) + "..."
        case .object(let object):
            object.describe(width: style.width).split(separator: "\n").first.map(String.init) ?? object.typeName
        default: body(value)
        }
    }

    // MARK: Kinds

    private func body(_ value: Value) -> String {
        switch value {
        case .tensor(let variable): MatrixPrinter(style: style).text(variable.value)
        case .mask(let mask): MatrixPrinter(style: style).text(mask) { $0 == 0 ? "false" : "true" }
        case .scalar(let scalar): "scalar(\(number(scalar.value)))"
        case .boolean(let truth): String(truth)
        case .string(let text): SourcePrinter.quoted(text)
        case .list(let items): sequence(items, "[", "]")
        case .tuple(let items): sequence(items, "(", items.count == 1 ? ",)" : ")")
        case .function(let function): function.source
        case .builtin(let entry): "\(entry.name): \(entry.summary)"
        case .object(let object): object.describe(width: style.width)
        case .nothing: "none"
        }
    }

    private func number(_ number: Double) -> String {
        style == .batch ? number.shortest : number.significant(6)
    }

    /// Items side by side where they fit, below each other where they do not.
    private func sequence(_ items: [Value], _ open: String, _ close: String) -> String {
        let limit = style == .batch ? 1000 : 20
        var texts = items.prefix(limit).map(body)
        if items.count > limit { texts.append("... \(items.count - limit) more") }
        let line = open + texts.joined(separator: ", ") + close
        if !line.contains("\n"), TextWidth.columns(of: line) <= style.width { return line }
        if texts.allSatisfy({ !$0.contains("\n") && TextWidth.columns(of: $0) < style.width / 2 }) {
            let broken = MatrixPrinter.fill(texts.map { $0 + "," }, width: style.width - 2)
            return open + String(broken.joined(separator: "\n ").dropLast()) + close
        }
        let indented = texts.map {
            $0.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n ")
        }
        return open + indented.joined(separator: ",\n ") + close
    }

    /// The shape, where it is not seen at a glance.
    private func noteworthyShape(_ value: Value) -> Shape? {
        let shape: Shape
        switch value {
        case .tensor(let variable): shape = variable.shape
        case .mask(let mask): shape = mask.shape
        default: return nil
        }
        return shape.rank == 2 || shape.count > 10 ? shape : nil
    }
}
