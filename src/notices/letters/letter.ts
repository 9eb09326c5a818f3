/** A message as people read it, before it becomes text or HTML. */
export interface Letter {
  readonly subject: string;
  readonly opening: readonly string[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly list?: { readonly heading: string; readonly items: readonly string[] };
  readonly link?: { readonly sentence: string; readonly href: string };
  readonly closing: readonly string[];
  readonly attachments: readonly Attachment[];
}

export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string;
}

/** The letter as plain text, for readers and programs that want nothing else. */
export function letterText(letter: Letter): string {
  const blocks = [
    ...letter.opening,
    letter.facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    letter.list &&
      [letter.list.heading, ...letter.list.items.map((item) => `- ${item}`)].join('\n'),
    letter.link && `${letter.link.sentence}\n${letter.link.href}`,
    ...letter.closing,
  ];
  return `${blocks.filter((block) => block).join('\n\n')}\n`;
}
