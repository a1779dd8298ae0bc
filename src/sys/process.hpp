#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "sys/files.hpp"

namespace ds::sys {

/// What to start. Secrets go into `environment` or a memory file, never into `arguments`.
struct Command {
    std::vector<std::string> arguments;              // [0] is the program's path
    std::map<std::string, std::string> environment;  // the whole environment: nothing is inherited
    std::vector<int> keep_open;              // descriptors the child keeps, at the same numbers
    std::optional<int> input;                // stdin; otherwise /dev/null
    bool capture_output = true;              // stdout to Child::output(); otherwise /dev/null
    std::optional<int> output;               // stdout to this descriptor instead
    std::size_t pipe_bytes = MiB;            // size asked of the kernel for the output pipe
    std::optional<std::string> user;         // run as this user (needs root); its group too
    std::optional<fs::path> directory;       // working directory; otherwise /
    bool without_network = false;            // own empty network namespace where permitted
    std::size_t error_bytes_max = 64 * KiB;  // the last bytes of stderr are kept
};

struct Exit {
    int code = 0;    // exit status, when signal == 0
    int signal = 0;  // the signal that ended it, or 0
    bool ok() const { return code == 0 && signal == 0; }
    /// "exit status 1", "killed by signal 9".
    std::string text() const;
};

/// A running program. stderr is drained all the time by a thread of its own, so the child never
/// blocks on it. Destroying a Child that was not waited for kills and reaps it. The child is killed
/// when the thread that started it ends (PR_SET_PDEATHSIG, prctl(2)), and so with our process:
/// start it from a thread that outlives it.
class Child {
public:
    static Result<std::unique_ptr<Child>> start(const Command& command);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    pid_t pid() const { return pid_; }
    /// The read end of its stdout; -1 unless capture_output.
    int output() const { return output_.get(); }
    void close_output() { output_.reset(); }
    /// Waits for the end. When `stop` fires: SIGTERM, five seconds, SIGKILL, and still returns how
    /// it ended.
    Exit wait(const std::stop_token& stop = {});
    void signal(int number) const;
    /// The last bytes of stderr. Complete only after wait().
    std::string errors() const;

private:
    Child() = default;
    struct Tail;
    pid_t pid_ = -1;
    std::optional<Exit> exit_;
    Fd output_;
    std::shared_ptr<Tail> tail_;
    std::jthread drain_;
};

/// Runs to the end and tells how it ended: the caller judges the status. More than
/// `output_bytes_max` of stdout is an error; of stderr the last bytes are kept.
struct Finished {
    Exit exit;
    std::string output;
    std::string errors;
};
Result<Finished> run_command(const Command& command, std::size_t output_bytes_max,
                             const std::stop_token& stop = {});

/// PATH, HOME, LANG=C.UTF-8, TZ and nothing else of ours: the environment to start tools with.
std::map<std::string, std::string> clean_environment();

}  // namespace ds::sys
