#include "jobs/rescue/store_url.hpp"

#include <algorithm>

#include "net/url.hpp"
#include "stores/all.hpp"

namespace ds::jobs {
namespace {

bool is_secret(const stores::Driver& driver, std::string_view name) {
    return std::any_of(driver.options.begin(), driver.options.end(), [&](const auto& option) {
        return option.name == name && option.kind == stores::OptionKind::secret;
    });
}

}  // namespace

Result<StoreUrl> without_secrets(const std::string& text) {
    DS_TRY(const auto url, net::Url::parse(text));
    StoreUrl apart{text.substr(0, text.find('?')), {}};
    for (const auto* driver : stores::drivers()) {
        if (driver->name != url.scheme) continue;
        for (const auto& [name, value] : url.options) {
            if (is_secret(*driver, name)) {
                apart.secrets[name] = value;
                continue;
            }
            apart.plain += apart.plain.find('?') == std::string::npos ? '?' : '&';
            apart.plain += name + "=" + net::percent_encoded(value);
        }
    }
    return apart;
}

}  // namespace ds::jobs
