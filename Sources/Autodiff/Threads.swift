import CKernels

/// How many threads share the work of a replayed step.
///
/// The numbers are the same with any number of threads: a product is cut by rows or columns, never by depth.
public enum Threads {
    /// Where nothing else is asked for: the environment variable `GAN_THREADS`, else two if the process may use two cores.
    public static var standard: Int { Int(ck_standard_threads()) }
}
