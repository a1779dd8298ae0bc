#include "cli/completion.hpp"

namespace ds::cli {

std::string completion_script(std::string_view shell) {
    if (shell == "bash") {
        return R"(_dumpstation() {
    local IFS=$'\n'
    COMPREPLY=($(dumpstation __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _dumpstation dumpstation
)";
    }
    if (shell == "zsh") {
        return R"(#compdef dumpstation
_dumpstation() {
    local -a found
    found=("${(@f)$(dumpstation __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n "${found[1]}" ]]; then compadd -a found; else _files; fi
}
compdef _dumpstation dumpstation
)";
    }
    if (shell == "fish") {
        return R"(complete -c dumpstation -a '(dumpstation __complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
)";
    }
    return {};
}

}  // namespace ds::cli
