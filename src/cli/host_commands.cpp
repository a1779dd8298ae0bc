#include "cli/host_commands.hpp"

#include "server/settings/setting.hpp"

namespace ds::cli {
namespace {

/// `--pg-bin` is what every other command calls it.
std::string names_of(const server::Setting& setting) {
    return setting.flag() + (setting.key == "pg_dirs" ? ",--pg-bin" : "");
}

std::string help_of(const server::Setting& setting) {
    auto text = setting.purpose + " (" + setting.variable() + ")";
    std::erase(text, '`');
    return text;
}

}  // namespace

HostCommands::HostCommands(CLI::App& app, Common& common, Add add)
    : common_{common}, add_{std::move(add)} {
    auto* sub = add_(app, "serve", "Serve plans, schedules, retention and the API",
                     "dumpstation serve --listen 0.0.0.0:8422 --tls-certificate chain.pem "
                     "--tls-key key.pem",
                     [this](const Session& s) { return serve(given(), s); });
    add_settings(sub);
    sub->add_flag("--demo", serve_.demo,
                  "Sample data to look around in, in a state of its own that ends with it: nothing "
                  "runs, nothing can be changed, nobody is called");
    auto* config = app.add_subcommand("config", "See and check what `serve` is told");
    config->require_subcommand(1);
    add_settings(add_(*config, "show", "Every setting, and where its value comes from",
                      "dumpstation config show --config /etc/dumpstation/config.toml",
                      [this](const Session& s) { return config_show(given(), s); }));
    add_(*config, "check", "Tell everything that is wrong in a configuration file",
         "dumpstation config check /etc/dumpstation/config.toml",
         [this](const Session& s) { return config_check(file_, s); })
        ->add_option("FILE", file_, "The file, in TOML")
        ->required();
    add_(*config, "example", "Print a configuration file with every setting at its default",
         "dumpstation config example > config.toml",
         [](const Session& s) { return config_example(s); });
}

void HostCommands::add_settings(CLI::App* sub) {
    sub->add_option("--config", serve_.config,
                    "Configuration file in TOML (DUMPSTATION_CONFIG); without it "
                    "/etc/dumpstation/config.toml if it is there");
    for (const auto& setting : server::settings()) {
        if (!setting.has_flag || setting.key == "state") continue;
        sub->add_option(names_of(setting), serve_.flags[setting.key], help_of(setting))
            ->allow_extra_args(false);
    }
}

ServeOptions HostCommands::given() const {
    auto all = serve_;
    if (!common_.state.empty()) all.flags["state"] = {common_.state};
    return all;
}

}  // namespace ds::cli
