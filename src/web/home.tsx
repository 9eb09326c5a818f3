import type { Child } from 'hono/jsx';
import type { AppContext } from '../platform/http.ts';
import { LinkButton, PostButton } from './components/buttons.tsx';
import { Card } from './components/content.tsx';
import { Icon } from './components/icon.tsx';
import { homeStrings } from './home-strings.ts';
import type { IconName } from './icons.ts';
import { page } from './layout.tsx';

/** What Sportello is in one sentence, and three doors: citizen, operator, planner. */
export function homePage(c: AppContext): Response | Promise<Response> {
  const t = homeStrings(c.get('locale'));
  const role = c.get('viewer')?.role;
  const demo = c.get('demo');
  const { login } = c.get('services').config;
  return page(
    c,
    { title: t('title'), heading: false, active: 'home', description: t('sentence') },
    <>
      <div class="hero">
        <h1 class="hero-sentence">{t('sentence')}</h1>
        <div class="actions">
          <LinkButton href="/prenota" icon="it-calendar">
            {t('book')}
          </LinkButton>
          <LinkButton href="/appuntamento" look="outline">
            {t('track')}
          </LinkButton>
        </div>
      </div>

      <h2>{t('doors')}</h2>
      <div class="doors">
        <Door icon="it-search" title={t('citizen')} text={t('citizenText')}>
          {demo && role !== 'jobseeker' ? (
            <DemoEntrance actor="jobseeker">{t('enterCitizen')}</DemoEntrance>
          ) : (
            <LinkButton href="/prenota" look="outline">
              {role === 'jobseeker' ? t('myAppointments') : t('bookNow')}
            </LinkButton>
          )}
          {login && role !== 'jobseeker' && (
            <div class="actions">
              <LinkButton href="/entra">{t('enterSpid')}</LinkButton>
              <LinkButton href="/entra">{t('enterCie')}</LinkButton>
            </div>
          )}
        </Door>
        <Door icon="it-user" title={t('operator')} text={t('operatorText')}>
          {role === 'operator' ? (
            <LinkButton href="/operatore" look="outline">
              {t('toDesk')}
            </LinkButton>
          ) : demo ? (
            <DemoEntrance actor="operator">{t('enterOperator')}</DemoEntrance>
          ) : (
            <p class="door-note">{t('signInOperator')}</p>
          )}
        </Door>
        <Door icon="it-chart-line" title={t('planner')} text={t('plannerText')}>
          {role === 'planner' ? (
            <LinkButton href="/pianificazione" look="outline">
              {t('toPlanning')}
            </LinkButton>
          ) : demo ? (
            <DemoEntrance actor="planner">{t('enterPlanner')}</DemoEntrance>
          ) : (
            <p class="door-note">{t('signInOperator')}</p>
          )}
        </Door>
      </div>
      {demo && (
        <div class="door-note">
          <p>{t('demoNote')}</p>
          {role !== 'administrator' && (
            <PostButton
              action="/accesso-demo"
              fields={{ role: 'administrator' }}
              look="plain"
              small
            >
              {t('enterAdministrator')}
            </PostButton>
          )}
        </div>
      )}
    </>,
  );
}

function Door(props: { icon: IconName; title: string; text: string; children: Child }) {
  return (
    <Card
      level={3}
      title={
        <>
          <Icon name={props.icon} class="icon-primary" /> {props.title}
        </>
      }
      footer={props.children}
    >
      <p>{props.text}</p>
    </Card>
  );
}

function DemoEntrance(props: { actor: 'jobseeker' | 'operator' | 'planner'; children: Child }) {
  return (
    <PostButton action="/accesso-demo" fields={{ role: props.actor }} look="outline">
      {props.children}
    </PostButton>
  );
}
