import { describe, expect, it } from 'vitest';
import { trimCss } from '../../scripts/trim-css.ts';

const trimmed = (css: string, ...words: string[]) => trimCss(css, new Set(words));

describe('trimming a style sheet', () => {
  it('keeps rules on elements and on classes that pages use', () => {
    expect(trimmed('a{color:red}.btn{color:red}.video{color:red}', 'btn')).toBe(
      'a{color:red}.btn{color:red}',
    );
  });

  it('wants every class of a selector, and any selector of a rule', () => {
    expect(trimmed('.a.b{x:y}.a .c,.a{x:y}', 'a')).toBe('.a{x:y}');
  });

  it('does not ask for classes that only exclude or are one of several', () => {
    const css = '.a:not(.gone){x:y}:is(.gone,.a) b{x:y}';
    expect(trimmed(css, 'a')).toBe(css);
  });

  it('keeps the rules of a media query and drops an empty one', () => {
    expect(trimmed('@media print{.a{x:y}}@media screen{.gone{x:y}}', 'a')).toBe(
      '@media print{.a{x:y}}',
    );
  });

  it('drops animations and variables that nothing is left to use', () => {
    const css =
      ':root{--kept:1;--gone:var(--also-gone);--also-gone:2}@keyframes spin{to{x:y}}@keyframes fade{to{x:y}}.a{z:var(--kept);animation:spin 1s}';
    expect(trimmed(css, 'a')).toBe(
      ':root{--kept:1}@keyframes spin{to{x:y}}.a{z:var(--kept);animation:spin 1s}',
    );
  });

  it('keeps variables that another style sheet uses', () => {
    expect(trimCss(':root{--blue:#06c}', new Set(), 'a{color:var(--blue)}')).toBe(
      ':root{--blue:#06c}',
    );
  });
});
