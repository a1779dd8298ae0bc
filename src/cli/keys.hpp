#pragma once

#include <vector>

#include "base/result.hpp"
#include "cli/commands.hpp"
#include "crypto/age.hpp"

namespace ds::cli {

/// To whom a backup is sealed: --recipient, $DUMPSTATION_RECIPIENTS (separated by commas or
/// spaces), --passphrase
/// ($DUMPSTATION_PASSPHRASE or its _FILE form). Neither of these and no --no-encryption is an
/// error.
Result<std::vector<crypto::Recipient>> recipients_of(const BackupOptions& options);

/// What opens a backup: --identity files, $DUMPSTATION_IDENTITY_FILE, --passphrase. May be empty.
Result<std::vector<crypto::Identity>> identities_of(const KeyChoice& choice);

}  // namespace ds::cli
