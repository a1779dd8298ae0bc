#include "archive/restore_text.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "codec/codec.hpp"

namespace ds::archive {
namespace {

/// The shell words that turn a stored object into its plain bytes on standard output.
std::string plain_bytes_command(const PartRecord& part) {
    std::vector<std::string> pipe;
    if (part.sealed) pipe.push_back("age -d -i key.txt " + part.object);
    const auto compression = codec::Compression::parse(part.compression);
    const auto unpack = compression ? std::string{compression->unpack_command()} : std::string{};
    if (!unpack.empty()) pipe.push_back(part.sealed ? unpack : unpack + " < " + part.object);
    if (pipe.empty()) pipe.push_back("cat " + part.object);
    return join(pipe, " | ");
}

}  // namespace

std::string restore_instructions(const Place& place, const Manifest& manifest,
                                 const std::vector<model::RestoreStep>& steps) {
    std::string text = fmt::format(
        "DumpStation backup {}\n"
        "\n"
        "Database  {}\n"
        "Server    {} {}\n"
        "Taken     {}\n"
        "Stored    {}\n"
        "\n"
        "This page restores it without DumpStation. The commands read from the directory that "
        "holds this\n"
        "file; if it is in object storage, fetch the whole directory first.\n"
        "\n",
        manifest.name, printable(manifest.summary.database, 128), manifest.engine,
        manifest.summary.server_version, manifest.started, place.prefix());
    if (manifest.sealed()) {
        text +=
            "The parts are encrypted with age (https://age-encryption.org). key.txt is a file with "
            "one of the\n"
            "identities (AGE-SECRET-KEY-1…) that belong to:\n";
        for (const auto& recipient : manifest.recipients)
            text += "    " + printable(recipient, 128) + "\n";
        text += "For a passphrase leave out `-i key.txt`; age asks for it.\n\n";
    }
    int number = 1;
    text += fmt::format(
        "{}. Check that the objects are what was written.\n\n    sha256sum -c <<'END'\n", number++);
    for (const auto& part : manifest.parts)
        text += fmt::format("{}  {}\n", part.sha256, part.object);
    text += "END\n";
    for (const auto& step : steps) {
        const auto* part = manifest.find(step.part);
        const auto command =
            part == nullptr ? step.command : plain_bytes_command(*part) + " | " + step.command;
        text += fmt::format("\n{}. {}\n\n    {}\n", number++, step.what, command);
    }
    text += "\nEvery part opens the same way";
    if (manifest.find(facts_part) != nullptr)
        text += "; facts.json tells what the database held, for comparing";
    text += ":\n\n";
    for (const auto& part : manifest.parts) {
        if (part.object != part.name || part.sealed)
            text += fmt::format("    {} > {}\n", plain_bytes_command(part), part.name);
    }
    return text;
}

}  // namespace ds::archive
