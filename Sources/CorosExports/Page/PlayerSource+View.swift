// Written by scripts/player from Player/view.js: change that file, and run the script.

extension PlayerSource {
  static let view = #"""
    // What the page shows: always a function of the moment and the chosen task, and of nothing else.

    const $ = id => document.getElementById(id);

    /** Makes an element with a text and a class. */
    function element(name, words = '', className = '') {
      const made = document.createElement(name);
      if (words !== '') made.textContent = words;
      if (className) made.className = className;
      return made;
    }

    /** Shows some elements in a place, and leaves alone what is there already. */
    function show(place, elements) {
      elements.forEach((wanted, index) => {
        const there = place.children[index];
        if (!there) place.append(wanted);
        else if (there.outerHTML !== wanted.outerHTML) there.replaceWith(wanted);
      });
      while (place.children.length > elements.length) place.lastElementChild.remove();
    }

    const lines = (place, words) => show(place, words.map(sentence => element('li', sentence)));

    const player = { state: null, selected: 0, isPlaying: false, follows: true };
    const nameOf = tid => names.get(tid) ?? '';
    const named = tid => tid ? `${tid} (${nameOf(tid)})` : 'you';
    const mostTasks = 60, mostSteps = 15, mostOutput = 200, mostNotes = 8, mostInList = 50;

    function draw() {
      const { state } = player;
      if (player.follows) player.selected = state.last || [...state.tasks.keys()][0] || 0;
      drawPlace(state);
      drawStory(state);
      drawTasks(state);
      drawQueue(state);
      drawObjects(state);
      drawWhy(state);
      drawSource(state);
      drawOutput(state);
      drawTimeline(state);
      drawSteps(state);
    }

    function drawPlace(state) {
      const place = `step ${run.start + state.at} of ${run.start + end}, tick ${state.tick}`;
      const who = state.task ? `, task ${state.task} runs` : '';
      $('slider').value = state.at;
      $('slider').setAttribute('aria-valuetext', place + who);
      $('where').textContent = place;
      $('play').textContent = player.isPlaying ? 'Pause' : 'Play';
      $('first').disabled = $('back').disabled = state.at === 0;
      $('last').disabled = $('step').disabled = state.at === end;
      $('link').href = `#step=${run.start + state.at}` + (player.follows ? '' : `&task=${player.selected}`);
    }

    function drawStory(state) {
      const deed = $('deed');
      deed.textContent = '';
      if (state.task) {
        deed.append(element('b', `Tick ${state.lastTick}: `), `task ${named(state.task)} ${text(state.deed, state, state.task)}`);
      } else if (state.at === 0) {
        deed.append(run.start ? `The run at tick ${state.tick}` : 'Before the first step');
      } else {
        deed.append(element('b', `Tick ${state.tick}: `), 'no task ran');
      }
      const notes = state.notes.map(note => text(note, state, state.task));
      // What the task says that it writes need not be told twice.
      const wrote = state.wrote.map(({ tid, phrase }) => [tid, plain(phrase)])
        .filter(([, line]) => !deed.textContent.includes(line));
      const all = notes.concat(wrote.map(([tid, line]) => `task ${named(tid)} wrote: ${line}`));
      const more = all.length > mostNotes ? [`and ${all.length - mostNotes} more`] : [];
      lines($('notes'), all.slice(0, mostNotes).concat(more));
      const said = player.isPlaying ? '' : deed.textContent;
      if ($('status').textContent !== said) $('status').textContent = said;
    }

    /** The tasks that are listed: those that have ended only while there is room for them. */
    function listedTasks(state) {
      const all = [...state.tasks.values()].sort((a, b) => a.tid - b.tid);
      if (all.length <= mostTasks) return all;
      const alive = all.filter(task => run.states[task.state][0] !== 'exited' || task.tid === player.selected);
      return alive.slice(0, mostTasks);
    }

