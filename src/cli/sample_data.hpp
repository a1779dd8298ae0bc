#pragma once

#include "engines/postgres/connection/connection.hpp"
#include "sys/run.hpp"

namespace ds::cli {

/// Fills an empty database with a web shop of about `megabytes` MB: customers, products, orders,
/// events, with keys, a view, a trigger and a few large objects. Deterministic but for the clock.
Status load_sample_data(engines::postgres::Connection& connection, unsigned megabytes,
                        const sys::Run& run);

}  // namespace ds::cli
