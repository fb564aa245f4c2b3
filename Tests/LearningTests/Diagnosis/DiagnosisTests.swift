import Foundation
import LinearAlgebra
import Probability
import Testing

@testable import Learning

@Suite struct DiagnosisTests {
    /// One game of each sort; `KnownGames` has many variants of each, which the study below counts.
    @Test(arguments: 0..<KnownGames.all.count) func aKnownGameIsRecognised(index: Int) throws {
        let known = KnownGames.all[index]
        let game = try known.make(1)
        let diagnosis = try Diagnosis(of: game)
        #expect(diagnosis.state == known.state, "\(known.name): \(KnownGames.words(diagnosis))")
    }

    /// A hundred games, when the environment asks for it: `GAN_STUDY=7 swift test --filter aHundredGames`.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["GAN_STUDY"] != nil)) func aHundredGames() throws {
        let variants = UInt64(ProcessInfo.processInfo.environment["GAN_STUDY"] ?? "") ?? 7
        var (right, all) = (0, 0)
        for known in KnownGames.all {
            for variant in 1...variants {
                let diagnosis = try Diagnosis(of: known.make(variant))
                all += 1
                if diagnosis.state == known.state {
                    right += 1
                } else {
                    print("STUDY \(known.name), variant \(variant): \(KnownGames.words(diagnosis))")
                }
            }
        }
        print("STUDY \(right) of \(all) right")
        #expect(20 * right >= 19 * all)
    }

    @Test func theLostModesAreNamed() throws {
        let diagnosis = try Diagnosis(of: KnownGames.oneModeOfTwo.make(2))
        #expect(diagnosis.lostModes == [0])
    }

    @Test func aGameThatWasNotPlayed() throws {
        let game = try KnownGames.play(Normal(mean: 0, sd: 1), 1) { $0.steps = 0 }
        let diagnosis = try Diagnosis(of: game)
        #expect(diagnosis.state == .unplayed && diagnosis.evidence.looks.count == 1)
    }

    @Test func diagnosingChangesNothingAndIsTheSameTwice() throws {
        let game = try KnownGames.early.make(2)
        var diagnosed = game
        #expect(try Diagnosis(of: diagnosed) == Diagnosis(of: game) && diagnosed == game)
        var alone = game
        _ = try diagnosed.play(5)
        _ = try alone.play(5)
        #expect(diagnosed == alone)
    }

    @Test func anInterruptEndsTheLooks() throws {
        let game = try KnownGames.early.make(3)
        var asked = 0
        let evidence = try GameEvidence(of: game) {
            asked += 1
            return asked > 30
        }
        #expect(evidence.looks.count < 1 + GameEvidence.looksAfterFirst && evidence.steps == game.steps)
    }
}

extension KnownGames {
    static func words(_ diagnosis: Diagnosis) -> String {
        let evidence = diagnosis.evidence
        func text(_ value: Double) -> String { String(format: "%.3f", value) }
        let distances = evidence.looks.map { text($0.distance) }.joined(separator: " ")
        let numbers = [
            ("sep", evidence.separation), ("quality", evidence.quality), ("way", evidence.way),
            ("straight", evidence.straightness), ("progress", evidence.progress), ("js", evidence.divergence),
            ("floor js", evidence.floor.divergence), ("floor w", evidence.floor.distance),
            ("growth", evidence.lossGrowth), ("loss", evidence.lossOverChance),
            ("reach", evidence.looks.last?.reach ?? 0),
        ]
        return "\(diagnosis.state.rawValue) "
            + numbers.map { "\($0.0) \(text($0.1))" }.joined(separator: ", ")
            + " lost \(diagnosis.lostModes) d: \(distances)"
    }
}
