// Written by scripts/player from Player/timeline.js: change that file, and run the script.

extension PlayerSource {
  static let timeline = #"""
    // The timeline: a picture of some ticks around the present one, and the same in words.

    const glyphs = { new: '·', ready: '○', running: '▶', waiting: '◆', locked: '▣', sleeping: '◗', stopped: '✕', exited: '✓' };

    /** The name of a state for colours and shapes. */
    const look = number => number >= 7 ? 'locked' : run.states[number][0];

    const chart = {
      canvas: document.getElementById('chart'),
      names: 150, rowHeight: 24, top: 26, mostRows: 40,

      /** The ticks that fit: all of them, or a window around the present. */
      range(tick, width) {
        const first = ticks[0], last = Math.max(ticks[end], first + 1);
        const room = Math.max(20, Math.floor(width / 7));
        if (last - first <= room) return [first, last];
        const from = Math.min(Math.max(first, tick - Math.floor(room * 0.7)), last - room);
        return [from, from + room];
      },

      /** The tasks that do anything in a range, the chosen one among them. */
      rows(from, to, selected) {
        const rows = [];
        for (const [tid, list] of spans) {
          if (tid === selected || list.some(([, start, stop]) => start < to && stop > from)) rows.push(tid);
        }
        rows.sort((a, b) => a - b);
        if (rows.length <= this.mostRows) return rows;
        const head = rows.slice(0, this.mostRows);
        return head.includes(selected) || !rows.includes(selected) ? head : head.slice(1).concat(selected);
      },

      draw(state, selected, nameOf) {
        const { canvas } = this;
        const width = canvas.parentElement.clientWidth;
        this.names = width < 500 ? 84 : 150;
        const [from, to] = this.range(state.tick, width - this.names);
        const rows = this.rows(from, to, selected);
        const height = this.top + rows.length * this.rowHeight + 6;
        const scale = window.devicePixelRatio || 1;
        canvas.width = Math.round(width * scale);
        canvas.height = Math.round(height * scale);
        canvas.style.height = `${height}px`;
        const colours = getComputedStyle(document.documentElement);
        const colour = name => colours.getPropertyValue(`--${name}`).trim();
        const pen = canvas.getContext('2d');
        pen.setTransform(scale, 0, 0, scale, 0, 0);
        pen.font = '13px system-ui, sans-serif';
        pen.textBaseline = 'middle';
        const unit = (width - this.names - 8) / (to - from);
        const x = tick => this.names + (tick - from) * unit;
        this.seen = { from, to, unit };
        this.drawAxis(pen, colour, from, to, x, height);
        rows.forEach((tid, index) => {
          const y = this.top + index * this.rowHeight;
          if (tid === selected) {
            pen.fillStyle = colour('mark');
            pen.fillRect(0, y, width, this.rowHeight);
          }
          pen.fillStyle = colour('text');
          pen.textAlign = 'left';
          this.write(pen, `${tid}  ${nameOf(tid)}`, 4, y + this.rowHeight / 2, this.names - 12);
          for (const [number, start, stop] of this.within(tid, from, to)) {
            this.bar(pen, colour, look(number), x(Math.max(start, from)), x(Math.min(stop, to)), y + 4);
          }
        });
        pen.fillStyle = colour('accent');
        const now = x(Math.min(Math.max(state.tick, from), to));
        pen.fillRect(now - 1, this.top - 6, 2, height - this.top + 6);
        pen.beginPath();
        pen.moveTo(now - 6, this.top - 12);
        pen.lineTo(now + 6, this.top - 12);
        pen.lineTo(now, this.top - 4);
        pen.fill();
        return { rows, from, to };
      },

      /** The spans of a task in a range, found by halving. */
      within(tid, from, to) {
        const list = spans.get(tid) || [];
        let low = 0, high = list.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          if (list[middle][2] > from) high = middle;
          else low = middle + 1;
        }
        const found = [];
        for (let index = low; index < list.length && list[index][1] < to; index++) found.push(list[index]);
        return found;
      },

      write(pen, words, x, y, room) {
        let shown = words;
        while (shown.length > 1 && pen.measureText(shown).width > room) shown = shown.slice(0, -2) + '…';
        pen.fillText(shown, x, y);
      },

      drawAxis(pen, colour, from, to, x, height) {
        const gap = Math.max(1, Math.ceil(56 / (x(1) - x(0))));
        const power = 10 ** Math.floor(Math.log10(gap));
        const round = [1, 2, 5, 10].map(factor => factor * power).find(value => value >= gap);
        pen.textAlign = 'center';
        for (let tick = Math.ceil(from / round) * round; tick <= to; tick += round) {
          pen.fillStyle = colour('line');
          pen.fillRect(x(tick), this.top - 4, 1, height - this.top + 4);
          pen.fillStyle = colour('faint');
          pen.fillText(tick, x(tick), 8);
        }
      },

      /** States differ in shape as well as in colour. */
      bar(pen, colour, state, from, to, y) {
        const width = Math.max(1, to - from), tall = this.rowHeight - 8, middle = y + tall / 2;
        pen.fillStyle = pen.strokeStyle = colour(state === 'ready' ? 'running' : state === 'new' ? 'faint' : state);
        pen.lineWidth = 1;
        pen.setLineDash([]);
        switch (state) {
          case 'running': pen.fillRect(from, y, width, tall); break;
          case 'ready':
            pen.fillStyle = colour('ready');
            pen.fillRect(from, y, width, tall);
            pen.strokeRect(from + 0.5, y + 0.5, Math.max(0, width - 1), tall - 1);
            break;
          case 'waiting': pen.fillRect(from, middle - 4, width, 8); break;
          case 'locked':
            pen.fillRect(from, middle - 5, width, 4);
            pen.fillRect(from, middle + 1, width, 4);
            break;
          case 'sleeping': pen.fillRect(from, middle - 1.5, width, 3); break;
          case 'stopped':
            pen.lineWidth = 2;
            pen.strokeRect(from + 1, middle - 4, Math.max(0, width - 2), 8);
            break;
          default:
            pen.setLineDash([2, 4]);
            pen.beginPath();
            pen.moveTo(from, middle);
            pen.lineTo(to, middle);
            pen.stroke();
        }
      },

      /** The tick under a point of the picture. */
      tickAt(x) {
        const { from, unit } = this.seen;
        return from + Math.floor((x - this.names) / unit) + 1;
      },
    };
    """#
}
