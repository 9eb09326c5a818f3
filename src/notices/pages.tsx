import { createApi } from '../platform/http.ts';
import type { ServiceDirectory } from './actions/choose-reminders.ts';
import { demoMailboxPages } from './pages/demo-mailbox.tsx';
import { messagePages } from './pages/messages.tsx';
import { reminderPages } from './pages/reminders.tsx';
import { textPages } from './pages/texts.tsx';

/** @param services what a later room offers, for texts and reminders of single services */
export function noticePages(services: ServiceDirectory) {
  const pages = createApi();
  for (const part of [demoMailboxPages, textPages(services), reminderPages(services), messagePages])
    pages.route('/', part);
  return pages;
}
