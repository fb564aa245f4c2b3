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

    /// Hundreds of games, when the environment asks for them: `GAN_STUDY=9 swift test --filter hundredsOfGames` plays
    /// nine variants of each. The rules were made with the first two kinds in sight, and changed after each other kind had been met
    /// once. What they knew at that first meeting: 119 of 126 (fresh), 117 of 126 (last); written anew, 143 of 144 (unseen),
    /// 136 (unmet), 133 (latest) and 131 (newest): 543 of 576, or 94 %. What they now know of these says less. Of the newest,
    /// nine that were missed are linear nets said to circle; their G in fact spreads out until D sees nothing.
    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["GAN_STUDY"] != nil),
        arguments: ["known", "held out", "fresh", "last", "unseen", "unmet", "latest", "newest"])
    func hundredsOfGames(kind: String) throws {
        let variants = UInt64(ProcessInfo.processInfo.environment["GAN_STUDY"] ?? "") ?? 9
        let games =
            [
                "known": KnownGames.all, "held out": KnownGames.heldOut, "fresh": KnownGames.fresh,
                "last": KnownGames.last, "unseen": KnownGames.unseen,
                "unmet": KnownGames.unmet, "latest": KnownGames.latest,
                "newest": KnownGames.newest,
            ][
                kind] ?? []
        var (right, all) = (0, 0)
        for known in games {
            // The first ten of the held-out games were looked at before the others.
            for variant in kind == "held out" ? 11...10 + variants : 1...variants {
                let diagnosis = try Diagnosis(of: known.make(variant))
                all += 1
                if diagnosis.state == known.state { right += 1 }
                let word = diagnosis.state == known.state ? "right" : "WRONG"
                print("STUDY \(word) \(known.name), variant \(variant): \(KnownGames.words(diagnosis))")
            }
        }
        print("STUDY \(right) of \(all) right, \(kind)")
        #expect(kind == "newest" ? 10 * right >= 9 * all : 20 * right >= 19 * all)
    }

    /// One of each; the study above counts many.
    @Test func gamesThatWereHeldOutAreRecognised() throws {
        var wrong: [String] = []
        for known in KnownGames.heldOut {
            let diagnosis = try Diagnosis(of: known.make(12))
            if diagnosis.state != known.state { wrong.append("\(known.name): \(KnownGames.words(diagnosis))") }
        }
        #expect(wrong.count <= 2, "\(wrong)")
    }

    /// All modes are reached, and yet a second look at such a game finds other shares of them: it has not converged.
    @Test(arguments: 1...3) func aJitteringRingHasNotConverged(variant: UInt64) throws {
        let diagnosis = try Diagnosis(of: KnownGames.plainRing(variant))
        #expect(diagnosis.state == .oscillating, "\(KnownGames.words(diagnosis))")
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
            ("tau", evidence.trend), ("made", Double(evidence.modesAtATime)),
            ("reach", evidence.looks.last?.reach ?? 0),
        ]
        return "\(diagnosis.state.rawValue) "
            + numbers.map { "\($0.0) \(text($0.1))" }.joined(separator: ", ")
            + " lost \(diagnosis.lostModes) d: \(distances)"
    }
}
