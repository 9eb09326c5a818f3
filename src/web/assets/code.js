// A code that came after the # of a link: put into the form, taken out of the address, and sent.
// What follows the # never leaves the browser by itself; without this script people type the code.
const form = document.querySelector('form[data-code]');
const code = location.hash.slice(1);
if (form && /^[0-9A-Za-z-]{10,24}$/.test(code)) {
  history.replaceState(null, '', location.pathname);
  form.elements.codice.value = code;
  form.requestSubmit();
}
