import { raw } from 'hono/html';
import type { Locale } from '../../platform/locale.ts';
import type { Letter } from './letter.ts';

/** What the letter says, as HTML without styles: mail programs and the demo mailbox add their own. */
export function LetterBody({ letter }: { letter: Letter }) {
  return (
    <>
      {letter.body.map((block) =>
        'lines' in block ? (
          <p>
            {block.lines.map((line, index) => (
              <>
                {index > 0 && <br />}
                {line}
              </>
            ))}
          </p>
        ) : (
          <ul>
            {block.items.map((item) => (
              <li>{item}</li>
            ))}
          </ul>
        ),
      )}
      {letter.link && (
        <p>
          {letter.link.text} <a href={letter.link.href}>{letter.link.href}</a>
        </p>
      )}
      {letter.closing.map((paragraph) => (
        <p>{paragraph}</p>
      ))}
    </>
  );
}

/** The letter as a whole HTML document. */
export function letterHtml(letter: Letter, locale: Locale): string {
  return String(
    <>
      {raw('<!doctype html>')}
      <html lang={locale}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{letter.subject}</title>
        </head>
        <body>
          <LetterBody letter={letter} />
        </body>
      </html>
    </>,
  );
}
