/// How a game stands, and the numbers that say so.
public struct Diagnosis: Hashable, Sendable {
    /// The state of a game.
    public enum State: String, CaseIterable, Hashable, Sendable {
        /// It has not been played.
        case unplayed
        /// It gets better.
        case learning
        /// The samples are as good as another draw from the data, or nearly so.
        case converged
        /// D tells all samples from real points, and G learns nothing from it.
        case discriminatorWon = "d_won"
        /// D cannot tell, and yet the samples are not like the data.
        case generatorWon = "g_won"
        /// Parts of the data are never made.
        case modesLost = "modes_lost"
        /// Samples move back and forth without getting better.
        case oscillating
        /// Numbers or samples run away.
        case diverging
        /// Nothing moves, and none of the above says why.
        case stalled
    }

    /// The state.
    public let state: State
    /// What it was read from.
    public let evidence: GameEvidence
    /// Modes that get less than a tenth of their due at every look, by position.
    public let lostModes: [Int]

    /// Reads the evidence. The rules, in this order, each with the numbers that decide. "The floor" is what two draws from
    /// the data show; distances count in spreads of the data.
    ///
    /// 1. *diverging*: something is no longer finite; or samples lie 30 spreads away and twice as far as before, or 500; or
    ///    D's loss has grown fivefold, to more than ten times what guessing costs, or to a hundred times that;
    /// 2. *converged*: at most looks the divergence is within 0.06 of the floor and the distance within 0.12, at nine of ten
    ///    within twice that, and no mode is lost;
    /// 3. *learning*: the distance or the divergence falls by an eighth of what is above the floor, on a way that is
    ///    straight enough (a long one straighter), or by a twentieth on a short way from look to look with fewer steps
    ///    back than chance would make (its rank correlation with time is below -0.42: two standard deviations of that of
    ///    13 looks in random order), and the other one does not grow by a quarter;
    /// 4. *G has won*: at nine looks of ten D scores 40 to 60 % of the pairs rightly, or its loss is that of guessing (0.87 of it;
    ///    with samples that lie still between uneven data it scores pairs rightly or wrongly as chance has it: 25 to 75 %), and
    ///    yet the samples are 0.12 off, and go less than a spread in all, or less than they are off;
    /// 5. *modes lost*: samples move, and at most three modes of five are made at a time;
    /// 6. *oscillating*: samples move, and come back;
    /// 7. *modes lost*: samples stand still, some of them are good, and some modes are never made; where modes are not
    ///    known, most are good, and three tenths of the data have none nearby;
    /// 8. *D has won*: it scores nine pairs of ten rightly;
    /// 9. *learning*: samples move, and do not come back;
    /// 10. *stalled*.
    ///
    /// A G that hops from mode to mode oscillates too; it is said to lose modes, which is more. Data of one mode, or of modes
    /// that are not known, leave *oscillating* to be said.
    public init(_ evidence: GameEvidence) { self.init(evidence, as: evidence.state) }

    /// The evidence with a state that it need not speak for.
    package init(_ evidence: GameEvidence, as state: State) {
        self.evidence = evidence
        self.state = state
        lostModes = evidence.lostModes
    }

    /// Looks at a game and reads what is seen.
    public init(of game: Game, interrupted: () -> Bool = { false }) throws(LearningError) {
        self.init(try GameEvidence(of: game, interrupted: interrupted))
    }
}

extension GameEvidence {
    fileprivate var state: Diagnosis.State {
        if steps == 0 { return .unplayed }
        if isDiverging { return .diverging }
        if isNear { return .converged }
        if isImproving { return .learning }
        if isBlind { return .generatorWon }
        if wanders { return .modesLost }
        if isMoving, isLong ? !isStraight : straightness < 0.4 { return .oscillating }
        if isPartial { return .modesLost }
        if separation > 0.9 { return .discriminatorWon }
        return isMoving ? .learning : .stalled
    }

