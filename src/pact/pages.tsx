import { createApi } from '../platform/http.ts';
import { didPages } from './pages/did.tsx';
import { ownAreaPages } from './pages/own-area.tsx';
import { pactPages as operatorPactPages } from './pages/pact.tsx';
import { personFilePages } from './pages/person-file.tsx';

export const pactPages = createApi();

for (const pages of [personFilePages, didPages, operatorPactPages, ownAreaPages]) {
  pactPages.route('/', pages);
}
