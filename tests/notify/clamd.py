"""A clamd as a process of its own, as far as INSTREAM goes: it has a limit, and knows the test file of its trade."""

import socketserver
import struct
import sys

LIMIT = 1_000_000
# in two parts, so that no scanner takes this very file for it
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


class Line(socketserver.StreamRequestHandler):
    """One connection, one file."""

    def handle(self) -> None:
        command = self.rfile.read(len(b"zINSTREAM\0"))
        if command != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        data = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
            if len(data) > LIMIT:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.wfile.write(b"stream: Eicar-Signature FOUND\0" if EICAR in data else b"stream: OK\0")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


def main() -> None:
    """Serve on a port of the system's choosing, which is printed first."""
    with Server(("127.0.0.1", 0), Line) as server:
        sys.stdout.write(f"{server.socket.getsockname()[1]}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
