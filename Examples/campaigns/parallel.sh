#!/bin/sh
# Explores the schedules of a script in several processes, with GNU parallel, and adds up what they find:
#
#   Examples/campaigns/parallel.sh SCRIPT SHARDS FOLDER [HOW] [OPTION ...]
#
# With a list of machines (`parallel --sshloginfile`) it uses all of them. A shard that is already done is not
# done again: after a power cut, type the same line once more.
set -eu
script=$1 shards=$2 folder=$3
shift 3
coros=${COROS:-coros}
mkdir -p "$folder"
shard() {
  if [ -s "$folder/$1.jsonl" ]; then
    "$coros" explore "$script" --resume "$folder/$1.jsonl"
  else
    number=$1
    shift
    "$coros" explore "$script" "$@" --shard "$number/$shards" --out "$folder/$number.jsonl"
  fi
}
if [ "${SHARD:-}" ]; then
  shard "$SHARD" "$@"
  exit
fi
# A status of 1 says that a shard has found a failure: no reason to stop the others.
export COROS="$coros"
parallel --will-cite "SHARD={} sh '$0' '$script' '$shards' '$folder' $* > '$folder/{}.txt'" \
  ::: $(seq "$shards") || true
"$coros" explore merge "$folder"/*.jsonl
