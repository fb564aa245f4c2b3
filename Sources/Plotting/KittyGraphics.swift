import Foundation

/// Kitty's graphics protocol: a PNG in base64, in pieces of 4096 characters.
enum KittyGraphics {
    /// What makes the terminal show the image at the cursor.
    static func message(png: [UInt8]) -> [UInt8] {
        let payload = Array(Data(png).base64EncodedString().utf8)
        var out: [UInt8] = []
        var start = 0
        repeat {
            let end = min(start + 4096, payload.count)
            // a=T: send and show; f=100: PNG; q=2: say nothing back; m: more follows.
            let keys = start == 0 ? "a=T,f=100,q=2,m=" : "m="
            out += Array("\u{1B}_G\(keys)\(end < payload.count ? 1 : 0);".utf8)
            out += payload[start..<end]
            out += Array("\u{1B}\\".utf8)
            start = end
        } while start < payload.count
        return out + [10]
    }
}
