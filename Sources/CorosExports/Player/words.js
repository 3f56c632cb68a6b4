// Texts, and the sentences of `why`: their words come from the writer of this page.

const phraseParts = run.phrases.map(text => text.split('\u0001'));

/** A phrase about a task as a text. */
function text(phrase, state, tid) {
  if (!phrase) return '';
  const [first, ...rest] = phraseParts[phrase.pattern];
  let used = 0;
  return first + rest.map(part => {
    const tail = part.slice(1);
    switch (part[0]) {
      case '#': return phrase.numbers[used++] + tail;
      case '-': return phrase.numbers[used++] - state.tick + tail;
      case 't': return tid + tail;
      case 'j': return state.lastTick + tail;
      case 'l': return state.previous + tail;
      case 'k': return text(state.lastKey, state, tid) + tail;
      case 'q': return position(state, phrase.numbers[used++]) + tail;
      case 's': return unplaced(lastDeed(state)) + tail;
      case 'B': return listed(state.others.map(other => rank(other, state))) + tail;
      case 'o': return lastText(state.wrote.length ? state.wrote : state.lastWrote, tid) + tail;
      default: return part;
    }
  }).join('');
}

/** A phrase that depends on nothing. */
const plain = phrase => text(phrase, null, 0);

/** The place of a task in the ready queue; one that keeps the CPU does not stand in it. */
function position(state, tid) {
  return state.queue.indexOf(tid) + (isTurnNew(state) ? 1 : 0);
}

/** What a task did in the last step, and the same without the line of its text. */
const lastDeed = state => text(state.lastDeed, { ...state, wrote: state.lastWrote }, state.last);
const unplaced = sentence => sentence.replace(/^line \d+: /, '');

function lastText(wrote, tid) {
  const own = wrote.filter(line => line.tid === tid);
  return own.length ? plain(own[own.length - 1].phrase) : '';
}

/** A pattern of `why` with its places filled. */
function fill(name, values) {
  return run.patterns[name].replace(/\{(\w+)\}/g, (_, place) => values[place] ?? '');
}

const counted = (number, noun) => number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
const rank = ({ tid, key }, state) => ({ tid, key: text(key, state, 0) });
const shownInDetail = 5;

function rankWords({ tid, key }) {
  return key ? fill('rank', { task: tid, key }) : fill('task', { task: tid });
}

/** Some tasks with what the policy sorts them by, and how many more there are. */
function listed(ranks) {
  const isRanked = ranks.some(one => one.key);
  const list = ranks.slice(0, shownInDetail).map(one => isRanked ? rankWords(one) : one.tid)
    .join(isRanked ? '; ' : ', ');
  if (ranks.length <= shownInDetail) return list;
  return isRanked ? fill('andSoOn', { list }) : fill('andMore', { list, count: ranks.length - shownInDetail });
}

/** Why the task of the last step was chosen. */
function whyChosen(state) {
  return state.choice.map(phrase => text(phrase, state, state.last));
}

/** Why a task runs or does not run. */
function why(state, tid) {
  const task = state.tasks.get(tid);
  if (!task) return [];
  const word = run.states[task.state][0];
  if (word === 'ready') return whyReady(state, task);
  const told = word === 'running' && tid === state.last ? whyChosen(state) : [];
  return told.concat(task.why.map(phrase => text(phrase, state, tid)));
}

function whyReady(state, task) {
  const because = text(task.because, state, task.tid);
  const cause = because ? fill('cause', { tick: task.since, because }) : '';
  const ticks = counted(task.offset + state.tick, 'tick');
  const sentences = [fill('ready', { task: task.tid, cause, ticks })];
  const others = turnsSince(state, task);
  if (others.length) sentences.push(instead(others));
  const [policy, rule] = run.policies[state.policy];
  if (state.ticksLeft <= noChoice) {
    if (state.ticksLeft === undecided) sentences.push(fill('pick', { task: task.tid }));
    else if (state.ticksLeft < undecided) sentences.push(fill('idles', { policy, awaited: undecided - state.ticksLeft }));
    return sentences;
  }
  const ranks = state.queue.map(tid => rank(state.tasks.get(tid), state));
  const place = ranks.findIndex(one => one.tid === task.tid);
  const ahead = place < 0 ? ranks : ranks.slice(0, place);
  const own = place < 0 ? { tid: task.tid, key: '' } : ranks[place];
  if (!ahead.length) {
    sentences.push(fill('next', { policy, rule }));
    if (own.key) {
      const second = ranks[1] && rankWords(ranks[1]);
      sentences.push(second ? fill('after', { own: rankWords(own), second }) : rankWords(own));
    }
    return sentences;
  }
  if (state.ticksLeft !== newTurn) sentences.push(slice(state));
  const count = ahead.length;
  sentences.push(fill(count === 1 ? 'oneBefore' : 'moreBefore', { policy, rule, count }));
  const isRanked = ahead.some(one => one.key);
  sentences.push(fill(isRanked ? 'beforeRanked' : 'before', { own: rankWords(own), list: listed(ahead) }));
  return sentences;
}

/** How long the first of the queue keeps the CPU. */
function slice(state) {
  const task = state.queue[0];
  if (state.ticksLeft !== endless) return fill('slice', { task, ticks: counted(state.ticksLeft, 'more tick') });
  return fill(run.policies[state.policy][2] ? 'untilPreempted' : 'endlessSlice', { task });
}

/** The ticks that other tasks have had since a task became ready, most first. */
function turnsSince(state, task) {
  // What happened before the first row is not known.
  if (task.since < 0 || run.start > 0 && task.since < ticks[0]) return [];
  const turns = new Map();
  for (let at = state.at; at >= 0 && ticks[at] - 1 >= task.since; at--) {
    const tid = tids[at];
    if (tid && tid !== task.tid) turns.set(tid, (turns.get(tid) || 0) + 1);
  }
  return [...turns].sort(([tid, count], [other, more]) => more - count || tid - other);
}

function instead(turns) {
  const parts = turns.slice(0, shownInDetail).map(([task, count], index) =>
    fill(index ? 'ranToo' : 'ranMost', { task, count, ticks: counted(count, 'tick') }));
  const rest = turns.slice(shownInDetail);
  if (rest.length) {
    parts.push(fill('ranMore', { count: rest.length, sum: rest.reduce((sum, [, count]) => sum + count, 0) }));
  }
  return fill('instead', { list: parts.join(', ') });
}

/** What happened in a step, from its row alone: the task, what it did, and what came of it. */
function step(at) {
  const reader = new Reader(at);
  reader.number();
  const task = reader.number();
  const deed = reader.phrase();
  const state = { ...nothing(), wrote: [], notes: [], at };
  // Notes and output come first in a row.
  while (!reader.isAtEnd) {
    const kind = reader.number();
    if (kind !== item.note && kind !== item.output) break;
    read(kind, reader, state);
  }
  return {
    task, deed: text(deed, state, task), notes: state.notes.map(note => text(note, state, task)), wrote: state.wrote,
  };
}
