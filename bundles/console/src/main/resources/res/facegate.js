// SPDX-License-Identifier: Apache-2.0
// Everything the gateway says goes into the page as text, never as HTML: names are user input.
(function () {
  'use strict';

  // With the host: fetch refuses a relative address on a page opened as http://user:password@host.
  const root = location.protocol + '//' + location.host + document.getElementById('fg').dataset.root;
  const byId = (id) => document.getElementById('fg-' + id);
  const cards = new Map();
  let people = [];
  let peopleRevision = null;
  let unknownTag = '';
  let seenUntil = 0;
  const seen = new Map();
  const strangers = new Map();
  let pictureMillis = 200;

  // The web console's own header has none, and a phone would show a tiny desktop page.
  if (!document.querySelector('meta[name=viewport]')) {
    const viewport = document.createElement('meta');
    viewport.name = 'viewport';
    viewport.content = 'width=device-width, initial-scale=1';
    document.head.appendChild(viewport);
  }

  function element(tag, text, className) {
    const made = document.createElement(tag);
    if (text !== undefined && text !== null) {
      made.textContent = text;
    }
    if (className) {
      made.className = className;
    }
    return made;
  }

  function dot(level) {
    const made = element('span', null, 'fg-dot fg-' + level);
    made.title = level;
    return made;
  }

  // columns: [title, cell(row) -> text or node, class]
  function table(into, rows, columns, empty) {
    if (rows.length === 0) {
      into.replaceChildren(element('p', empty, 'fg-quiet'));
      return;
    }
    const made = element('table');
    const head = made.createTHead().insertRow();
    columns.forEach(([title, , className]) => head.append(element('th', title, className)));
    const body = made.createTBody();
    rows.forEach((row) => {
      const line = body.insertRow();
      columns.forEach(([, cell, className]) => {
        const value = cell(row);
        const made = element('td', null, className);
        made.append(value === null || value === undefined ? '' : value);
        line.append(made);
      });
    });
    const top = into.scrollTop;
    into.replaceChildren(made);
    into.scrollTop = top;
  }

  function stateLevel(state) {
    return { online: 'ok', ended: 'ok', starting: 'degraded', disabled: 'degraded', accepted: 'ok',
      checked: 'waiting' }[state] || 'failed'; // a checked model waits for its turn: nothing is wrong
  }

  function withDot(level, text) {
    const made = document.createDocumentFragment();
    made.append(dot(level), ' ' + text);
    return made;
  }

  // ---- live pictures: asked for one after the other, and only while somebody looks

  function card(id) {
    const box = element('div', null, 'fg-card');
    const image = element('img');
    image.alt = 'Live picture of ' + id;
    image.hidden = true;
    const empty = element('div', 'waiting for the first picture', 'fg-empty');
    const line = element('p');
    const zones = element('button', 'Zones and masks');
    zones.type = 'button';
    zones.setAttribute('aria-label', 'Draw zones and masks of ' + id);
    zones.onclick = () => window.facegate.editZones(id);
    box.append(image, empty, line, zones);
    const made = { box, image, empty, line, zones, tag: '', gone: false };
    byId('live').append(box);
    show(id, made);
    return made;
  }

  async function show(id, card) {
    while (!card.gone) {
      const started = performance.now();
      if (!document.hidden) {
        try {
          const answer = await fetch(root + '/picture.jpg?camera=' + encodeURIComponent(id) +
            '&after=' + encodeURIComponent(card.tag));
          if (answer.status === 200) {
            card.tag = answer.headers.get('X-Facegate-Tag') || '';
            const old = card.image.src;
            card.image.src = URL.createObjectURL(await answer.blob());
            card.image.hidden = false;
            card.empty.style.display = 'none';
            if (old) {
              URL.revokeObjectURL(old);
            }
          }
        } catch (e) {
          await pause(2000);
        }
      }
      await pause(Math.max(20, (document.hidden ? 1000 : pictureMillis) - (performance.now() - started)));
    }
  }

  function pause(millis) {
    return new Promise((done) => setTimeout(done, millis));
  }

  function live(cameras) {
    const there = new Set(cameras.map((c) => c.id));
    for (const [id, card] of cards) {
      if (!there.has(id)) {
        card.gone = true;
        card.box.remove();
        cards.delete(id);
      }
    }
    cameras.forEach((camera) => {
      if (!cards.has(camera.id)) {
        cards.set(camera.id, card(camera.id));
      }
      const made = cards.get(camera.id);
      const name = element('span');
      name.append(dot(stateLevel(camera.state)), ' ' + camera.id);
      const good = stateLevel(camera.state) === 'ok';
      made.zones.hidden = !camera.picture || camera.state === 'gone';
      made.box.classList.toggle('fg-stale', !good);
      made.line.replaceChildren(name, element('span', good ? camera.faces.join(', ') || 'nobody' : camera.state));
      if (!good && camera.message && !made.image.hidden) {
        made.line.append(element('span', camera.message, 'fg-why'));
      }
      made.empty.textContent = camera.message || 'waiting for the first picture';
    });
    if (cameras.length === 0) {
      byId('live').replaceChildren(element('p', 'No camera is configured.', 'fg-quiet'));
    } else if (byId('live').querySelector('p.fg-quiet')) {
      byId('live').querySelector('p.fg-quiet').remove();
    }
  }

  // ---- tables

  function number(value, digits) {
    return value === null || value === undefined ? '' : value.toFixed(digits);
  }

  function name(event) {
    if (event.name !== null) {
      return event.name;
    }
    const made = element('span', event.unknownId ? 'unknown ' + event.unknownId.slice(0, 8) : 'unknown', 'fg-unknown');
    made.title = event.unknownId || '';
    return made;
  }

  const words = { new: 'seen', update: 'is now', end: 'gone' };
  let shownEvents = '';

  // Only what a face was last taken for can be corrected, with the newest of its events.
  function correction(event, all) {
    if (!event.correctable || all.find((e) => e.id === event.id && e.correctable === event.correctable) !== event) {
      return null;
    }
    const made = element('button', 'Not this person');
    made.title = 'The face at ' + event.camera + ' is not ' + event.name;
    made.setAttribute('aria-label', made.title);
    made.onclick = async () => {
      if (confirm('Is the face seen at ' + event.camera + ' not ' + event.name +
        '? Faces like it are somebody else or unknown from now on.')) {
        made.disabled = true;
        made.disabled = await change({ action: 'reject', event: event.id, person: event.correctable }, '/correction');
      }
    };
    return made;
  }

  // Made anew only when something changed: else clicks would be swallowed.
  function events(all) {
    const now = JSON.stringify(all);
    if (now === shownEvents) {
      return;
    }
    shownEvents = now;
    table(byId('events'), all, [
      ['Time', (e) => new Date(e.timestamp).toLocaleTimeString([], { hour12: false }), 'fg-short'],
      ['Camera', (e) => e.camera],
      ['', (e) => words[e.type] || e.type, 'fg-short'],
      ['Who', name, 'fg-long'],
      ['Distance', (e) => number(e.distance, 3), 'fg-number'],
      ['ms', (e) => number(e.totalMillis, 0), 'fg-number fg-wide'],
      ['', (e) => correction(e, all), 'fg-actions'],
    ], 'Nobody has been seen yet.');
  }

  function lastSeen(person) {
    const one = seen.get(person.id);
    return one ? when(one.at) + ' · ' + one.camera : '';
  }

  // Only when a text changed: a table made anew every second would swallow clicks.
  let shownSeen = '';

  function showSeen(count) {
    const now = people.map(lastSeen).join('|');
    if (now !== shownSeen) {
      shownSeen = now;
      showPeople(count);
    }
  }

  function showPeople(count) {
    byId('count').textContent = count === 0 ? '' : '(' + count + ')';
    table(byId('people'), people, [
      ['Name', (p) => p.name, 'fg-long'],
      ['Encodings', (p) => p.encodings, 'fg-number'],
      ['Last seen', lastSeen, 'fg-wide'],
      ['', (p) => {
        const rejected = element('button', p.rejected + ' rejected');
        rejected.title = 'Faces that are not ' + p.name;
        rejected.setAttribute('aria-label', p.rejected + ' faces that are not ' + p.name);
        rejected.onclick = () => showRejected(p);
        const rename = element('button', 'Rename');
        rename.onclick = () => {
          const to = prompt('New name of ' + p.name + ' (an existing name makes the two one):', p.name);
          if (to && to !== p.name) {
            change({ action: 'rename', name: p.name, to });
          }
        };
        const remove = element('button', 'Delete');
        remove.onclick = () => {
          if (confirm('Delete ' + p.name + ' with all encodings?')) {
            change({ action: 'delete', name: p.name });
          }
        };
        const both = document.createDocumentFragment();
        both.append(...(p.rejected ? [rejected] : []), rename, remove);
        return both;
      }, 'fg-actions'],
    ], 'Nobody is enrolled yet. Add a picture with one face.');
  }

  // ---- counter-examples of a person

  async function showRejected(person) {
    const dialog = byId('rejected');
    const into = byId('rejected-faces');
    byId('rejected-title').textContent = 'Faces that are not ' + person.name;
    const answer = await fetch(root + '/rejected.json?person=' + person.id).catch(() => null);
    const faces = answer && answer.ok ? (await answer.json()).faces : [];
    into.replaceChildren(...faces.map((face) => {
      const box = element('div', null, 'fg-face');
      const crops = element('div', null, 'fg-crops');
      if (face.picture) {
        const image = element('img');
        image.alt = '';
        image.src = root + '/face.png?rejected=' + face.id;
        crops.append(image);
      }
      const remove = element('button', 'Delete');
      remove.setAttribute('aria-label', 'Delete the counter-example from ' + face.source);
      remove.onclick = async () => {
        if (await change({ action: 'undo', id: face.id }, '/correction')) {
          box.remove();
        }
        if (into.children.length === 0) {
          dialog.close();
        }
      };
      const text = element('div');
      text.append(element('p', face.source, 'fg-quiet'), remove);
      box.append(crops, text);
      return box;
    }));
    if (faces.length === 0) {
      into.append(element('p', 'There are none any more.', 'fg-quiet'));
    }
    if (!dialog.open) {
      dialog.showModal();
    }
  }

  byId('rejected-close').addEventListener('click', () => byId('rejected').close());

  // The time of today, else the day.
  function when(time) {
    const at = new Date(time);
    return at.toDateString() === new Date().toDateString()
      ? at.toLocaleTimeString([], { hour12: false, hour: '2-digit', minute: '2-digit' })
      : at.toLocaleDateString();
  }

  // ---- unknown people: their cards stay, so that pictures are loaded once and choices are kept

  function stranger(id) {
    const box = element('label', null, 'fg-face');
    const choice = element('input');
    choice.type = 'checkbox';
    choice.setAttribute('aria-label', 'Choose unknown person ' + id.slice(0, 8));
    choice.onchange = chosenChanged;
    const crops = element('div', null, 'fg-crops');
    const line = element('p');
    const more = element('p', null, 'fg-quiet');
    const text = element('div');
    text.append(crops, line, more);
    box.append(choice, text);
    return { box, choice, crops, line, more, faces: '', ignored: false };
  }

  function showStrangers(data) {
    byId('unknown-count').textContent = data.count === 0 ? '' : '(' + data.count + ')';
    if (!data.list) {
      return;
    }
    const into = byId('unknown');
    const there = new Set(data.list.map((p) => p.id));
    for (const [id, card] of strangers) {
      if (!there.has(id)) {
        card.box.remove();
        strangers.delete(id);
      }
    }
    into.querySelectorAll(':scope > p').forEach((p) => p.remove());
    data.list.forEach((person, index) => {
      if (!strangers.has(person.id)) {
        strangers.set(person.id, stranger(person.id));
      }
      const card = strangers.get(person.id);
      if (card.faces !== person.faces.join()) {
        card.faces = person.faces.join();
        card.crops.replaceChildren(...person.faces.map((face) => {
          const image = element('img');
          image.loading = 'lazy';
          image.alt = '';
          image.src = root + '/face.png?id=' + face;
          return image;
        }));
      }
      card.ignored = person.ignored;
      card.box.classList.toggle('fg-ignored', person.ignored);
      card.line.textContent = person.id.slice(0, 8) + (person.ignored ? ' · ignored' : '');
      card.line.title = person.id;
      card.more.textContent = 'seen ' + (person.sightings === 1 ? 'once' : person.sightings + ' times') + ', last ' +
        when(person.lastSeen) + ' · ' + person.camera +
        (person.sightings === 1 ? '' : ', first ' + when(person.firstSeen));
      if (into.children[index] !== card.box) {
        into.insertBefore(card.box, into.children[index] || null);
      }
    });
    if (data.list.length === 0) {
      into.append(element('p', data.kept ? 'Nobody unknown has been seen.' : 'Unknown people are not kept.', 'fg-quiet'));
    } else if (data.count > data.list.length) {
      into.append(element('p', 'The ' + data.list.length + ' seen last are shown.', 'fg-quiet'));
    }
    chosenChanged();
  }

  function chosen() {
    return [...strangers].filter(([, card]) => card.choice.checked).map(([id]) => id);
  }

  function chosenChanged() {
    const ids = chosen();
    for (const card of strangers.values()) {
      card.box.classList.toggle('fg-chosen', card.choice.checked);
    }
    const all = ids.length > 0 && ids.every((id) => strangers.get(id).ignored);
    byId('unknown-ignore').textContent = all ? 'Do not ignore' : 'Ignore';
    ['unknown-do-name', 'unknown-ignore', 'unknown-forget'].forEach((id) => {
      byId(id).disabled = ids.length === 0;
    });
    byId('unknown-chosen').textContent = ids.length === 0 ? (strangers.size ? 'Choose one, or several of the same person.' : '')
      : ids.length + ' chosen';
  }

  async function changeChosen(action, fields) {
    const ids = chosen();
    if (ids.length && await change({ action, ids: ids.join(), ...fields }, '/unknown')) {
      ids.filter((id) => strangers.has(id)).forEach((id) => {
        strangers.get(id).choice.checked = false;
      });
      chosenChanged();
      return true;
    }
    return false;
  }

  byId('unknown-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const name = byId('unknown-name').value.trim();
    if (!name) {
      byId('unknown-name').focus();
    } else if (await changeChosen('name', { name })) {
      byId('unknown-name').value = '';
    }
  });
  byId('unknown-ignore').addEventListener('click', () =>
    changeChosen(chosen().every((id) => strangers.get(id).ignored) ? 'notice' : 'ignore', {}));
  byId('unknown-forget').addEventListener('click', () => {
    const count = chosen().length;
    if (confirm('Forget ' + (count === 1 ? 'this unknown person' : 'these ' + count + ' unknown people') + ' with all faces?')) {
      changeChosen('forget', {});
    }
  });
  chosenChanged();

  // Which service does a stage: "hog", "cnn (onnx) dlib-mmod-v1 1.0.0".
  function engineOf(engines, stage) {
    return engines.filter((e) => e.stage === stage && e.inUse).map((e) => [
      e.method || e.engine, e.method && e.engine ? '(' + e.engine + ')' : '', e.model, e.version,
    ].filter(Boolean).join(' ')).join(', ');
  }

  const outcomes = { recognized: 'with a face', noFace: 'without', skipped: 'skipped', failed: 'failed',
    superseded: 'superseded', waiting: 'waiting', inProgress: 'in progress', events: 'events' };
  const searches = { full: 'searched whole', regions: 'searched in parts', tracked: 'only tracked',
    encodedFaces: 'faces encoded' };
  const verdicts = { judged: 'faces judged', passed: 'good', small: 'small', blurred: 'blurred', turned: 'turned',
    light: 'badly lit', unsure: 'unsure', unjudged: 'not judged' };

  function counts(values, names) {
    const made = element('div', null, 'fg-counters');
    Object.entries(names).forEach(([key, name]) => made.append(element('span', values[key] + ' ' + name)));
    return made;
  }

  function pipelines(all, engines) {
    const into = byId('pipelines');
    into.replaceChildren();
    if (all.length === 0) {
      into.append(element('p', 'No frame has arrived yet.', 'fg-quiet'));
    }
    all.forEach((pipeline) => {
      const c = pipeline.counters;
      const box = element('div', null, 'fg-speed');
      into.append(box);
      box.append(element('h3', pipeline.camera + ' · ' + number(pipeline.framesPerSecond, 1) + ' frames/s · ' +
        (c.offered ? number(100 * c.superseded / c.offered, 1) : '0') + ' % superseded' +
        (pipeline.recognizing ? '' : ' · recognition is off') +
        (pipeline.missing.length ? ' · waits for ' + pipeline.missing.join(', ') : '')));
      const stages = element('div');
      box.append(stages);
      const longest = Math.max(1, ...pipeline.stages.map((s) => s.p95Millis));
      table(stages, pipeline.stages, [
        ['Stage', (s) => s.stage],
        ['With', (s) => engineOf(engines, s.stage), 'fg-long'],
        ['Median ms', (s) => number(s.p50Millis, 1), 'fg-number'],
        ['95 % ms', (s) => number(s.p95Millis, 1), 'fg-number'],
        ['', (s) => bar(s, longest), 'fg-bars fg-wide'],
      ], 'No frame was processed yet.');
      box.append(element('p', c.offered + ' frames offered, ' + c.accepted + ' accepted', 'fg-total'));
      box.append(counts(c, outcomes), counts(pipeline.work, searches));
      if (pipeline.gates.on) {
        box.append(counts(pipeline.gates, verdicts));
      }
    });
  }

  // The median as a bar, and up to the 95th percentile a lighter one.
  function bar(stage, longest) {
    const made = element('span', null, 'fg-bar');
    const median = element('span');
    made.style.width = (100 * stage.p95Millis / longest).toFixed(1) + '%';
    median.style.width = (stage.p95Millis ? 100 * stage.p50Millis / stage.p95Millis : 0).toFixed(1) + '%';
    made.append(median);
    return made;
  }

  let lastProcess = null;

  function processLine(process) {
    const now = performance.now();
    const mega = (bytes) => (bytes / 1e6).toFixed(0);
    const parts = [];
    if (process.residentBytes !== null) {
      parts.push('memory ' + mega(process.residentBytes) + ' MB');
    }
    parts.push('Java heap ' + mega(process.heapUsedBytes) + ' of ' + mega(process.heapMaxBytes) + ' MB');
    if (process.threads !== null) {
      parts.push(process.threads + ' threads');
    }
    if (process.cpuMillis !== null && lastProcess) {
      const cores = (process.cpuMillis - lastProcess.cpuMillis) / (now - lastProcess.at);
      parts.push(Math.max(0, 100 * cores).toFixed(0) + ' % of a core');
    }
    if (process.startedAt !== null) {
      parts.push('running since ' + new Date(process.startedAt).toLocaleString([], { hour12: false }));
    }
    lastProcess = { at: now, cpuMillis: process.cpuMillis };
    byId('process').textContent = parts.join(' · ');
  }

  function update(data) {
    pictureMillis = data.pictureMillis;
    const levels = data.conditions.map((c) => c.level);
    const worst = ['failed', 'degraded', 'ok'].find((l) => levels.includes(l)) || 'degraded';
    byId('state').className = 'fg-dot fg-' + worst;
    byId('about').textContent = ['Gateway ' + (data.gateway || 'without a name'), data.version,
      { ok: 'all parts work', degraded: 'works, with less than it should', failed: 'needs attention' }[worst]]
      .filter(Boolean).join(' · ');
    live(data.cameras);
    events(data.events);
    data.seen.list.forEach((one) => seen.set(one.id, one));
    seenUntil = data.seen.until;
    if (data.people) {
      people = data.people;
      byId('names').replaceChildren(...people.map((p) => {
        const option = element('option');
        option.value = p.name;
        return option;
      }));
      showPeople(data.peopleCount);
    }
    showSeen(data.peopleCount);
    peopleRevision = data.peopleRevision;
    showStrangers(data.unknown);
    unknownTag = data.unknown.tag;
    table(byId('conditions'), data.conditions, [
      ['Part', (c) => withDot(c.level, c.part)],
      ['', (c) => c.message, 'fg-long'],
    ], 'No part has said anything yet.');
    table(byId('cameras'), data.cameras, [
      ['Camera', (c) => withDot(stateLevel(c.state), c.id)],
      ['State', (c) => c.state + (c.message ? ': ' + c.message : ''), 'fg-long'],
      ['Source', (c) => c.location, 'fg-wide fg-long'],
      ['Size', (c) => c.width ? c.width + ' × ' + c.height : '', 'fg-number'],
      ['Frames/s', (c) => number(c.framesPerSecond, 1), 'fg-number'],
    ], 'No camera is configured.');
    table(byId('models'), data.models, [
      ['Model', (m) => withDot(stateLevel(m.state), m.id + ' ' + m.version)],
      ['Kind', (m) => m.kind],
      ['Format', (m) => m.format],
      ['State', (m) => m.state + (m.message ? ': ' + m.message : m.state === 'checked' ? ', stands by' : ''), 'fg-long'],
      ['SHA-256', (m) => m.sha256.slice(0, 8) + '…', 'fg-wide fg-short'],
    ], 'There are no model bundles.');
    encoderUpdate(data.update);
    pipelines(data.pipelines, data.engines);
    processLine(data.process);
  }

  // ---- the encoder in use and the one offered

  const phases = {
    loading: 'is being loaded',
    encoding: 'is on its way: everybody is encoded with it',
    shadow: 'looks at the same faces as the one in use',
    waiting: 'waits',
    refused: 'was refused',
  };

  function encoderUpdate(state) {
    const offer = state.offer;
    byId('encoder').textContent = state.inUse
      ? 'Encoder in use: ' + state.inUse + ', ' + state.facesEncoded + ' of ' + state.faces + ' faces are encoded with it.'
      : '';
    byId('offer').hidden = !offer;
    byId('model-use').hidden = !offer || offer.phase !== 'waiting';
    byId('model-back').hidden = !state.previous;
    byId('model-back').textContent = 'Go back to ' + state.previous;
    if (offer) {
      byId('offer-text').textContent = offer.model + ' ' + phases[offer.phase] +
        (offer.message ? ': ' + offer.message : '') + '. ' +
        (offer.of > 0 ? offer.done + ' of ' + offer.of + ' faces' : '') +
        (offer.phase === 'encoding' && offer.rate > 0
          ? ', ' + Math.ceil((offer.of - offer.done) / offer.rate) + ' s left' : '');
      byId('offer-progress').hidden = offer.phase === 'refused';
      byId('offer-progress').max = Math.max(1, offer.of);
      byId('offer-progress').value = offer.done;
      byId('offer-report').textContent = [offer.gallery, offer.live].filter(Boolean).join('; ');
    }
  }

  byId('model-use').addEventListener('click', () => change({ action: 'use' }, '/model'));
  byId('model-back').addEventListener('click', () => change({ action: 'rollback' }, '/model'));

  // ---- talking to the gateway

  function note(text, bad) {
    byId('note').textContent = text;
    byId('note').className = text ? 'fg-shown' + (bad ? ' fg-bad' : '') : '';
  }

  async function change(fields, path = '/people') {
    const form = fields instanceof FormData ? fields : new URLSearchParams(fields);
    note('Working …');
    try {
      const answer = await fetch(root + path, { method: 'POST', body: form, headers: { 'X-Facegate': '1' } });
      note((await answer.text()).trim(), !answer.ok);
      await refresh();
      return answer.ok;
    } catch (e) {
      note('The gateway did not answer.', true);
      return false;
    }
  }

  byId('add').addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = byId('add').querySelector('button');
    const form = new FormData();
    form.append('action', 'enrol');
    form.append('name', byId('name').value);
    form.append('picture', byId('file').files[0]);
    button.disabled = true;
    if (await change(form)) {
      byId('file').value = '';
    }
    button.disabled = false;
  });

  // What the other scripts of the page work with.
  window.facegate = { root, byId, element, note };

  let lost = false;

  async function refresh() {
    try {
      const answer = await fetch(root + '/data.json?unknown=' + unknownTag + '&seen=' + seenUntil +
        (peopleRevision === null ? '' : '&people=' + peopleRevision));
      if (!answer.ok) {
        throw new Error('status ' + answer.status);
      }
      update(await answer.json());
      if (lost) {
        lost = false;
        note('');
      }
    } catch (e) {
      lost = true;
      byId('state').className = 'fg-dot';
      note('No connection to the gateway; trying again.', true);
    }
  }

  (async function poll() {
    for (;;) {
      if (!document.hidden) {
        await refresh();
      }
      await pause(1500);
    }
  })();
})();
