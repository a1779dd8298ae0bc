"""Every kind of object comes back as it was, from the oldest server to the newest."""
import support
from compare import by_postgresql, difference

SAMPLE = support.ROOT / "tests/samples/every_kind.sql"


class Kinds:
    """The same story on one server version."""

    major = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.start_postgres(cls.major)

    def test_every_kind_of_object_comes_back_as_it_was(self):
        if not SAMPLE.exists():
            self.skipTest(f"{SAMPLE} is missing")
        server, station = self.server, self.station
        server.create("kinds")
        server.psql("kinds", "-f", SAMPLE)
        store, _ = self.new_store()
        manifest = station.backup(server.url("kinds"), store)
        self.assertTrue(manifest["summary"]["server_version"].startswith(str(self.major)))

        proof = station.verify(store, level=4, timeout=180)
        self.assert_done(proof)
        self.assertEqual(proof.json["level"], 4, proof)
        self.assertTrue(proof.json["ok"], proof)
        self.assertEqual(station.scratch(), [], "the scratch server is gone")

        self.assert_done(station.restore(store, server.url("kinds_again")))
        # PostgreSQL writes some expressions in another way once they went through a dump, so the
        # measure of a good restore is what its own pg_restore makes of its own pg_dump.
        server.create("kinds_by_hand")
        by_postgresql(server, "kinds", "kinds_by_hand")
        self.assertEqual(difference(server, "kinds_by_hand", server, "kinds_again"), "")
        properties = ("SELECT pg_get_userbyid(datdba), encoding, datcollate, datctype, datacl, "
                      "(SELECT array_agg(s ORDER BY s::text) FROM pg_db_role_setting s2, "
                      "unnest(setconfig) s WHERE setdatabase = d.oid) "
                      "FROM pg_database d WHERE datname = '{}'")
        self.assertEqual(server.sql(properties.format("kinds")),
                         server.sql(properties.format("kinds_again")))


class OnPostgres12(Kinds, support.Story):
    major = 12


class OnPostgres15(Kinds, support.Story):
    major = 15


class OnPostgres17(Kinds, support.Story):
    major = 17


class OnPostgres18(Kinds, support.Story):
    major = 18


if __name__ == "__main__":
    support.main()
