'use strict';

// The run: one row a moment. A row tells how a moment differs from the one before; what need not be told follows
// from rules that the writer of this page knows as well. No text of the run is ever taken for HTML.

const run = JSON.parse(document.getElementById('run').textContent);
const item = run.items;
const newTurn = 0, endless = -1, noChoice = -2, undecided = -3;
const keyframeEvery = 256;

/** How many numbers each pattern needs. */
const needs = run.phrases.map(text => (text.match(/\u0001[#q-]/g) || []).length);

/** Where each row begins. */
const starts = [0];
for (let place = run.rows.indexOf(','); place >= 0; place = run.rows.indexOf(',', place + 1)) starts.push(place + 1);

/** The value of each digit. */
const digits = new Uint8Array(128);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((digit, value) => {
  digits[digit.charCodeAt(0)] = value;
});

/** Reads the numbers of a row one after the other. */
class Reader {
  constructor(at) {
    this.place = starts[at];
    this.end = at + 1 < starts.length ? starts[at + 1] - 1 : run.rows.length;
  }
  get isAtEnd() { return this.place >= this.end; }
  /** Digits from 32 on say that another one follows. */
  number() {
    let value = 0, weight = 1;
    for (;;) {
      const digit = digits[run.rows.charCodeAt(this.place++)];
      value += (digit & 31) * weight;
      if (digit < 32) return value;
      weight *= 32;
    }
  }
  signed() {
    const number = this.number();
    return number % 2 ? -(number + 1) / 2 : number / 2;
  }
  numbers(count) { return Array.from({ length: count }, () => this.number()); }
  phrase(pattern = this.number()) { return { pattern, numbers: this.numbers(needs[pattern]) }; }
  phrases() { return run.lists[this.number()].map(pattern => this.phrase(pattern)); }
}

/** What is known before the first row. */
function nothing() {
  return {
    at: -1, tick: 0, task: 0, deed: null, notes: [], wrote: [], queue: [], ticksLeft: newTurn, policy: 0,
    tasks: new Map(), objects: new Map(), choice: [], last: run.last, lastTick: -1, lastDeed: null, lastWrote: [],
    previous: 0, others: [], lastKey: null,
  };
}

/** A copy that can be changed: tasks and objects are never changed, but replaced. */
function copied(state) {
  return { ...state, tasks: new Map(state.tasks), objects: new Map(state.objects) };
}

/** Goes on by one row. */
function advance(state) {
  const reader = new Reader(++state.at);
  const change = (tid, facts) => {
    touched.add(tid);
    state.tasks.set(tid, { ...state.tasks.get(tid), ...facts });
  };
  state.tick += reader.number();
  const tid = state.task = reader.number();
  state.deed = reader.phrase();
  state.notes = [];
  state.wrote = [];
  if (tid) follow(state, tid, change);
  while (!reader.isAtEnd) read(reader.number(), reader, state, change);
  if (tid) state.lastWrote = state.wrote;
}

/** Whether no task keeps the CPU. */
const isTurnNew = state => state.ticksLeft === newTurn || state.ticksLeft <= noChoice;

/** What follows from a step by itself. */
function follow(state, tid, change) {
  state.others = state.queue.filter(other => other !== tid)
    .map(other => ({ tid: other, key: state.tasks.get(other).key }));
  const task = state.tasks.get(tid);
  state.lastKey = task.key;
  state.previous = state.last;
  state.last = tid;
  state.lastTick = state.tick - 1;
  state.lastDeed = state.deed;
  change(tid, { ran: task.ran + 1, since: state.tick, offset: task.offset - 1 });
  if (state.ticksLeft > 0) state.ticksLeft--;
  if (isTurnNew(state)) {
    state.queue = state.queue.filter(other => other !== tid).concat(tid);
  }
}

function changeObject(state, number, facts) {
  state.objects.set(number, { ...state.objects.get(number), ...facts });
}

/** What a row says beside that. */
function read(kind, reader, state, change) {
  switch (kind) {
    case item.note: state.notes.push(reader.phrase()); break;
    case item.output: state.wrote.push({ tid: reader.number(), phrase: reader.phrase() }); break;
    case item.task: {
      const [tid, name, creator] = reader.numbers(3);
      touched.add(tid);
      state.tasks.set(tid, {
        tid, name: run.texts[name], creator, state: 0, remark: null, ran: 0, since: -1, offset: 0, because: null,
        key: null, why: [], program: -1, line: 0, variables: [],
      });
      break;
    }
    case item.state: {
      const [tid, number] = reader.numbers(2);
      change(tid, { state: number, remark: reader.phrase() });
      break;
    }
    case item.queue: {
      const [head, removed, count] = reader.numbers(3);
      state.queue = state.queue.slice();
      state.queue.splice(head, removed, ...reader.numbers(count));
      break;
    }
    case item.key: change(reader.number(), { key: reader.phrase() }); break;
    case item.ticksLeft: state.ticksLeft = reader.signed(); break;
    case item.readiness: {
      const tid = reader.number();
      change(tid, { since: reader.signed(), offset: reader.signed(), because: reader.phrase() });
      break;
    }
    case item.why: change(reader.number(), { why: reader.phrases() }); break;
    case item.whyPart: {
      const [tid, index] = reader.numbers(2);
      const why = state.tasks.get(tid).why.slice();
      why[index] = reader.phrase();
      change(tid, { why });
      break;
    }
    case item.choice: state.choice = reader.phrases(); break;
    case item.object: {
      const [number, kind, name] = reader.numbers(3);
      state.objects.set(number, { number, kind: run.texts[kind], name: run.texts[name], held: [], waiting: [], detail: null });
      break;
    }
    case item.holders: {
      const [number, count] = reader.numbers(2);
      changeObject(state, number, { held: Array.from({ length: count }, () => reader.numbers(2)) });
      break;
    }
    case item.waiting: {
      const [number, count] = reader.numbers(2);
      changeObject(state, number, { waiting: reader.numbers(count) });
      break;
    }
    case item.detail: changeObject(state, reader.number(), { detail: reader.phrase() }); break;
    case item.removed: state.objects.delete(reader.number()); break;
    case item.place: {
      const [tid, program, line] = reader.numbers(3);
      change(tid, { program, line });
      break;
    }
    case item.variable: {
      const [tid, index] = reader.numbers(2);
      const variables = state.tasks.get(tid).variables.slice();
      variables[index] = reader.phrase();
      change(tid, { variables });
      break;
    }
    case item.variables: change(reader.number(), { variables: reader.phrases() }); break;
    case item.policy: state.policy = reader.number(); break;
    case item.dispatches: {
      const [tid, ran] = reader.numbers(2);
      change(tid, { ran });
      break;
    }
    default: throw new Error(`row ${state.at} has an unknown item: ${kind}`);
  }
}

// What is known of the whole run, from one look at every row.

const end = starts.length - 1;
/** The tasks that the rows since the last look have named. */
const touched = new Set();
const keyframes = [];
const ticks = new Int32Array(end + 1);
const tids = new Int32Array(end + 1);
/** What was written: the row, the task, a phrase. */
const outputs = [];
/** The spans of each task: its state, from a tick, to a tick. */
const spans = new Map();
let sharesObjects = false;
/** The name of each task. */
const names = new Map();

function scan() {
  const state = nothing();
  const running = run.states.findIndex(([word]) => word === 'running');
  const open = new Map();
  const ended = run.states.findIndex(([word]) => word === 'exited');
  const add = (tid, number, from, to) => {
    if (from >= to || number === ended) return;
    const row = spans.get(tid);
    const before = row[row.length - 1];
    if (before && before[0] === number && before[2] === from) before[2] = to;
    else row.push([number, from, to]);
  };
  while (state.at < end) {
    advance(state);
    const { at, tick, task } = state;
    ticks[at] = tick;
    tids[at] = task;
    for (const { tid, phrase } of state.wrote) outputs.push([at, tid, phrase]);
    if (state.objects.size) sharesObjects = true;
    if (at % keyframeEvery === 0) keyframes.push(copied(state));
    // Only the tasks that a row names can have changed.
    for (const tid of touched) {
      const now = state.tasks.get(tid);
      if (!spans.has(tid)) spans.set(tid, []);
      names.set(tid, now.name);
      const before = open.get(tid);
      if (tid === task && before) {
        add(tid, before.number, before.from, tick - 1);
        add(tid, running, tick - 1, tick);
        open.set(tid, { number: now.state, from: tick });
      } else if (!before || before.number !== now.state) {
        if (before) add(tid, before.number, before.from, tick);
        open.set(tid, { number: now.state, from: tick });
      }
    }
    touched.clear();
  }
  for (const [tid, { number, from }] of open) add(tid, number, from, state.tick);
}

/** The state at a moment: from the keyframe before it, or on from where one stands. */
function stateAt(at, from) {
  const keyframe = keyframes[Math.floor(at / keyframeEvery)];
  const state = from && from.at <= at && from.at >= keyframe.at ? from : copied(keyframe);
  while (state.at < at) advance(state);
  touched.clear();
  return state;
}

/** The last moment at a tick or before it. */
function momentAtTick(tick) {
  let low = 0, high = end;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ticks[middle] <= tick) low = middle;
    else high = middle - 1;
  }
  return low;
}
