"""What stands between a client and a sync server, and may answer in its stead."""

import http.client
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.sync.server import Server


@dataclass(frozen=True)
class Answer:
    """What is said instead of the server: a status, and where else to ask."""

    status: int
    location: str = ""


class Proxy:
    """Passes requests on, except those that `answers`, by their paths, has an answer for."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.answers: Callable[[str], Answer | None] = lambda _path: None
        self.requested_paths: list[str] = []

    def fails(self, path: str, status: int, times: int = 10_000) -> None:
        """Answers requests for a path with a status, so many times."""
        remaining = iter(range(times))
        self.answers = lambda requested: (
            Answer(status) if requested == path and next(remaining, None) is not None else None
        )


@contextmanager
def between(server: Server) -> Iterator[Proxy]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self._body()
            proxy.requested_paths.append(self.path)
            answer = proxy.answers(self.path)
            if answer is not None:
                self._say(answer.status, {"Location": answer.location} if answer.location else {}, b"no")
                return
            asks = http.client.HTTPConnection("127.0.0.1", server.port)
            headers = {name: value for name, value in self.headers.items() if name.lower() != "transfer-encoding"}
            asks.request("POST", self.path, body, headers | {"Content-Length": str(len(body))})
            response = asks.getresponse()
            data = response.read()
            self._say(
                response.status, {name: value for name, value in response.getheaders() if name.startswith("anki")}, data
            )
            asks.close()

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding") != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts = []
            while size := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)

        def _say(self, status: int, headers: Mapping[str, str], data: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_words: object) -> None:
            """Says nothing."""

    http_server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    proxy = Proxy(f"http://127.0.0.1:{http_server.server_port}/")
    threading.Thread(target=http_server.serve_forever, daemon=True).start()
    try:
        yield proxy
    finally:
        http_server.shutdown()
        http_server.server_close()
