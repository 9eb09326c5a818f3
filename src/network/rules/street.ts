/** Which side of a street a zone takes: odd numbers, even ones, or both. */
export type Side = 'all' | 'odd' | 'even';
