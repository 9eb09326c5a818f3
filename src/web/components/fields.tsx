import type { Child } from 'hono/jsx';
import type { FormState } from '../form.ts';
import { componentStrings } from './component-strings.ts';
import { useLocale } from './locale-context.tsx';

export interface FieldProps {
  name: string;
  label: string;
  /** Fills in what was typed and the error of this field. */
  form?: FormState;
  /** What to show when nothing was typed yet. */
  value?: string;
  hint?: Child;
  required?: boolean;
  /** `narrow` for codes and dates, `short` for a few digits. */
  width?: 'narrow' | 'short';
}

/** The id of a field's control, for links from elsewhere. */
function fieldId(name: string): string {
  return `campo-${name.replaceAll('.', '-')}`;
}

/** What `form` knows of the field called `name`. */
function stateOf({ form, name, value }: Pick<FieldProps, 'form' | 'name' | 'value'>) {
  const typed = form?.values[name];
  return { value: typeof typed === 'string' ? typed : value, error: form?.errors[name] };
}

/** The attributes that tie a control to its hint and its error. */
function described(props: FieldProps, error: string | undefined) {
  const id = fieldId(props.name);
  const ids = [props.hint && `${id}-aiuto`, error && `${id}-errore`].filter(Boolean);
  return {
    id,
    name: props.name,
    required: props.required,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': ids.length > 0 ? ids.join(' ') : undefined,
    class: `form-control field-control ${props.width ? `field-${props.width}` : ''}`,
  };
}

function Required({ when }: { when: boolean | undefined }) {
  const t = componentStrings(useLocale());
  return when ? <span class="field-required"> ({t('required')})</span> : null;
}

function Notes({ name, hint, error }: { name: string; hint?: Child; error?: string }) {
  const t = componentStrings(useLocale());
  const id = fieldId(name);
  return (
    <>
      {hint && (
        <div id={`${id}-aiuto`} class="field-hint">
          {hint}
        </div>
      )}
      {error && (
        <p id={`${id}-errore`} class="field-error">
          <span class="visually-hidden">{t('errorPrefix')} </span>
          {error}
        </p>
      )}
    </>
  );
}

function Field({ children, error, ...props }: FieldProps & { children: Child; error?: string }) {
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label class="field-label" for={fieldId(props.name)}>
        {props.label}
        <Required when={props.required} />
      </label>
      <Notes name={props.name} hint={props.hint} error={error} />
      {children}
    </div>
  );
}

export interface TextFieldProps extends FieldProps {
  type?: 'text' | 'email' | 'tel' | 'search' | 'password' | 'number' | 'date' | 'time';
  autocomplete?: string;
  inputmode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'search';
  maxlength?: number;
  min?: string | number;
  max?: string | number;
  step?: string | number;
  /** Codes are typed as they are: no capitals, no corrections. */
  code?: boolean;
}

/** One line of text, a number, a date (`type="date"` wants and gives `YYYY-MM-DD`). */
export function TextField({ type = 'text', code, ...props }: TextFieldProps) {
  const { value, error } = stateOf(props);
  return (
    <Field {...props} error={error}>
      <input
        {...described(props, error)}
        type={type}
        value={value}
        autocomplete={props.autocomplete}
        inputmode={props.inputmode}
        maxlength={props.maxlength}
        min={props.min}
        max={props.max}
        step={props.step}
        autocapitalize={code ? 'characters' : undefined}
        spellcheck={code ? false : undefined}
      />
    </Field>
  );
}

export function TextArea({
  rows = 4,
  maxlength,
  ...props
}: FieldProps & { rows?: number; maxlength?: number }) {
  const { value, error } = stateOf(props);
  return (
    <Field {...props} error={error}>
      <textarea {...described(props, error)} rows={rows} maxlength={maxlength}>
        {value}
      </textarea>
    </Field>
  );
}

