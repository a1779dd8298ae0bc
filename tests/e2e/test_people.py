"""People of a server: sessions that go on by themselves, members, a second factor, and help on the machine itself."""
import base64
import hashlib
import hmac
import json
import struct
import threading
import time

import support

PASSWORD = "hunter2 correct horse"
OTHER = "another correct horse"


def totp(secret, step):
    """RFC 6238, with nothing of ours."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 1_000_000:06}"


class People(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # All of these people come from one address, and quickly.
        cls.url, cls.secret = cls.start_dumpstation({"DUMPSTATION_RATE_SIGN_IN": "0"})
        cls.station.must("login", cls.url, "--setup", cls.secret,
                         env={"DUMPSTATION_PASSWORD": PASSWORD})

    def machine(self, name):
        return support.Station(self.directory / name)

    def user(self, *words, password=PASSWORD, **options):
        return self.host.run("user", *words, env={"DUMPSTATION_PASSWORD": password}, **options)

    def login(self, station, name, password=PASSWORD, **env):
        return station.run("login", self.url, "--name", name,
                           env={"DUMPSTATION_PASSWORD": password, **env})

    def signed_in(self, name, role="viewer"):
        """A user of their own, on a machine of their own."""
        self.assert_done(self.user("create", name, "--role", role))
        station = self.machine(name)
        self.assert_done(self.login(station, name))
        return station

    def spoil(self, station):
        """The access token's time is over."""
        file = station.state / "servers.json"
        known = json.loads(file.read_text(encoding="utf-8"))
        known["servers"][self.url]["token"] = "over"
        file.write_text(json.dumps(known), encoding="utf-8")

    def test_a_session_goes_on_by_itself(self):
        ann = self.signed_in("ann")
        self.spoil(ann)
        self.assertIn("ann of", ann.must("whoami").out)
        self.assertNotIn('"over"', (ann.state / "servers.json").read_text(encoding="utf-8"))
        self.spoil(ann)
        outcomes = []
        threads = [threading.Thread(target=lambda: outcomes.append(ann.run("whoami").code))
                   for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(outcomes, [0] * 6, "many at once refresh once")
        ann.must("logout")
        self.assertEqual(ann.run("whoami", "--server", self.url).code, 4)

    def test_sessions_are_listed_and_ended(self):
        ben = self.signed_in("ben")
        elsewhere = self.machine("ben-elsewhere")
        self.assert_done(self.login(elsewhere, "ben"))
        listed = ben.must("session", "list", "--json").json["sessions"]
        self.assertEqual(sorted(one["current"] for one in listed), [False, True])
        ben.must("session", "end", "others")
        self.assertEqual(elsewhere.run("whoami").code, 4)
        self.assertEqual(ben.run("whoami").code, 0)

    def test_somebody_is_invited_and_given_a_role(self):
        made = self.station.must("member", "invite", "Cal", "--role", "viewer", "--json").json
        self.assertTrue(made["link"].startswith(self.url + "/invitation#dsi_"), made)
        self.station.must("api", "POST", "invitations/accept", "--data", json.dumps(
            {"token": made["link"].split("#")[1], "name": "cal", "password": PASSWORD}))
        cal = self.machine("cal")
        self.assert_done(self.login(cal, "cal"))
        self.assertEqual(cal.run("member", "role", "cal", "owner").code, 5)
        self.station.must("member", "role", "cal", "admin")
        self.assertRegex(cal.must("member", "list").out, r"cal +admin")
        self.assertEqual(cal.run("member", "remove", "admin").code, 5)
        self.station.must("member", "remove", "cal")
        self.assertEqual(cal.run("whoami").code, 4)

    def test_a_second_factor_is_asked_for(self):
        dan = self.signed_in("dan")
        ask = lambda path, **fields: dan.must("api", "POST", path, "--data", json.dumps(fields),
                                              "--json").json["answer"]
        secret = ask("second-factor", password=PASSWORD)["secret"]
        step = int(time.time()) // 30
        codes = ask("second-factor/confirm", code=totp(secret, step))["codes"]
        other = self.machine("dan-elsewhere")
        self.assertEqual(self.login(other, "dan", DUMPSTATION_CODE="000000").code, 4)
        self.assert_done(self.login(other, "dan", DUMPSTATION_CODE=totp(secret, step + 1)))
        self.assertIn("dan of", other.must("whoami").out)
        again = self.machine("dan-again")
        self.assert_done(self.login(again, "dan", DUMPSTATION_CODE=codes[0]))
        self.assertEqual(self.login(again, "dan", DUMPSTATION_CODE=codes[0]).code, 4)
        self.assert_done(self.user("reset-password", "dan", password=OTHER))
        self.assertEqual(other.run("whoami").code, 4)
        self.assert_done(self.login(other, "dan", OTHER))

    def test_who_is_locked_out_is_helped_on_the_machine(self):
        eve = self.signed_in("eve")
        lost = self.machine("eve-elsewhere")
        for _ in range(10):
            self.assertEqual(self.login(lost, "eve", "wrong password").code, 4)
        self.assertNotIn(self.login(lost, "eve").code, (0, 4))
        self.assertEqual(eve.run("whoami").code, 0)
        self.assert_done(self.user("reset-password", "eve", password=OTHER))
        self.assertEqual(eve.run("whoami").code, 4)
        self.assert_done(self.login(lost, "eve", OTHER))

    def test_users_are_made_and_granted(self):
        self.assert_done(self.user("create", "fay", "--organization", "elsewhere", "--role", "owner"))
        self.assertRegex(self.assert_done(self.user("list")).out, r"fay +owner +elsewhere")
        self.assertEqual(self.user("create", "fay").code, 6)
        self.assertEqual(self.user("grant", "fay", "viewer").code, 6, "the last owner")
        self.assertEqual(self.user("grant", "nobody", "viewer").code, 3)
        fay = self.machine("fay")
        self.assert_done(self.login(fay, "fay"))
        self.assertNotIn("admin", fay.must("member", "list").out)


if __name__ == "__main__":
    support.main()
