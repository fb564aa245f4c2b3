import Foundation

/// Kitty's graphics protocol: a PNG in base64, in pieces of 4096 characters.
enum KittyGraphics {
    /// What makes the terminal show the image at the cursor. A frame takes the place of the one before and leaves the cursor
    /// where it is.
    static func message(png: [UInt8], isFrame: Bool = false) -> [UInt8] {
        let payload = Array(Data(png).base64EncodedString().utf8)
        var out: [UInt8] = []
        var start = 0
        repeat {
            let end = min(start + 4096, payload.count)
            // a=T: send and show; f=100: PNG; q=2: say nothing back; i, p: which image, shown where; C=1: keep the cursor;
            // m: more follows.
            let keys = start == 0 ? "a=T,f=100,q=2,\(isFrame ? "i=7,p=1,C=1," : "")m=" : "m="
            out += Array("\u{1B}_G\(keys)\(end < payload.count ? 1 : 0);".utf8)
            out += payload[start..<end]
            out += Array("\u{1B}\\".utf8)
            start = end
        } while start < payload.count
        return out
    }
}
