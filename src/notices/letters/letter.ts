import type { Instant } from '../../platform/clock.ts';

/** A message as people read it, before it becomes text or HTML. */
export interface Letter {
  readonly subject: string;
  readonly body: readonly Block[];
  readonly link?: { readonly text: string; readonly href: string } | undefined;
  readonly closing: readonly string[];
  /** The whole message in a few words and its link, for a telephone. */
  readonly short: string;
  /** When what it speaks of happens; undefined when it does not, or nothing does. */
  readonly happensAt: Instant | undefined;
  readonly attachments: readonly Attachment[];
}

/** Lines that belong together, or a list. */
export type Block = { readonly lines: readonly string[] } | { readonly items: readonly string[] };

export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string;
}

/** The letter as plain text, for readers and programs that want nothing else. */
export function letterText(letter: Letter): string {
  const blocks = [
    ...letter.body.map((block) =>
      'lines' in block ? block.lines.join('\n') : block.items.map((item) => `- ${item}`).join('\n'),
    ),
    ...(letter.link ? [`${letter.link.text}\n${letter.link.href}`] : []),
    ...letter.closing,
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** The letter as Markdown (CommonMark), whose signs in what people typed are taken literally. */
export function letterMarkdown(letter: Letter): string {
  const blocks = [
    ...letter.body.map((block) =>
      'lines' in block
        ? block.lines.map(literally).join('  \n')
        : block.items.map((item) => `- ${literally(item)}`).join('\n'),
    ),
    ...(letter.link ? [`${literally(letter.link.text)} <${letter.link.href}>`] : []),
    ...letter.closing.map(literally),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function literally(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&');
}
