/** A name and an address out of `Name <name@example.org>` or of a bare address. */
export function mailbox(text: string): { name: string; email: string } {
  const [, name, email] = text.match(/^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/) ?? [];
  return email === undefined
    ? { name: text.trim(), email: text.trim() }
    : { name: name || email, email };
}
