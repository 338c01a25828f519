"""A web server that takes its socket from sup and ends without losing a request. Try it alone: python3 server.py"""
import json
import os
import signal
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

VERSION = 1
DRAIN = float(os.environ.get("SUP_DRAIN", 3000)) / 1000


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # keep-alive
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave together

    def do_GET(self):
        with server.answers:
            url = urlsplit(self.path)
            n = parse_qs(url.query).get("n", [None])[0]
            if url.path == "/healthz":
                self.answer(200, {"ok": True})
            elif url.path == "/":
                worker = os.environ.get("SUP_WORKER")
                self.answer(200, {"hello": "world", "worker": worker, "pid": os.getpid(), "version": VERSION, "n": n})
            else:
                self.answer(404, {"error": "not found"})

    def answer(self, status, body):
        data = (json.dumps(body) + "\n").encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if server.draining or self.close_connection:
            self.send_header("Connection", "close")  # the client's next request goes to another worker
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()

    def log_request(self, code="-", size="-"):
        pass


class Gauge:
    """Counts what goes on, and lets others wait until nothing does."""

    def __init__(self):
        self.count = 0
        self.changed = threading.Condition()

    def __enter__(self):
        self.add(1)

    def __exit__(self, *_):
        self.add(-1)

    def add(self, change):
        with self.changed:
            self.count += change
            self.changed.notify_all()

    def wait_for_none(self, timeout=None):
        with self.changed:
            return self.changed.wait_for(lambda: self.count == 0, timeout)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    draining = False

    def __init__(self):
        inherited = os.environ.get("LISTEN_PID") == str(os.getpid())
        super().__init__(("", int(os.environ.get("PORT", 3000))), Handler, bind_and_activate=not inherited)
        self.connections = Gauge()
        self.answers = Gauge()
        if inherited:
            self.socket.close()
            self.socket = socket.socket(fileno=3)
            # Another worker may be quicker with the connection that woke us: never wait in accept().
            self.socket.setblocking(False)

    def process_request(self, request, client_address):
        self.connections.add(1)  # here, before its thread starts, so that none is ever overlooked
        super().process_request(request, client_address)

    def process_request_thread(self, request, client_address):
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.connections.add(-1)

    def drain(self):
        """Idle connections may speak for so long; what is being answered is answered in any case."""
        if not self.connections.wait_for_none(DRAIN):
            self.answers.wait_for_none()


def stop(*_):
    server.draining = True
    threading.Thread(target=server.shutdown).start()  # it waits for serve_forever(), which this very thread runs


server = Server()
signal.signal(signal.SIGTERM, stop)
print(f"listening, pid {os.getpid()}", flush=True)
server.serve_forever(poll_interval=0.1)
server.socket.close()
server.drain()
