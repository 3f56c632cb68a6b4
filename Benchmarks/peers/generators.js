// JavaScript generators, resumed in turn from a ring.
//
// Arguments: yield|spawn LABEL TASKS OPERATIONS. Prints NAME TASKS NS BYTES.

const [kind, label, ...numbers] = process.argv.slice(2);
const [tasks, operations] = numbers.map(Number);

// The nanoseconds of CPU that the process has used, its collector of garbage included.
function cpuTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1_000;
}

function* yieldForever() {
  while (true) yield;
}

function* endAtOnce() {}

const ring = new Array(tasks).fill(null);
let head = 0;
let tail = 0;

function push(task) {
  ring[tail] = task;
  if (++tail === tasks) tail = 0;
}

function run(steps) {
  for (let step = 0; step < steps; step++) {
    const task = ring[head];
    if (++head === tasks) head = 0;
    if (!task.next().done) push(task);
  }
}

function timed(count, work) {
  const start = cpuTime();
  work();
  return (cpuTime() - start) / count;
}

if (kind === "yield") {
  const before = process.memoryUsage.rss();
  for (let i = 0; i < tasks; i++) push(yieldForever());
  run(tasks);
  const bytes = (process.memoryUsage.rss() - before) / tasks;
  const rounds = Math.max(3, Math.floor(operations / tasks));
  run(Math.floor(rounds / 10) * tasks);
  const ns = timed(rounds * tasks, () => run(rounds * tasks));
  console.log(`yield/${label} ${tasks} ${ns} ${bytes}`);
} else {
  const live = (count) => {
    for (let i = 0; i < count; i++) push(endAtOnce());
    run(count);
  };
  live(Math.min(tasks, 1000));
  const batches = Math.max(1, Math.floor(operations / tasks));
  const ns = timed(batches * tasks, () => {
    for (let i = 0; i < batches; i++) live(tasks);
  });
  console.log(`spawn/${label} ${tasks} ${ns} -`);
}
