"""Two servers on one PostgreSQL catalog, one killed at random: nothing is lost, nothing is doubled."""
import pathlib
import random

import support
import two_servers

SECONDS = 75


class TwoServers(support.Story):
    def test_R05_R01_nothing_is_lost_or_doubled_though_servers_die(self):
        directory = pathlib.Path(self.directory) / "pair"
        directory.mkdir(mode=0o755)
        complaints, figures = two_servers.tell(directory, SECONDS / 60, random.randrange(1 << 30))
        print(figures)
        self.assertEqual(complaints, [])
        self.assertGreater(sum(figures["kills"].values()), 1, figures)
        self.assertGreaterEqual(figures["moments"], 12, figures)

    def test_L13_R01_a_backup_whose_server_died_before_it_could_say_so_is_entered(self):
        directory = pathlib.Path(self.directory) / "dying"
        directory.mkdir(mode=0o755)
        pair = two_servers.Pair(directory, databases=1)
        self.addCleanup(pair.close)
        plan = next(iter(pair.plans))
        pair.ask("PATCH", f"plans/{plan}", {"schedule": ""})
        for node in pair.nodes:
            node.stop()
        dying, living = pair.nodes
        dying.start("backup.after_manifest")
        run = pair.ask("POST", f"plans/{plan}/run")["runs"][0]
        self.assertNotEqual(dying.process.wait(60), 0)
        self.assertEqual(pair.count("backups"), 0)
        living.start()
        support.wait_for(lambda: pair.count("runs WHERE trigger = 'retry' AND state = 'succeeded'") == 1,
                         "the run to be done again", 90)
        self.assertEqual(pair.rows("SELECT run FROM backups"), [[run]])
        self.assertEqual(pair.rows("SELECT DISTINCT backup <> '' FROM runs WHERE kind = 'backup'"), [["t"]])
        self.assertEqual(pair.judge_store(), [])
        self.assertEqual(len(list(pair.store.rglob("manifest.json"))), 1, "it was not made twice")


if __name__ == "__main__":
    support.main()
