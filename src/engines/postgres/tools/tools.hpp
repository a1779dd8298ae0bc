#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

/// PostgreSQL's own programs, found by version. pg_dump must be of the server's major version or
/// newer; servers for rehearsals must be of exactly one.
namespace ds::engines::postgres {

struct Tool {
    std::filesystem::path path;
    int major = 0;
    std::string version;  // "pg_dump (PostgreSQL) 17.11 (Debian 17.11-0+deb13u1)"
};

enum class Fit {
    exact,          // that major version only
    same_or_newer,  // that major version, else the smallest newer one
};

/// Looks in `directories` first, then in $DUMPSTATION_PG_DIRS (separated by ':'), then where
/// packages put them, then in PATH. A directory may hold the programs, or <major>/bin,
/// <major>/*/bin, pg/<major>/bin. Among equals the first found wins. Missing: Code::unsupported,
/// naming what was found and what to install.
Result<Tool> find_tool(std::string_view program, int major, Fit fit,
                       const std::vector<std::string>& directories,
                       const std::stop_token& stop = {});

/// "17.11" from "pg_dump (PostgreSQL) 17.11 (Debian …)"; "18beta1" and "19devel" count as 18
/// and 19.
Result<int> major_of(std::string_view version_line);

}  // namespace ds::engines::postgres
