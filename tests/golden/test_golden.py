"""Backups of earlier versions are verified, proven equal and restored by this build."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

from support import Story, main  # noqa: E402

GOLDEN = sorted(path.parent for path in HERE.glob("*/v1"))


class Golden(Story):
    def test_there_are_at_least_two(self):
        self.assertGreaterEqual(len(GOLDEN), 2)

    def test_each_is_proven_equal_to_its_source(self):
        for golden in GOLDEN:
            with self.subTest(golden.name):
                done = self.station.run("verify", f"file://{golden}", "latest", "--level", "4", "--identity", HERE / "key.txt", "--json")
                self.assertEqual(done.code, 0, done)
                self.assertEqual(done.json["level"], 4)

    def test_each_is_restored_with_its_rows(self):
        server = self.start_postgres(15)
        for number, golden in enumerate(GOLDEN):
            with self.subTest(golden.name):
                done = self.station.run("restore", f"file://{golden}", "latest", "--into", server.url(f"golden_{number}"),
                                        "--identity", HERE / "key.txt", "--json")
                self.assertEqual(done.code, 0, done)
                self.assertEqual(done.json["restore"]["rows"], 603)
                self.assertEqual(server.sql("SELECT count(*) FROM people", f"golden_{number}"), "500")


if __name__ == "__main__":
    main()
