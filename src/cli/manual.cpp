#include "cli/manual.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::cli {
namespace {

/// man(7) reads '\' and '-' itself, and '.' and '\'' where a line begins.
std::string escaped(const std::string& text) {
    std::string safe;
    for (const char c : text) {
        const bool begins = safe.empty() || safe.back() == '\n';
        if (begins && (c == '.' || c == '\'')) safe += "\\&";
        if (c == '\\')
            safe += "\\e";
        else if (c == '-')
            safe += "\\-";
        else
            safe += c;
    }
    return safe;
}

std::string words_of(const CLI::Option& option) {
    auto words = option.get_positional() ? option.get_name(true) : option.get_name(false, true);
    if (!option.get_positional() && option.get_expected_max() > 0)
        words += " " + option.get_type_name();
    return words;
}

void add_options(const CLI::App& app, std::string& page) {
    for (const auto* option : app.get_options()) {
        page += fmt::format(".TP\n\\fB{}\\fR\n{}\n", escaped(words_of(*option)),
                            escaped(option->get_description()));
    }
}

void add_commands(const CLI::App& app, const std::string& name, std::string& page) {
    const auto below = app.get_subcommands([](const CLI::App*) { return true; });
    for (const auto* sub : below) add_commands(*sub, name + " " + sub->get_name(), page);
    if (!below.empty()) return;
    page += fmt::format(".SS {}\n{}.\n", escaped(name), escaped(app.get_description()));
    add_options(app, page);
    if (const auto footer = app.get_footer(); !footer.empty())
        page += fmt::format(".PP\n.nf\n{}\n.fi\n", escaped(footer));
}

}  // namespace

std::string manual_page(const CLI::App& app) {
    auto page = fmt::format(
        ".TH DUMPSTATION 1 \"\" \"dumpstation {}\" \"User Commands\"\n"
        ".SH NAME\ndumpstation \\- {}\n"
        ".SH SYNOPSIS\n\\fBdumpstation\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n"
        ".SH DESCRIPTION\n.nf\n{}\n.fi\n.SH COMMANDS\n",
        DS_VERSION, escaped(app.get_description()), escaped(app.get_footer()));
    add_commands(app, "dumpstation", page);
    return page +
           ".SH FILES\n.TP\n\\fB/etc/dumpstation/config.toml\\fR\n"
           "What \\fBdumpstation serve\\fR is told; \\fBdumpstation config example\\fR prints "
           "one.\n"
           ".TP\n\\fB/var/lib/dumpstation\\fR\nThe state of the server.\n";
}

}  // namespace ds::cli
