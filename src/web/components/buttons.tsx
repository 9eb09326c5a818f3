import type { Child } from 'hono/jsx';
import type { IconName } from '../icons.ts';
import { componentStrings } from './component-strings.ts';
import { Icon } from './icon.tsx';
import { useLocale } from './locale-context.tsx';

type Look = 'primary' | 'outline' | 'danger' | 'plain';

const LOOKS: Record<Look, string> = {
  primary: 'btn btn-primary',
  outline: 'btn btn-outline-primary',
  danger: 'btn btn-outline-danger',
  plain: 'btn btn-link',
};

interface ButtonProps {
  children: Child;
  look?: Look;
  icon?: IconName;
  small?: boolean;
  /** The single key that presses it, where keys are on; see `live.js`. */
  shortcut?: string;
  /** Finds the focus again after the part of the page around it was renewed. */
  focusKey?: string;
}

const keys = ({ shortcut, focusKey }: ButtonProps) => ({
  'data-shortcut': shortcut,
  'data-focus-key': focusKey,
});

function content({ icon, children }: ButtonProps) {
  return icon ? (
    <>
      <Icon name={icon} class="icon-sm" /> <span>{children}</span>
    </>
  ) : (
    children
  );
}

const classes = ({ look = 'primary', small }: ButtonProps) =>
  small ? `${LOOKS[look]} btn-sm` : LOOKS[look];

/** Sends the form around it. `name` and `value` tell several buttons of one form apart. */
export function SubmitButton(
  props: ButtonProps & { name?: string; value?: string; formaction?: string },
) {
  return (
    <button
      type="submit"
      class={classes(props)}
      name={props.name}
      value={props.value}
      formaction={props.formaction}
      {...keys(props)}
    >
      {content(props)}
    </button>
  );
}

/** A link that looks like a button: goes somewhere, changes nothing. */
export function LinkButton(props: ButtonProps & { href: string; download?: boolean }) {
  return (
    <a class={classes(props)} href={props.href} download={props.download} {...keys(props)}>
      {content(props)}
    </a>
  );
}

/**
 * A form that is one button: does something by POST. `fields` travel hidden. Cross-site sending is
 * refused by the check of `Origin` on every form (see app.ts), so no token is needed.
 */
export function PostButton({
  action,
  fields = {},
  id,
  ...props
}: ButtonProps & { action: string; fields?: Readonly<Record<string, string>>; id?: string }) {
  return (
    <form method="post" action={action} id={id} class="post-button">
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <SubmitButton {...props} />
    </form>
  );
}

/**
 * A {@link PostButton} for what cannot be undone: `ask` opens what it would mean, `sure`, with the
 * button that does it. `about` tells several of one page apart for those who only hear them.
 */
export function SurePostButton({
  ask,
  sure,
  about,
  children,
  ...props
}: Omit<Parameters<typeof PostButton>[0], 'children'> & {
  ask: string;
  sure: string;
  about?: string;
  children?: Child;
}) {
  const t = componentStrings(useLocale());
  const named = about !== undefined && <span class="visually-hidden">: {about}</span>;
  return (
    <details class="sure">
      <summary class={`${props.small ? `${LOOKS.danger} btn-sm` : LOOKS.danger} sure-head`}>
        {ask}
        {named}
      </summary>
      <p>{sure}</p>
      <PostButton look="danger" {...props}>
        {children ?? t('sureYes')}
        {named}
      </PostButton>
    </details>
  );
}

/** Prints the page; shown only where JavaScript can. */
export function PrintButton(props: ButtonProps) {
  return (
    <button type="button" class={classes(props)} data-print hidden>
      {content({ icon: 'it-print', ...props })}
    </button>
  );
}
