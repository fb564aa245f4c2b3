import LinearAlgebra
import Testing

@Suite struct ProcessorLimitTests {
    /// Twelve chains as wide as the registers: of 16, 32 or 64 bytes.
    @Test func multiplyAddsAreCounted() {
        #expect([96, 192, 384].contains(ProcessorPath.multiplyAdds(rounds: 1)))
        #expect(ProcessorPath.multiplyAdds(rounds: 50) == 50 * ProcessorPath.multiplyAdds(rounds: 1))
        #expect(ProcessorPath.multiplyAdds(rounds: 0) == 0)
    }

    @Test func theCompilerIsNamed() { #expect(ProcessorPath.compiler.hasPrefix("clang ")) }
}
