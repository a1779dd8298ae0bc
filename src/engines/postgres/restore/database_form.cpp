#include "engines/postgres/restore/database_form.hpp"

#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/connection/connection.hpp"

namespace ds::engines::postgres {
namespace {

std::string libc_options(const std::string& encoding, const std::string& collate,
                         const std::string& ctype, int major) {
    return fmt::format("ENCODING {}{} LC_COLLATE {} LC_CTYPE {}", quoted_text(encoding),
                       major >= 15 ? " LOCALE_PROVIDER libc" : "", quoted_text(collate),
                       quoted_text(ctype));
}

// Nothing when the target's version does not have that provider.
std::optional<std::string> own_options(const Facts& facts, int major) {
    const auto base =
        fmt::format("ENCODING {} LC_COLLATE {} LC_CTYPE {}", quoted_text(facts.encoding),
                    quoted_text(facts.collate), quoted_text(facts.ctype));
    const auto locale = quoted_text(facts.locale.value_or(""));
    if (facts.locale_provider == "icu") {
        if (major < 15) return {};
        const bool rules = facts.icu_rules && !facts.icu_rules->empty() && major >= 16;
        return fmt::format("{} LOCALE_PROVIDER icu ICU_LOCALE {}{}", base, locale,
                           rules ? " ICU_RULES " + quoted_text(*facts.icu_rules) : "");
    }
    if (facts.locale_provider == "builtin") {
        if (major < 17) return {};
        return fmt::format("{} LOCALE_PROVIDER builtin BUILTIN_LOCALE {}", base, locale);
    }
    return libc_options(facts.encoding, facts.collate, facts.ctype, major);
}

std::string own_locale(const Facts& facts) {
    const auto name = facts.locale.value_or(facts.collate);
    return facts.locale_provider == "libc"
               ? printable(name)
               : printable(fmt::format("{} ({})", name, facts.locale_provider));
}

}  // namespace

std::vector<DatabaseForm> database_forms(const Facts& facts, const TargetState& target,
                                         bool any_locale) {
    std::vector<DatabaseForm> forms;
    const auto major = target.major();
    const auto add = [&](const std::string& collate, const std::string& ctype, const char* why) {
        forms.push_back({libc_options(facts.encoding, collate, ctype, major),
                         fmt::format("locale {} is not available here: {} is used{}",
                                     own_locale(facts), printable(collate), why)});
    };
    if (const auto own = own_options(facts, major)) forms.push_back({*own, {}});
    if (target.exists && target.encoding == facts.encoding) {
        add(target.collate, target.ctype, ", as the target had it");
    }
    if (any_locale) {
        add("C.UTF-8", "C.UTF-8", "");
        add("C", "C", "");
    }
    return forms;
}

}  // namespace ds::engines::postgres
