#!/usr/bin/env bash
# Shows that the hot loop neither allocates nor counts references: plays W3 with one and with two
# million cases and prints how many more times the memory manager and Swift's runtime were called. Exit
# code 1 where any call grew by more than a thousandth of the added events.
#
#   benchmarks/allocations/run.sh [PROGRAM]        default: .build/release/rehearse
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
program=${1:-$here/../../.build/release/rehearse}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

clang -O2 -shared -fPIC -o "$folder/count_calls.so" "$here/count_calls.c" -ldl

play() {
  COUNT_CALLS="$folder/$1.calls" LD_PRELOAD="$folder/count_calls.so" \
    "$program" simulate "$here/../models/w3.yaml" --threads 1 --replications 1 \
    --set "clock.horizon=$1 cases" --timing "$folder/$1.json" --format text \
    --output "$folder/$1.out" 2>/dev/null
}

events() { sed -nE 's/.*"events" : ([0-9]+).*/\1/p' "$folder/$1.json"; }

play 1000000
play 2000000
added=$(($(events 2000000) - $(events 1000000)))
echo "$added more events, and more calls of:"
paste -d ' ' "$folder/1000000.calls" "$folder/2000000.calls" | awk -v added="$added" '
  { more = $4 - $2; printf "  %-45s %9d  %10.6f an event\n", $1, more, more / added
    if (more > added / 1000) grew = 1 }
  END { exit grew }'