    /// The median of a number over the looks; 0 when nothing could be looked at.
    private func median(_ number: (Look) -> Double) -> Double {
        let sorted = looks.map(number).sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    /// How often D scores a real point above a sample.
    public var separation: Double { median(\.separation) }
    /// The share of good samples.
    public var quality: Double { median(\.quality) }
    /// How steep G's loss is where the samples are.
    public var steepness: Double { median(\.steepness) }
    /// The divergence from the data.
    public var divergence: Double { median(\.divergence) }
    /// How far samples moved in all, in units of the data's spread.
    public var way: Double { looks.reduce(0) { $0 + $1.movement } }

    /// The share of what is above the floor that is lost from the first third of the looks to the last: of the distance or of
    /// the divergence, whichever is more.
    public var progress: Double {
        max(progress(of: \.distance, above: floor.distance), progress(of: \.divergence, above: floor.divergence))
    }

    /// What the distance or the divergence, whichever grows more, gains on what was above the floor; below 0 when both fall.
    private var setback: Double {
        -min(progress(of: \.distance, above: floor.distance), progress(of: \.divergence, above: floor.divergence))
    }

    /// The samples go so far that those that pass by the data on a circle do so within the looks.
    private var isLong: Bool { way > 3 }

    /// They do not turn back; the longer the way, the straighter it must be.
    private var isStraight: Bool { straightness > (isLong ? 0.6 : 0.3) }

    /// The samples come nearer to the data, and by neither measure go away from them.
    private var isImproving: Bool {
        setback < 0.25 && (progress > 0.12 && isStraight || progress > 0.05 && !isLong && trend < -0.42)
    }

    /// D says the same of data and samples, time and again, and the samples stay about where they are, off the data.
    private var isBlind: Bool {
        let margin = (lossOverGuessing ?? 0) > 0.87 ? 0.25 : 0.1
        let guesses = looks.count { abs($0.separation - 0.5) < margin }
        let distance = median(\.distance)
        return 10 * guesses >= 9 * looks.count && way < max(0.9, distance) && distance > floor.distance + 0.12
    }

    /// More than the jitter of a game that is at rest.
    private var isMoving: Bool { way > 0.4 }

    /// What was seen so far leaves open whether the game gets better: the samples are under way to somewhere, or come nearer on
    /// a way so long that they may be passing by, or the fall of the distance is small and yet steady.
    var isUndecided: Bool {
        if steps == 0 || isDiverging || isNear { return false }
        if progress > 0.12 { return way > 2 && straightness < 0.8 }
        return way > 0.5 && straightness > 0.4 || progress > 0.04 && trend < -0.4
    }

    private func progress(of number: (Look) -> Double, above floor: Double) -> Double {
        if looks.isEmpty { return 0 }
        let third = max(looks.count / 3, 1)
        let early = looks.prefix(third).map(number).reduce(0, +) / Double(third)
        let late = looks.suffix(third).map(number).reduce(0, +) / Double(third)
        return early - floor > 0.02 ? (early - late) / (early - floor) : 0
    }

    /// Kendall's rank correlation of the distance with time, or of the divergence where that is less: -1 when it falls at every
    /// look, about 0 when it goes up and down.
    public var trend: Double { min(trend(of: \.distance), trend(of: \.divergence)) }

    private func trend(of number: (Look) -> Double) -> Double {
        let numbers = looks.map(number)
        var (sum, pairs) = (0, 0)
        for late in numbers.indices {
            for early in 0..<late {
                sum += numbers[late] > numbers[early] ? 1 : numbers[late] < numbers[early] ? -1 : 0
                pairs += 1
            }
        }
        return pairs == 0 ? 0 : Double(sum) / Double(pairs)
    }

    /// Of modes that are known: how many are made at a time, each with a tenth of its due or more.
    public var modesAtATime: Int { Int(median { Double($0.shares.count { $0 >= 0.1 }) }) }

    /// Few modes at a time, and not always the same.
    public var wanders: Bool {
        guard let count = looks.first?.shares.count, count > 1 else { return false }
        return isMoving && modesAtATime >= 1 && 5 * modesAtATime <= 3 * count
    }

    fileprivate var lostModes: [Int] {
        guard let first = looks.first, !first.shares.isEmpty else { return [] }
        return first.shares.indices.filter { mode in looks.allSatisfy { $0.shares[mode] < 0.1 } }
    }

    /// Good samples that leave out modes; where these are not known, much of the data.
    private var isPartial: Bool {
        if looks.isEmpty { return false }
        if looks[0].shares.isEmpty { return quality > 0.6 && median(\.coverage) < 0.7 }
        return !lostModes.isEmpty && quality > 0.15
    }

    /// Both the distance and the divergence, and every mode is made. Games whose step does not shrink never stand still: now
    /// and then a look may be further off.
    private var isNear: Bool {
        func count(_ times: Double) -> Int {
            looks.count {
                $0.divergence < floor.divergence + 0.06 * times && $0.distance < floor.distance + 0.12 * times
            }
        }
        return lostModes.isEmpty && 2 * count(1) > looks.count && 10 * count(2) >= 9 * looks.count
    }

    private var isDiverging: Bool {
        if broken != nil { return true }
        let third = max(looks.count / 3, 1)
        let early = looks.prefix(third).map(\.reach).max() ?? 0, late = looks.suffix(third).map(\.reach).max() ?? 0
        if late > 500 || late > 30 && late > 2 * early { return true }
        return lossGrowth > 5 && lossOverChance > 10 || lossOverChance > 100
    }
}
