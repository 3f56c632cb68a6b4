// Written by scripts/player from Player/keys.js: change that file, and run the script.

extension PlayerSource {
  static let keys = #"""
    // What a person does: buttons, keys, the slider, links.

    const speeds = [1, 2, 5, 10, 30, 100, 1000];

    function go(at) {
      player.state = stateAt(Math.min(Math.max(0, at), end), player.state);
      redraw();
    }

    /** Draws at most once a frame, however fast keys come. */
    function redraw() {
      if (player.frame) return;
      player.frame = requestAnimationFrame(() => {
        player.frame = 0;
        draw();
      });
    }

    function pause() {
      player.isPlaying = false;
      clearTimeout(player.timer);
      redraw();
    }

    function play() {
      if (player.isPlaying) return pause();
      if (player.state.at === end) player.state = stateAt(0);
      player.isPlaying = true;
      redraw();
      beat();
    }

    /** One step, or several where a frame is too long for one. */
    function beat() {
      const speed = Number($('speed').value);
      const steps = Math.max(1, Math.round(speed / 50));
      player.timer = setTimeout(() => {
        if (!player.isPlaying) return;
        go(player.state.at + steps);
        if (player.state.at === end) pause();
        else beat();
      }, 1000 * steps / speed);
    }

    function moveTo(at) {
      if (player.isPlaying) pause();
      go(at);
    }

    function select(tid) {
      player.selected = tid;
      player.follows = false;
      redraw();
    }

    /** Chooses the task above or below the chosen one. */
    function selectBeside(offset) {
      const tids = listedTasks(player.state).map(task => task.tid);
      if (!tids.length) return;
      const place = tids.indexOf(player.selected) + offset;
      select(tids[Math.min(Math.max(0, place), tids.length - 1)]);
    }

    /** Goes to the next or the last step of the chosen task. */
    function goToStepOf(tid, direction) {
      for (let at = player.state.at + direction; at >= 0 && at <= end; at += direction) {
        if (tids[at] === tid) {
          player.follows = false;
          return moveTo(at);
        }
      }
      $('found').textContent = `task ${tid} has no ${direction > 0 ? 'later' : 'earlier'} step`;
    }

    function faster(by) {
      const place = speeds.indexOf(Number($('speed').value)) + by;
      $('speed').value = speeds[Math.min(Math.max(0, place), speeds.length - 1)];
    }

    /** Goes to `120`, `step 120` or `tick 40`. */
    function goToPlace(words) {
      const found = /^\s*(step|tick)?\s*(\d+)\s*$/.exec(words);
      if (!found) {
        $('found').textContent = 'type a step, such as 40, or a tick, such as tick 40';
        return;
      }
      const number = Number(found[2]);
      moveTo(found[1] === 'tick' ? momentAtTick(number) : number - run.start);
    }

    /** Goes to the next step that does, causes or writes something. */
    function find(words) {
      const wanted = words.toLowerCase();
      for (let offset = 1; offset <= end + 1; offset++) {
        const at = (player.state.at + offset) % (end + 1);
        const { task, deed, notes, wrote } = step(at);
        const said = [nameOf(task) + ' ' + deed, ...notes, ...wrote.map(line => plain(line.phrase))];
        if (!said.some(line => line.toLowerCase().includes(wanted))) continue;
        $('found').textContent = offset > end - player.state.at ? 'found from the beginning on' : '';
        return moveTo(at);
      }
      $('found').textContent = `no step says '${words}'`;
    }

    /** The schedule up to a moment, tasks that take turns alone written as such. */
    function scheduleUpTo(at) {
      const runs = [];
      for (let index = 0; index <= at; index++) {
        const tid = tids[index];
        if (!tid) continue;
        const last = runs[runs.length - 1];
        if (last && last[0] === tid) last[1]++;
        else runs.push([tid, 1]);
      }
      const head = run.schedule.split('@').slice(0, 3).join('@');
      return `replay ${head}@${runs.map(([tid, count]) => count > 1 ? `${tid}x${count}` : tid).join('.')}`;
    }

