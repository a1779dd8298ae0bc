"""A TCP proxy between our program and a real store, which can be told to misbehave."""
import contextlib
import re
import socket
import struct
import threading
import time

PIECE = 64 * 1024


class Proxy:
    """Passes bytes on to 127.0.0.1:`target` and counts them. The fields may be set at any time:

    refuse      connections are reset as soon as they are made
    cut_after   a connection is reset once so many bytes went to the store through it
    rate        bytes per second and connection, both ways
    flip        one bit of each large piece on its way to the store is turned over
    answer      this HTTP answer is given to everything; the store is not asked
    """

    def __init__(self, target):
        self.target = target
        self.refuse = False
        self.cut_after = self.rate = self.answer = None
        self.flip = False
        self.connections = self.to_store = self.from_store = 0
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        try:
            if self.refuse:
                return reset(client)
            if self.answer is not None:
                return answer_all(client, self.answer)
            store = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            return reset(client)
        back = threading.Thread(target=self._pump, args=(store, client, False), daemon=True)
        back.start()
        self._pump(client, store, True)
        back.join()
        client.close()
        store.close()

    def _pump(self, source, target, to_store):
        passed = 0
        try:
            while piece := source.recv(PIECE):
                passed += len(piece)
                if to_store and self.flip and len(piece) > PIECE // 8:
                    piece = piece[:-1] + bytes([piece[-1] ^ 1])
                if to_store and self.cut_after is not None and passed > self.cut_after:
                    reset(source)
                    return reset(target)
                with self.lock:
                    self.to_store += len(piece) if to_store else 0
                    self.from_store += 0 if to_store else len(piece)
                target.sendall(piece)
                if self.rate:
                    time.sleep(len(piece) / self.rate)
        except OSError:
            pass
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)


def reset(connection):
    """Closes with RST, as a crashed or a hostile peer would."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


def answer_all(client, answer):
    """Reads requests to their end and gives each the same answer."""
    data = b""
    with client:
        while True:
            while b"\r\n\r\n" not in data:
                more = client.recv(PIECE)
                if not more:
                    return
                data += more
            head, data = data.split(b"\r\n\r\n", 1)
            length = re.search(rb"(?i)content-length: *(\d+)", head)
            if b"100-continue" in head.lower():
                client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            rest = int(length.group(1)) if length else 0
            while len(data) < rest:
                more = client.recv(PIECE)
                if not more:
                    return
                data += more
            data = data[rest:]
            client.sendall(answer)


def http_answer(status, body, kind="text/html"):
    body = body.encode()
    return (f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode() + body