/** A file to send along; its form needs `enctype="multipart/form-data"`. */
export function FileField({ accept, ...props }: FieldProps & { accept: string }) {
  const { error } = stateOf(props);
  return (
    <Field {...props} error={error}>
      <input {...described(props, error)} type="file" accept={accept} />
    </Field>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: Child;
  readonly disabled?: boolean;
}

/** `submits` sends the form as soon as the choice changes, where JavaScript is on. */
export function SelectField({
  options,
  empty,
  submits,
  ...props
}: FieldProps & {
  options: readonly Option[];
  /** Label of the first, empty option; `false` for none. */
  empty?: string | false;
  submits?: boolean;
}) {
  const { value, error } = stateOf(props);
  const t = componentStrings(useLocale());
  const { class: extra, ...attributes } = described(props, error);
  return (
    <Field {...props} error={error}>
      <select
        {...attributes}
        class={`${extra} field-select`}
        data-submit={submits ? 'change' : undefined}
      >
        {empty !== false && <option value="">{empty ?? t('choose')}</option>}
        {options.map((option) => (
          <option value={option.value} selected={option.value === value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface ChoicesProps extends FieldProps {
  options: readonly Option[];
  /** Shown side by side where there is room. */
  inline?: boolean;
}

function Choices({ type, ...props }: ChoicesProps & { type: 'radio' | 'checkbox' }) {
  const { value, error } = stateOf(props);
  const typed = props.form?.values[props.name];
  const chosen = Array.isArray(typed) ? typed : [value];
  const id = fieldId(props.name);
  const { 'aria-describedby': describedby } = described(props, error);
  return (
    <fieldset
      id={id}
      class={error ? 'field field-wrong' : 'field'}
      tabindex={-1}
      aria-describedby={describedby}
    >
      <legend class="field-label">
        {props.label}
        <Required when={props.required} />
      </legend>
      <Notes name={props.name} hint={props.hint} error={error} />
      <div class={props.inline ? 'choices choices-inline' : 'choices'}>
        {props.options.map((option, index) => (
          <div class="choice">
            <input
              id={`${id}-${index}`}
              type={type}
              name={props.name}
              value={option.value}
              checked={chosen.includes(option.value)}
              required={type === 'radio' && props.required}
              disabled={option.disabled}
              aria-describedby={option.hint ? `${id}-${index}-aiuto` : undefined}
            />
            <label for={`${id}-${index}`}>{option.label}</label>
            {option.hint && (
              <div id={`${id}-${index}-aiuto`} class="choice-hint">
                {option.hint}
              </div>
            )}
          </div>
        ))}
      </div>
    </fieldset>
  );
}

/** One of several. */
export function RadioGroup(props: ChoicesProps) {
  return <Choices {...props} type="radio" />;
}

/** Any number of several; their values come back as a list (or one string when one is ticked). */
export function CheckboxGroup(props: ChoicesProps) {
  return <Choices {...props} type="checkbox" />;
}

/** A single yes: sends `value` ("si" unless told) when ticked, nothing otherwise. */
export function Checkbox({ value = 'si', checked, ...props }: FieldProps & { checked?: boolean }) {
  const { error } = stateOf(props);
  const { class: _boxed, ...attributes } = described(props, error);
  const ticked = props.form?.values[props.name] ? true : checked;
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <div class="choice">
        <input {...attributes} type="checkbox" value={value} checked={ticked} />
        <label for={fieldId(props.name)}>
          {props.label}
          <Required when={props.required} />
        </label>
      </div>
      <Notes name={props.name} hint={props.hint} error={error} />
    </div>
  );
}

/**
 * Says at the top of a form what is to be put right, each with a link to its field, named where
 * `labels` has its name.
 */
export function ErrorSummary(props: {
  form: FormState;
  labels?: Readonly<Record<string, string>>;
}) {
  const { form, labels = {} } = props;
  const t = componentStrings(useLocale());
  const errors = Object.entries(form.errors);
  if (errors.length === 0) return null;
  return (
    <div class="error-summary" role="alert" tabindex={-1} data-focus="load">
      <p class="error-summary-title">{t('errorSummary', { count: errors.length })}</p>
      <ul>
        {errors.map(([name, message]) => (
          <li>
            {labels[name] && `${labels[name]}: `}
            {name === '' ? message : <a href={`#${fieldId(name)}`}>{message}</a>}
          </li>
        ))}
      </ul>
    </div>
  );
}
