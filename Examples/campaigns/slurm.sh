#!/bin/sh
#SBATCH --job-name=coros
#SBATCH --array=1-64
#SBATCH --cpus-per-task=1
#SBATCH --requeue
# A Slurm array, one job a shard:
#
#   sbatch Examples/campaigns/slurm.sh race.coros mix --runs 1e9
#   coros explore merge coros-*.jsonl
#
# A job that is started again goes on where it was.
script=$1
shift
coros=${COROS:-coros}
file=coros-$SLURM_ARRAY_TASK_ID.jsonl
if [ -s "$file" ]; then
  exec "$coros" explore "$script" --resume "$file"
fi
exec "$coros" explore "$script" "$@" \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --out "$file"