    function drawTasks(state) {
      const tasks = listedTasks(state);
      show($('tasks'), tasks.map(task => {
        const [word] = run.states[task.state];
        const isRunner = task.tid === state.task;
        const row = element('tr', '', `is-${look(task.state)}`);
        row.dataset.tid = task.tid;
        if (task.tid === player.selected) row.classList.add('selected');
        if (word === 'exited') row.classList.add('ended');
        const button = element('button', task.tid);
        button.type = 'button';
        button.setAttribute('aria-pressed', task.tid === player.selected);
        button.setAttribute('aria-label', `task ${task.tid}`);
        const number = element('td', '', 'number');
        number.append(button);
        const shown = element('td', '', 'state');
        const glyph = element('span', glyphs[look(task.state)], 'glyph');
        glyph.setAttribute('aria-hidden', 'true');
        shown.append(glyph, word);
        const detail = element('td', text(task.remark, state, task.tid) || text(task.key, state, task.tid));
        const name = element('td', task.name);
        if (isRunner) name.append(element('span', ' ◀ ran', 'faint'));
        row.append(number, name, shown, element('td', task.ran, 'number'), detail);
        return row;
      }));
      const left = state.tasks.size - tasks.length;
      $('more-tasks').textContent = left > 0 ? `and ${left} more, most of which have ended` : '';
    }

    function drawQueue(state) {
      const [policy, rule] = run.policies[state.policy];
      $('rule').textContent = `Under ${policy} ${rule}.`;
      const queue = state.queue.slice(0, mostInList).map(tid => element('li', `${tid} ${nameOf(tid)}`));
      if (state.queue.length > mostInList) queue.push(element('li', `and ${state.queue.length - mostInList} more`));
      if (!queue.length) queue.push(element('li', 'no task is ready'));
      show($('queue'), queue);
    }

    function drawObjects(state) {
      $('objects-part').hidden = !sharesObjects;
      const list = words => words.length > mostInList
        ? words.slice(0, mostInList).join(', ') + ` and ${words.length - mostInList} more` : words.join(', ') || '–';
      show($('objects'), [...state.objects.values()].map(object => {
        const row = element('tr');
        row.append(
          element('td', object.name), element('td', object.kind),
          element('td', list(object.held.map(([tid, since]) => `${tid} since ${since}`))),
          element('td', list(object.waiting)), element('td', text(object.detail, state, 0)));
        return row;
      }));
    }

    function drawWhy(state) {
      const tid = player.selected;
      $('why-title').textContent = tid ? `Why: task ${named(tid)}` : 'Why';
      const own = why(state, tid);
      const isTold = tid !== state.last || run.states[state.tasks.get(tid)?.state]?.[0] === 'running';
      lines($('why'), isTold ? own : whyChosen(state).concat(own));
    }

    function drawSource(state) {
      const task = state.tasks.get(player.selected);
      const program = task && run.programs[task.program];
      $('source-part').hidden = !run.programs.length;
      $('source-title').textContent = program ? `Source: ${program[0]}` : 'Source';
      $('variables').textContent = program
        ? task.variables.map(variable => text(variable, state, 0)).join('   ') || 'no local variables'
        : 'The chosen task runs no text.';
      const others = new Map();
      for (const other of state.tasks.values()) {
        if (!program || other.program !== task.program || other.tid === task.tid || !other.line) continue;
        if (run.states[other.state][0] === 'exited') continue;
        others.set(other.line, (others.get(other.line) || []).concat(other.tid));
      }
      const isOver = !task || run.states[task.state][0] === 'exited';
      const place = $('source');
      show(place, (program ? program[1].split('\n') : []).map((line, index) => {
        const isCurrent = !isOver && index + 1 === task.line;
        const shown = element('li', '', isCurrent ? 'current' : '');
        if (isCurrent) shown.setAttribute('aria-current', 'step');
        shown.append(element('span', index + 1), line);
        const there = others.get(index + 1);
        if (there) shown.append(element('i', `   ← ${there.slice(0, 8).join(', ')}`));
        return shown;
      }));
      const current = place.querySelector('.current');
      if (current) place.scrollTop = current.offsetTop - place.offsetTop - place.clientHeight / 2;
    }

