import Autodiff
import LinearAlgebra
import Probability
import Testing

@testable import Learning

/// Slow motion: the same step, and all that was in it.
@Suite struct GameMomentTests {
    /// Settings that take each way through a step.
    static let ways: [(name: String, settings: Game.Settings)] = {
        var ways: [(String, Game.Settings)] = Game.Loss.allCases.map {
            ($0.rawValue, Game.Settings(loss: $0, batch: 16))
        }
        func add(_ name: String, _ change: (inout Game.Settings) -> Void) {
            var settings = Game.Settings(batch: 16)
            change(&settings)
            ways.append((name, settings))
        }
        add("d_steps") { $0.discriminatorSteps = 3 }
        add("simultaneous") { $0.order = .simultaneous }
        add("extragradient") { $0.dynamics = .extragradient }
        add("optimistic") { $0.dynamics = .optimistic }
        add("consensus") { $0.consensus = 0.5 }
        add("unrolling") { $0.unrolling = 2 }
        add("replay") { $0.replay = 32 }
        add("blurred") { ($0.instanceNoise.deviation, $0.dropout, $0.gradientLimit) = (0.3, 0.2, 0.1) }
        add("spectral") { ($0.penalties.isSpectral, $0.penalties.r1, $0.averageDecay) = (true, 0.1, 0.9) }
        add("seeking") { $0.modeSeeking = 0.1 }
        add("minibatch") { ($0.minibatchKernels, $0.penalties.isSpectral, $0.penalties.r1) = (2, true, 0.1) }
        return ways
    }()

    @Test(arguments: ways.map(\.name))
    func walkingIsPlaying(name: String) throws {
        let settings = try #require(Self.ways.first { $0.name == name }).settings
        var walked = try TestGames.plane(seed: 3, RoundMixture.ring8, settings)
        _ = try walked.play(3)
        var played = walked
        #expect(try played.play(1) == .finished)
        let (outcome, moments) = try walked.walk()
        #expect(outcome == .finished && walked == played)
        // The losses that were seen are those that are on record.
        func loss(_ role: Game.Role) -> Double? {
            moments.last { if case .loss = $0.event { $0.role == role && !$0.isLookAhead } else { false } }.flatMap {
                if case .loss(let loss, _, _) = $0.event { loss } else { nil }
            }
        }
        let record = try #require(played.history.last)
        #expect(loss(.discriminator) == record.discriminatorLoss && loss(.generator) == record.generatorLoss)
        // The last that was seen of each player is what it is now.
        for (role, player) in [(Game.Role.generator, played.generator), (.discriminator, played.discriminator)] {
            let moved = moments.last { if case .moved = $0.event { $0.role == role } else { false } }
            guard case .moved(_, let to)? = moved?.event else {
                Issue.record("\(role) did not move")
                continue
            }
            #expect(to == player.model.parameters)
        }
    }

    /// Each number is where it says that it came from: G of the noise, D of the points, the loss of D's numbers.
    @Test func theNumbersFollowFromEachOther() throws {
        var game = try TestGames.plane(seed: 4, RoundMixture.ring8, Game.Settings(batch: 16))
        _ = try game.play(2)
        let before = game
        let moments = try game.walk().moments
        let kinds = moments.map { moment -> String in
            switch moment.event {
            case .real: "real"
            case .noise: "noise"
            case .made: "made"
            case .judged: "judged"
            case .loss: "loss"
            case .slopes: "slopes"
            case .moved: "moved"
            case .foreseen: "foreseen"
            }
        }
        let ofG = ["noise", "made", "judged", "loss", "slopes", "moved"]
        #expect(kinds == ["real"] + ofG + ofG)
        #expect(moments.prefix(7).allSatisfy { $0.role == .discriminator })
        #expect(moments.suffix(6).allSatisfy { $0.role == .generator })
        for moment in moments {
            switch moment.event {
            case .made(let points, let noise):
                #expect(try before.generator.model(Variable(noise)).value == points)
            case .judged(let verdict):
                let judge = moment.role == .generator ? game : before
                #expect(try judge.discriminator.model(Variable(verdict.fakePoints)).value == verdict.fake)
            case .loss(let loss, _, let verdict):
                let rule = game.settings.loss
                if moment.role == .generator {
                    #expect(try Double(rule.generator(Variable(verdict.fake)).value.number) == loss)
                } else {
                    let real = try #require(verdict.real)
                    let again = try rule.discriminator(real: Variable(real), fake: Variable(verdict.fake))
                    #expect(Double(again.value.number) == loss)
                }
            default: break
            }
        }
    }

    @Test func aWalkThatIsStoppedChangesNothing() throws {
        var game = try TestGames.line(seed: 1)
        let before = game
        let (outcome, moments) = try game.walk(interrupted: { true })
        #expect(outcome == .interrupted && game == before && moments.isEmpty)
    }
}
