"""Many clients at once, most of them of no use: honest ones are answered all the same."""
import re
import resource
import socket
import threading
import time
import unittest
import urllib.request

import support

IDLE = 10_000
SLOW = 200
PATIENCE = 2.0  # seconds that an honest client waits at most


def address_of(url):
    host, port = re.search(r"//([^:]+):(\d+)", url).groups()
    return host, int(port)


class Crowds(support.Story):
    @classmethod
    def setUpClass(cls):
        wanted = IDLE + SLOW + 1000
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < wanted:
            raise unittest.SkipTest(f"this machine does not give {wanted} descriptors")
        # The server inherits it.
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if soft < wanted else soft, hard))
        super().setUpClass()
        cls.url, _ = cls.start_dumpstation()

    def slowest_of(self, count):
        """Seconds that the slowest of some honest requests took."""
        slowest = 0.0
        for _ in range(count):
            began = time.monotonic()
            with urllib.request.urlopen(self.url + "/readyz", timeout=10) as answer:
                self.assertEqual(answer.status, 200)
            slowest = max(slowest, time.monotonic() - began)
        return slowest

    def test_ten_thousand_idle_and_two_hundred_slow_clients_stop_nobody(self):
        where = address_of(self.url)
        with urllib.request.urlopen(self.url + "/healthz", timeout=10):
            pass
        time.sleep(2)  # until it is ready
        clients = [socket.create_connection(where, timeout=10) for _ in range(IDLE)]
        slow = [socket.create_connection(where, timeout=10) for _ in range(SLOW)]
        over = threading.Event()

        def trickle():
            while not over.wait(0.3):
                for one in slow:
                    try:
                        one.send(b"X")
                    except OSError:
                        pass  # it was cut off, as it should be

        for one in slow:
            one.send(b"POST /api/v1/session HTTP/1.1\r\nHost: h\r\nA: ")
        dripping = threading.Thread(target=trickle)
        dripping.start()
        try:
            slowest = self.slowest_of(200)
            print(f"{IDLE} idle, {SLOW} slow: the slowest of 200 took {slowest * 1000:.0f} ms")
            self.assertLess(slowest, PATIENCE)
        finally:
            over.set()
            dripping.join()
            for one in clients + slow:
                one.close()
        self.assertLess(self.slowest_of(20), PATIENCE)


if __name__ == "__main__":
    support.main()
