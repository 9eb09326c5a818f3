import { Hono } from 'hono';
import type { AppEnv } from '../../src/platform/http.ts';
import { negotiatedLocale } from '../../src/platform/locale.ts';
import {
  LinkButton,
  PostButton,
  PrintButton,
  SubmitButton,
} from '../../src/web/components/buttons.tsx';
import { Card, DefinitionList, Provenance, Tag } from '../../src/web/components/content.tsx';
import { Alert, EmptyState, Progress } from '../../src/web/components/feedback.tsx';
import {
  Checkbox,
  CheckboxGroup,
  ErrorSummary,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from '../../src/web/components/fields.tsx';
import { bookingSteps, Stepper } from '../../src/web/components/stepper.tsx';
import { Pagination, SortableHeader, sortOf, Table } from '../../src/web/components/table.tsx';
import type { FormState } from '../../src/web/form.ts';
import { page } from '../../src/web/layout.tsx';
import { security } from '../../src/web/security.ts';

const refused: FormState = {
  values: { name: 'Anna', email: 'anna@', channel: 'sms', brought: ['id', 'did'] },
  errors: {
    email: 'Scrivi un indirizzo e-mail completo, per esempio anna@esempio.it',
    service: 'Scegli un servizio',
    agreed: 'Conferma di aver letto l’informativa',
  },
};

/** Two pages that show every piece pages are made of, as an operator sees them in a demo. */
export const gallery = new Hono<AppEnv>();

gallery.use(security, negotiatedLocale, async (c, next) => {
  c.set('demo', true);
  c.set('viewer', { name: 'Rosalia Ferraro', role: 'operator' });
  await next();
});

gallery.get('/form', (c) =>
  page(
    c,
    {
      title: 'Chi sei?',
      lead: 'Scrivi come possiamo trovarti se qualcosa cambia.',
      active: 'book',
      breadcrumbs: [{ label: 'Prenota', href: '/prenota' }, { label: 'Chi sei' }],
    },
    <>
      <Stepper steps={bookingSteps(c.get('locale'))} current={4} />
      <ErrorSummary form={refused} />
      <form class="form-block" method="post">
        <div class="field-row">
          <TextField form={refused} name="name" label="Nome" required autocomplete="given-name" />
          <TextField form={refused} name="surname" label="Cognome" required />
        </div>
        <TextField
          form={refused}
          name="email"
          label="E-mail"
          type="email"
          hint="Ti scriviamo solo per questo appuntamento."
        />
        <TextField form={refused} name="tax_code" label="Codice fiscale" code width="narrow" />
        <TextField form={refused} name="day" label="Giorno" type="date" width="narrow" />
        <SelectField
          form={refused}
          name="service"
          label="Servizio"
          required
          options={[
            { value: 'a', label: 'Orientamento' },
            { value: 'b', label: 'Patto di servizio' },
          ]}
        />
        <RadioGroup
          form={refused}
          name="channel"
          label="Come ti avvisiamo?"
          options={[
            { value: 'email', label: 'E-mail' },
            { value: 'sms', label: 'SMS', hint: 'Gratuito, solo numeri italiani.' },
          ]}
        />
        <CheckboxGroup
          form={refused}
          name="brought"
          label="Che cosa hai con te?"
          inline
          options={[
            { value: 'id', label: 'Documento' },
            { value: 'did', label: 'Did' },
            { value: 'cv', label: 'Curriculum' },
          ]}
        />
        <TextArea form={refused} name="notes" label="Note" />
        <Checkbox form={refused} name="agreed" label="Ho letto l’informativa privacy" required />
        <div class="actions">
          <SubmitButton>Continua</SubmitButton>
          <LinkButton href="/form" look="plain">
            Indietro
          </LinkButton>
        </div>
      </form>
    </>,
  ),
);

gallery.get('/content', (c) => {
  const sort = sortOf(c.req.query('ordina'), ['name', 'load'], {
    column: 'load',
    descending: true,
  });
  return page(
    c,
    { title: 'Rete delle sedi', active: 'operator', wide: true },
    <>
      <Alert kind="success" title="Appuntamento confermato" live>
        <p>
          Ti aspettiamo giovedì 4 marzo 2027, ore 9:00. <a href="/form">Aggiungi al calendario</a>
        </p>
      </Alert>
      <Alert kind="warning">
        <p>La sede chiude alle 12.</p>
      </Alert>
      <Alert kind="danger" title="Posto già preso">
        <p>Scegli un altro orario.</p>
      </Alert>
      <Alert kind="info">
        <p>Porta un documento.</p>
      </Alert>
      <div class="cards">
        <Card
          title="Cpi Palermo"
          href="/content"
          footer={
            <LinkButton href="/content" look="outline" small>
              Vedi la sede
            </LinkButton>
          }
        >
          <p>
            Via Praga 29 <Provenance kind="sourced" detail="Elenco regionale, 2024" />
          </p>
          <Tag tone="warning">attesa lunga</Tag> <Tag tone="danger">oltre il limite</Tag>
        </Card>
        <Card title="Cpi Enna">
          <p>
            120 posti <Provenance kind="computed" /> <Provenance kind="assumed" />
          </p>
          <Tag tone="success">libero</Tag> <Tag>chiuso</Tag> <Tag tone="info">nuovo</Tag>
        </Card>
      </div>
      <Table caption="Sedi per utenti di ciascun operatore">
        <thead>
          <tr>
            <SortableHeader url={c.req.url} column="name" label="Sede" sort={sort} />
            <SortableHeader url={c.req.url} column="load" label="Utenti" sort={sort} numeric />
            <th scope="col">Attesa</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Palermo</th>
            <td class="numeric">1.234</td>
            <td>118 giorni</td>
          </tr>
          <tr>
            <th scope="row">Messina</th>
            <td class="numeric">432</td>
            <td>4 giorni</td>
          </tr>
        </tbody>
      </Table>
      <Pagination url={c.req.url} page={2} pages={7} />
      <DefinitionList
        items={[
          ['Dove', 'Via Praga 29, Palermo'],
          ['Quando', 'giovedì 4 marzo 2027, ore 9:00'],
          ['Stanza', undefined],
        ]}
      />
      <Progress id="run" label="Simulazione" value={40} max={100} note="40 settimane su 100" />
      <EmptyState title="Nessun appuntamento">
        <p>Quando qualcuno prenota, lo vedi qui.</p>
        <PostButton
          action="/content"
          fields={{ office: 'PA01' }}
          look="danger"
          icon="it-close-circle"
        >
          Disdici
        </PostButton>
      </EmptyState>
      <PrintButton look="outline">Stampa</PrintButton>
    </>,
  );
});
