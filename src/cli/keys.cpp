#include "cli/keys.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::cli {
namespace {

constexpr std::size_t identity_file_bytes_max = 1 * MiB;
constexpr const char* recipient_hint =
    "A recipient looks like age1…; `dumpstation key new` prints it.";
constexpr const char* identity_hint =
    "It is the file that `dumpstation key new --out` wrote, with a line AGE-SECRET-KEY-1….";

template <class T>
Result<T> hinted(Result<T> result, const char* hint) {
    if (!result) return std::move(result.error()).hinting(hint);
    return result;
}

Result<Secret> passphrase() {
    DS_TRY(auto text, sys::environment_or_file("DUMPSTATION_PASSPHRASE"));
    if (text.empty()) {
        return fail(
            Code::invalid, "--passphrase needs one in the environment",
            "Set DUMPSTATION_PASSPHRASE_FILE to a file that holds it (or DUMPSTATION_PASSPHRASE).");
    }
    return Secret{std::move(text)};
}

Result<std::vector<std::string>> recipient_texts(const BackupOptions& options) {
    if (!options.recipients.empty()) return options.recipients;
    DS_TRY(auto text, sys::environment_or_file("DUMPSTATION_RECIPIENTS"));
    std::replace_if(text.begin(), text.end(), [](char c) { return c == ',' || c == '\n'; }, ' ');
    std::vector<std::string> texts;
    for (auto& word : split(text, ' ')) {
        if (!word.empty()) texts.push_back(std::move(word));
    }
    return texts;
}

}  // namespace

Result<std::vector<crypto::Recipient>> recipients_of(const BackupOptions& options) {
    std::vector<crypto::Recipient> recipients;
    if (options.no_encryption) {
        if (options.passphrase || !options.recipients.empty()) {
            return fail(Code::invalid, "--no-encryption and a key were both given",
                        "Leave out one of them.");
        }
        return recipients;
    }
    if (options.passphrase) {
        DS_TRY(auto secret, passphrase());
        recipients.push_back(crypto::Recipient::passphrase(std::move(secret)));
    }
    DS_TRY(const auto texts, recipient_texts(options));
    for (const auto& text : texts) {
        DS_TRY(auto recipient, hinted(crypto::Recipient::parse(text), recipient_hint));
        recipients.push_back(std::move(recipient));
    }
    if (recipients.empty()) {
        return fail(Code::invalid, "no key to encrypt to",
                    "`dumpstation key new --out key.txt` makes one and prints the --recipient; or "
                    "say --no-encryption.");
    }
    if (options.passphrase && recipients.size() > 1) {
        return fail(Code::invalid, "a passphrase cannot be combined with other keys",
                    "age allows a passphrase only alone; leave --recipient or --passphrase out.");
    }
    return recipients;
}

Result<std::vector<crypto::Identity>> identities_of(const KeyChoice& choice) {
    std::vector<crypto::Identity> identities;
    auto files = choice.identity_files;
    if (const char* file = std::getenv("DUMPSTATION_IDENTITY_FILE");
        files.empty() && file != nullptr) {
        files.emplace_back(file);
    }
    for (const auto& file : files) {
        DS_TRY(const auto bytes,
               hinted(sys::read_file(file, identity_file_bytes_max).while_doing("reading the key"),
                      identity_hint));
        DS_TRY(auto found, hinted(crypto::parse_identities(text_of(bytes))
                                      .while_doing("reading the key from " + file),
                                  identity_hint));
        std::move(found.begin(), found.end(), std::back_inserter(identities));
    }
    if (choice.passphrase) {
        DS_TRY(auto secret, passphrase());
        identities.push_back(crypto::Identity::passphrase(std::move(secret)));
    }
    return identities;
}

}  // namespace ds::cli
