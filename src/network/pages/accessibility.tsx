import { authoriseOffice } from '../../identity/authorise.ts';
import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { ErrorSummary, RadioGroup, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { EMPTY_FORM, type FormState, formValues } from '../../web/form.ts';
import { formatDay } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { accessibilityStrings } from '../accessibility-strings.ts';
import { readOffice } from '../actions/read-office.ts';
import { readAccess, setAccess } from '../actions/set-access.ts';
import { ACCESS_FEATURE_NAMES, ACCESS_FEATURES, type AccessFact } from '../rules/accessibility.ts';
import { networkStrings } from '../strings.ts';
import { withSaved } from './saved.tsx';

const PATH = '/uffici/:code/accessibilita';

/** What an office has for those who need it: told by its staff, shown to everybody. */
export const accessibilityPages = createApi();

accessibilityPages.get(PATH, (c) => accessPage(c, EMPTY_FORM));

accessibilityPages.post(PATH, async (c) => {
  const call = callOf(c);
  const office = await readOffice(call, { code: c.req.param('code') });
  const values = await formValues(c);
  const source = typeof values.source === 'string' ? values.source.slice(0, 200) : '';
  const given = ACCESS_FEATURE_NAMES.flatMap((feature) => {
    const said = values[feature];
    return said === 'si' || said === 'no' ? [{ feature, present: said === 'si' }] : [];
  });
  const before = await readAccess(call, office.id);
  const isNew = given.some(
    (one) => !before.some((old) => old.feature === one.feature && old.present === one.present),
  );
  if (isNew && source === '') {
    const t = accessibilityStrings(call.locale);
    return accessPage(c, { values, errors: { source: t('noSource') } });
  }
  await setAccess(call, office.id, given, source);
  return c.redirect(withSaved(`/uffici/${office.code}/accessibilita`), 303);
});

async function accessPage(c: AppContext, form: FormState) {
  const call = callOf(c);
  const t = accessibilityStrings(call.locale);
  const office = await readOffice(call, { code: c.req.param('code') ?? '' });
  authoriseOffice(call.actor, office.id);
  const facts = await readAccess(call, office.id);
  return page(
    c,
    {
      title: t('title'),
      lead: t('lead', { office: office.name }),
      status: Object.keys(form.errors).length > 0 ? 422 : 200,
      breadcrumbs: [
        { label: networkStrings(call.locale)('offices'), href: '/uffici' },
        { label: office.name, href: `/uffici/${office.code}` },
        { label: t('title') },
      ],
    },
    <>
      <ErrorSummary form={form} />
      {c.req.query('fatto') !== undefined && (
        <Alert kind="success" live>
          {t('saved')}
        </Alert>
      )}
      <form method="post" action={`/uffici/${office.code}/accessibilita`} class="form-block">
        {ACCESS_FEATURE_NAMES.map((feature) => {
          const fact = facts.find((one) => one.feature === feature);
          return (
            <RadioGroup
              name={feature}
              label={ACCESS_FEATURES[feature][call.locale]}
              hint={
                fact && t('said', { source: fact.source, day: formatDay(fact.date, call.locale) })
              }
              form={form}
              value={fact ? (fact.present ? 'si' : 'no') : ''}
              inline
              options={[
                { value: 'si', label: t('yes') },
                { value: 'no', label: t('no') },
                { value: '', label: t('unknown') },
              ]}
            />
          );
        })}
        <TextField
          name="source"
          label={t('source')}
          hint={t('sourceHint')}
          form={form}
          maxlength={200}
        />
        <SubmitButton>{t('save')}</SubmitButton>
      </form>
    </>,
  );
}

/** The same for everybody, on the office's page. */
export function Access(props: { facts: readonly AccessFact[]; code: string; managed: boolean }) {
  const locale = useLocale();
  const t = accessibilityStrings(locale);
  const { facts, code, managed } = props;
  const unknown = ACCESS_FEATURE_NAMES.filter(
    (feature) => !facts.some((fact) => fact.feature === feature),
  );
  const name = (fact: Pick<AccessFact, 'feature'>) => ACCESS_FEATURES[fact.feature][locale];
  const listed = (present: boolean) => facts.filter((fact) => fact.present === present);
  return (
    <Card
      title={t('title')}
      footer={
        managed && (
          <LinkButton look="outline" href={`/uffici/${code}/accessibilita`}>
            {t('edit')}
            <span class="visually-hidden">: {t('title')}</span>
          </LinkButton>
        )
      }
    >
      {facts.length === 0 ? (
        <p>{t('unknownAll')}</p>
      ) : (
        <>
          {([true, false] as const).map(
            (present) =>
              listed(present).length > 0 && (
                <>
                  <h3 class="h6">{t(present ? 'has' : 'hasNot')}</h3>
                  <ul>
                    {listed(present).map((fact) => (
                      <li>
                        {name(fact)}{' '}
                        <span class="text-secondary">
                          ({t('said', { source: fact.source, day: formatDay(fact.date, locale) })})
                        </span>
                      </li>
                    ))}
                  </ul>
                </>
              ),
          )}
          {unknown.length > 0 && (
            <p class="text-secondary">
              {t('unknown')}:{' '}
              {unknown.map((feature) => ACCESS_FEATURES[feature][locale]).join(', ')}
            </p>
          )}
        </>
      )}
    </Card>
  );
}
