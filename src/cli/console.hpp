#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "cli/exit_status.hpp"

namespace ds::cli {

enum class ProgressStyle { automatic, plain, json, none };

/// How the user wants to be spoken to. Data goes to stdout, narration and errors to stderr.
class Console {
public:
    Console(bool json, bool colour_wanted);

    bool json() const { return json_; }
    bool stdout_is_terminal() const { return out_tty_; }
    bool stderr_is_terminal() const { return err_tty_; }

    /// A line of text on stdout; nothing with --json.
    void line(std::string_view text = {}) const;
    /// The one final object on stdout with --json: `{"type":"result", …fields}`.
    void result(json::Value fields) const;
    /// "dumpstation: …" and "hint: …", or a JSON object, on stderr. Returns the status to exit
    /// with.
    ExitStatus error(const Error& error) const;
    void note(std::string_view text) const;

    // Plain text when there is no terminal or colour is not wanted.
    std::string bold(std::string_view text) const { return styled("1", text); }
    std::string dim(std::string_view text) const { return styled("2", text); }
    std::string good(std::string_view text) const { return styled("32", text); }
    std::string bad(std::string_view text) const { return styled("31", text); }
    std::string tick(bool ok) const { return ok ? good("✓") : bad("✗"); }

    /// Columns, aligned by what is seen; the first row is the header.
    void table(const std::vector<std::vector<std::string>>& rows,
               const std::vector<bool>& right_aligned) const;

private:
    std::string styled(std::string_view code, std::string_view text) const;

    bool json_;
    bool out_tty_;
    bool err_tty_;
    bool colour_;
};

}  // namespace ds::cli
