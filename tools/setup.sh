#!/usr/bin/env bash
# Installs what Rehearse needs to build and run, and does nothing where nothing is missing.
#
#   tools/setup.sh           Debian packages, Python parts in .venv, chart bundle in share/rehearse
#   tools/setup.sh --tests   the same, and the Python parts that only tests use
#
# Silent when there is nothing to do. PYTHON=/path/to/python3 chooses the Python behind .venv.
set -euo pipefail

readonly minimum_swift=6.2 minimum_python=3.11
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
readonly root tools=$root/tools venv=$root/.venv share=$root/share/rehearse

# Each Debian package, with the command that shows it to be there where dpkg does not know it
# ("-": only dpkg can tell).
readonly debian_packages='
libxml2-dev        -
libarchive-dev     -
libmd-dev          -
libical-dev        -
libxlsxwriter-dev  -
libsqlite3-dev     -
fonts-dejavu-core  -
libpango-1.0-0     -
libpangoft2-1.0-0  -
graphviz           dot
pkg-config         pkg-config
make               make
git                git
'

say() { printf 'setup: %s\n' "$*" >&2; }
fail() {
  say "$@"
  exit 1
}

check_swift() {
  local install="Rehearse needs Swift $minimum_swift or newer: https://www.swift.org/install/linux/"
  local version
  command -v swift >/dev/null || fail "no swift on PATH. $install"
  version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' || true)
  [[ -n $version ]] || fail "$(command -v swift) does not run ('swift --version' says why). $install"
  at_least "$minimum_swift" "$version" || fail "Swift $version is too old. $install"
}

# Whether the second version is the first or newer.
at_least() { [[ $(printf '%s\n' "$1" "$2" | sort -V | head -n 1) == "$1" ]]; }

# Whether a Python is new enough and can make virtual environments, which Debian's cannot without
# python3-venv.
can_make_venv() {
  [[ -x $1 ]] && "$1" -I -c "
import sys
assert sys.version_info >= tuple(map(int, '$minimum_python'.split('.')))
import venv, ensurepip" >/dev/null 2>&1
}

# Prints the Python for .venv: the one asked for, else the system's, else the first on PATH.
find_python() {
  local candidate candidates
  if [[ -n ${PYTHON-} ]]; then
    candidates=$(command -v "$PYTHON" || true)
  else
    candidates=$'/usr/bin/python3\n'$(type -ap python3 || true)
  fi
  while read -r candidate; do
    can_make_venv "$candidate" && echo "$candidate" && return
  done <<<"$candidates"
  return 1
}

print_missing_packages() {
  local package command installed
  # shellcheck disable=SC2016  # the braces are dpkg-query's
  installed=$(awk '{ print $1 }' <<<"$debian_packages" |
    xargs dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null || true)
  while read -r package command; do
    [[ -z $package ]] ||
      grep -qxF "installed $package" <<<"$installed" ||
      { [[ $command != - ]] && command -v "$command" >/dev/null; } ||
      echo "$package"
  done <<<"$debian_packages"
  # Another Python than Debian's may do, so that python3-venv is not asked for without need.
  [[ -n ${PYTHON-} ]] || venv_is_current || find_python >/dev/null || echo python3-venv
}

install_packages() {
  local as_root=() apt=(env DEBIAN_FRONTEND=noninteractive
    apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
  command -v apt-get >/dev/null ||
    fail "no apt-get here. Install what these Debian packages hold and run this again: $*"
  say "installing Debian packages: $*"
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null || fail "this needs root, and there is no sudo. As root, run:" \
      "apt-get update && apt-get install --no-install-recommends $*"
    say "through sudo, which may ask for your password"
    as_root=(sudo)
  fi
  # A list that cannot be renewed may still do.
  "${as_root[@]}" "${apt[@]}" update >/dev/null || say "apt-get update failed; going on with old lists"
  "${as_root[@]}" "${apt[@]}" install -y --no-install-recommends "$@" >/dev/null ||
    fail "apt-get could not install them; its message stands above."
}

# One line that changes with the words given and with the contents of the files after "--".
fingerprint() {
  local words=()
  while [[ $1 != -- ]]; do
    words+=("$1")
    shift
  done
  shift
  { printf '%s\n' "${words[@]-}" && cat "$@"; } | sha256sum | cut -d ' ' -f 1
}

is_stamped() { [[ -f $1 && $(<"$1") == "$2" ]]; }

# A checkout that was moved, or a Python that was upgraded, needs a new environment.
venv_fingerprint() {
  fingerprint "$root" "$(readlink -f "$venv/bin/python")" -- "$tools/requirements.txt"
}

venv_is_current() { [[ -x $venv/bin/python ]] && is_stamped "$venv/.made-from" "$(venv_fingerprint)"; }

install_python_parts() {
  "$venv/bin/python" -I -m pip install --quiet --disable-pip-version-check "$@" >&2 ||
    fail "pip could not install the Python parts; its message stands above."
}

make_venv() {
  local python
  venv_is_current && return
  python=$(find_python) ||
    fail "no Python $minimum_python or newer that has venv and ensurepip${PYTHON:+ at PYTHON=$PYTHON}." \
      "On Debian both are in the package python3-venv."
  say "installing Python parts in .venv, with $python"
  "$python" -I -m venv --clear "$venv"
  install_python_parts -r "$tools/requirements.txt"
  venv_fingerprint >"$venv/.made-from"
}

add_test_parts() {
  local wanted
  wanted=$(fingerprint -- "$tools"/requirements-test{,-alone}.txt)
  is_stamped "$venv/.tests-made-from" "$wanted" && return
  say "installing the tests' Python parts in .venv"
  install_python_parts -c "$tools/requirements.txt" -r "$tools/requirements-test.txt"
  install_python_parts --no-deps -r "$tools/requirements-test-alone.txt"
  echo "$wanted" >"$venv/.tests-made-from"
}

make_chart_bundle() {
  local wanted
  wanted=$(fingerprint -- "$tools"/{make_chart_bundle.py,chart_bundle_notices.txt,requirements.txt})
  [[ -s $share/charts.js ]] && is_stamped "$share/.made-from" "$wanted" && return
  say "making the chart bundle in share/rehearse"
  "$venv/bin/python" -I "$tools/make_chart_bundle.py" "$share"
  echo "$wanted" >"$share/.made-from"
}

case "$*" in
  '' | --tests) ;;
  *)
    say "usage: tools/setup.sh [--tests]"
    exit 64
    ;;
esac
check_swift
mapfile -t missing < <(print_missing_packages)
[[ ${#missing[@]} -eq 0 ]] || install_packages "${missing[@]}"
make_venv
[[ $* != --tests ]] || add_test_parts
make_chart_bundle
