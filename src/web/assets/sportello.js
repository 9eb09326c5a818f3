// Makes pages that already work livelier. Nothing here is needed to use the service.

// Selects that answer as soon as they change.
for (const select of document.querySelectorAll('select[data-submit="change"]')) {
  select.addEventListener('change', () => select.form?.requestSubmit());
}

// Print buttons, hidden where they could not work.
for (const button of document.querySelectorAll('button[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// After a refused form, the summary of what to put right is read first.
document.querySelector('[data-focus="load"]')?.focus();

// The page one is on is in sight among the others.
const here = document.querySelector('.desk-navigation [aria-current]');
const row = here?.closest('ul');
if (row) row.scrollLeft = here.offsetLeft - row.clientWidth / 2 + here.offsetWidth / 2;

// A form is sent once, however often its button is pressed; after a while it may be sent again,
// for answers that do not replace the page, such as a file.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute('method')?.toLowerCase() !== 'post') return;
  if (form.hasAttribute('aria-busy')) {
    event.preventDefault();
    return;
  }
  form.setAttribute('aria-busy', 'true');
  setTimeout(() => form.removeAttribute('aria-busy'), 5000);
});

// Coming back with the browser's arrow shows the page as it was left: ready to be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[aria-busy]')) {
    form.removeAttribute('aria-busy');
  }
});

// Searching around where the reader is, when they ask for it: to about a kilometre, no finer.
for (const button of document.querySelectorAll('button[data-locate]')) {
  if (!navigator.geolocation) continue;
  button.hidden = false;
  button.addEventListener('click', () => {
    button.setAttribute('aria-busy', 'true');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const { latitude: lat, longitude: lon } = coords;
        const fields = Object.entries({ lat, lon }).map(([name, value]) =>
          Object.assign(document.createElement('input'), {
            type: 'hidden',
            name,
            value: value.toFixed(2),
          }),
        );
        button.form.append(...fields);
        button.form.requestSubmit();
        // Sent: whoever comes back and types a comune means the comune.
        for (const field of fields) field.remove();
      },
      () => {
        button.removeAttribute('aria-busy');
        for (const words of document.querySelectorAll('[data-locate-failed]')) words.hidden = false;
      },
      { timeout: 10_000, maximumAge: 600_000 },
    );
  });
}

// How long an offer still stands, counted down beside the hour that the page already says.
for (const line of document.querySelectorAll('[data-countdown]')) {
  const until = Date.parse(line.dataset.countdown);
  const timer = line.querySelector('[role="timer"]');
  const show = () => {
    const seconds = Math.max(0, Math.round((until - Date.now()) / 1000));
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    timer.textContent = parts.map((part) => String(part).padStart(2, '0')).join(':');
    if (seconds > 0) setTimeout(show, 1000);
  };
  line.hidden = false;
  show();
}
