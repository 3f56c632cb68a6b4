// Written by scripts/player from Player/body.html: change that file, and run the script.

extension PlayerSource {
  static let body = #"""
    <header hidden>
      <div class="title">
        <h1 id="title"></h1>
        <p id="facts"></p>
      </div>
      <div class="transport" role="group" aria-label="Playing">
        <button id="first" type="button" aria-label="To the beginning" title="To the beginning (&lt;)">|◀</button>
        <button id="back" type="button" title="One step back (left, b)">Back</button>
        <button id="play" type="button" title="Play or pause (Enter, r)">Play</button>
        <button id="step" type="button" title="One step on (right, space)">Step</button>
        <button id="last" type="button" aria-label="To the end" title="To the end (&gt;)">▶|</button>
        <label class="speed">Speed <select id="speed" title="Speed (+ and -)"></select></label>
      </div>
      <div class="scrub">
        <label for="slider" class="hidden">Step</label>
        <input id="slider" type="range" min="0" step="1" value="0">
        <output id="where" for="slider"></output>
      </div>
    </header>
    <main hidden>
      <section id="story" aria-labelledby="story-title">
        <h2 id="story-title" class="hidden">This step</h2>
        <p id="deed"></p>
        <ul id="notes"></ul>
        <p id="status" class="hidden" role="status" aria-live="polite"></p>
      </section>
      <section aria-labelledby="timeline-title">
        <h2 id="timeline-title">Timeline</h2>
        <div class="scroll chart" tabindex="0" role="region" aria-label="Picture of the timeline"><canvas id="chart" role="img" aria-labelledby="timeline-title"></canvas></div>
        <ul id="legend"></ul>
        <details id="spans-part"><summary>The same in words</summary><ul id="spans"></ul></details>
      </section>
      <div class="columns">
        <div class="column">
          <section aria-labelledby="tasks-title">
            <h2 id="tasks-title">Tasks</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Table of tasks">
              <table>
                <thead><tr><th scope="col" class="number">TID</th><th scope="col">Name</th><th scope="col">State</th><th scope="col" class="number">Ran</th><th scope="col">Detail</th></tr></thead>
                <tbody id="tasks"></tbody>
              </table>
            </div>
            <p id="more-tasks" class="faint"></p>
          </section>
          <section aria-labelledby="queue-title">
            <h2 id="queue-title">Ready queue</h2>
            <p id="rule" class="faint"></p>
            <ol id="queue"></ol>
          </section>
          <section id="objects-part" aria-labelledby="objects-title">
            <h2 id="objects-title">What tasks share</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Table of what tasks share">
              <table>
                <thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Held by</th><th scope="col">Waiting</th><th scope="col">Detail</th></tr></thead>
                <tbody id="objects"></tbody>
              </table>
            </div>
          </section>
        </div>
        <div class="column">
          <section aria-labelledby="why-title">
            <h2 id="why-title">Why</h2>
            <ul id="why"></ul>
          </section>
          <section id="source-part" aria-labelledby="source-title">
            <h2 id="source-title">Source</h2>
            <p id="variables" class="faint"></p>
            <ol id="source" class="scroll" tabindex="0" aria-labelledby="source-title"></ol>
          </section>
          <section aria-labelledby="output-title">
            <h2 id="output-title">Output</h2>
            <ol id="output" class="scroll" tabindex="0" aria-labelledby="output-title"></ol>
          </section>
        </div>
      </div>
      <section aria-labelledby="steps-title">
        <h2 id="steps-title">Steps</h2>
        <form id="search" role="search">
          <label>Go to <input id="goto" size="12" autocomplete="off" placeholder="step or tick 40"></label>
          <label>Find <input id="find" type="search" size="16" autocomplete="off" placeholder="writes, wakes, A"></label>
          <button type="submit">Go</button>
          <a id="link" href="#step=0">Link to this step</a>
          <span id="found" role="status"></span>
        </form>
        <ol id="steps"></ol>
      </section>
      <section aria-labelledby="schedule-title">
        <h2 id="schedule-title">The schedule</h2>
        <p class="faint">Typed in a session that has the same tasks, this runs them in the same order again.</p>
        <textarea id="schedule" rows="2" readonly aria-labelledby="schedule-title"></textarea>
        <p><button id="copy" type="button">Copy all</button> <button id="copy-part" type="button">Copy up to this step</button></p>
      </section>
      <section aria-labelledby="stats-title">
        <h2 id="stats-title">Figures at the end</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Table of figures"><table><thead id="columns"></thead><tbody id="stats"></tbody></table></div>
      </section>
      <section id="branches-part" aria-labelledby="branches-title">
        <h2 id="branches-title">Branches</h2>
        <ul id="branches"></ul>
      </section>
      <section aria-labelledby="journal-title">
        <details><summary><h2 id="journal-title">What was typed</h2></summary><pre id="journal" tabindex="0" aria-labelledby="journal-title"></pre></details>
      </section>
    </main>
    <footer hidden><p>Written by <code>export --html</code>. Press <kbd>?</kbd> for the keys. <button id="help" type="button">Keys</button></p></footer>
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl>
        <dt>space, →</dt><dd>one step on</dd>
        <dt>←, b</dt><dd>one step back</dd>
        <dt>Enter, r</dt><dd>play, or pause</dd>
        <dt>+, −</dt><dd>faster, slower</dd>
        <dt>↑, ↓</dt><dd>choose a task</dd>
        <dt>w</dt><dd>explain the task that had the CPU</dd>
        <dt>n, N</dt><dd>next, last step of the task</dd>
        <dt>g</dt><dd>go to a step or a tick</dd>
        <dt>&lt;, &gt;</dt><dd>to the beginning, to the end</dd>
        <dt>/</dt><dd>find a text</dd>
        <dt>?</dt><dd>these keys</dd>
      </dl>
      <form method="dialog"><button>Close</button></form>
    </dialog>
    """#
}
