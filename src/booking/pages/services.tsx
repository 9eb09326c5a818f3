import { authorise } from '../../identity/authorise.ts';
import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import {
  byWholeList,
  errorsByField,
  type FormState,
  formValues,
  refusalOf,
  zodErrors,
} from '../../web/form.ts';
import { formatDuration } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { addService } from '../actions/add-service.ts';
import { changeService } from '../actions/change-service.ts';
import { listServiceSettings, type OfferedService } from '../actions/read-settings.ts';
import { newServiceSchema, toNewService } from '../service-schemas.ts';
import { serviceStrings } from '../service-strings.ts';
import { ServiceFields } from './service-fields.tsx';
import { NEW_VALUES, settingsFrom, valuesOf } from './service-form.ts';

/** What one may come for, as the administration sets it. */
export const servicesPages = createApi();

const PATH = '/amministrazione/servizi';
const administration = (label: string) => ({ label, href: '/amministrazione' });
const ONE = `${PATH}/:code{[a-z0-9-]+}`;

servicesPages.get(PATH, async (c) => {
  const call = callOf(c);
  authorise(call.actor, 'administrator');
  const t = serviceStrings(call.locale);
  const services = await listServiceSettings(call);
  return page(
    c,
    {
      title: t('title'),
      lead: t('lead'),
      wide: true,
      active: 'administration',
      breadcrumbs: [administration(t('administration')), { label: t('title') }],
    },
    <>
      {c.req.query('fatto') !== undefined && (
        <Alert kind="success" live>
          {t('saved')}
        </Alert>
      )}
      {services.length === 0 ? (
        <EmptyState title={t('none')}>
          <p>{t('noneHelp')}</p>
        </EmptyState>
      ) : (
        <Services list={services} />
      )}
      <div class="actions mt-4">
        <LinkButton href={`${PATH}/nuovo`}>{t('add')}</LinkButton>
      </div>
    </>,
  );
});

servicesPages.get(`${PATH}/nuovo`, (c) => newPage(c, { values: NEW_VALUES, errors: {} }));

servicesPages.post(`${PATH}/nuovo`, async (c) => {
  const call = callOf(c);
  authorise(call.actor, 'administrator');
  const values = await formValues(c);
  const parsed = newServiceSchema.safeParse(settingsFrom(values));
  if (!parsed.success) {
    return newPage(c, { values, errors: byWholeList(zodErrors(parsed.error, call.locale)) });
  }
  try {
    await addService(call, toNewService(parsed.data));
  } catch (error) {
    if (!(error instanceof Problem) || (error.status !== 409 && error.status !== 422)) throw error;
    const errors =
      error.status === 409
        ? { code: error.kind.explanation[call.locale] }
        : errorsByField(error.extra.errors ?? []);
    return newPage(c, { values, errors });
  }
  return c.redirect(`${PATH}?fatto=`, 303);
});

servicesPages.get(ONE, async (c) => {
  const service = await serviceOf(c);
  return changePage(c, service, { values: valuesOf(service), errors: {} });
});

servicesPages.post(ONE, async (c) => {
  const call = callOf(c);
  const service = await serviceOf(c);
  const values = await formValues(c);
  const parsed = newServiceSchema.safeParse({ ...settingsFrom(values), code: service.code });
  if (!parsed.success) {
    const errors = byWholeList(zodErrors(parsed.error, call.locale));
    return changePage(c, service, { values, errors });
  }
  const { code: _, ...change } = toNewService(parsed.data);
  try {
    await changeService(call, service.id, change, Number(values.version));
  } catch (error) {
    if (!(error instanceof Problem) || (error.status !== 412 && error.status !== 422)) throw error;
    const t = serviceStrings(call.locale);
    if (error.status === 412) {
      const again = { ...values, version: String(service.version) };
      return changePage(c, service, { values: again, errors: { '': t('edited') } });
    }
    const errors = errorsByField(error.extra.errors ?? []);
    return changePage(c, service, {
      values,
      errors: Object.keys(errors).length > 0 ? errors : refusalOf(error, call.locale),
    });
  }
  return c.redirect(`${PATH}?fatto=`, 303);
});

async function serviceOf(c: AppContext): Promise<OfferedService> {
  const call = callOf(c);
  authorise(call.actor, 'administrator');
  const code = c.req.param('code');
  const found = (await listServiceSettings(call)).find((one) => one.code === code);
  if (!found) throw notFound();
  return found;
}

function newPage(c: AppContext, form: FormState) {
  authorise(callOf(c).actor, 'administrator');
  return formPage(
    c,
    { title: serviceStrings(c.get('locale'))('add'), path: `${PATH}/nuovo` },
    form,
  );
}

function changePage(c: AppContext, service: OfferedService, form: FormState) {
  const { locale } = callOf(c);
  const t = serviceStrings(locale);
  const about = {
    title: service.name[locale],
    path: `${PATH}/${service.code}`,
    lead: t('afterwards'),
  };
  return formPage(c, about, form, service);
}

function formPage(
  c: AppContext,
  about: { readonly title: string; readonly path: string; readonly lead?: string },
  form: FormState,
  service?: OfferedService,
) {
  const t = serviceStrings(c.get('locale'));
  return page(
    c,
    {
      title: about.title,
      lead: about.lead,
      status: Object.keys(form.errors).length > 0 ? 422 : 200,
      active: 'administration',
      breadcrumbs: [
        administration(t('administration')),
        { label: t('title'), href: PATH },
        { label: about.title },
      ],
    },
    <>
      <ErrorSummary form={form} />
      {service?.ableOperators === 0 && <Alert kind="warning">{t('unable')}</Alert>}
      <form method="post" action={about.path} class="form-block" novalidate>
        <ServiceFields form={form} named={service !== undefined} />
        <div class="actions">
          <SubmitButton>{t('save')}</SubmitButton>
        </div>
      </form>
    </>,
  );
}

const AUDIENCES = {
  anyone: 'audienceAnyone',
  own_cpi: 'audienceOwn',
  invited: 'audienceInvited',
  staff: 'audienceStaff',
} as const;

function Services({ list }: { list: readonly OfferedService[] }) {
  const locale = useLocale();
  const t = serviceStrings(locale);
  return (
    <Table caption={t('title')} hideCaption>
      <thead>
        <tr>
          <th scope="col">{t('name')}</th>
          <th scope="col">{t('length')}</th>
          <th scope="col">{t('audience')}</th>
          <th scope="col">{t('window')}</th>
          <th scope="col">{t('able')}</th>
        </tr>
      </thead>
      <tbody>
        {list.map((one) => (
          <tr>
            <th scope="row">
              <a href={`${PATH}/${one.code}`}>{one.name[locale]}</a>{' '}
              {!one.active && <Tag>{t('outOfUse')}</Tag>}
            </th>
            <td>{formatDuration(one.durationMinutes, locale)}</td>
            <td>{t(AUDIENCES[one.audience])}</td>
            <td>
              {t('noticeAndHorizon', {
                notice: formatDuration(one.minNoticeMinutes, locale),
                days: one.horizonDays,
              })}
            </td>
            <td>
              {one.ableOperators === 0
                ? t('unable')
                : `${t('ables', { count: one.ableOperators })} ${t('inOffices', { count: one.ableOffices })}`}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
