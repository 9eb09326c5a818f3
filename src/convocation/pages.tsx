import { createApi } from '../platform/http.ts';
import { campaignPages } from './pages/campaign.tsx';
import { campaignFormPages } from './pages/campaign-form.tsx';
import { campaignListPages } from './pages/campaigns.tsx';
import { channelReadingPages } from './pages/channel-readings.tsx';
import { convocationDeskPages } from './pages/convocations.tsx';
import { invitationPages } from './pages/invitation.tsx';
import { letterPages } from './pages/letters.tsx';
import { ownConvocationPages } from './pages/own-convocation.tsx';

/** Invitations and convocations: the desk's pages and those of the people invited. */
export const convocationPages = createApi();

for (const pages of [
  invitationPages,
  ownConvocationPages,
  campaignListPages,
  campaignFormPages,
  convocationDeskPages,
  channelReadingPages,
  letterPages,
  campaignPages,
]) {
  convocationPages.route('/', pages);
}
