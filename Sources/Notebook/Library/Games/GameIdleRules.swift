import Language
import Learning

extension Game.Rules {
    /// Rules that change nothing beside the others as they are, by the names that cells use, and why.
    private var idle: [String: String] {
        var reasons: [String: String] = [:]
        let penalties = settings.penalties
        if settings.labelSmoothing > 0, ![.minimax, .nonsaturating, .leastsquares].contains(settings.loss) {
            reasons["smoothing"] = "the \(settings.loss.rawValue) loss has no labels"
        }
        if penalties.interpolated == 0 { reasons["gp_target"] = "gp is 0" }
        if settings.minibatchKernels == 0 { reasons["minibatch_dims"] = "minibatch is 0" }
        if settings.instanceNoise.deviation == 0 { reasons["instance_noise_steps"] = "instance_noise is 0" }
        if !penalties.lookAtGradients { reasons["penalty_end"] = "gp, r1 and r2 are 0" }
        if settings.schedule.kind == .constant {
            reasons["decay_hold"] = "decay is constant"
            if penalties.end == 1 { reasons["decay_steps"] = "decay is constant and penalty_end is 1" }
        }
        return reasons
    }

    /// Tells of the rules that a call gives, other than they were, and that change nothing.
    func tellIdle(_ arguments: Arguments, since old: Game.Rules, _ context: Context) {
        let idle = idle
        for knob in GameKnob.all where arguments.range(of: knob.name) != nil && knob.text(old) != knob.text(self) {
            guard let reason = idle[knob.name] else { continue }
            context.emit(.note("\(knob.name) changes nothing yet: \(reason)"))
        }
    }
}
