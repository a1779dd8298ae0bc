#include "cli/commands.hpp"

namespace ds::cli {

sys::fs::path Session::state() const {
    return common.state.empty() ? sys::state_directory() : sys::fs::absolute(common.state);
}

ExitStatus Session::end_with(const Status& status) const {
    return status ? ExitStatus::done : console.error(status.error());
}

ProgressStyle Session::progress_style() const {
    if (common.progress == "json") return ProgressStyle::json;
    if (common.progress == "plain") return ProgressStyle::plain;
    if (common.progress == "none") return ProgressStyle::none;
    return ProgressStyle::automatic;
}

}  // namespace ds::cli
