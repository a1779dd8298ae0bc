"""A whole cluster: backed up with its tablespace, proven, restored into a directory, and started there."""
import support


class Physical(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.start_postgres(17)
        cls.server.create("shop", support.noise("orders", 20000))

    def setUp(self):
        self.store, _ = self.new_store()
        self.station.must("backup", self.server.url("postgres"), "--physical", "--to", self.store, "-r",
                          self.station.recipient)

    def test_a_cluster_comes_back(self):
        self.station.must("verify", self.store, "latest", "-i", self.station.key, "--level", 4,
                          "--pg-bin", support.pg_bin(17))
        data = self.directory / "data"
        self.station.must("restore", self.store, "latest", "-i", self.station.key, "--into-dir", data)
        self.assertTrue((data / "backup_label").exists())
        self.assertIn("archive_mode = 'off'", (data / "postgresql.auto.conf").read_text())

    def test_bad_wishes_are_told(self):
        full = self.directory / "full"
        full.mkdir()
        (full / "file").write_text("mine")
        arguments = ["restore", self.store, "latest", "-i", self.station.key]
        self.assert_fails(self.station.run(*arguments, "--into-dir", full), 6, "is not empty")
        self.assertEqual((full / "file").read_text(), "mine")
        self.assert_fails(self.station.run(*arguments, "--into", self.server.url("x")), 2, "physical backup")
        self.assert_fails(self.station.run(*arguments), 2, "where to is missing")
        self.assert_fails(self.station.run(*arguments, "--into-dir", self.directory / "new", "--tablespace-map", "x"),
                          2, "not OLD=NEW")
        self.assert_fails(self.station.run(*arguments, "--into-dir", self.directory / "new", "--tablespace-map",
                                           "/nowhere=/tmp/x"), 2, "no tablespace at /nowhere")
        self.assertFalse((self.directory / "new").exists())


if __name__ == "__main__":
    support.main()
