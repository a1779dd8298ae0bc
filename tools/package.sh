#!/usr/bin/env bash
# Builds the Debian package from a program that is built already.
#   tools/package.sh PROGRAM [VERSION [DIRECTORY]] -> prints the package's path
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

main() {
    local program=$1 version=${2:-}
    version=${version:-$("$program" version --json | sed -n 's/.*"version":"\([^"]*\)".*/\1/p')}
    architecture=$(dpkg --print-architecture)
    local out=${3:-$PWD/build/package}
    root=$out/root
    rm -rf "$root"
    fill_root "$program"
    write_control "$version"
    local package=$out/dumpstation_${version}_$architecture.deb
    dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
    rm -rf "$root"
    echo "$package"
}

fill_root() {
    local program=$1
    umask 022  # directories must not depend on whoever builds
    install -D -m 0755 "$program" "$root/usr/bin/dumpstation"
    strip --remove-section=.comment --remove-section=.note "$root/usr/bin/dumpstation"
    put 0644 deploy/debian/dumpstation.service lib/systemd/system/dumpstation.service
    "$program" config example | put 0644 /dev/stdin etc/dumpstation/config.toml
    "$program" completion bash | put 0644 /dev/stdin usr/share/bash-completion/completions/dumpstation
    "$program" completion zsh | put 0644 /dev/stdin usr/share/zsh/vendor-completions/_dumpstation
    "$program" completion fish | put 0644 /dev/stdin usr/share/fish/vendor_completions.d/dumpstation.fish
    "$program" __manual | gzip -9n | put 0644 /dev/stdin usr/share/man/man1/dumpstation.1.gz
    local document
    for document in docs/user/*.md; do
        put 0644 "$document" "usr/share/doc/dumpstation/${document##*/}"
    done
    cat changes/*.md | gzip -9n | put 0644 /dev/stdin usr/share/doc/dumpstation/changelog.gz
}

put() {
    install -D -m "$1" "$2" "$root/$3"
}

write_control() {
    local script
    for script in postinst prerm postrm; do
        put 0755 "deploy/debian/$script" "DEBIAN/$script"
    done
    echo /etc/dumpstation/config.toml | put 0644 /dev/stdin DEBIAN/conffiles
    (cd "$root" && find etc lib usr -type f -print0 | sort -z | xargs -0 md5sum) |
        put 0644 /dev/stdin DEBIAN/md5sums
    sed -e "s/@VERSION@/$1/" -e "s/@ARCHITECTURE@/$architecture/" \
        -e "s/@SIZE@/$(du -k -s --exclude=DEBIAN "$root" | cut -f1)/" -e "s/@DEPENDS@/$(needed)/" \
        deploy/debian/control.in | put 0644 /dev/stdin DEBIAN/control
}

# The libraries' packages with the versions whose symbols the program uses.
needed() {
    local work
    work=$(mktemp -d)
    mkdir "$work/debian"
    printf 'Source: dumpstation\n\nPackage: dumpstation\nArchitecture: any\n' >"$work/debian/control"
    (cd "$work" && dpkg-shlibdeps -O -e "$root/usr/bin/dumpstation" 2>/dev/null) |
        sed -n 's/^shlibs:Depends=//p'
    rm -rf "$work"
}

main "$@"
