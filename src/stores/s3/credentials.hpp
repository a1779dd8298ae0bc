#pragma once

#include <map>
#include <string>

#include "stores/s3/config.hpp"

namespace ds::stores::s3 {

/// A section of an INI file as the AWS tools write it.
using Section = std::map<std::string, std::string>;
/// Sections by name; "[profile x]" is "x".
std::map<std::string, Section> parse_ini(std::string_view text);

/// Where keys come from, first that fits: options of the URL, the profile named there,
/// AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, the profile of AWS_PROFILE or "default".
/// Code::invalid with a hint when there are none.
Result<KeySource> find_keys(const net::Url& url, const Environment& environment);

/// The profile's region, from the credentials or config file; empty when there is none.
std::string profile_region(const net::Url& url, const Environment& environment);

}  // namespace ds::stores::s3
