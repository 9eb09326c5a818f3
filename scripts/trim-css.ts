import postcss from 'postcss';

/**
 * The rules of a style sheet that can apply to pages which only use the class names among `words`.
 * A rule goes when each of its selectors needs a class that appears nowhere; with it go the
 * animations and the variables that nothing is left to use. Rules on plain elements always stay.
 *
 * @param alsoUsing other style sheets, whose uses of variables count as well
 */
export function trimCss(css: string, words: ReadonlySet<string>, alsoUsing = ''): string {
  const root = postcss.parse(css);
  root.walkComments((comment) => {
    comment.remove();
  });
  root.walkRules((rule) => {
    if (rule.parent?.type === 'atrule' && /keyframes$/.test((rule.parent as postcss.AtRule).name)) {
      return;
    }
    const kept = rule.selectors.filter((selector) => canApply(selector, words));
    if (kept.length === 0) rule.remove();
    else if (kept.length < rule.selectors.length) rule.selectors = kept;
  });
  // Fonts are our own files: the vendor's embedded ones are not loaded.
  root.walkAtRules('font-face', (rule) => {
    rule.remove();
  });
  dropUnusedAnimations(root);
  while (dropUnusedVariables(root, alsoUsing)) {}
  root.walkAtRules((rule) => {
    if (rule.nodes?.length === 0) rule.remove();
  });
  root.walkRules((rule) => {
    if (rule.nodes.length === 0) rule.remove();
  });
  return root.toString();
}

function canApply(selector: string, words: ReadonlySet<string>): boolean {
  // Bootstrap Italia's script marks what the mouse focused; without it browsers know by themselves.
  if (selector.includes('[data-focus-mouse')) return false;
  // What stands in :not() need not exist, and in :is() or :where() one of several is enough.
  const needed = selector.replace(/:(not|is|where|has)\((?:[^()]|\([^()]*\))*\)/g, '');
  const classes = needed.match(/\.(?:\\.|[\w-])+/g) ?? [];
  return classes.every((name) => words.has(name.slice(1).replaceAll('\\', '')));
}

function dropUnusedAnimations(root: postcss.Root): void {
  const used = new Set<string>();
  root.walkDecls(/animation/, ({ value }) => {
    for (const name of value.match(/[\w-]+/g) ?? []) used.add(name);
  });
  root.walkAtRules(/keyframes$/, (rule) => {
    if (!used.has(rule.params)) rule.remove();
  });
}

/** True when something was dropped: its value may have been the last use of another variable. */
function dropUnusedVariables(root: postcss.Root, alsoUsing: string): boolean {
  const used = new Set(alsoUsing.match(/--[\w-]+/g));
  root.walkDecls(({ value }) => {
    for (const [, name] of value.matchAll(/var\(\s*(--[\w-]+)/g)) used.add(name!);
  });
  let dropped = false;
  root.walkDecls(/^--/, (declaration) => {
    if (used.has(declaration.prop)) return;
    declaration.remove();
    dropped = true;
  });
  return dropped;
}
