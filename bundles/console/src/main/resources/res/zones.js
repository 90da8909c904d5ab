// SPDX-License-Identifier: Apache-2.0
// Zones and masks of a camera, drawn on a still. Corners are kept relative to the picture, 0 to 1.
(function () {
  'use strict';

  const { root, byId, element, note } = window.facegate;
  const SVG = 'http://www.w3.org/2000/svg';
  const STEP = 0.02;
  const FINE = 0.002;
  // Where corners of a polygon begin that is drawn with the button alone.
  const FIRST = [[0.3, 0.3], [0.7, 0.3], [0.7, 0.7], [0.3, 0.7]];

  const dialog = byId('zones');
  const svg = byId('zones-svg');
  const still = byId('zones-still');
  let camera = '';
  let areas = [];
  let drawn = null;
  let marked = -1;
  let saved = '';
  let dragging = false;

  const limited = (value) => Math.min(1, Math.max(0, value));
  const percent = (value) => (100 * value).toFixed(0) + ' %';
  const title = (area) => (area.mask ? 'mask' : 'zone') + (area.name ? ' ' + area.name : '');

  // The form the configuration has: "name: x,y x,y"; the server reads it and says what is wrong.
  function text(area) {
    const corners = area.corners.map(([x, y]) => x.toFixed(4) + ',' + y.toFixed(4)).join(' ');
    return area.name.trim() || !area.mask ? area.name.trim() + ': ' + corners : corners;
  }

  const state = () => JSON.stringify(areas.map((a) => [a.mask, text(a)]));

  // ---- the picture

  function shape(name, attributes) {
    const made = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  }

  // In pixels of the screen, so that handles are round and as large on every picture.
  function size() {
    const box = svg.getBoundingClientRect();
    return [Math.max(1, box.width), Math.max(1, box.height)];
  }

  function draw() {
    const [width, height] = size();
    const focused = svg.contains(document.activeElement);
    svg.setAttribute('viewBox', '0 0 ' + width + ' ' + height);
    const made = [];
    areas.forEach((area) => {
      const points = area.corners.map(([x, y]) => (x * width).toFixed(1) + ',' + (y * height).toFixed(1)).join(' ');
      const kind = area.corners.length < 3 ? 'polyline' : 'polygon';
      made.push(shape(kind, { points, class: (area.mask ? 'fg-mask' : 'fg-zone') + (area === drawn ? ' fg-drawn' : '') }));
      if (area.name && area.corners.length) {
        const label = shape('text', {
          x: width * Math.min(...area.corners.map((c) => c[0])) + 6,
          y: Math.max(16, height * Math.min(...area.corners.map((c) => c[1])) + 18),
        });
        label.textContent = area.name;
        made.push(label);
      }
    });
    if (drawn) {
      drawn.corners.forEach((corner, index) => made.push(handle(corner, index, width, height)));
    }
    svg.replaceChildren(...made);
    if (focused) {
      focus();
    }
  }

  function handle([x, y], index, width, height) {
    const made = shape('circle', {
      cx: x * width,
      cy: y * height,
      r: 8,
      tabindex: 0,
      role: 'button',
      class: index === marked ? 'fg-marked' : '',
      'aria-label': 'Corner ' + (index + 1) + ' of ' + drawn.corners.length + ' of ' + title(drawn) + ', ' + percent(x) +
        ' from the left, ' + percent(y) + ' from the top',
    });
    made.dataset.index = index;
    return made;
  }

  function focus() {
    const corner = svg.querySelector('circle[data-index="' + marked + '"]');
    if (corner) {
      corner.focus();
    }
  }

  function place(event) {
    const box = svg.getBoundingClientRect();
    return [limited((event.clientX - box.left) / box.width), limited((event.clientY - box.top) / box.height)];
  }

  function insert(corner) {
    problem('');
    marked = drawn.corners.length ? marked + 1 : 0;
    drawn.corners.splice(marked, 0, corner);
    draw();
    focus();
  }

  function addCorner() {
    if (!drawn) {
      begin(false);
    }
    const count = drawn.corners.length;
    if (count < FIRST.length) {
      insert(FIRST[count]);
    } else {
      const [a, b] = [drawn.corners[marked], drawn.corners[(marked + 1) % count]];
      insert([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
    }
  }

  function remove() {
    problem('');
    drawn.corners.splice(marked, 1);
    marked = Math.min(marked, drawn.corners.length - 1);
    draw();
    if (marked < 0) {
      byId('zones-corner').focus();
    } else {
      focus();
    }
  }

  svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) {
      return;
    }
    event.preventDefault();
    if (!drawn) {
      begin(false);
    }
    const index = event.target.dataset ? event.target.dataset.index : undefined;
    if (index === undefined) {
      insert(place(event));
    } else {
      marked = Number(index);
      draw();
      focus();
    }
    dragging = true;
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener('pointermove', (event) => {
    if (dragging) {
      drawn.corners[marked] = place(event);
      draw();
    }
  });
  ['pointerup', 'pointercancel'].forEach((end) => svg.addEventListener(end, () => {
    dragging = false;
  }));
  svg.addEventListener('focusin', (event) => {
    const index = event.target.dataset && event.target.dataset.index;
    if (index !== undefined && Number(index) !== marked) {
      marked = Number(index);
      draw();
    }
  });
  svg.addEventListener('keydown', (event) => {
    if (event.target.dataset.index === undefined) {
      return;
    }
    const step = event.shiftKey ? FINE : STEP;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (moves[event.key]) {
      const [x, y] = drawn.corners[marked];
      drawn.corners[marked] = [limited(x + moves[event.key][0]), limited(y + moves[event.key][1])];
      draw();
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      remove();
    } else if (event.key === '+' || event.key === 'Insert') {
      addCorner();
    } else {
      return;
    }
    event.preventDefault();
  });

  // ---- the list beside it

  function choose(area) {
    problem('');
    drawn = area;
    marked = area ? area.corners.length - 1 : -1;
    list();
    draw();
  }

  function begin(mask) {
    const taken = new Set(areas.map((a) => a.name));
    let number = 1;
    while (taken.has('zone ' + number)) {
      number++;
    }
    const area = { mask, name: mask ? '' : 'zone ' + number, corners: [] };
    areas.push(area);
    choose(area);
  }

  function list() {
    byId('zones-list').replaceChildren(...areas.map((area, index) => {
      const row = element('div');
      const choice = element('input');
      choice.type = 'radio';
      choice.name = 'fg-zones-choice';
      choice.checked = area === drawn;
      choice.setAttribute('aria-label', 'Draw ' + title(area));
      choice.onchange = () => choose(area);
      const name = element('input');
      name.type = 'text';
      name.maxLength = 64;
      name.value = area.name;
      name.placeholder = area.mask ? 'no name needed' : 'name';
      name.setAttribute('aria-label', 'Name of ' + (area.mask ? 'mask ' : 'zone ') + (index + 1));
      name.oninput = () => {
        area.name = name.value;
        draw();
      };
      const gone = element('button', 'Delete');
      gone.type = 'button';
      gone.setAttribute('aria-label', 'Delete ' + title(area));
      gone.onclick = () => {
        areas = areas.filter((a) => a !== area);
        choose(area === drawn ? areas[areas.length - 1] || null : drawn);
      };
      row.append(choice, element('span', area.mask ? 'Mask' : 'Zone'), name, gone);
      return row;
    }));
    if (areas.length === 0) {
      byId('zones-list').append(element('p', 'The whole picture is watched.', 'fg-quiet'));
    }
    byId('zones-corner').disabled = !drawn;
  }

  // ---- opening, saving, closing

  function problem(words) {
    byId('zones-error').textContent = words;
  }

  function newStill() {
    still.src = root + '/still.jpg?camera=' + encodeURIComponent(camera) + '&at=' + Date.now();
  }

  window.facegate.editZones = async (id) => {
    camera = id;
    problem('');
    byId('zones-title').textContent = 'Zones and masks of ' + id;
    newStill();
    let data = null;
    try {
      const answer = await fetch(root + '/areas.json?camera=' + encodeURIComponent(id));
      data = answer.ok ? await answer.json() : null;
    } catch (e) {
      // said below
    }
    if (!data) {
      note('The zones of ' + id + ' cannot be read now; try again.', true);
      return;
    }
    areas = [...data.zones.map((a) => ({ ...a, mask: false })), ...data.masks.map((a) => ({ ...a, mask: true }))];
    saved = state();
    choose(areas[0] || null);
    dialog.showModal();
    draw();
  };

  async function save() {
    const form = new URLSearchParams({ camera });
    areas.forEach((area) => form.append(area.mask ? 'mask' : 'zone', text(area)));
    problem('');
    byId('zones-save').disabled = true;
    try {
      const answer = await fetch(root + '/areas', { method: 'POST', body: form, headers: { 'X-Facegate': '1' } });
      const words = (await answer.text()).trim();
      if (answer.ok) {
        dialog.close();
        note(words);
      } else {
        problem(words);
      }
    } catch (e) {
      problem('The gateway did not answer.');
    }
    byId('zones-save').disabled = false;
  }

  const mayLeave = () => state() === saved || confirm('Leave without saving?');

  byId('zones-zone').addEventListener('click', () => begin(false));
  byId('zones-mask').addEventListener('click', () => begin(true));
  byId('zones-corner').addEventListener('click', addCorner);
  byId('zones-again').addEventListener('click', newStill);
  byId('zones-save').addEventListener('click', save);
  byId('zones-cancel').addEventListener('click', () => {
    if (mayLeave()) {
      dialog.close();
    }
  });
  dialog.addEventListener('cancel', (event) => {
    if (!mayLeave()) {
      event.preventDefault();
    }
  });
  // As large as fits with its proportions, also of a camera that stands upright.
  still.addEventListener('load', () => {
    byId('zones-picture').style.maxWidth = 0.66 * innerHeight * still.naturalWidth / still.naturalHeight + 'px';
    draw();
  });
  still.addEventListener('error', () => problem('There is no picture of ' + camera + ' now.'));
  addEventListener('resize', () => {
    if (dialog.open) {
      draw();
    }
  });
})();