    function drawOutput(state) {
      let low = 0, high = outputs.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (outputs[middle][0] <= state.at) low = middle + 1;
        else high = middle;
      }
      const place = $('output');
      show(place, outputs.slice(Math.max(0, low - mostOutput), low).map(([, tid, phrase]) => {
        const shown = element('li');
        shown.append(element('b', `[${tid}] `), plain(phrase));
        return shown;
      }));
      place.scrollTop = place.scrollHeight;
    }

    function drawTimeline(state) {
      const { rows, from, to } = chart.draw(state, player.selected, nameOf);
      const seen = new Set();
      show($('spans'), rows.map(tid => {
        const parts = chart.within(tid, from, to).map(([number, start, stop]) => {
          seen.add(number);
          return `${run.states[number][1]} ${Math.max(start, from)} to ${Math.min(stop, to)}`;
        });
        const isShort = $('spans-part').open;
        return element('li', `task ${named(tid)}: ` + (isShort ? parts.join(', ') : `${parts.length} spans`));
      }));
      show($('legend'), [...seen].sort().map(number => {
        const shown = element('li', '', `is-${look(number)}`);
        const glyph = element('span', glyphs[look(number)], 'glyph');
        glyph.setAttribute('aria-hidden', 'true');
        shown.append(glyph, run.states[number][1]);
        return shown;
      }));
    }

    function drawSteps(state) {
      const count = Math.min(mostSteps, end + 1);
      const first = Math.min(Math.max(0, state.at - Math.floor(mostSteps / 2)), end + 1 - count);
      show($('steps'), Array.from({ length: count }, (_, index) => {
        const at = first + index;
        const { task, deed, notes } = step(at);
        const row = element('li', '', at === state.at ? 'current' : '');
        row.dataset.at = at;
        if (at === state.at) row.setAttribute('aria-current', 'step');
        const words = at === 0 ? 'the beginning' : task ? deed : notes[0] || 'no task ran';
        row.append(
          element('span', task ? ticks[at] - 1 : ticks[at], 'number'),
          element('span', task ? `${task} ${nameOf(task)}` : ''), element('span', words));
        return row;
      }));
    }

    /** What does not change from step to step. */
    function drawOnce() {
      const title = document.title;
      $('title').textContent = title;
      const acts = run.journal.filter(line => line.startsWith('@')).length;
      $('facts').textContent = `Policy ${run.policies[run.policies.length - 1][0]} · seed ${run.seed} · ${counted(acts, 'command')}`;
      $('slider').max = end;
      $('schedule').value = `replay ${run.schedule}`;
      $('journal').textContent = run.journal.join('\n');
      const heading = element('tr');
      const isText = [1, 3, 4];
      run.columns.forEach((column, index) => {
        const cell = element('th', column.replace('_', ' '), isText.includes(index) ? '' : 'number');
        cell.scope = 'col';
        heading.append(cell);
      });
      $('columns').append(heading);
      for (const fields of run.stats.slice(0, 1000)) {
        const row = element('tr');
        fields.forEach((field, index) => row.append(element('td', field, isText.includes(index) ? '' : 'number')));
        $('stats').append(row);
      }
      const words = run.branches.map(([number, parent, fork, last, isCurrent, act]) =>
        `branch ${number}` + (parent ? ` from branch ${parent} at tick ${fork}` : '') + `, to tick ${last}`
        + (act ? `: ${act}` : '') + (isCurrent ? ' (this one)' : ''));
      const marks = run.bookmarks.map(([name, moment]) => {
        const shown = element('li', 'bookmark ');
        const link = element('a', name);
        link.href = `#step=${moment}`;
        shown.append(link);
        return shown;
      });
      $('branches-part').hidden = words.length < 2 && !marks.length;
      show($('branches'), words.map(line => element('li', line)).concat(marks));
    }
    """#
}
