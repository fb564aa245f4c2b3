extension String {
    /// The text with its control characters made visible, so that no terminal or browser takes them for commands:
    /// ␛ for an escape. Line ends and tabs stay.
    var withVisibleControls: String {
        guard unicodeScalars.contains(where: \.isHiddenControl) else { return self }
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars { text.append(scalar.isHiddenControl ? scalar.picture : scalar) }
        return String(text)
    }
}

extension Unicode.Scalar {
    fileprivate var isHiddenControl: Bool {
        properties.generalCategory == .control && value != 0x09 && value != 0x0A
    }

    /// Unicode has pictures of the control characters of ASCII.
    fileprivate var picture: Unicode.Scalar {
        let picture =
            value < 0x20 ? Unicode.Scalar(0x2400 + value) : value == 0x7F ? Unicode.Scalar(0x2421 as UInt32) : nil
        return picture ?? "\u{FFFD}"
    }
}
