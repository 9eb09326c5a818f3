import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { LinkButton, PostButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Tag } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { ErrorSummary, TextField } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { EMPTY_FORM, type FormState, formValues, zodErrors } from '../../web/form.ts';
import { page } from '../../web/layout.tsx';
import { addResource } from '../actions/add-resource.ts';
import { changeResource } from '../actions/change-resource.ts';
import { listResources } from '../actions/list-resources.ts';
import { listStaff } from '../actions/list-staff.ts';
import { readOffice } from '../actions/read-office.ts';
import { newResourceSchema } from '../hours-schemas.ts';
import type { Resource } from '../resource-store.ts';
import type { StaffMember } from '../staff-store.ts';
import { networkStrings } from '../strings.ts';

const PATH = '/uffici/:code/mezzi';

/** Desks, rooms and operators of an office: read by its staff, changed by the administration. */
export function meansPages() {
  const pages = createApi();

  pages.get(PATH, (c) => meansPage(c, EMPTY_FORM));

  pages.post(PATH, async (c) => {
    const call = callOf(c);
    const { id: officeId } = await readOffice(call, { code: c.req.param('code') });
    const values = await formValues(c);
    const parsed = newResourceSchema.safeParse({
      office_id: officeId,
      kind: values.kind,
      name: values.name,
      ...(values.capacity && { capacity: Number(values.capacity) }),
    });
    if (!parsed.success) {
      return meansPage(c, { values, errors: zodErrors(parsed.error, call.locale) });
    }
    const { kind, name, capacity } = parsed.data;
    try {
      await addResource(call, { officeId, kind, name, capacity });
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 409) throw error;
      return meansPage(c, { values, errors: { name: error.kind.explanation[call.locale] } });
    }
    return c.redirect(`/uffici/${c.req.param('code')}/mezzi`, 303);
  });

  pages.post(`${PATH}/:id{[0-9a-f-]{36}}/:azione{accendi|spegni}`, async (c) => {
    const { code, id, azione } = c.req.param();
    await changeResource(callOf(c), id, { active: azione === 'accendi' });
    return c.redirect(`/uffici/${code}/mezzi`, 303);
  });

  return pages;
}

async function meansPage(c: AppContext, form: FormState) {
  const call = callOf(c);
  const t = networkStrings(call.locale);
  const office = await readOffice(call, { code: c.req.param('code') ?? '' });
  const resources = await listResources(call, office.id);
  const staff = await listStaff(call, office.id);
  const edits = call.actor.kind === 'administrator';
  const path = `/uffici/${office.code}/mezzi`;
  return page(
    c,
    {
      title: t('meansTitle'),
      lead: office.name,
      wide: true,
      status: Object.keys(form.errors).length > 0 ? 422 : 200,
      breadcrumbs: [
        { label: t('offices'), href: '/uffici' },
        { label: office.name, href: `/uffici/${office.code}` },
        { label: t('meansTitle') },
      ],
    },
    <>
      <ErrorSummary form={form} />
      <p>
        <a href={`/uffici/${office.code}/orari`}>{t('hoursOf', { who: office.name })}</a>
      </p>
      <h2>{t('staff')}</h2>
      <Staff list={staff} path={path} edits={edits} />
      {edits && (
        <LinkButton href={`${path}/operatori/nuovo`} look="outline">
          {t('newMember')}
        </LinkButton>
      )}
      <h2>{t('resources')}</h2>
      {resources.length === 0 ? (
        <Alert kind="info">{t('resourcesNone')}</Alert>
      ) : (
        <Resources list={resources} path={path} edits={edits} />
      )}
      {edits && (
        <form method="post" action={path} class="form-block">
          <h3>{t('newResource')}</h3>
          <TextField
            name="kind"
            label={t('resourceKind')}
            hint={t('resourceKindHint')}
            form={form}
            value="desk"
            maxlength={40}
            required
          />
          <TextField name="name" label={t('resourceName')} form={form} maxlength={100} required />
          <TextField
            name="capacity"
            label={t('capacity')}
            type="number"
            form={form}
            min={1}
            max={1000}
            width="short"
          />
          <SubmitButton>{t('add')}</SubmitButton>
        </form>
      )}
    </>,
  );
}

function Resources(props: { list: readonly Resource[]; path: string; edits: boolean }) {
  const t = networkStrings(useLocale());
  return (
    <Table caption={t('resources')} hideCaption>
      <thead>
        <tr>
          <th scope="col">{t('resourceName')}</th>
          <th scope="col">{t('resourceKind')}</th>
          <th scope="col" class="numeric">
            {t('capacity')}
          </th>
          <th scope="col">{t('change')}</th>
        </tr>
      </thead>
      <tbody>
        {props.list.map(({ id, name, kind, capacity, active }) => (
          <tr>
            <th scope="row">{name}</th>
            <td>{kind}</td>
            <td class="numeric">{capacity}</td>
            <td>
              {props.edits ? (
                <PostButton
                  action={`${props.path}/${id}/${active ? 'spegni' : 'accendi'}`}
                  look="outline"
                  small
                >
                  {t(active ? 'outOfUse' : 'intoUse')}
                  <span class="visually-hidden">: {name}</span>
                </PostButton>
              ) : (
                !active && <Tag>{t('unused')}</Tag>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Staff(props: { list: readonly StaffMember[]; path: string; edits: boolean }) {
  const t = networkStrings(useLocale());
  if (props.list.length === 0) return <p>{t('staffNone')}</p>;
  return (
    <Table caption={t('staff')} hideCaption>
      <thead>
        <tr>
          <th scope="col">{t('operatorName')}</th>
          <th scope="col">{t('category')}</th>
          <th scope="col">{t('skills')}</th>
          <th scope="col">{t('spoken')}</th>
          <th scope="col">{t('hours')}</th>
        </tr>
      </thead>
      <tbody>
        {props.list.map((one) => (
          <tr>
            <th scope="row">
              {props.edits ? (
                <a href={`${props.path}/operatori/${one.id}`}>{fullName(one)}</a>
              ) : (
                fullName(one)
              )}
              {one.bookable && <div class="fw-normal text-secondary">{t('receiving')}</div>}
            </th>
            <td>{one.category}</td>
            <td>{one.skills.join(', ')}</td>
            <td>{one.languages.join(', ')}</td>
            <td>
              <a href={`${props.path.replace(/mezzi$/, 'orari')}?operatore=${one.id}`}>
                {t('hours')}
                <span class="visually-hidden">: {fullName(one)}</span>
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

export const fullName = ({ givenName, familyName }: StaffMember) => `${familyName} ${givenName}`;
