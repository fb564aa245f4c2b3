import CKernels

/// The two precisions of the engine.
public enum Precision: Int32, Sendable {
    case single = 0
    case double = 1
}

/// `Float` and `Double`, and no other type: the numbers that a ``Matrix`` is made of.
///
/// Whole-array work never runs in generic Swift. It is handed to the kernels as plain data, and the precision
/// says which instantiation of them is meant.
public protocol RealElement: BinaryFloatingPoint, LosslessStringConvertible, SIMDScalar, Codable, Sendable {
    static var precision: Precision { get }
}

extension Float: RealElement {
    /// Which instantiation of the kernels works on this type.
    public static var precision: Precision { .single }
}

extension Double: RealElement {
    /// Which instantiation of the kernels works on this type.
    public static var precision: Precision { .double }
}

/// The code that was chosen for the processor when the program started.
///
/// The environment variable `GAN_PROCESSOR_PATH` (`baseline`, `x86-64-v3`, `x86-64-v4`) asks for a path; one that
/// the processor lacks is not taken.
public struct ProcessorPath: Hashable, Sendable, CustomStringConvertible {
    package let index: Int32

    /// The path that the kernels take.
    public static var chosen: ProcessorPath { ProcessorPath(index: ck_path_chosen()) }

    /// The paths that this processor can run, plain code first.
    public static var available: [ProcessorPath] {
        (0..<ck_path_count()).filter { ck_path_available($0) != 0 }.map(ProcessorPath.init(index:))
    }

    /// The name that `GAN_PROCESSOR_PATH` takes.
    public var name: String { String(cString: ck_path_name(index)) }

    /// For a person: the instructions, and the path's name.
    public var description: String {
        switch name {
        case "x86-64-v4": "AVX-512 (x86-64-v4)"
        case "x86-64-v3": "AVX2 (x86-64-v3)"
        default: "plain code (baseline)"
        }
    }
}
