// JavaScript async functions on the queue of microtasks, which is a round robin of its own.
//
// Arguments: yield|spawn LABEL TASKS OPERATIONS. Prints NAME TASKS NS BYTES.

const [kind, label, ...numbers] = process.argv.slice(2);
const [tasks, operations] = numbers.map(Number);

// The nanoseconds of CPU that the process has used, its collector of garbage included.
function cpuTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1_000;
}

async function yieldTimes(times) {
  for (let i = 0; i < times; i++) await undefined;
}

async function yieldOnce() {
  await undefined;
}

// Starts as many tasks as asked for, and waits until the last has ended.
function all(count, body) {
  return new Promise((resolve) => {
    let left = count;
    const ended = () => {
      if (--left === 0) resolve();
    };
    for (let i = 0; i < count; i++) body().then(ended);
  });
}

async function timed(count, work) {
  const start = cpuTime();
  await work();
  return (cpuTime() - start) / count;
}

async function main() {
  if (kind === "yield") {
    const rounds = Math.max(3, Math.floor(operations / tasks));
    const before = process.memoryUsage.rss();
    // One task a time passes each line last: it reads what is to be read there.
    let passed = 0;
    const pass = () => {
      if (++passed < tasks) return false;
      passed = 0;
      return true;
    };
    let bytes, start, end;
    await all(tasks, async () => {
      await undefined;
      if (pass()) bytes = (process.memoryUsage.rss() - before) / tasks;
      await yieldTimes(Math.floor(rounds / 10));
      if (pass()) start = cpuTime();
      for (let i = 0; i < rounds; i++) await undefined;
      if (pass()) end = cpuTime();
    });
    const ns = (end - start) / (rounds * tasks);
    console.log(`yield/${label} ${tasks} ${ns} ${bytes}`);
  } else {
    await all(Math.min(tasks, 1000), yieldOnce);
    const batches = Math.max(1, Math.floor(operations / tasks));
    const ns = await timed(batches * tasks, async () => {
      for (let i = 0; i < batches; i++) await all(tasks, yieldOnce);
    });
    console.log(`spawn/${label} ${tasks} ${ns} -`);
  }
}

main();