    function copy(words, button) {
      const area = $('schedule');
      area.value = words;
      area.select();
      const said = button.textContent;
      const isDone = document.execCommand('copy');
      button.textContent = isDone ? 'Copied' : 'Press Ctrl-C';
      setTimeout(() => { button.textContent = said; }, 1500);
    }

    /** Follows `#step=500`, `#tick=40`, `#task=3`, or several with & between. */
    function followLink() {
      const values = new URLSearchParams(location.hash.slice(1));
      const number = name => /^\d+$/.test(values.get(name) ?? '') ? Number(values.get(name)) : null;
      const task = number('task');
      if (task !== null) {
        player.selected = task;
        player.follows = false;
      }
      const tick = number('tick'), place = number('step');
      if (place !== null) moveTo(place - run.start);
      else if (tick !== null) moveTo(momentAtTick(tick));
      else redraw();
    }

    const keys = {
      ' ': () => moveTo(player.state.at + 1),
      ArrowRight: () => moveTo(player.state.at + 1),
      ArrowLeft: () => moveTo(player.state.at - 1),
      b: () => moveTo(player.state.at - 1),
      Enter: play,
      r: play,
      '+': () => faster(1),
      '-': () => faster(-1),
      ArrowUp: () => selectBeside(-1),
      ArrowDown: () => selectBeside(1),
      w: () => { player.follows = true; redraw(); },
      n: () => goToStepOf(player.selected, 1),
      N: () => goToStepOf(player.selected, -1),
      g: () => $('goto').focus(),
      '/': () => $('find').focus(),
      '<': () => moveTo(0),
      '>': () => moveTo(end),
      '?': () => $('keys').showModal(),
    };

    function onKey(event) {
      if (event.ctrlKey || event.altKey || event.metaKey || $('keys').open) return;
      const { target, key } = event;
      const isTyping = target.matches('select, textarea, input:not([type=range])');
      if (isTyping) {
        if (key === 'Escape') target.blur();
        return;
      }
      // Buttons and links keep their keys, and what scrolls keeps its arrows.
      if ((key === ' ' || key === 'Enter') && target.matches('button, a, summary')) return;
      if (key.startsWith('Arrow') && target.matches('input, .scroll, pre')) return;
      const act = keys[key];
      if (!act) return;
      event.preventDefault();
      act();
    }

    function listen() {
      $('first').onclick = () => moveTo(0);
      $('back').onclick = () => moveTo(player.state.at - 1);
      $('play').onclick = play;
      $('step').onclick = () => moveTo(player.state.at + 1);
      $('last').onclick = () => moveTo(end);
      $('help').onclick = () => $('keys').showModal();
      $('slider').oninput = () => moveTo(Number($('slider').value));
      $('tasks').onclick = event => {
        const row = event.target.closest('tr');
        if (row) select(Number(row.dataset.tid));
      };
      $('steps').onclick = event => {
        const row = event.target.closest('li');
        if (row) moveTo(Number(row.dataset.at));
      };
      chart.canvas.onclick = event => moveTo(momentAtTick(chart.tickAt(event.offsetX)));
      $('search').onsubmit = event => {
        event.preventDefault();
        $('found').textContent = '';
        if (document.activeElement === $('goto') || !$('find').value) goToPlace($('goto').value);
        else find($('find').value);
      };
      $('copy').onclick = () => copy(`replay ${run.schedule}`, $('copy'));
      $('copy-part').onclick = () => copy(scheduleUpTo(player.state.at), $('copy-part'));
      $('spans-part').ontoggle = redraw;
      document.onkeydown = onKey;
      window.onresize = redraw;
      window.onhashchange = followLink;
      matchMedia('(prefers-color-scheme: dark)').onchange = redraw;
    }

    for (const speed of speeds) {
      const option = element('option', `${speed}/s`);
      option.value = speed;
      $('speed').append(option);
    }
    $('speed').value = 2;
    scan();
    player.state = stateAt(0);
    for (const part of ['header', 'main', 'footer']) document.querySelector(part).hidden = false;
    drawOnce();
    listen();
    followLink();
    """#
}
