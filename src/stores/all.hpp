#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "stores/driver.hpp"
#include "stores/store.hpp"

namespace ds::stores {

/// Every kind of store there is, in the order a form shows them.
std::span<const Driver* const> drivers();

/// Opens a store by URL: `file:///dir`, `s3://bucket/prefix?endpoint=…&region=…`. Does not contact
/// it yet; what cannot be right (unknown scheme, option, missing credentials) is an error here.
/// Operations stop when `run.stop` fires; `run`'s clock and progress must outlive the store.
/// `outgoing`: whom it may call.
Result<std::unique_ptr<Store>> open_store(std::string_view url, const sys::Run& run,
                                          const net::Outgoing& outgoing = {});

}  // namespace ds::stores
