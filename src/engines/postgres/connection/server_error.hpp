#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace ds::engines::postgres {

/// The Code for an SQLSTATE (PostgreSQL manual, appendix A).
Code code_of(std::string_view sqlstate);

/// An error that a server reported for a statement.
Error server_error(std::string_view sqlstate, std::string_view message,
                   std::string_view detail = {});

/// Why a connection could not be made, from libpq's text written with verbose errors (then it
/// carries the SQLSTATE that libpq keeps to itself otherwise). `where` is the description of the
/// connection.
Error connection_error(std::string_view libpq_text, const std::string& where);

/// The SQLSTATE in such a text; empty when the server did not get to say anything.
std::string sqlstate_in(std::string_view libpq_text);

}  // namespace ds::engines::postgres
