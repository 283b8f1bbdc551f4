#!/bin/bash
# Feeds the importers invented files for some minutes for each family of formats. Needs clang's libFuzzer,
# which comes with the Swift toolchain. Findings land in output/fuzz; each is a file that shows it again:
#   .build/fuzz/release/FuzzImport output/fuzz/FAMILY/crash-…
#
# Usage: tools/fuzz.sh [SECONDS for each family] [FAMILY…]
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-600}
shift || true
families=("$@")
[ ${#families[@]} -gt 0 ] || families=(xml json yaml csv archive text)

# Everything is compiled with instrumentation, the packages it stands on included.
swift build --package-path fuzz --scratch-path .build/fuzz -c release --sanitize fuzzer
program=.build/fuzz/release/FuzzImport

# Begin with our own sample estate: files of each family, archives packed and unpacked.
seeds() {
  case $1 in
    xml) patterns=('*.xaml' '*.bpmn' '*.dmn' '*.xml' '*.bprelease') ;;
    json) patterns=('*.json') ;;
    yaml) patterns=('*.yaml' '*.yml') ;;
    csv) patterns=('*.csv') ;;
    archive) patterns=('*.zip' '*.nupkg' '*.xlsx' '*.jar') ;;
    text) patterns=('*.drl' '*.agent' '*.txt' '*.ics') ;;
    *) echo "fuzz.sh: '$1' is no family; expected xml, json, yaml, csv, archive or text" >&2; exit 2 ;;
  esac
  for pattern in "${patterns[@]}"; do
    find inventories scenarios -name "$pattern" -size -64k -print0
  done
}

failed=0
for family in "${families[@]}"; do
  found=output/fuzz/$family
  mkdir -p "$found/seeds"
  index=0
  while IFS= read -r -d '' file; do
    cp "$file" "$found/seeds/$index"
    index=$((index + 1))
  done < <(seeds "$family")
  echo "fuzzing $family for $seconds s from $index files"
  mkdir -p "$found/corpus"
  "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
    -artifact_prefix="$found/" -print_final_stats=1 "$found/corpus" "$found/seeds" \
    >"$found/log.txt" 2>&1 || failed=1
  grep -E "^stat::(number_of_executed_units|peak_rss_mb|slowest_unit_time_sec)|SUMMARY" \
    "$found/log.txt" || true
done
exit $failed
