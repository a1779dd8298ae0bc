#pragma once

#include <string>

#include <curl/curl.h>

#include "base/result.hpp"

namespace ds::net {

/// To be called before anything else of libcurl; any number of times, from any thread.
void start_curl_once();

/// A failed transfer in our words. `why` is what libcurl wrote into its error buffer, `where` the
/// origin.
Error curl_error(CURLcode code, CURL* easy, const char* why, const std::string& where);

}  // namespace ds::net
