import { expect, test } from 'vitest';
import { Undeliverable } from '../../src/notices/carrier.ts';
import '../../src/convocation/notices.ts';
import { noticeKind } from '../../src/notices/kind.ts';
import { composeLetter } from '../../src/notices/letters/compose.ts';
import { letterMarkdown, letterText } from '../../src/notices/letters/letter.ts';
import { letterHtml } from '../../src/notices/letters/letter-body.tsx';
import { mailbox } from '../../src/notices/mailbox.ts';
import { parseConfig } from '../../src/platform/config.ts';
import { APPOINTMENT, aNotice } from './notice.ts';

const config = parseConfig({ PUBLIC_URL: 'https://sportello.example.org', DEMO: 'true' });

function letter(kind: string, locale: 'it' | 'en' = 'it', facts = {}) {
  return composeLetter(config, {
    kind,
    subjectId: APPOINTMENT,
    facts: { ...aNotice().facts, ...facts },
    locale,
    createdAt: Date.parse('2027-03-04T08:00:00Z'),
  });
}

test('a confirmation says what, when, where, the code and what to bring', () => {
  const text = letterText(letter('appointment-confirmed'));
  for (const words of [
    'Servizio: Primo colloquio',
    'Quando: lunedì 8 marzo 2027, ore 9:30',
    'Dove: Cpi di Palermo, Viale Praga 29, Palermo',
    'Codice di prenotazione: K7M2P9QXTD',
    '- Tessera sanitaria',
    'https://sportello.example.org/appuntamento',
  ])
    expect(text).toContain(words);
});

test('no address in a letter carries the code', () => {
  for (const kind of ['appointment-confirmed', 'appointment-cancelled'] as const) {
    const { link, attachments } = letter(kind);
    expect(link?.href).not.toContain('K7M2P9QXTD');
    expect(attachments[0]?.content).not.toMatch(/https?:\S*K7M2P9QXTD/);
  }
});

test('a cancellation gives the reason and no list of things to bring', () => {
  const text = letterText(
    letter('appointment-cancelled', 'en', { reason: 'The office is closed' }),
  );
  expect(text).toContain('Reason: The office is closed');
  expect(text).toContain('you need not come');
  expect(text).not.toContain('What to bring');
});

test('a message never has a heading without its list, nor a label without its value', () => {
  const text = letterText(letter('appointment-confirmed', 'it', { whatToBring: [], phone: null }));
  expect(text).not.toContain('Che cosa portare');
  expect(text).not.toContain('Telefono');
});

test('a telephone gets the essential and the page in one line', () => {
  expect(letter('appointment-confirmed').short).toBe(
    'Primo colloquio, lunedì 8 marzo 2027, ore 9:30, Cpi di Palermo, Viale Praga 29, Palermo. Codice K7M2P9QXTD. https://sportello.example.org/appuntamento',
  );
  const { sample } = noticeKind('invitation')!;
  expect(letter('invitation', 'it', sample).short).toMatch(/https:[^ ]+\/invito#K7M2P9QXTD4R$/);
});

test('what a person typed is taken literally in Markdown', () => {
  const markdown = letterMarkdown(
    letter('appointment-confirmed', 'it', { office: '*Cpi* [x](y)' }),
  );
  expect(markdown).toContain('\\*Cpi\\* \\[x\\](y)');
  expect(markdown).toContain('Servizio: Primo colloquio  \nQuando: ');
  expect(markdown).toContain('<https://sportello.example.org/appuntamento>');
});

test('a kind that no room knows is told, not guessed', () => {
  expect(() => letter('never-defined')).toThrow(Undeliverable);
});

test('a demonstration says that it is one', () => {
  expect(letterText(letter('appointment-confirmed'))).toContain('Messaggio dimostrativo');
});

test('what a person typed cannot become markup in the HTML letter', () => {
  const html = letterHtml(
    letter('appointment-confirmed', 'it', { office: '<script>x</script>' }),
    'it',
  );
  expect(html).toContain('<html lang="it">');
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toContain('<script>');
});

test('a sender is read with and without a name', () => {
  expect(mailbox('Cpi Palermo <cpi@example.org>')).toEqual({
    name: 'Cpi Palermo',
    email: 'cpi@example.org',
  });
  expect(mailbox('"Cpi, Palermo" <cpi@example.org>')).toEqual({
    name: 'Cpi, Palermo',
    email: 'cpi@example.org',
  });
  expect(mailbox('cpi@example.org')).toEqual({ name: 'cpi@example.org', email: 'cpi@example.org' });
});
