// Keeps the agenda, the queue, the ticket and the hall's screen up to date. Without it a button
// refreshes them.
const live = document.querySelector('[data-live]');
const every = Number(live?.dataset.every ?? 5) * 1000;
const LONGEST = 60_000;
let tag;
let pause = every;

// The focus stays on the button that stood there, found again by its key.
function replace(text) {
  const key = live.contains(document.activeElement) && document.activeElement.dataset.focusKey;
  live.innerHTML = text;
  if (key) live.querySelector(`[data-focus-key="${CSS.escape(key)}"]`)?.focus();
  announce();
}

async function refresh() {
  try {
    // What somebody is filling in or sending is left alone.
    if (!document.hidden && !live.querySelector('details[open], form[aria-busy]')) {
      const headers = tag ? { 'If-None-Match': tag } : {};
      const answer = await fetch(live.dataset.live, { headers, cache: 'no-store' });
      if (answer.status === 200) {
        tag = answer.headers.get('ETag');
        replace(await answer.text());
      } else if (answer.status !== 304) throw new Error(String(answer.status));
      pause = every;
    }
  } catch {
    // Away for a while: asked ever less often, and again as soon as it answers.
    pause = Math.min(LONGEST, pause * 2);
  }
  setTimeout(refresh, pause);
}
if (live) setTimeout(refresh, pause);

// A chime for each new call, once somebody turned it on: browsers let no page sound by itself.
let sound;
let heard = live?.querySelector('[data-call]')?.dataset.call;
function announce() {
  const call = live.querySelector('[data-call]')?.dataset.call;
  if (call === heard) return;
  heard = call;
  if (sound && call) chime();
}
function chime() {
  for (const [after, pitch] of [
    [0, 880],
    [0.35, 660],
  ]) {
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    const at = sound.currentTime + after;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.4, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
    tone.connect(volume).connect(sound.destination);
    tone.start(at);
    tone.stop(at + 0.6);
  }
}
const soundButton = document.querySelector('[data-sound]');
if (soundButton) {
  soundButton.hidden = false;
  soundButton.addEventListener('click', async () => {
    sound = new AudioContext();
    await sound.resume();
    chime();
    soundButton.hidden = true;
  });
}

// Single keys, only while the box is ticked and nothing is being typed.
const keys = document.querySelector('[data-shortcuts]');
if (keys) {
  const KEPT = 'sportello-tasti';
  keys.closest('[hidden]')?.removeAttribute('hidden');
  keys.checked = localStorage.getItem(KEPT) === 'si';
  keys.addEventListener('change', () => localStorage.setItem(KEPT, keys.checked ? 'si' : 'no'));
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('select, textarea, input:not([type="checkbox"])');
    if (!keys.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const button = document.querySelector(
      `[data-shortcut="${CSS.escape(event.key.toLowerCase())}"]`,
    );
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
