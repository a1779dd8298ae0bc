#pragma once

#include <stop_token>

namespace ds::cli {

/// The whole command line: parses, runs, prints; returns the exit status. `argv` is scrubbed of
/// secrets while it runs.
int run(int argc, char** argv, std::stop_token stop);

}  // namespace ds::cli
