import Foundation

/// The server that windows open on, as the environment names it.
enum DisplayServer {
    /// Whether it can be reached. A display outlives neither a logout nor an SSH connection, its name in the environment
    /// of a terminal multiplexer does; a server on another machine is taken at its word.
    static func answers(_ variables: [String: String]) -> Bool {
        let (wayland, x) = (variables["WAYLAND_DISPLAY"] ?? "", variables["DISPLAY"] ?? "")
        if !wayland.isEmpty, hasListener(at: path(wayland, in: variables["XDG_RUNTIME_DIR"] ?? "")) { return true }
        return !x.isEmpty && xAnswers(x)
    }

    private static func path(_ name: String, in folder: String) -> String {
        name.hasPrefix("/") ? name : "\(folder)/\(name)"
    }

    /// `host:number.screen`; without a host the server listens at a socket of this machine.
    private static func xAnswers(_ name: String) -> Bool {
        guard let colon = name.lastIndex(of: ":"),
            let number = name[name.index(after: colon)...].split(separator: ".").first.flatMap({ UInt16($0) })
        else { return true }
        switch name[..<colon] {
        case "", "unix":
            let path = "/tmp/.X11-unix/X\(number)"
            return hasListener(at: path) || hasListener(at: "\0" + path)
        case "localhost", "127.0.0.1": return hasListener(atPort: UInt32(number) + 6000)
        default: return true
        }
    }

    /// Whether somebody listens at a local socket; a name that begins with a zero is one of Linux's that is in no folder.
    private static func hasListener(at path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        // The length counts for a name without a folder; that of a path ends with its zero.
        let isPath = bytes.first != 0
        return connects(to: &address, family: AF_UNIX, length: 2 + bytes.count + (isPath ? 1 : 0))
    }

    private static func hasListener(atPort port: UInt32) -> Bool {
        guard let port = UInt16(exactly: port) else { return false }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return connects(to: &address, family: AF_INET, length: MemoryLayout<sockaddr_in>.size)
    }

    private static func connects<Address>(to address: inout Address, family: Int32, length: Int) -> Bool {
        let socket = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return false }
        defer { close(socket) }
        return withUnsafeBytes(of: &address) { bytes in
            guard let start = bytes.baseAddress else { return false }
            return connect(socket, start.assumingMemoryBound(to: sockaddr.self), socklen_t(length)) == 0
        }
    }
}
