import { groupBy, type Operation, type Records } from './record.ts';

/** The waiting list: places, offers and the time that they keep. */
export function waitingFaults(operations: readonly Operation[], records: Records): string[] {
  const faults: string[] = [];
  const { offers, appointments, occupied, audit, notices } = records;
  const entries = new Map(records.entries.map((entry) => [entry.id, entry]));
  const kept = new Map(appointments.map((one) => [one.id, one]));
  const taking = new Set(occupied.map(({ appointmentId }) => appointmentId));
  const byId = new Map(offers.map((offer) => [offer.id, offer]));
  const audited = groupBy(
    audit.filter(({ action }) => ['accept-offer', 'end-offer', 'offer-time'].includes(action)),
    ({ detail }) => String(detail.offer),
  );

  for (const { verb, subjectId, answer, id } of operations) {
    if (answer.kind !== 'done') continue;
    const state = verb === 'join' ? entries.get(id)?.state : entries.get(subjectId)?.state;
    if (verb === 'join' && state === undefined) faults.push(`a place in line is gone: ${id}`);
    if (verb === 'leave' && (state === undefined || state === 'waiting'))
      faults.push(`left the line, but still waits: ${subjectId}`);
    if (verb === 'accept' && byId.get(subjectId)?.state !== 'accepted')
      faults.push(`an accepted offer is not: ${JSON.stringify(byId.get(subjectId) ?? subjectId)}`);
    if (verb === 'decline' && byId.get(subjectId)?.state !== 'declined')
      faults.push(`a declined offer is not: ${JSON.stringify(byId.get(subjectId) ?? subjectId)}`);
  }

  for (const offer of offers) {
    const { id, state, heldBy, entryId } = offer;
    const actions = (audited.get(id) ?? []).map(({ action }) => action).sort();
    const expected = [
      ...(state === 'accepted' ? ['accept-offer'] : []),
      ...(['declined', 'lapsed', 'withdrawn'].includes(state) ? ['end-offer'] : []),
      'offer-time',
    ];
    if (actions.join() !== expected.join())
      faults.push(`an offer with another story: ${JSON.stringify({ offer, actions })}`);
    const entry = entries.get(entryId)?.state;
    if (state === 'open') {
      if (kept.get(heldBy)?.state !== 'held' || !taking.has(heldBy))
        faults.push(`an open offer whose time nobody keeps: ${JSON.stringify(offer)}`);
      if (entry !== 'waiting')
        faults.push(`an open offer to one who ${entry}: ${JSON.stringify(offer)}`);
    } else if (kept.get(heldBy)?.state === 'held')
      faults.push(`time kept for an offer that is over: ${JSON.stringify(offer)}`);
    if (state === 'accepted' && entry !== 'served')
      faults.push(`accepted, but ${entry}: ${JSON.stringify(offer)}`);
  }
  for (const [entryId, theirs] of groupBy(offers, ({ entryId }) => entryId)) {
    const open = theirs.filter(({ state }) => state === 'open').length;
    const accepted = theirs.filter(({ state }) => state === 'accepted').length;
    if (open > 1 || accepted > 1) faults.push(`offered twice at once: ${JSON.stringify(theirs)}`);
    const told = notices.filter(
      (notice) => notice.subjectId === entryId && notice.kind === 'waiting-offer',
    ).length;
    if (told !== theirs.length) faults.push(`${entryId}: ${theirs.length} offers, told of ${told}`);
  }
  const ofFreed = groupBy(
    offers.filter(({ freedId }) => freedId !== null),
    ({ freedId }) => freedId!,
  );
  for (const theirs of ofFreed.values())
    if (theirs.filter(({ state }) => state === 'open' || state === 'accepted').length > 1)
      faults.push(`one time for several: ${JSON.stringify(theirs)}`);
  return faults;
}
